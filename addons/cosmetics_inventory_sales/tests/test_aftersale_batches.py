"""Batches that come back: only what was sold, only what may be sold again; allergies are taken down."""

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import FRESH, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestAftersaleBatches(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([("model", "=", "sale.order")]).active = False
        cls.env.company.aftersale_approval_amount = 0
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        cls.lot = cls._create_batch("FRESH-1", FRESH, 10)
        cls.other = cls._create_batch("OTHER-1", "2029-03-31", 0)
        cls.order = cls._create_order((cls.cream, 4), partner=cls.anyone, user=cls.clerk)
        cls.order.sudo().action_confirm()
        cls.order.warehouse_id = cls.warehouse
        picking = cls.order.sudo().picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking._action_done()
        cls.line = cls.order.order_line

    def _create_aftersale(self, quantity=2, reason="mind", **vals):
        reason = self.env.ref(f"cosmetics_sales.aftersale_reason_{reason}")
        line = {"order_line_id": self.line.id, "quantity": quantity, "lot_id": self.lot.id}
        return (
            self.env["cosmetics.aftersale"]
            .with_user(self.clerk)
            .create({"order_id": self.order.id, "reason_id": reason.id, "line_ids": [Command.create(line)], **vals})
        )

    def _receive(self, aftersale):
        aftersale.action_approve()
        kept = aftersale.with_user(self.keeper)
        kept.action_receive_all()
        return kept

    def _in_place(self):
        place = self.order.warehouse_id.sudo().aftersale_location_id
        return self.env["stock.quant"]._get_available_quantity(self.cream, place, lot_id=self.lot) if place else 0

    def test_batch_that_was_delivered_goes_back_on_sale(self):
        kept = self._receive(self._create_aftersale())
        self.assertEqual(self._in_place(), 2)
        kept.line_ids.write({"seal_state": "intact", "is_batch_readable": True, "result": "restock"})
        kept.action_inspect()
        stock = self.order.warehouse_id.lot_stock_id
        self.assertEqual((self._in_place(), self.env["stock.quant"]._get_available_quantity(self.cream, stock, lot_id=self.lot)), (0, 8))
        self.assertEqual((self.line.qty_delivered, kept.line_ids.inspected_by_id), (2, self.keeper))

    def test_goods_waiting_for_inspection_are_promised_to_nobody(self):
        before = self._create_order((self.cream, 100), partner=self.anyone, warehouse_id=self.warehouse.id).order_line.shelf_life_free_qty
        self._receive(self._create_aftersale())
        after = self._create_order((self.cream, 100), partner=self.anyone, warehouse_id=self.warehouse.id).order_line.shelf_life_free_qty
        self.assertEqual((before, after), (6, 6))

    def test_batch_of_another_parcel_is_refused(self):
        aftersale = self._create_aftersale()
        aftersale.action_approve()
        kept = aftersale.with_user(self.keeper)
        kept.line_ids.write({"received_quantity": 2, "received_lot_id": self.other.id})
        with self.assertRaisesRegex(UserError, "not the goods we sent"):
            kept.action_receive()

    def test_batch_not_delivered_cannot_be_agreed_on(self):
        with self.assertRaisesRegex(ValidationError, "was not delivered"):
            aftersale = self._create_aftersale()
            aftersale.line_ids.lot_id = self.other

    def test_unreadable_batch_is_not_sold_again(self):
        kept = self._receive(self._create_aftersale())
        kept.line_ids.write({"seal_state": "intact", "is_batch_readable": False, "result": "restock"})
        with self.assertRaisesRegex(UserError, "cannot be read"):
            kept.action_inspect()

    def test_held_batch_is_not_sold_again(self):
        kept = self._receive(self._create_aftersale())
        self.lot.sudo().quality_state = "quarantine"
        kept.line_ids.write({"seal_state": "intact", "is_batch_readable": True, "result": "restock"})
        with self.assertRaisesRegex(UserError, "may not be sold any more"):
            kept.action_inspect()

    def test_expired_batch_is_not_sold_again(self):
        with freeze_time("2029-03-10 04:00:00"):
            kept = self._receive(self._create_aftersale())
            kept.line_ids.write({"seal_state": "intact", "is_batch_readable": True, "result": "restock"})
            with self.assertRaisesRegex(UserError, "may not be sold any more"):
                kept.action_inspect()

    def test_opened_goods_are_destroyed_before_a_witness(self):
        kept = self._receive(self._create_aftersale())
        kept.line_ids.write({"seal_state": "opened", "is_batch_readable": True, "result": "destroy"})
        kept.action_inspect()
        disposal = kept.line_ids.disposal_line_ids.disposal_id
        self.assertEqual((disposal.state, disposal.reason_id.code, disposal.line_ids.quantity, self._in_place()), ("draft", "opened", 2, 2))
        disposal.sudo().witness_id = self.quality
        with self.assertRaises(AccessError):
            disposal.with_user(self.keeper).action_confirm()
        disposal.with_user(self.quality).action_confirm()
        disposal.with_user(self.keeper).action_done()
        self.assertEqual(self._in_place(), 0)

    def test_recalled_batch_is_not_sold_again_but_may_be_destroyed(self):
        kept = self._receive(self._create_aftersale())
        self.lot.sudo().quality_state = "rejected"
        kept.line_ids.write({"seal_state": "intact", "is_batch_readable": True, "result": "restock"})
        with self.assertRaisesRegex(UserError, "may not be sold any more"), self.env.cr.savepoint():
            kept.action_inspect()
        kept.line_ids.result = "destroy"
        kept.action_inspect()
        self.assertEqual((kept.state, kept.line_ids.disposal_line_ids.quantity, self._in_place()), ("inspected", 2, 2))

    def test_goods_for_the_supplier_wait_apart_and_are_on_sale_nowhere(self):
        kept = self._receive(self._create_aftersale())
        kept.line_ids.write({"seal_state": "intact", "is_batch_readable": True, "result": "supplier"})
        kept.action_inspect()
        stock = self.order.warehouse_id.lot_stock_id
        self.assertEqual((self._in_place(), self.env["stock.quant"]._get_available_quantity(self.cream, stock, lot_id=self.lot)), (2, 6))
        self.assertFalse(kept.line_ids.disposal_line_ids)

    def test_goods_without_a_batch_on_the_pack_cannot_be_booked_in(self):
        aftersale = self._create_aftersale()
        aftersale.action_approve()
        kept = aftersale.with_user(self.keeper)
        kept.line_ids.write({"received_quantity": 2, "received_lot_id": False})
        with self.assertRaisesRegex(UserError, "printed on the pack"):
            kept.action_receive()

    def test_two_findings_of_one_case_go_two_ways(self):
        line = {"order_line_id": self.line.id, "quantity": 1, "lot_id": self.lot.id}
        kept = self._receive(self._create_aftersale(line_ids=[Command.create(line), Command.create(line)]))
        good, bad = kept.line_ids
        good.write({"seal_state": "intact", "is_batch_readable": True, "result": "restock"})
        bad.write({"seal_state": "opened", "is_batch_readable": True, "result": "destroy"})
        kept.action_inspect()
        stock = self.order.warehouse_id.lot_stock_id
        self.assertEqual((self._in_place(), self.env["stock.quant"]._get_available_quantity(self.cream, stock, lot_id=self.lot)), (1, 7))
        self.assertEqual(bad.disposal_line_ids.quantity, 1)

    # ------------------------------------------------------------------ allergies
    def test_allergy_is_taken_down_also_when_only_money_goes_back(self):
        aftersale = self._create_aftersale(reason="allergy", kind="refund")
        case = aftersale.sudo().adverse_reaction_ids
        self.assertEqual((case.lot_id, case.aftersale_line_id), (self.lot, aftersale.line_ids))
        aftersale.action_cancel()
        self.assertTrue(case.exists(), "what was heard of stays, though the buyer drops the matter")

    def test_allergy_to_two_goods_opens_a_case_for_each(self):
        line = {"order_line_id": self.line.id, "quantity": 1, "lot_id": self.lot.id}
        aftersale = self._create_aftersale(reason="allergy", line_ids=[Command.create(line), Command.create(line)])
        cases = aftersale.sudo().adverse_reaction_ids
        self.assertEqual(cases.aftersale_line_id, aftersale.line_ids)
        self.assertEqual(len(set(cases.mapped("name"))), 2)

    def test_allergy_opens_a_case_with_the_batch(self):
        aftersale = self._create_aftersale(reason="allergy", note="Red skin after one day")
        case = aftersale.sudo().adverse_reaction_ids
        self.assertEqual((case.product_id, case.lot_id, case.purchase_document), (self.cream, self.lot, self.order.name))
        self.assertTrue(case.user_id.has_group("cosmetics_inventory.group_adverse_reaction"))
        self.assertEqual(aftersale.adverse_reaction_numbers, case.name)
        with self.assertRaises(AccessError):
            aftersale.adverse_reaction_ids  # noqa: B018 reading is the act
        cases = self.env["cosmetics.adverse.reaction"].with_user(self.quality)
        self.assertEqual(cases.search([("aftersale_id", "=", aftersale.id)]), case)

    def test_case_is_opened_once(self):
        aftersale = self._create_aftersale(reason="allergy")
        aftersale.reason_id = self.env.ref("cosmetics_sales.aftersale_reason_mind")
        aftersale.reason_id = self.env.ref("cosmetics_sales.aftersale_reason_allergy")
        self.assertEqual(len(aftersale.sudo().adverse_reaction_ids), 1)

    def test_allergy_found_later_on_one_line_opens_a_case(self):
        aftersale = self._create_aftersale()
        self.assertFalse(aftersale.sudo().adverse_reaction_ids)
        aftersale.line_ids.reason_id = self.env.ref("cosmetics_sales.aftersale_reason_allergy")
        self.assertEqual(len(aftersale.sudo().adverse_reaction_ids), 1)

    # ------------------------------------------------------------------ not accepted
    def _not_accepted(self, quantity=2):
        """Return the transfer that takes goods that were not accepted back to the buyer."""
        kept = self._receive(self._create_aftersale(quantity))
        kept.line_ids.write({"seal_state": "opened", "result": "buyer", "inspection_note": "Opened"})
        kept.action_inspect()
        return kept.picking_ids.filtered(lambda picking: picking.location_dest_id.usage == "customer")

    def test_batch_that_is_not_accepted_goes_back_to_its_buyer_though_it_expired_meanwhile(self):
        home = self._not_accepted()
        self.lot.sudo().expiration_date = "2026-01-31 15:59:59"
        self.assertEqual(self.lot._get_sale_obstacle()[self.lot], "expired")
        home.move_ids.picked = True
        home.with_context(skip_expired=True).button_validate()  # the answer to core's question
        self.assertEqual((home.state, home.move_line_ids.lot_id), ("done", self.lot))
        logged = self.env["cosmetics.shelf.life.log"].sudo().search([("kind", "=", "own"), ("res_id", "=", home.id)])
        self.assertEqual((logged.lot_name, logged.quantity), (self.lot.name, 2))

    def test_recalled_batch_does_not_go_back(self):
        kept = self._receive(self._create_aftersale())
        self.lot.sudo().quality_state = "quarantine"
        kept.line_ids.write({"seal_state": "opened", "result": "buyer", "inspection_note": "Opened"})
        with self.assertRaisesRegex(UserError, "take it back and refund it"):
            kept.action_inspect()

    def test_batch_held_after_the_inspection_stays(self):
        home = self._not_accepted()
        self.lot.sudo().quality_state = "quarantine"
        home.move_ids.picked = True
        with self.assertRaisesRegex(ValidationError, "in quarantine"):
            home.button_validate()

    def test_more_than_came_back_is_a_sale_and_refused(self):
        home = self._not_accepted(1)
        self.lot.sudo().expiration_date = "2026-01-31 15:59:59"
        self.env["stock.quant"]._update_available_quantity(self.cream, home.location_id, 3, lot_id=self.lot)
        home.sudo().move_ids.product_uom_qty = 3
        home.sudo().move_line_ids.quantity = 3
        home.move_ids.picked = True
        with self.assertRaisesRegex(ValidationError, "expired"):
            home.button_validate()

    def test_mark_of_the_after_sale_on_another_transfer_opens_nothing(self):
        home = self._not_accepted(1)
        order = self._create_order((self.cream, 2), partner=self.anyone, user=self.clerk)
        order.sudo().action_confirm()
        picking = order.sudo().picking_ids.with_user(self.keeper)
        picking.action_assign()
        self.lot.sudo().expiration_date = "2026-01-31 15:59:59"
        picking.move_ids.sudo().aftersale_line_id = home.move_ids.aftersale_line_id
        picking.move_ids.picked = True
        with self.assertRaisesRegex(ValidationError, "expired"):
            picking.button_validate()
