"""A shop on a platform, its clerk and its orders, for the tests of the import."""

import base64
import copy

from .common import SalesCommon

ORDER = {
    "order_no": "260517-607198974342268",
    "state": "paid",
    "status": "待发货",
    "created_at": "2026-05-17 02:00:00",
    "paid_at": "2026-05-17 02:01:00",
    "receiver": "王芳",
    "phone": "13912345678",
    "province": "陕西省",
    "city": "西安市",
    "district": "雁塔区",
    "street": "小寨东路1号",
    "receivable": "109.99",
    "paid": "99.99",
    "freight": "10.00",
    "lines": [{"sub_no": "1", "merchant_sku": "KH01", "title": "口红", "qty": 2, "amount": "99.99"}],
}


class OrderImportCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.channel = cls.env["cosmetics.channel"].create(
            {"name": "Pinduoduo Shop", "code": "TESTPDD", "kind": "marketplace", "platform": "pinduoduo", "shop_name": "长安妆集"}
        )
        tax = (
            cls.env["account.tax"]
            .search([("amount", "=", 13), ("type_tax_use", "=", "sale"), ("company_id", "=", cls.env.company.id)])
            .filtered(lambda tax: not tax.price_include)[:1]
        )
        cls.tax = tax or cls.env["account.tax"].create({"name": "Test 13", "amount": 13, "type_tax_use": "sale"})
        cls.lipstick = cls._create_product(name="Lipstick", default_code="KH01", taxes_id=[(6, 0, cls.tax.ids)])
        cls.cream = cls._create_product(name="Day Cream", default_code="MS02", taxes_id=[(5, 0, 0)])
        cls.intake = cls.env["cosmetics.order.intake"].with_user(cls.ecommerce_clerk)

    @classmethod
    def _payload(cls, **changes):
        """Return an order of two lipsticks for 109.99 with the freight; ``changes`` replace its values."""
        return {**copy.deepcopy(ORDER), **changes}

    def _take_in(self, *payloads, channel=None):
        """Plan and apply orders as the clerk; return the intakes."""
        channel = (channel or self.channel).with_user(self.ecommerce_clerk)
        items = self.intake._plan(channel, payloads)
        self.intake._apply(channel, items)
        return items

    def _import(self, files, **vals):
        """Return an import of ``files`` {name: bytes} with its preview, made by the clerk."""
        attachments = self.env["ir.attachment"].with_user(self.ecommerce_clerk)
        made = attachments.create([{"name": name, "datas": base64.b64encode(raw)} for name, raw in files.items()])
        record = self.env["cosmetics.order.import"].with_user(self.ecommerce_clerk).create({"attachment_ids": made.ids, **vals})
        record.action_preview()
        return record
