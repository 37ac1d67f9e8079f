"""What the near-expiry list advises and what documents come of it."""

from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestWatchAdvice(WatchCommon):
    def _advise(self, lot, user=None):
        """Return (kind, quantity) of the advice on a batch in the shop, as its keeper."""
        row = self._rows(lot, user or self.colleague)
        return row.action_kind, row.action_quantity

    def _befriend(self, **vals):
        """Make the first vendor of the cream one who takes goods back."""
        partner = self.env["res.partner"].create({"name": "Friendly", "accepts_near_expiry_returns": True, **vals})
        self.cream.seller_ids = [Command.create({"partner_id": partner.id})]
        return partner

    def test_shop_that_has_too_much_itself_gets_nothing(self):
        self._sell_fresh(self.other_shop, 189)
        self._stock_lot("THEIRS", 200, 500, self.other_shop)
        self.assertEqual(self._advise(self._stock_lot("NEAR", 100, 60)), ("markdown", 60))

    def test_only_as_many_move_as_the_other_shop_can_sell_in_time(self):
        self._sell_fresh(self.other_shop, 90)  # one a day; 55 days on sale less three on the way
        self._stock_lot("THEIRS", 200, 12, self.other_shop)
        self.assertEqual(self._advise(self._stock_lot("NEAR", 100, 60)), ("move", 40))

    def test_held_goods_of_the_other_shop_do_not_keep_others_out(self):
        self._sell_fresh(self.other_shop, 90)
        self._stock_lot("THEIRS", 200, 500, self.other_shop, state="quarantine")
        self.assertEqual(self._advise(self._stock_lot("NEAR", 100, 60)), ("move", 52))

    def test_advice_never_asks_for_reserved_goods(self):
        self._sell_fresh(self.other_shop, 900)
        lot = self._stock_lot("NEAR", 100, 60)
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shop.lot_stock_id, 45, lot_id=lot)
        self.assertEqual(self._advise(lot), ("move", 15))

    def test_goods_reach_no_shop_in_the_last_three_days(self):
        self._sell_fresh(self.other_shop, 900)
        late, early = self._stock_lot("LATE", 48, 30), self._stock_lot("EARLY", 49, 30)
        self.assertEqual([self._rows(lot).sale_days for lot in (late, early)], [3, 4])
        self.assertEqual([self._advise(lot)[0] for lot in (late, early)], ["markdown", "move"])

    def test_central_warehouse_that_sells_wholesale_may_be_the_target(self):
        self._sell_fresh(self.centre, 900)
        row = self._rows(self._stock_lot("NEAR", 100, 60), self.colleague)
        self.assertEqual((row.action_kind, row.action_warehouse_id), ("move", self.centre))

    def test_warehouse_without_a_store_is_no_target(self):
        self.other_store.warehouse_id = False
        self._sell_fresh(self.other_shop, 900)
        self.assertEqual(self._advise(self._stock_lot("NEAR", 100, 60))[0], "markdown")

    def test_moving_comes_before_returning_and_returning_before_a_lower_price(self):
        self._befriend()
        lot = self._stock_lot("NEAR", 100, 60)
        self.assertEqual(self._advise(lot), ("return", 60))
        self._sell_fresh(self.other_shop, 900)
        self.assertEqual(self._advise(lot)[0], "move")

    def test_stopped_goods_go_back_and_expired_goods_do_not(self):
        self._befriend()
        self.assertEqual(self._advise(self._stock_lot("STOP", 20, 6)), ("return", 6))
        self.assertEqual(self._advise(self._stock_lot("OLD", -1, 6)), ("scrap", 6))

    def test_word_of_the_head_office_of_the_supplier_counts(self):
        head = self._befriend(is_company=True)
        branch = self.env["res.partner"].create({"name": "Depot", "parent_id": head.id})
        lot = self._create_lot("DELIVERED", self.cream, self.today + timedelta(days=100))
        self._move(lot, self.supplier, self.shop.lot_stock_id, 6, partner=branch, picking_type=self.shop.in_type_id)
        self.assertEqual(self._rows(lot, self.colleague).action_partner_id, head)

    def test_band_without_a_price_is_promoted(self):
        self.env.ref("cosmetics_inventory.band_near").markdown_percent = 0
        row = self._rows(self._stock_lot("NEAR", 100, 60), self.colleague)
        self.assertEqual(row.action_kind, "markdown")
        self.assertIn("promote it", row.with_context(lang="en_US").action_sentence)

    def test_sentence_names_the_percent_of_the_band(self):
        self.env.ref("cosmetics_inventory.band_near").markdown_percent = 35
        self.assertIn("35% cheaper", self._rows(self._stock_lot("NEAR", 100, 60)).with_context(lang="en_US").action_sentence)

    def test_marked_down_price_never_falls_below_cost_and_margin(self):
        band = self.env.ref("cosmetics_inventory.band_near")
        band.markdown_percent = 90
        self.env.company.shelf_life_floor_margin = 20
        self.assertEqual(band._get_price(self.cream, 100.0, self.env.company), 36.0)  # cost 30 and a fifth
        band.markdown_percent = 40
        self.assertEqual(band._get_price(self.cream, 100.0, self.env.company), 60.0)

    def test_last_use_by_day_is_stopped_and_the_next_one_expired(self):
        self.assertIn("sale has stopped", self._rows(self._stock_lot("LAST", 0, 5)).with_context(lang="en_US").action_sentence)
        self.assertIn("Expired", self._rows(self._stock_lot("OLD", -1, 5)).with_context(lang="en_US").action_sentence)


@tagged("post_install", "-at_install")
class TestWatchDocuments(WatchCommon):
    def _open(self, lots, **vals):
        """Open the wizard on batches as the keeper of the shop; return it with its lines changed."""
        action = self._rows(lots, self.colleague).action_deal()
        wizard = self.env[action["res_model"]].with_user(self.colleague).browse(action["res_id"])
        wizard.line_ids.write(vals)
        return wizard

    def _pickings(self, wizard):
        """Confirm the wizard; return the transfers that came of it."""
        before = self.env["stock.picking"].search([])
        wizard.action_confirm()
        return self.env["stock.picking"].search([]) - before

    def test_lines_start_with_the_advice(self):
        self._sell_fresh(self.other_shop, 189)
        lots = self._stock_lot("NEAR", 100, 60) + self._stock_lot("OLD", -3, 4)
        lines = self._open(lots).line_ids
        found = {line.lot_id.name: (line.kind, line.quantity, line.warehouse_id) for line in lines}
        self.assertEqual(found["NEAR"], ("move", 60, self.other_shop))
        self.assertEqual(found["OLD"], ("scrap", 4, self.env["stock.warehouse"]))

    def test_rows_to_keep_make_no_document(self):
        lots = self._stock_lot("NEAR", 100, 6) + self._stock_lot("OTHER", 101, 6)
        wizard = self._open(lots, kind="move", quantity=2, warehouse_id=self.other_shop.id)
        wizard.line_ids.filtered(lambda line: line.lot_id == lots[0]).kind = "keep"
        self.assertEqual(self._pickings(wizard).move_line_ids.lot_id, lots[1])

    def test_two_targets_are_two_transfers(self):
        lots = self._stock_lot("A", 100, 6) + self._stock_lot("B", 101, 6)
        wizard = self._open(lots, kind="move", quantity=2, warehouse_id=self.other_shop.id)
        wizard.line_ids[1].warehouse_id = self.centre
        pickings = self._pickings(wizard)
        self.assertEqual(pickings.location_dest_id, self.other_shop.lot_stock_id + self.centre.lot_stock_id)
        self.assertEqual(set(pickings.mapped("state")), {"assigned"})

    def test_transfers_and_disposals_come_from_one_click(self):
        lots = self._stock_lot("NEAR", 100, 6) + self._stock_lot("OLD", -3, 4)
        wizard = self._open(lots)
        line = wizard.line_ids.filtered(lambda line: line.lot_id == lots[0])
        line.write({"kind": "move", "quantity": 6, "warehouse_id": self.other_shop.id})
        disposals = self.env["cosmetics.disposal"].search([])
        self.assertEqual(self._pickings(wizard).move_line_ids.lot_id, lots[0])
        made = self.env["cosmetics.disposal"].search([]) - disposals
        self.assertEqual((made.line_ids.lot_id, made.line_ids.location_id, made.state), (lots[1], self.shop.lot_stock_id, "draft"))
        self.assertEqual(made.create_uid, self.colleague)

    def test_returns_to_two_suppliers_are_two_documents_with_their_batches(self):
        lots = self._stock_lot("A", 100, 6) + self._stock_lot("B", 101, 6)
        partners = self.env["res.partner"].create([{"name": "One"}, {"name": "Two"}])
        wizard = self._open(lots, kind="return", quantity=3)
        for lot, partner in zip(lots, partners, strict=True):
            wizard.line_ids.filtered(lambda line, lot=lot: line.lot_id == lot).partner_id = partner
        pickings = self._pickings(wizard)
        self.assertEqual({picking.partner_id: picking.move_line_ids.lot_id for picking in pickings}, dict(zip(partners, lots, strict=True)))
        self.assertEqual(set(pickings.picking_type_id), {self.shop.out_type_id})

    def test_transfer_says_where_it_comes_from_and_why_this_batch(self):
        lot = self._stock_lot("NEAR", 100, 6)
        self._stock_lot("EARLIER", 90, 6)
        picking = self._pickings(self._open(lot, kind="move", quantity=2, warehouse_id=self.other_shop.id))
        self.assertTrue(picking.origin)
        self.assertIn(self._rows(lot).with_user(self.colleague).action_sentence[:12], picking.move_line_ids.fefo_reason)

    def test_goods_of_a_shelf_leave_that_shelf(self):
        shelf = self.env["stock.location"].create({"name": "Shelf 1", "location_id": self.shop.lot_stock_id.id})
        lot = self._create_lot("SHELF", self.cream, self.today + timedelta(days=100))
        self.env["stock.quant"]._update_available_quantity(self.cream, shelf, 5, lot_id=lot)
        picking = self._pickings(self._open(lot, kind="move", quantity=2, warehouse_id=self.other_shop.id))
        self.assertEqual((picking.move_line_ids.location_id, picking.move_line_ids.quantity), (shelf, 2))

    def test_second_click_finds_nothing_free(self):
        wizard = self._open(self._stock_lot("NEAR", 100, 6), kind="move", quantity=4, warehouse_id=self.other_shop.id)
        self.assertTrue(self._pickings(wizard))
        with self.assertRaisesRegex(UserError, "only 2 are free"):
            wizard.action_confirm()

    def test_goods_move_to_no_warehouse_of_another_company(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        wizard = self._open(self._stock_lot("NEAR", 100, 6), kind="move", quantity=4)
        wizard.sudo().line_ids.warehouse_id = foreign
        with self.assertRaises(UserError):
            wizard.action_confirm()
