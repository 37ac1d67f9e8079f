"""Disposals, testers, samples and shortages in the books: once, with the tax that the reason demands."""

from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import LossCommon


@tagged("post_install", "-at_install")
class TestStockLoss(LossCommon):
    def test_a_spoiled_disposal_takes_its_input_vat_along(self):
        disposal = self._dispose(2)
        loss = self._book()
        # The vouchers of a company are in its own language.
        reason = disposal.reason_id.with_context(lang=self.company.partner_id.lang)
        self.assertEqual((loss.kind, loss.document, loss.reason), ("disposal", disposal.name, reason.name))
        self.assertEqual((loss.quantity, loss.value, loss.vat_rate, loss.vat_amount, loss.total), (2, 60, 13, 7.8, 67.8))
        self.assertEqual((loss.state, loss.move_id.state, loss.move_id.date), ("posted", "posted", date(2026, 3, 2)))
        self.assertEqual(self._lines(loss.move_id), {"560204": (67.8, 0), "140500": (0, 60), "22210109": (0, 7.8)})
        self.assertEqual((loss.lot_id, loss.store_id), (self.lot, self.store_centre))

    def test_a_normal_loss_leaves_the_input_vat_deducted(self):
        self._dispose(2, reason="opened")
        loss = self._book()
        self.assertEqual(loss.vat_amount, 0)
        self.assertEqual(self._lines(loss.move_id), {"560204": (60, 0), "140500": (0, 60)})

    def test_a_tester_is_a_selling_expense(self):
        tester = self._open_tester()
        loss = self._book()
        self.assertEqual((loss.kind, loss.document, loss.store_id), ("tester", tester.name, self.store))
        self.assertEqual(self._lines(loss.move_id), {"560105": (30, 0), "140500": (0, 30)})

    def test_a_give_away_is_a_promotion(self):
        self._give_away(3)
        loss = self._book()
        self.assertEqual((loss.kind, loss.quantity), ("sample", 3))
        self.assertEqual(self._lines(loss.move_id), {"560106": (90, 0), "140500": (0, 90)})

    def test_a_scrap_without_disposal_is_a_loss(self):
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.product.id, "lot_id": self.lot.id, "location_id": self.stock.id, "scrap_qty": 1}
        )
        scrap.do_scrap()
        loss = self._book()
        self.assertEqual((loss.kind, loss.document, loss.value, loss.vat_amount), ("scrap", scrap.name, 30, 0))

    def test_an_adjustment_without_a_count_waits_for_a_person(self):
        quants = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "in", (self.stock + self.shelf).ids)])
        for quant, counted in zip(quants.sorted("location_id"), (9, 12), strict=True):
            quant.inventory_quantity = counted
        quants.action_apply_inventory()
        losses = self._book().sorted("quantity")
        self.assertEqual((losses.mapped("kind"), losses.mapped("state")), (["adjust", "adjust"], ["open", "open"]))
        losses.action_post()
        self.assertEqual(losses.mapped("quantity"), [-2, 1])
        lines = losses.move_id.line_ids
        booked = {line.account_id.code: line.balance for line in lines if line.account_id.code != "140500"}
        self.assertEqual(booked, {"530100": -60, "560204": 30})
        self.assertEqual(sum(line.balance for line in lines if line.account_id.code == "140500"), 30)

    def test_one_entry_for_a_document(self):
        other = self._create_product(name="Other Cream", is_storable=True, standard_price=10.0)
        lot = self._create_lot("O1", product=other)
        self._move(lot, self.supplier, self.stock, 5)
        line = {"product_id": other.id, "lot_id": lot.id, "quantity": 5, "location_id": self.stock.id}
        mine = {"product_id": self.product.id, "lot_id": self.lot.id, "quantity": 1, "location_id": self.stock.id}
        self._dispose(line_ids=[Command.create(line), Command.create(mine)])
        self._book()
        losses = self.losses.search([("product_id", "in", (self.product + other).ids)])
        self.assertEqual((len(losses), len(losses.move_id), losses.move_id.amount_total), (2, 1, 90.4))

    def test_goods_sold_or_sent_back_are_no_loss(self):
        self._sell(self.lot, 2)
        supplier = self.env["res.partner"].create({"name": "Brand House"})
        self._dispose(2, method="supplier", partner_id=supplier.id)
        self.assertFalse(self._book())

    def test_booking_twice_books_once(self):
        self._dispose(2)
        first = self._book()
        again = self._book()
        self.assertEqual((first, first.move_id), (again, again.move_id))
        first.action_post()
        self.assertEqual(self.env["account.move"].search_count([("id", "=", first.move_id.id)]), 1)
        self.assertEqual(len(first.move_id), 1)

    def test_the_night_books_as_well(self):
        self._dispose(2)
        self.env["cosmetics.stock.loss"].with_user(self.env.ref("base.user_root"))._cron_book()
        loss = self.losses.search([("product_id", "=", self.product.id)])
        self.assertEqual((loss.state, loss.move_id.amount_total), ("posted", 67.8))

    def test_months_before_the_start_are_left_alone(self):
        self.company.stock_loss_from = date(2026, 3, 3)
        self._dispose(2)
        self.assertFalse(self._book())

    def test_goods_that_come_back_are_booked_back_in_red(self):
        disposal = self._dispose(2)
        loss = self._book()
        scrapped = disposal.line_ids.move_id
        self._move(self.lot, scrapped.location_dest_id, self.stock, 1, origin=scrapped)
        back = self._book() - loss
        self.assertEqual((back.kind, back.quantity, back.value, back.vat_amount, back.total), ("disposal", -1, -30, -3.9, -33.9))
        self.assertEqual(self._lines(back.move_id), {"560204": (-33.9, 0), "140500": (0, -30), "22210109": (0, -3.9)})

    def test_a_place_with_its_own_account_is_left_to_odoo(self):
        account = self._create_account("560299", "Test Scrap", "expense")
        scrap = self.env["stock.location"].search([("usage", "=", "inventory"), ("company_id", "=", self.company.id)])
        scrap.valuation_account_id = account
        self._dispose(2)
        loss = self._book()
        self.assertTrue(loss.is_booked_by_place)
        self.assertEqual(self._lines(loss.move_id), {"560299": (7.8, 0), "22210109": (0, 7.8)})

    def test_chosen_accounts_go_before_those_of_the_chart(self):
        self.company.stock_loss_account_id = self._create_account("571199", "Test Extraordinary", "expense")
        self._dispose(1, reason="opened")
        self.assertEqual(self._lines(self._book().move_id), {"571199": (30, 0), "140500": (0, 30)})

    def test_a_missing_account_is_named(self):
        self.env["account.account"].search([("code", "=", "560105")]).code = "560195"
        self.env["account.account"].search([("code", "=", "560100")]).code = "560190"
        self._open_tester()
        with self.assertRaisesRegex(UserError, "has no account 560105. Create it"):
            self._book()

    def test_who_reads_the_books_books_nothing(self):
        self._dispose(2)
        with self.assertRaises(AccessError):
            self.losses.with_user(self.reader).action_book_all()
        loss = self._book().with_user(self.reader)
        self.assertEqual(loss.total, 67.8)
        with self.assertRaises(AccessError):
            loss.action_undo()

    def test_warehouse_people_see_no_losses(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.stock.loss"].with_user(self.keeper).search([])

    def test_an_accountant_of_another_company_sees_none(self):
        self._dispose(2)
        loss = self._book()
        other = self.env["res.company"].create({"name": "Test Elsewhere"})
        stranger = self._create_user(
            "test_loss_stranger", "cosmetics_finance.group_accountant", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        self.assertFalse(self.env["cosmetics.stock.loss"].with_user(stranger).search([("id", "=", loss.id)]))
