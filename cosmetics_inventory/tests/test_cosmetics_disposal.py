"""Disposals: a reason, a second person, a trace, and goods that are really gone."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsDisposal(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._move(cls.lot, cls.supplier, cls.stock, 10)

    def test_the_goods_leave_after_the_witness_confirmed(self):
        disposal = self._create_disposal(quantity=4)
        disposal.with_user(self.colleague).action_confirm()
        self.assertEqual((disposal.state, disposal.confirmed_by_id), ("confirmed", self.colleague))
        disposal.action_done()
        scrap = self.env["stock.scrap"].search([("disposal_line_id", "in", disposal.line_ids.ids)])
        self.assertEqual((disposal.state, scrap.state, scrap.scrap_qty, scrap.lot_id), ("done", "done", 4, self.lot))
        self.assertEqual(
            (disposal.line_ids.move_id, scrap.move_ids.state, self._on_hand(self.lot, self.stock)), (scrap.move_ids, "done", 6)
        )
        self.assertEqual(disposal.line_ids.move_id.origin, disposal.name)

    def test_expired_goods_are_scrapped(self):
        old = self._create_lot("OLD", expiration_on=date(2026, 1, 31))
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 3, lot_id=old)
        disposal = self._create_disposal(lot=old, quantity=3, reason_id=self.env.ref("cosmetics_inventory.disposal_reason_expired").id)
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()
        self.assertEqual(self._on_hand(old, self.stock), 0)

    def test_goods_go_back_to_the_supplier(self):
        supplier = self.env["res.partner"].create({"name": "Brand House"})
        self.lot._set_quality_state("rejected", "Wrong label")
        disposal = self._create_disposal(quantity=10, method="supplier", partner_id=supplier.id)
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()
        move = disposal.line_ids.move_id
        self.assertEqual((move.state, move.location_dest_id.usage, move.partner_id, move.quantity), ("done", "supplier", supplier, 10))
        self.assertEqual(self._on_hand(self.lot, self.stock), 0)
        self.assertFalse(self.env["stock.scrap"].search([("disposal_line_id", "in", disposal.line_ids.ids)]))

    def test_reserved_goods_can_be_disposed_of(self):
        picking = self._order(self.lot, 10, self.env["res.partner"].create({"name": "Li"}))
        disposal = self._create_disposal(quantity=10)
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()
        self.assertEqual((self._on_hand(self.lot, self.stock), picking.move_ids.quantity), (0, 0))

    def test_nobody_confirms_an_own_disposal(self):
        disposal = self._create_disposal(user=self.quality, witness_id=self.keeper.id)
        with self.assertRaisesRegex(AccessError, "Ask the witness"):
            disposal.action_confirm()
        with self.assertRaisesRegex(AccessError, "Only the witness, Keeper"):
            self._create_disposal(user=self.quality, witness_id=self.keeper.id, store_id=self.store.id).with_user(
                self.colleague
            ).action_confirm()

    @mute_logger("odoo.sql_db")
    def test_the_witness_is_somebody_else(self):
        with self.assertRaisesRegex(Exception, "somebody else|witness_is_another"), self.env.cr.savepoint():
            self._create_disposal(witness_id=self.keeper.id)

    def test_nothing_is_done_without_confirmation(self):
        disposal = self._create_disposal()
        with self.assertRaisesRegex(UserError, "second person"):
            disposal.action_done()
        with self.assertRaisesRegex(UserError, "buttons only"):
            disposal.state = "done"
        with self.assertRaisesRegex(UserError, "buttons only"):
            disposal.confirmed_by_id = self.colleague

    def test_a_disposal_is_done_once(self):
        disposal = self._create_disposal(quantity=4)
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()
        with self.assertRaises(UserError):
            disposal.action_done()
        self.assertEqual(self._on_hand(self.lot, self.stock), 6)

    def test_what_is_confirmed_does_not_change(self):
        disposal = self._create_disposal()
        disposal.with_user(self.colleague).action_confirm()
        for change in (
            lambda: disposal.write({"reason_id": self.env.ref("cosmetics_inventory.disposal_reason_other").id}),
            lambda: disposal.line_ids.write({"quantity": 9}),
            lambda: disposal.write({"line_ids": [Command.create({"product_id": self.product.id, "lot_id": self.lot.id})]}),
            lambda: disposal.line_ids.unlink(),
            lambda: disposal.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        disposal.note = "Number of the certificate: 12"
        disposal.action_draft()
        self.assertEqual((disposal.state, disposal.confirmed_by_id.id), ("draft", False))
        disposal.line_ids.quantity = 9

    def test_more_than_lies_there_is_refused(self):
        disposal = self._create_disposal(quantity=6)
        disposal.line_ids = [
            Command.create({"product_id": self.product.id, "lot_id": self.lot.id, "location_id": self.stock.id, "quantity": 5})
        ]
        with self.assertRaisesRegex(UserError, "holds 10 of .*R2601, not 11"):
            disposal.with_user(self.colleague).action_confirm()

    def test_a_line_names_a_batch_of_its_product_in_an_own_location(self):
        other = self._create_product(name="Other Cream", is_storable=True)
        with self.assertRaisesRegex(UserError, "is not of Other Cream"):
            self._create_disposal(line_ids=[Command.create({"product_id": other.id, "lot_id": self.lot.id})])
        with self.assertRaisesRegex(UserError, "Choose the batch"):
            self._create_disposal(line_ids=[Command.create({"product_id": self.product.id})])
        with self.assertRaisesRegex(UserError, "location of your own"):
            self._create_disposal(location=self.customer)

    def test_a_photo_where_the_company_asks_for_one(self):
        self.env.company.is_disposal_photo_required = True
        disposal = self._create_disposal()
        with self.assertRaisesRegex(UserError, "photo"):
            disposal.with_user(self.colleague).action_confirm()
        photo = self.env["ir.attachment"].with_user(self.keeper).create({"name": "a.png", "datas": base64.b64encode(b"picture")})
        disposal.photo_ids = photo
        self.assertEqual(photo.with_user(self.colleague).raw, b"picture", "the witness sees what the keeper uploaded")
        disposal.with_user(self.colleague).action_confirm()
        self.assertEqual(disposal.state, "confirmed")

    def test_a_contractor_is_named(self):
        disposal = self._create_disposal(method="contractor")
        with self.assertRaisesRegex(UserError, "which contractor"):
            disposal.with_user(self.colleague).action_confirm()

    def test_cost_is_kept_and_shown_to_those_who_may_see_it(self):
        disposal = self._create_disposal(quantity=2)
        with self.assertRaises(AccessError):
            disposal.read(["cost_total"])
        self.assertEqual(disposal.with_user(self.quality).cost_total, 60)
        disposal.with_user(self.colleague).action_confirm()
        self.product.standard_price = 40
        disposal.action_done()
        self.product.standard_price = 50
        disposal.invalidate_recordset()
        self.assertEqual(disposal.with_user(self.quality).cost_total, 80)

    def test_users_see_disposals_of_their_stores_and_those_they_watch(self):
        stranger = self._create_user("test_quality_stranger", "cosmetics_inventory.group_warehouse_keeper")
        disposal = self._create_disposal(user=self.quality, witness_id=self.colleague.id, store_id=self.store_centre.id)
        found = {
            user: bool(self.env["cosmetics.disposal"].with_user(user).search([("id", "=", disposal.id)]))
            for user in (self.keeper, self.colleague, self.quality, stranger)
        }
        self.assertEqual(found, {self.keeper: True, self.colleague: True, self.quality: True, stranger: False})
        self.assertFalse(self.env["cosmetics.disposal.line"].with_user(stranger).search([("disposal_id", "=", disposal.id)]))

    def test_the_sheet_prints_for_a_keeper_without_the_cost(self):
        disposal = self._create_disposal(quantity=2)
        disposal.with_user(self.colleague).action_confirm()
        pages = {
            user: self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_html("cosmetics_inventory.cosmetics_disposal_report", disposal.ids)[0]
            for user in (self.keeper, self.quality)
        }
        self.assertIn(disposal.name, pages[self.keeper].decode())
        self.assertNotIn("60.00", pages[self.keeper].decode())
        self.assertIn("60.00", pages[self.quality].decode())

    # --- more of the rules of goods
    def _dispose(self, disposal):
        """Confirm as the witness and finish."""
        disposal.with_user(self.colleague).action_confirm()
        disposal.action_done()

    def test_a_disposal_without_goods_is_not_confirmed(self):
        disposal = self._create_disposal(line_ids=[])
        with self.assertRaisesRegex(UserError, "List the goods"):
            disposal.with_user(self.quality).action_confirm()

    def test_a_disposal_without_a_witness_is_not_confirmed(self):
        disposal = self._create_disposal(witness_id=False)
        with self.assertRaisesRegex(UserError, "Choose the witness"):
            disposal.with_user(self.quality).action_confirm()

    def test_a_quality_manager_confirms_for_the_witness(self):
        disposal = self._create_disposal()
        disposal.with_user(self.quality).action_confirm()
        self.assertEqual((disposal.confirmed_by_id, disposal.witness_id), (self.quality, self.colleague))

    def test_goods_for_the_supplier_need_a_supplier(self):
        disposal = self._create_disposal(method="supplier")
        with self.assertRaisesRegex(UserError, "which contractor or supplier"):
            disposal.with_user(self.colleague).action_confirm()

    def test_a_disposal_is_confirmed_once(self):
        disposal = self._create_disposal()
        disposal.with_user(self.colleague).action_confirm()
        with self.assertRaisesRegex(UserError, "confirmed already"):
            disposal.with_user(self.colleague).action_confirm()

    def test_only_what_is_confirmed_goes_back_to_draft(self):
        disposal = self._create_disposal()
        with self.assertRaisesRegex(UserError, "Only a confirmed"):
            disposal.action_draft()
        self._dispose(disposal)
        with self.assertRaisesRegex(UserError, "what is done stays done"):
            disposal.action_draft()

    def test_goods_sold_after_the_confirmation_are_not_disposed_of(self):
        disposal = self._create_disposal(quantity=8)
        disposal.with_user(self.colleague).action_confirm()
        self._sell(self.lot, 5)
        with self.assertRaisesRegex(UserError, "holds 5 of .* not 8"):
            disposal.action_done()
        self.assertEqual((disposal.state, self._on_hand(self.lot, self.stock)), ("confirmed", 5))

    def test_goods_of_a_shelf_below_are_not_those_of_the_location(self):
        rack = self.env["stock.location"].create({"name": "Rack", "usage": "internal", "location_id": self.stock.id})
        self._move(self.lot, self.stock, rack, 10)
        with self.assertRaisesRegex(UserError, "holds 0 of"):
            self._create_disposal().with_user(self.colleague).action_confirm()
        disposal = self._create_disposal(location=rack, quantity=10)
        self._dispose(disposal)
        self.assertEqual(self._on_hand(self.lot, rack), 0)

    def test_a_quantity_of_nothing_is_refused(self):
        for quantity in (0, -1):
            with self.subTest(quantity), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
                self._create_disposal(quantity=quantity).flush_recordset()

    def test_a_serial_number_is_disposed_of_alone(self):
        device = self._create_product(
            name="Device", is_storable=True, cosmetic_kind=False, lifecycle_stage_id=False, tracking="serial", use_expiration_date=False
        )
        serials = self.env["stock.lot"].create([{"name": name, "product_id": device.id} for name in ("S1", "S2")])
        for serial in serials:
            self.env["stock.quant"]._update_available_quantity(device, self.stock, 1, lot_id=serial)
        with self.assertRaisesRegex(UserError, "holds 1 of .* not 2"):
            self._create_disposal(lot=serials[0], quantity=2).with_user(self.colleague).action_confirm()
        self._dispose(self._create_disposal(lot=serials[0]))
        self.assertEqual([self._on_hand(serial, self.stock) for serial in serials], [0, 1])

    def test_goods_without_batches_are_disposed_of(self):
        tool = self._create_product(name="Brush", is_storable=True, cosmetic_kind=False, lifecycle_stage_id=False)
        self.env["stock.quant"]._update_available_quantity(tool, self.stock, 3)
        line = Command.create({"product_id": tool.id, "location_id": self.stock.id, "quantity": 2})
        self._dispose(self._create_disposal(line_ids=[line]))
        self.assertEqual(self.env["stock.quant"].search([("product_id", "=", tool.id), ("location_id", "=", self.stock.id)]).quantity, 1)

    def test_two_lines_of_one_batch_are_added_up(self):
        line = {"product_id": self.product.id, "lot_id": self.lot.id, "location_id": self.stock.id}
        disposal = self._create_disposal(line_ids=[Command.create({**line, "quantity": quantity}) for quantity in (4, 6)])
        self._dispose(disposal)
        self.assertEqual((self._on_hand(self.lot, self.stock), len(disposal.line_ids.move_id)), (0, 2))

    def test_the_location_proposed_is_that_of_the_store(self):
        line = Command.create({"product_id": self.product.id, "lot_id": self.lot.id})
        disposal = self._create_disposal(user=self.colleague, store_id=self.store.id, witness_id=self.keeper.id, line_ids=[line])
        self.assertEqual(disposal.line_ids.location_id, self.shelf)

    def test_the_store_proposed_is_where_the_user_works(self):
        disposals = self.env["cosmetics.disposal"]
        found = {user: disposals.with_user(user).default_get(["store_id"]).get("store_id") for user in (self.colleague, self.shop_user)}
        self.assertEqual(found[self.colleague], self.store.id)
        self.assertNotEqual(found[self.shop_user], self.store_centre.id)

    def test_recalled_goods_are_destroyed(self):
        self._create_recall().action_freeze()
        self._dispose(self._create_disposal(quantity=10))
        self.assertEqual(self._on_hand(self.lot, self.stock), 0)

    def test_what_left_the_stock_is_shown(self):
        disposal = self._create_disposal(quantity=4)
        self._dispose(disposal)
        moves = self.env["stock.move.line"].with_user(self.keeper).search(disposal.action_view_moves()["domain"])
        self.assertEqual((moves.lot_id, moves.quantity, moves.location_id), (self.lot, 4, self.stock))

    # --- papers
    def test_a_photo_of_a_colleague_is_not_given_to_the_disposal(self):
        disposal = self._create_disposal()
        photo = self.env["ir.attachment"].with_user(self.colleague).create({"name": "b.png", "datas": base64.b64encode(b"private")})
        disposal.sudo().photo_ids = photo
        disposal._keep_photos()
        self.assertFalse(photo.sudo().res_id, "the keeper did not upload it")

    def test_a_photo_can_be_added_after_the_confirmation(self):
        disposal = self._create_disposal()
        disposal.with_user(self.colleague).action_confirm()
        disposal.photo_ids = self.env["ir.attachment"].with_user(self.keeper).create({"name": "c.png", "datas": base64.b64encode(b"later")})
        self.assertEqual((disposal.photo_ids.res_id, disposal.state), (disposal.id, "confirmed"))

    def test_a_copy_has_the_goods_but_no_signature(self):
        disposal = self._create_disposal(quantity=4)
        self._dispose(disposal)
        copy = disposal.copy()
        self.assertEqual((copy.state, copy.confirmed_by_id.id, copy.done_at, copy.line_ids.quantity), ("draft", False, False, 4))
        self.assertFalse(copy.line_ids.move_id)
        self.assertNotEqual(copy.name, disposal.name)

    def test_a_disposal_starts_as_a_draft_whatever_was_sent(self):
        move = self.env["stock.move"].search([], limit=1)
        disposal = self._create_disposal(state="done", confirmed_by_id=self.colleague.id, done_at="2020-01-01 00:00:00", name="BS/1")
        disposal.line_ids = [
            Command.create({"product_id": self.product.id, "lot_id": self.lot.id, "location_id": self.stock.id, "move_id": move.id})
        ]
        self.assertEqual((disposal.state, disposal.confirmed_by_id.id, disposal.done_at), ("draft", False, False))
        self.assertFalse(disposal.line_ids.move_id)

    # --- who may do what
    def test_somebody_without_a_role_sees_and_presses_nothing(self):
        disposal = self._create_disposal()
        for method in ("action_confirm", "action_draft", "action_done", "action_view_moves"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(disposal.with_user(self.shop_user), method)()
        with self.assertRaises(AccessError):
            self._create_disposal(user=self.shop_user)

    def test_a_keeper_of_another_store_neither_confirms_nor_finishes(self):
        stranger = self._create_user("test_quality_stranger", "cosmetics_inventory.group_warehouse_keeper")
        disposal = self._create_disposal(user=self.quality)
        for method in ("action_confirm", "action_done"):
            with self.subTest(method), self.assertRaises(AccessError):
                getattr(disposal.with_user(stranger), method)()
        for change in (lambda: disposal.with_user(stranger).write({"note": "x"}), disposal.with_user(stranger).unlink):
            with self.assertRaises(AccessError):
                change()

    def test_another_company_sees_no_disposal(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        user = self._create_user(
            "test_quality_second",
            "cosmetics_inventory.group_quality_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        disposal = self._create_disposal()
        self.assertFalse(self.env["cosmetics.disposal"].with_user(user).search([("id", "=", disposal.id)]))
        self.assertFalse(self.env["cosmetics.disposal.line"].with_user(user).search([("id", "in", disposal.line_ids.ids)]))

    def test_only_the_quality_manager_makes_reasons(self):
        reasons = self.env["cosmetics.disposal.reason"]
        with self.assertRaises(AccessError):
            reasons.with_user(self.keeper).create({"name": "Stolen", "code": "stolen"})
        reason = reasons.with_user(self.quality).create({"name": "Stolen", "code": "stolen"})
        self.assertEqual(reason.with_user(self.shop_user).name, "Stolen")

    def test_two_reasons_do_not_share_a_code(self):
        reasons = self.env["cosmetics.disposal.reason"].with_user(self.quality)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            reasons.create({"name": "Expired Again", "code": "EXPIRED"})
