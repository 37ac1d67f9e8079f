"""Disposals: a reason, a second person, a trace, and goods that are really gone."""

import base64
from datetime import date

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

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
