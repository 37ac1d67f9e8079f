from collections import Counter

from odoo.addons.cosmetics_base.tools import registration
from odoo.tests import TransactionCase, tagged
from stdnum import ean
from stdnum.cn import uscc

from .. import loader
from ..loader import users
from ..plan import build


class DemoCase(TransactionCase):
    """Finds the records of the plan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context=dict(cls.env.context, lang="zh_CN"))
        cls.company = cls.env.ref("base.main_company")
        cls.plan = build()

    @classmethod
    def _get_demo(cls):
        """Return the company as of the day on which it was set up, which may be another than that of the database."""
        return loader.Demo(cls.env, build(), cls._find("sales_history", "all").create_date.date())

    @classmethod
    def _find(cls, kind, ref):
        return cls.env.ref(f"cosmetics_demo.{kind}_{ref}")

    @classmethod
    def _all(cls, kind, key):
        records = [cls._find(kind, row["ref"]) for row in cls.plan[key]]
        return records[0].browse(record.id for record in records)


@tagged("post_install", "-at_install")
class TestDemoCompany(DemoCase):
    def test_the_main_company_is_a_seller_in_xian(self):
        partner = self.company.partner_id
        self.assertEqual((self.company.chart_template, self.company.currency_id.name), ("cn", "CNY"))
        self.assertEqual((partner.lang, partner.tz), ("zh_CN", "Asia/Shanghai"))
        self.assertEqual((partner.state_id.name, partner.city), ("陕西省", "西安市灞桥区"))
        self.assertTrue(uscc.is_valid(self.company.vat))
        self.assertEqual(self.company.vat[2:6], "6101")

    def test_the_catalogue_is_as_large_as_promised(self):
        self.assertGreaterEqual(len(self._all("brand", "brands")), 8)
        products = self._all("template", "products")
        self.assertGreaterEqual(len(products), 80)
        self.assertFalse(products.filtered(lambda product: not product.brand_id or not product.series_id))
        self.assertEqual(products.lifecycle_stage_id, self.env["cosmetics.lifecycle.stage"].search([]))
        self.assertEqual(set(products.mapped("item_class")), {"full_size", "set", "sample", "gift", "tester", "tool"})

    def test_numbers_of_products_are_valid(self):
        for product in self._all("template", "products"):
            self.assertTrue(ean.is_valid(product.barcode), product.name)
            self.assertTrue(product.barcode.startswith("69"), product.name)
            if product.cosmetic_kind != "other":
                self.assertEqual(registration.parse(product.registration_no).kind, product.cosmetic_kind, product.name)
            if product.cosmetic_kind == "special":
                self.assertGreater(product.registration_expiry_on, product.create_date.date(), product.name)

    def test_children_products_carry_the_gold_shield(self):
        products = self._all("template", "products")
        self.assertGreaterEqual(len(products.filtered("is_children")), 5)
        self.assertEqual(products.filtered("is_children"), products.filtered("has_gold_shield"))

    def test_no_product_is_half_filled_in(self):
        products = self._all("template", "products")
        poor = products.filtered(lambda product: product.completeness < 60)
        self.assertFalse(poor, [(product.name, product.missing_fields) for product in poor])
        full = products.filtered(lambda product: product.completeness == 100)
        self.assertGreaterEqual(len(full), 80)

    def test_tag_prices_hold_the_tax(self):
        tax = self.env.ref(f"account.{self.company.id}_xian_tax_sale_13_included")
        products = self._all("template", "products")
        self.assertEqual(products.taxes_id, tax)
        self.assertTrue(tax.price_include)
        self.assertEqual(tax.amount, 13.0)
        cream = self._find("template", "wt003")
        self.assertEqual(cream.taxes_id.compute_all(cream.list_price)["total_included"], 329.0)

    def test_every_product_has_a_supplier_price(self):
        for row in self.plan["products"]:
            seller = self._find("template", row["ref"]).seller_ids
            self.assertEqual(seller.partner_id, self._find("supplier", row["supplier"]))
            self.assertEqual(seller.price, row["cost"])

    def test_companies_have_valid_numbers_and_terms(self):
        suppliers, customers = self._all("supplier", "suppliers"), self._all("customer", "customers")
        self.assertGreaterEqual(len(suppliers), 6)
        self.assertGreaterEqual(len(customers), 12)
        for partner in suppliers | customers:
            self.assertTrue(uscc.is_valid(partner.vat), partner.name)
            self.assertTrue(partner.child_ids, partner.name)
        self.assertFalse(customers.filtered(lambda partner: not partner.property_payment_term_id))
        self.assertEqual(len(customers.district_id), 13)
        self.assertEqual(self._find("customer", "c14").development_zone, "high_tech")
        self.assertGreaterEqual(len(customers.filtered(lambda partner: partner.credit_limit > 0)), 8)

    def test_members_are_consumers_with_a_mobile_number(self):
        members = self._all("member", "members")
        self.assertGreaterEqual(len(members), 60)
        self.assertFalse(members.filtered("is_company"))
        self.assertEqual(len(set(members.mapped("phone"))), len(members))

    def test_stores_have_warehouse_team_and_till(self):
        stores = self._all("store", "stores")
        self.assertEqual(Counter(stores.mapped("kind")), {"warehouse": 1, "shop": 3, "online": 1})
        self.assertFalse(stores.filtered(lambda store: not store.warehouse_id or not store.team_id))
        shops = stores.filtered(lambda store: store.kind == "shop")
        self.assertEqual(len(shops.warehouse_id), 3)
        for shop in shops:
            till = shop.pos_config_ids
            self.assertEqual(till.picking_type_id.warehouse_id, shop.warehouse_id)
            self.assertEqual(till.payment_method_ids.mapped("name"), ["现金", "微信", "支付宝", "银行卡"])
            self.assertTrue(shop.manager_id)

    def test_tills_do_not_share_a_cash_box(self):
        cash = self.env["pos.payment.method"]
        for row in self.plan["stores"]:
            if row["kind"] == "shop":
                cash |= self._find("till", row["ref"]).payment_method_ids.filtered("is_cash_count")
        self.assertEqual(len(cash), 3)
        self.assertEqual(len(cash.journal_id), 3)

    def test_loading_again_changes_nothing(self):
        models = ("product.template", "res.partner", "stock.quant", "sale.order", "purchase.order", "res.users", "account.move")
        before = {model: self.env[model].search_count([]) for model in models}
        quantities = {quant.id: quant.quantity for quant in self.env["stock.quant"].search([])}
        name, self.company.phone = self._find("brand", "qtl"), "029-80009999"
        name.name = "改过的品牌"
        loader.load(self.env)
        self.assertEqual({model: self.env[model].search_count([]) for model in models}, before)
        self.assertEqual({quant.id: quant.quantity for quant in self.env["stock.quant"].search([])}, quantities)
        self.assertEqual((name.name, self.company.phone), ("改过的品牌", "029-80009999"))

    def test_a_later_version_can_add_to_the_company(self):
        demo = self._get_demo()
        demo.plan["users"].append(
            {
                "login": "clerk9",
                "name": "郑新来",
                "title": "店员",
                "group": "cosmetics_sales_pos.group_shop_clerk",
                "home": "point_of_sale.action_pos_config_kanban",
                "stores": [],
                "manages": [],
            }
        )
        users.load(demo)
        self.assertEqual(self._find("user", "clerk9").name, "郑新来")

    def test_what_is_missing_is_named(self):
        demo = self._get_demo()
        with self.assertRaisesRegex(LookupError, r"cosmetics_base\.group_nobody: install or update the module cosmetics_base"):
            demo.core("cosmetics_base.group_nobody")
