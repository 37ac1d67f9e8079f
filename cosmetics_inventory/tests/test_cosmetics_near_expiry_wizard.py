"""The list proposes, a person decides, documents are made."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsNearExpiryWizard(WatchCommon):
    def _deal(self, lots, user=None, **vals):
        """Open the wizard on the rows of batches as a shop's keeper and change its lines; return it."""
        action = self._rows(lots, user or self.colleague).action_deal()
        wizard = self.env["cosmetics.near.expiry.wizard"].with_user(user or self.colleague).browse(action["res_id"])
        wizard.line_ids.write(vals)
        return wizard

    def _made(self, action):
        """Return the records an action shows."""
        records = self.env[action["res_model"]]
        return records.browse(action["res_id"]) if action.get("res_id") else records.search(action["domain"])

    def test_transfer_takes_exactly_this_batch_to_the_other_shop(self):
        self._sell_fresh(self.other_shop, 189)
        earlier = self._stock_lot("EARLIER", 90, 5)
        lot = self._stock_lot("NEAR", 100, 60)
        picking = self._made(self._deal(lot).action_confirm())
        self.assertEqual((picking.picking_type_id, picking.state), (self.shop.int_type_id, "assigned"))
        lines = picking.move_line_ids
        self.assertEqual((lines.lot_id, lines.quantity, lines.location_dest_id), (lot, 60, self.other_shop.lot_stock_id))
        self.assertEqual(self._rows(lot).free_quantity, 0)
        self.assertEqual(self._rows(earlier).free_quantity, 5)
        picking.with_user(self.colleague).move_ids.picked = True
        picking.with_user(self.colleague).button_validate()
        self.assertEqual(self._on_hand(lot, self.other_shop.lot_stock_id), 60)

    def test_return_goes_to_the_supplier(self):
        supplier = self.env["res.partner"].create({"name": "Friendly", "accepts_near_expiry_returns": True})
        self.cream.seller_ids = [(0, 0, {"partner_id": supplier.id})]
        lot = self._stock_lot("STOP", 20, 6)
        picking = self._made(self._deal(lot).action_confirm())
        self.assertEqual((picking.partner_id, picking.location_dest_id.usage), (supplier, "supplier"))
        picking.with_user(self.colleague).move_ids.picked = True
        # Odoo asks once whether goods past their removal date may go; back to the supplier they may.
        picking.with_user(self.colleague).with_context(skip_expired=True).button_validate()
        self.assertEqual((picking.state, self._on_hand(lot, self.shop.lot_stock_id)), ("done", 0))

    def test_expired_goods_become_a_disposal_somebody_else_confirms(self):
        lots = self._stock_lot("OLD", -3, 4) + self._stock_lot("OLDER", -30, 2)
        disposal = self._made(self._deal(lots).action_confirm())
        self.assertEqual((disposal._name, disposal.state, disposal.store_id), ("cosmetics.disposal", "draft", self.store))
        self.assertEqual({line.lot_id.name: line.quantity for line in disposal.line_ids}, {"OLD": 4, "OLDER": 2})
        self.assertEqual(self._on_hand(lots[0], self.shop.lot_stock_id), 4)

    def test_lines_of_one_target_share_a_transfer(self):
        lots = self._stock_lot("A", 100, 6) + self._stock_lot("B", 110, 6)
        wizard = self._deal(lots, kind="move", quantity=2, warehouse_id=self.other_shop.id)
        picking = self._made(wizard.action_confirm())
        self.assertEqual(len(picking), 1)
        self.assertEqual({line.lot_id.name: line.quantity for line in picking.move_line_ids}, {"A": 2, "B": 2})

    def test_more_than_is_free_is_refused(self):
        lot = self._stock_lot("NEAR", 100, 10)
        wizard = self._deal(lot, kind="move", quantity=8, warehouse_id=self.other_shop.id)
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shop.lot_stock_id, 4, lot_id=lot)
        with self.assertRaisesRegex(UserError, "only 6 are free"):
            wizard.action_confirm()
        wizard.line_ids.quantity = 6
        self.assertEqual(self._made(wizard.action_confirm()).move_line_ids.quantity, 6)

    def test_incomplete_lines_are_refused(self):
        lot = self._stock_lot("NEAR", 100, 10)
        for vals, message in (
            ({"kind": "move", "quantity": 2}, "another shop"),
            ({"kind": "move", "quantity": 2, "warehouse_id": self.shop.id}, "another shop"),
            ({"kind": "move", "quantity": 0, "warehouse_id": self.other_shop.id}, "how many"),
            ({"kind": "return", "quantity": 2}, "supplier"),
            ({"kind": "markdown", "quantity": 2}, "band prices"),
        ):
            with self.subTest(vals), self.assertRaisesRegex(UserError, message):
                self._deal(lot, **vals).action_confirm()

    def test_expired_goods_cannot_be_sent_to_a_shop_by_this_door_either(self):
        lot = self._stock_lot("OLD", -3, 4)
        wizard = self._deal(lot, kind="move", quantity=2, warehouse_id=self.other_shop.id)
        with self.assertRaises(UserError):
            picking = self._made(wizard.action_confirm())
            picking.move_ids.picked = True
            picking.button_validate()
        self.assertFalse(self._on_hand(lot, self.other_shop.lot_stock_id))

    def test_who_keeps_no_stock_has_no_wizard(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.near.expiry.wizard"].with_user(self.shop_user).create({})
