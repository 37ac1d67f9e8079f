"""What a stock count found in the books: by the reason of each difference."""

from odoo.addons.cosmetics_inventory.tests.common_stock_count import StockCountCommon
from odoo.tests import tagged

from .common import LossCommon


@tagged("post_install", "-at_install")
class TestStockLossCount(StockCountCommon, LossCommon):
    """The shop has 20 of the first batch and 5 of the second."""

    def _count_shop(self, reason, **quantities):
        """Return the rows of a count that found these quantities, booked by the accountant."""
        count = self._create_count()
        self._finish(count, reason=self.env.ref(f"cosmetics_inventory.stock_count_reason_{reason}"), **quantities)
        self.assertEqual(count.state, "posted")
        return count, self._book()

    def test_stolen_goods_take_their_input_vat_along(self):
        count, loss = self._count_shop("stolen", R2601=18)
        self.assertEqual((loss.kind, loss.document, loss.quantity, loss.vat_amount), ("count", count.name, 2, 7.8))
        self.assertEqual(self._lines(loss.move_id), {"560204": (67.8, 0), "140500": (0, 60), "22210109": (0, 7.8)})

    def test_goods_that_were_sent_wrongly_keep_theirs(self):
        _count, loss = self._count_shop("wrong_delivery", R2601=18)
        self.assertEqual((loss.is_vat_transferred, loss.vat_amount), (False, 0))

    def test_what_was_found_has_no_tax_whatever_the_reason(self):
        _count, loss = self._count_shop("damaged", R2602=6)
        self.assertEqual((loss.kind, loss.lot_id, loss.value, loss.vat_amount), ("count", self.lot2, -30, 0))
        self.assertEqual(
            {code: debit - credit for code, (debit, credit) in self._lines(loss.move_id).items()}, {"530100": -30, "140500": 30}
        )

    def test_shortage_and_surplus_of_a_count_share_an_entry(self):
        _count, losses = self._count_shop("mixed", R2601=19, R2602=6)
        self.assertEqual((len(losses), len(losses.move_id)), (2, 1))
        booked = {line.account_id.code: line.balance for line in losses.move_id.line_ids if line.account_id.code != "140500"}
        self.assertEqual(booked, {"560204": 30, "530100": -30})
