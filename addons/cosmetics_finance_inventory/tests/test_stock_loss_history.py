"""Over any history, the account of stock loses what the goods were worth, once."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import tagged

from .common import LossCommon

ACTS = st.lists(st.tuples(st.sampled_from(("damaged", "opened", "tester", "gift", "undo", "book")), st.integers(1, 2)), max_size=5)


@tagged("post_install", "-at_install")
class TestStockLossHistory(LossCommon):
    def _act(self, name, quantity):
        if name == "tester":
            self._open_tester()
        elif name == "gift":
            self._give_away(quantity)
        elif name == "undo":
            self.losses.search([("product_id", "=", self.product.id)]).action_undo()
        elif name == "book":
            self._book()
        else:
            self._dispose(quantity, reason=name)

    def _get_balance(self, code):
        lines = self.env["account.move.line"].search([("account_id.code", "=", code), ("parent_state", "=", "posted")])
        return sum(lines.mapped("balance"))

    def test_the_account_of_stock_and_the_tax_follow_the_rows(self):
        before = {code: self._get_balance(code) for code in ("140500", "22210109")}

        @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
        @given(ACTS)
        def check(acts):
            with self.env.cr.savepoint() as savepoint:
                for name, quantity in acts:
                    self._act(name, quantity)
                losses = self._book()
                self.assertEqual(set(losses.mapped("state")) - {"posted"}, set())
                self.assertEqual(len(losses.sudo().stock_move_id), len(losses))
                self.assertAlmostEqual(self._get_balance("140500") - before["140500"], -sum(losses.mapped("value")), 2)
                self.assertAlmostEqual(self._get_balance("22210109") - before["22210109"], -sum(losses.mapped("vat_amount")), 2)
                savepoint.rollback()
                self.env.invalidate_all()

        check()
