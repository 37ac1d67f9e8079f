"""The screens of the supplier file open for those who use them, and say what the figures mean."""

from odoo.exceptions import AccessError
from odoo.tests import Form, freeze_time, tagged

from .common_evaluation import EvaluationCommon

ACTIONS = (
    "purchase_order_action_late",
    "cosmetics_supplier_contract_action",
    "cosmetics_purchase_ceiling_action",
    "cosmetics_purchase_price_action",
    "cosmetics_vendor_evaluation_action",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 04:00:00")
class TestSupplierScreens(EvaluationCommon):
    def test_every_view_of_every_screen_opens_for_buyer_and_manager(self):
        for name in ACTIONS:
            action = self.env.ref(f"cosmetics_inventory_purchase.{name}")
            for user in (self.buyer, self.chief):
                for mode in action.view_mode.split(","):
                    with self.subTest(name, user=user.name, mode=mode):
                        self.env[action.res_model].with_user(user).get_view(view_type=mode)

    def test_the_order_tells_its_buyer_of_the_grade_and_how_far_it_is(self):
        self._grade("60")
        form = Form(self._create_order(self.product))
        self.assertEqual((form.vendor_grade, form.progress), ("C", "draft"))

    def test_a_price_is_judged_while_it_is_typed(self):
        self.env["cosmetics.purchase.ceiling"].create({"product_id": self.product.id, "price": 25})
        with Form(self.env["purchase.order"].with_user(self.buyer)) as form:
            form.partner_id = self.vendor
            with form.order_line.new() as line:
                line.product_id = self.product
                line.price_unit = 26
            self.assertIn("the approved ceiling is", form.price_warning)

    def test_settings_keep_alert_and_grades(self):
        admin = self._create_user("test_supplier_admin", "base.group_system")
        settings = self.env["res.config.settings"].with_user(admin).create({"price_alert_share": 0.2, "grade_a_from": 95})
        settings.execute()
        self.assertEqual((self.env.company.price_alert_share, self.env.company.grade_a_from), (0.2, 95))

    def test_facts_are_said_in_the_words_of_the_shop(self):
        evaluation = self._evaluate(manual_score="30")
        lines = self.env["cosmetics.vendor.evaluation.line"].sudo()
        for kind, fact, text in (
            ("price", 0.05, "+5.0%"),
            ("answer", 30.25, "30.2 hours"),
            ("quality", 0.995, "99.5%"),
            ("manual", 30, "Poor"),
        ):
            line = lines.create({"evaluation_id": evaluation.id, "kind": kind, "fact": fact})
            self.assertEqual(line.fact_text, text)

    def test_a_shop_opens_none_of_them(self):
        for name in ACTIONS[1:]:
            model = self.env.ref(f"cosmetics_inventory_purchase.{name}").res_model
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.clerk).search([])
