"""Names that core stores once, and the first day of the week."""

from odoo.addons.cosmetics_suite.hooks import post_init_hook, start_week_on_monday
from odoo.addons.cosmetics_suite.names import FIELDS, NAMES, name_records
from odoo.tests import tagged

from .common import SuiteCommon


@tagged("post_install", "-at_install")
class TestNames(SuiteCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.vendors = cls.env.ref("stock.stock_location_suppliers")
        cls.goods = cls.env.ref("product.product_category_goods")

    def _create_line(self):
        """Return the way to pay of a journal made while the language was English."""
        journal = self.env["account.journal"].with_context(lang="en_US").create({"name": "Test Bank", "code": "TSTB", "type": "bank"})
        return journal.inbound_payment_method_line_ids

    def test_every_name_of_core_has_a_chinese_one(self):
        self.assertFalse([name._translate("en_US") for name in NAMES if name._translate("zh_CN") == name._translate("en_US")])

    def test_records_of_the_installation_get_chinese_names(self):
        self.vendors.name = "Vendors"
        self.goods.name = "Goods"
        line = self._create_line()
        self.assertEqual(line.name, "Manual Payment")
        name_records(self.env, "zh_CN")
        self.assertEqual((self.vendors.name, self.goods.name, line.name), ("供应商", "商品", "手动付款"))

    def test_installation_leaves_no_english_name(self):
        self.env["stock.location"].search([("usage", "=", "inventory")], limit=1).name = "Inventory adjustment"
        post_init_hook(self.env)
        english = [name._translate("en_US") for name in NAMES]
        for model, field in FIELDS:
            with self.subTest(model=model):
                records = self.env[model].with_context(active_test=False)
                self.assertFalse(records.search([(field, "in", english), ("create_uid", "in", (False, self.env.uid))]))

    def test_name_that_somebody_gave_stays_also_the_second_time(self):
        self.vendors.name = "供货商（外部）"
        self.goods.name = "Goods"
        typed = self.env["product.category"].with_user(self.administrator).create({"name": "Goods"})
        for _run in range(2):
            name_records(self.env, "zh_CN")
            self.assertEqual((self.vendors.name, self.goods.name, typed.name), ("供货商（外部）", "商品", "Goods"))

    def test_company_keeps_its_name_when_another_has_the_chinese_one(self):
        self.env.company.name = "我的公司"
        second = self.env["res.company"].create({"name": "My Company"})
        name_records(self.env, "zh_CN")
        self.assertEqual((self.env.company.name, second.name), ("我的公司", "My Company"))

    def test_warehouse_gets_its_name_with_its_routes_and_keeps_its_code(self):
        self.env["res.company"].search([("name", "=", "我的公司")]).name = "Head Office"
        company = self.env["res.company"].create({"name": "My Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        code = warehouse.code
        self.assertIn("My Company", warehouse.reception_route_id.name)
        name_records(self.env, "zh_CN")
        self.assertEqual((company.name, warehouse.name, warehouse.code), ("我的公司", "我的公司", code))
        self.assertNotIn("My Company", warehouse.reception_route_id.name)

    def test_week_starts_on_monday_unless_another_day_was_chosen(self):
        chinese = self.env["res.lang"].search([("code", "=", "zh_CN")])
        english = self.env["res.lang"]._activate_lang("en_US")
        (chinese + english).week_start = "7"
        post_init_hook(self.env)
        self.assertEqual((chinese.week_start, english.week_start), ("1", "7"))
        chinese.week_start = "6"
        start_week_on_monday(self.env)
        self.assertEqual(chinese.week_start, "6")
