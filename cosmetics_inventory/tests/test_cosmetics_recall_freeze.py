"""Freezing a batch: what is set free, what stays, who is told, and how it goes back."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecallFreeze(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.li = cls.env["res.partner"].create({"name": "Li"})
        cls._move(cls.lot, cls.supplier, cls.stock, 10)

    @classmethod
    def _create_second_company(cls):
        """Return (company, its stock location, its quality manager)."""
        company = cls.env["res.company"].create({"name": "Second Company"})
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        user = cls._create_user(
            "test_quality_second",
            "cosmetics_inventory.group_quality_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        return company, warehouse.lot_stock_id, user

    def _freeze(self, lots=None, user=None, **vals):
        recall = self._create_recall(lots, user=user, **vals)
        recall.action_freeze()
        return recall

    def _reserve(self, source, target, quantity, **vals):
        """Return a reserved move of the batch's product that is not delivered yet."""
        goods = {"product_id": self.product.id, "location_id": source.id, "location_dest_id": target.id}
        move = self.env["stock.move"].create({**goods, "product_uom_qty": quantity, **vals})
        move._action_confirm()
        move._action_assign()
        return move

    # --- reservations
    def test_a_delivery_of_two_batches_keeps_the_one_that_is_not_recalled(self):
        early = self._create_lot("EARLY", expiration_on=self.lot.expiration_on.replace(year=2027))
        self._move(early, self.supplier, self.stock, 4)
        picking = self._order(self.lot, 9, self.li)
        self.assertEqual({line.lot_id: line.quantity for line in picking.move_line_ids}, {early: 4, self.lot: 5})
        self._freeze(early)
        self.assertEqual({line.lot_id: line.quantity for line in picking.move_line_ids}, {self.lot: 5})
        self.assertEqual(picking.move_ids.state, "partially_available")

    def test_a_freed_delivery_takes_another_batch(self):
        picking = self._order(self.lot, 9, self.li)
        other = self._create_lot("OTHER")
        self._move(other, self.supplier, self.stock, 9)
        self._freeze()
        self.assertFalse(picking.move_line_ids)
        picking.action_assign()
        self.assertEqual({line.lot_id: line.quantity for line in picking.move_line_ids}, {other: 9})

    def test_goods_that_are_picked_but_not_delivered_are_set_free(self):
        picking = self._order(self.lot, 3, self.li)
        picking.move_ids.picked = True
        self._freeze()
        self.assertFalse(picking.move_line_ids)

    def test_what_is_delivered_stays_delivered(self):
        sold = self._sell(self.lot, 3, self.li)
        self._freeze()
        self.assertEqual((sold.state, sold.quantity), ("done", 3))

    def test_a_transfer_between_own_warehouses_is_set_free(self):
        move = self._reserve(self.stock, self.shelf, 3)
        self.assertEqual(move.quantity, 3)
        self._freeze()
        self.assertEqual(move.quantity, 0)

    def test_a_gift_is_set_free_and_a_scrap_is_not(self):
        gift = self._reserve(self.stock, self.env.company._get_shelf_life_location("gift"), 2)
        scrap = self._reserve(self.stock, self.product.property_stock_inventory, 3)
        self._freeze()
        self.assertEqual((gift.quantity, scrap.quantity), (0, 3))

    def test_freeing_many_deliveries_leaves_nothing_reserved_and_counts_stay_right(self):
        pickings = [self._order(self.lot, 1, self.li) for _number in range(8)]
        self._freeze()
        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)])
        self.assertEqual((quant.quantity, quant.reserved_quantity), (10, 0))
        self.assertEqual({picking.state for picking in pickings}, {"confirmed"})

    def test_what_lies_in_different_places_and_packages_is_freed_in_each(self):
        package = self.env["stock.package"].create({"name": "Carton 1"})
        quants = self.env["stock.quant"]
        quants._update_available_quantity(self.product, self.shelf, 4, lot_id=self.lot)
        quants._update_available_quantity(self.product, self.shelf, 3, lot_id=self.lot, package_id=package)
        moves = (
            self._reserve(self.shelf, self.customer, 5)
            | self._reserve(self.shelf, self.customer, 2)
            | self._reserve(self.stock, self.customer, 9)
        )
        self.assertEqual(moves.mapped("quantity"), [5, 2, 9])
        self._freeze()
        self.env.invalidate_all()
        found = quants.search([("lot_id", "=", self.lot.id), ("location_id.usage", "=", "internal")], order="quantity")
        self.assertEqual(found.mapped(lambda quant: (quant.quantity, quant.reserved_quantity)), [(3, 0), (4, 0), (10, 0)])
        self.assertEqual((moves.mapped("quantity"), set(moves.mapped("state"))), ([0, 0, 0], {"confirmed"}))

    def test_freeing_costs_at_most_one_query_per_delivery(self):
        counts = []
        for number in (2, 8):
            lot = self._create_lot(f"MANY{number}")
            self._move(lot, self.supplier, self.stock, number)
            pickings = [self._order_batch(lot) for _number in range(number)]
            self.assertEqual({picking.move_line_ids.lot_id for picking in pickings}, {lot})
            recall = self._create_recall(lot)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            recall.recall_lot_ids._free_reservations()
            counts.append(self.env.cr.sql_log_count - before)
            self.assertFalse([line for picking in pickings for line in picking.move_line_ids])
        self.assertLessEqual(counts[1], counts[0] + 6, "six more deliveries; core asks four times for each")

    def _order_batch(self, lot):
        """Return a delivery that has reserved one unit of this batch."""
        picking = self._order(lot, 1, self.li)
        picking.move_line_ids.unlink()
        goods = {"location_id": self.stock.id, "location_dest_id": self.customer.id, "product_id": lot.product_id.id, "lot_id": lot.id}
        self.env["stock.move.line"].create({**goods, "move_id": picking.move_ids.id, "picking_id": picking.id, "quantity": 1})
        return picking

    def test_a_recalled_batch_is_not_for_sale_any_more(self):
        self.assertEqual(self.product.with_context(warehouse_id=self.centre.id).free_qty, 10)
        self._freeze()
        self.product.invalidate_recordset()
        self.assertEqual(self.product.with_context(warehouse_id=self.centre.id).free_qty, 0)

    def test_more_of_a_recalled_batch_can_arrive_and_stays_stopped(self):
        self._freeze()
        self._move(self.lot, self.supplier, self.stock, 2)
        self.assertEqual((self._on_hand(self.lot, self.stock), self.lot.quality_state), (12, "recalled"))

    def test_recalled_goods_come_back_from_the_customer(self):
        sold = self._sell(self.lot, 3, self.li)
        self._freeze()
        self._move(self.lot, self.customer, self.stock, 3, self.li, origin=sold, picking_type=self.centre.in_type_id)
        self.assertEqual(self._on_hand(self.lot, self.stock), 10)

    # --- who is told
    def test_a_warehouse_without_a_store_is_told_through_the_responsible(self):
        attic = self.env["stock.warehouse"].create({"name": "Attic", "code": "QATT"})
        self._move(self.lot, self.stock, attic.lot_stock_id, 4)
        recall = self._freeze(responsible_id=self.colleague.id)
        told = {activity.user_id: activity.summary for activity in recall.activity_ids}
        self.assertEqual(set(told), {self.colleague, self.keeper})
        self.assertIn("Attic", told[self.colleague])

    def test_a_store_without_the_batch_is_left_in_peace(self):
        self.assertEqual(self._freeze().activity_ids.user_id, self.keeper)

    def test_the_task_names_products_as_they_are_written(self):
        self.product.name = "Cream <Day & Night>"
        self.assertIn("Cream &lt;Day &amp; Night&gt;", self._freeze().activity_ids.note)

    def test_the_second_freeze_tells_of_the_added_batch_only(self):
        recall = self._freeze()
        second = self._create_lot("R2602")
        self._move(second, self.supplier, self.shelf, 1)
        recall.recall_lot_ids = [Command.create({"lot_id": second.id})]
        first = recall.activity_ids
        recall.action_freeze()
        added = recall.activity_ids - first
        self.assertEqual(added.user_id, self.shop_user)
        self.assertNotIn("R2601", added.note)

    def test_the_log_says_which_recall_stopped_the_batch(self):
        recall = self._freeze()
        entry = self.env["cosmetics.shelf.life.log"].search([("lot_res_id", "=", self.lot.id), ("code", "=", "recalled")])
        self.assertEqual(entry.reason, f"Recall {recall.name}: Bacteria found")
        self.assertEqual(entry.user_id, self.quality)

    # --- going back
    def test_a_draft_is_cancelled_without_touching_its_batches(self):
        recall = self._create_recall()
        recall.action_cancel()
        self.assertEqual((recall.state, self.lot.quality_state), ("cancelled", "released"))

    def test_a_rejected_batch_stays_rejected_after_the_recall(self):
        self.lot._set_quality_state("rejected", "Wrong label")
        recall = self._freeze()
        recall.action_cancel()
        self.assertEqual(self.lot.quality_state, "rejected")

    def test_what_is_over_is_neither_frozen_nor_cancelled_nor_closed(self):
        closed, cancelled = self._freeze(), self._create_recall()
        closed.action_close()
        cancelled.action_cancel()
        for recall in closed | cancelled:
            for method in ("action_freeze", "action_cancel", "action_close", "action_notify", "action_send_mails"):
                with self.subTest(recall.state, method=method), self.assertRaises(UserError):
                    getattr(recall, method)()
        self.assertEqual(self.lot.quality_state, "recalled")

    def test_no_batch_is_added_to_a_recall_that_is_over(self):
        recall = self._freeze()
        recall.action_close()
        with self.assertRaisesRegex(UserError, "recall is over"):
            recall.recall_lot_ids = [Command.create({"lot_id": self._create_lot("R2602").id})]

    def test_what_the_authority_was_told_stays_when_the_recall_is_over(self):
        recall = self._freeze()
        recall.reason = "Bacteria and mould found"
        recall.action_close()
        for vals in ({"reason": "Nothing"}, {"source": "self"}, {"closing_note": "All fine"}, {"announced_on": "2026-01-01"}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "recall is over"):
                recall.write(vals)
        self.assertEqual(recall.reason, "Bacteria and mould found")

    def test_a_stopped_batch_is_not_exchanged_for_another(self):
        recall = self._freeze()
        with self.assertRaisesRegex(UserError, "stays on its recall"):
            recall.recall_lot_ids.lot_id = self._create_lot("R2602")
        with self.assertRaisesRegex(UserError, "stays on its recall"):
            recall.recall_lot_ids.former_state = False

    def test_nobody_types_the_former_state_of_a_batch(self):
        recall = self._create_recall()
        recall.recall_lot_ids = [Command.create({"lot_id": self._create_lot("R2602").id, "former_state": "released"})]
        self.assertEqual(recall.recall_lot_ids.mapped("former_state"), [False, False])
        with self.assertRaisesRegex(UserError, "buttons only"):
            recall.recall_lot_ids[0].former_state = "released"

    def test_a_copy_starts_anew_with_the_same_batches(self):
        recall = self._freeze()
        copy = recall.copy()
        self.assertEqual((copy.state, copy.frozen_at, copy.lot_ids), ("draft", False, self.lot))
        self.assertFalse(copy.recall_lot_ids.former_state)
        self.assertNotEqual(copy.name, recall.name)

    def test_a_recall_starts_as_a_draft_whatever_was_sent(self):
        recall = self._create_recall(state="closed", frozen_at="2020-01-01 00:00:00", name="ZH/1")
        self.assertEqual((recall.state, recall.frozen_at), ("draft", False))
        self.assertNotEqual(recall.name, "ZH/1")

    # --- companies
    def test_a_shared_batch_is_stopped_and_freed_in_the_other_company_too(self):
        company, stock, _user = self._create_second_company()
        self.assertFalse(self.lot.company_id)
        self.env["stock.quant"].with_company(company)._update_available_quantity(self.product, stock, 5, lot_id=self.lot)
        move = self._reserve(stock, self.customer, 3, company_id=company.id)
        self.assertEqual(move.quantity, 3)
        self._freeze()
        self.assertEqual(move.quantity, 0)

    def test_a_recall_is_cancelled_while_another_company_still_recalls_the_batch(self):
        _company, _stock, user = self._create_second_company()
        first, second = self._freeze(), self._freeze(user=user)
        first.action_cancel()
        self.assertEqual((first.state, self.lot.quality_state), ("cancelled", "recalled"))
        second.action_cancel()
        self.assertEqual(self.lot.quality_state, "released")

    def test_quantities_and_buyers_are_those_of_the_company_of_the_recall(self):
        company, stock, user = self._create_second_company()
        self._sell(self.lot, 3, self.li)
        self.env["stock.quant"].with_company(company)._update_available_quantity(self.product, stock, 5, lot_id=self.lot)
        move = self._reserve(stock, self.customer, 1, company_id=company.id)
        move.picked = True
        move._action_done()
        own, theirs = self._create_recall(), self._create_recall(user=user)
        for recall, shipped, on_hand in ((own, 3, 7), (theirs, 1, 4)):
            recall.action_refresh_buyers()
            self.assertEqual((recall.shipped_quantity, recall.on_hand_quantity), (shipped, on_hand))
            self.assertEqual(sum(recall.line_ids.mapped("quantity")), shipped)

    def test_another_company_sees_neither_recall_nor_buyers(self):
        _company, _stock, user = self._create_second_company()
        self._sell(self.lot, 3, self.li)
        recall = self._freeze()
        recall.action_notify()
        recall.line_ids.action_mark_called()
        for records in (recall, recall.recall_lot_ids, recall.line_ids, recall.notice_ids):
            with self.subTest(records._name):
                self.assertFalse(records.with_user(user).search([("id", "in", records.ids)]))
        with self.assertRaises(AccessError):
            recall.with_user(user).action_cancel()

    def test_nobody_recalls_in_the_name_of_another_company(self):
        company, _stock, _user = self._create_second_company()
        with self.assertRaises(AccessError):
            self._create_recall(company_id=company.id)

    def test_a_batch_of_another_company_is_not_recalled_here(self):
        company, _stock, _user = self._create_second_company()
        foreign = self._create_lot("F1", company_id=company.id)
        with self.assertRaises(UserError):
            self._create_recall(foreign)
