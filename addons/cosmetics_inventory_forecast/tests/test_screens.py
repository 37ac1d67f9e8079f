"""The screens open for the roles that work with them, and speak their language."""

from odoo.tests import Form, tagged

from .common import WAREHOUSE_MANAGER, ForecastCommon

ACTIONS = ("cosmetics_replenishment_action", "cosmetics_demand_week_action")


@tagged("post_install", "-at_install")
class TestScreens(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._add_weeks(cls.product, cls.shop, 14)
        cls.Row._suggest()
        cls.row = cls.Row.search([("state", "=", "open")])
        cls.chief = cls._create_user("forecast_chief", WAREHOUSE_MANAGER)

    def test_lists_cards_and_forms_open_for_every_role(self):
        for user in (self.buyer, self.manager, self.clerk, self.chief):
            for name in ACTIONS:
                action = self.env.ref(f"cosmetics_inventory_forecast.{name}")
                model = self.env[action.res_model].with_user(user)
                for kind in action.view_mode.split(","):
                    with self.subTest(user=user.login, view=kind, action=name):
                        allowed = model.fields_get()
                        known = [name for name in model.get_view(view_type=kind)["models"][action.res_model] if name in allowed]
                        self.assertEqual(len(model.search([("product_id", "=", self.product.id)], limit=1).read(known)), 1)

    def test_lists_are_grouped_by_vendor_and_shop_and_ordered(self):
        rows = self.Row.with_user(self.buyer)
        groups = rows.formatted_read_group([("state", "=", "open")], ["partner_id"], ["quantity:sum"])
        self.assertEqual(groups[0]["quantity:sum"], self.row.quantity)
        self.assertTrue(rows.search([], order="kind desc, partner_id, warehouse_id"))

    def test_the_reason_is_asked_for_on_the_form(self):
        context = self.row.with_user(self.manager).action_adjust()["context"]
        with Form(self.env["cosmetics.replenishment.adjust"].with_user(self.manager).with_context(**context)) as form:
            self.assertEqual(form.quantity, self.row.quantity)
            form.quantity = 9
            form.reason = "Small shelf"
        form.record.action_confirm()
        self.assertEqual((self.row.quantity, self.row.change_ids.reason), (9, "Small shelf"))

    def test_the_sentence_is_chinese_for_those_who_read_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"]._load_module_terms(["cosmetics_inventory_forecast"], ["zh_CN"])
        sentence = self.row.with_context(lang="zh_CN").sentence
        self.assertRegex(sentence, "^现有0件、在途0件；35天内")
        self.assertTrue(sentence.endswith("按缺口补足。"), sentence)

    def test_a_transfer_says_who_gives(self):
        self._add_weeks(self.product, self.other, 1)
        self._put(self.product, self.other, 400)
        row = self._suggest().filtered(lambda row: row.kind == "transfer").with_context(lang="en_US")
        self.assertTrue(row.sentence.endswith(f"Test Other can spare {row.quantity:g}"), row.sentence)

    def test_each_reason_has_a_sentence_of_its_own(self):
        row = self.row.with_context(lang="en_US")
        found = set()
        for code in ("needed", "minimum", "price_break", "capped", "unsaleable"):
            row.code = code
            found.add(row.sentence)
        row.write({"code": "needed", "pack_quantity": 12})
        found.add(row.sentence)
        self.assertEqual(len(found), 6)

    def test_the_menu_of_demand_shows_for_the_roles(self):
        menu = self.env.ref("cosmetics_inventory_forecast.cosmetics_demand_week_menu")
        for user in (self.buyer, self.manager, self.chief):
            self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        stranger = self._create_user("forecast_nobody")
        self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(stranger)._visible_menu_ids())

    def test_the_job_is_planned_for_the_night_in_china(self):
        job = self.env.ref("cosmetics_inventory_forecast.ir_cron_replenishment")
        self.assertEqual((job.interval_type, job.interval_number, job.nextcall.hour), ("days", 1, 19))
