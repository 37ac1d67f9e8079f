"""No name of a customer leaves the company while somebody types it."""

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestForeignServices(TransactionCase):
    def test_typing_a_customers_name_asks_nobody_outside(self):
        salesperson = new_test_user(self.env, "typing_sales", "cosmetics_sales.group_salesperson")
        asked = []
        self.patch(type(self.env["iap.autocomplete.api"]), "_contact_iap", lambda *args, **kwargs: asked.append(args))
        found = self.env["res.partner"].with_user(salesperson).autocomplete_by_name("西安雁塔美妆商贸有限公司", self.env.ref("base.cn").id)
        self.assertEqual((found, asked), ([], []))

    def test_answer_is_the_one_core_gives_without_an_account(self):
        answer = self.env["iap.autocomplete.api"]._request_partner_autocomplete("search_by_name", {"query": "甲"})
        self.assertEqual(answer, (False, "No account token"))
