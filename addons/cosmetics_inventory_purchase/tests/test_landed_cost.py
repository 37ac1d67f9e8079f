"""Freight and duties become part of what the goods of a receipt cost."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
class TestLandedCost(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_landed_accountant", "account.group_account_invoice")
        cls.keeper = cls._create_user("test_landed_keeper", "cosmetics_inventory.group_warehouse_keeper")
        category = cls.env["product.category"].create({"name": "Average", "property_cost_method": "average"})
        brush = {"is_storable": True, "cosmetic_kind": "other", "item_class": "tool", "registration_no": False, "categ_id": category.id}
        cls.light = cls._create_product(name="Puff", weight=1, volume=3, **brush)
        cls.heavy = cls._create_product(name="Mirror", weight=4, volume=1, **brush)
        cls.freight = cls.env.ref("cosmetics_inventory_purchase.product_freight").product_variant_id
        order = cls._create_order(cls.light, 10)
        order.order_line = [Command.create({"product_id": cls.heavy.id, "product_qty": 20, "price_unit": 60})]
        order.order_line.tax_ids = [Command.clear()]
        order.button_confirm()
        cls.receipt = order.picking_ids
        for move in cls.receipt.move_ids:
            move.quantity = move.product_uom_qty
        cls.receipt.move_ids.picked = True
        cls.receipt.with_user(cls.keeper).button_validate()

    def _create_cost(self, split_method, amount=90, user=None):
        return (
            self.env["stock.landed.cost"]
            .with_user(user or self.buyer)
            .create(
                {
                    "picking_ids": [Command.set(self.receipt.ids)],
                    "cost_lines": [
                        Command.create(
                            {"product_id": self.freight.id, "name": "Freight", "price_unit": amount, "split_method": split_method}
                        )
                    ],
                }
            )
        )

    def _shares(self):
        self.env.invalidate_all()
        return {move.product_id: (round(move.landed_cost, 2), round(move.landed_unit_cost, 4)) for move in self.receipt.move_ids}

    def test_costs_are_split_by_quantity_weight_volume_value_or_evenly(self):
        for split, light, heavy in (
            ("by_quantity", 30, 60),
            ("by_weight", 10, 80),
            ("by_volume", 54, 36),
            ("by_current_cost_price", 18, 72),
            ("equal", 45, 45),
        ):
            cost = self._create_cost(split)
            cost.compute_landed_cost()
            shares = {line.product_id: line.additional_landed_cost for line in cost.valuation_adjustment_lines}
            self.assertEqual(shares, {self.light: light, self.heavy: heavy}, split)

    def test_the_receipt_shows_the_total_cost_of_a_unit(self):
        self.assertEqual(self._shares(), {self.light: (0, 30), self.heavy: (0, 60)})
        self._create_cost("by_weight").with_user(self.accountant).button_validate()
        self.assertEqual(self._shares(), {self.light: (10, 31), self.heavy: (80, 64)})
        self.assertAlmostEqual(self.light.standard_price, 31)

    def test_a_second_bill_of_freight_adds_up(self):
        for _bill in range(2):
            self._create_cost("by_weight").with_user(self.accountant).button_validate()
        self.assertEqual(self._shares()[self.light], (20, 32))

    def test_a_buyer_prepares_and_an_accountant_posts(self):
        cost = self._create_cost("by_weight")
        with self.assertRaisesRegex(AccessError, "an accountant or a warehouse manager"):
            cost.button_validate()
        cost.with_user(self.accountant).button_validate()
        self.assertEqual(cost.state, "done")

    def test_a_keeper_sees_no_landed_costs(self):
        cost = self._create_cost("by_weight")
        with self.assertRaises(AccessError):
            cost.with_user(self.keeper).read(["amount_total"])
        arch = self.env["stock.picking"].with_user(self.keeper).get_view(view_type="form")["arch"]
        self.assertNotIn("landed_unit_cost", arch)

    def test_a_split_by_a_measure_that_a_product_lacks_is_refused(self):
        self.light.weight = 0
        cost = self._create_cost("by_weight")
        for call in (cost.compute_landed_cost, cost.with_user(self.accountant).button_validate):
            with self.assertRaisesRegex(UserError, "“Puff” has none"):
                call()
        cost.cost_lines.split_method = "by_volume"
        cost.with_user(self.accountant).button_validate()

    def test_the_receipt_leads_to_its_costs(self):
        receipt = self.receipt.with_user(self.buyer)
        self.assertEqual(receipt.action_landed_costs()["view_mode"], "form", "none yet: a new one")
        cost = self._create_cost("equal")
        receipt.invalidate_recordset(["landed_cost_count"])
        self.assertEqual(receipt.landed_cost_count, 1)
        action = receipt.action_landed_costs()
        self.assertEqual(self.env["stock.landed.cost"].search(action["domain"]), cost)
        self.assertEqual(action["context"]["default_picking_ids"], self.receipt.ids)

    def test_freight_and_duty_are_there_with_their_split(self):
        duty = self.env.ref("cosmetics_inventory_purchase.product_duty")
        self.assertEqual((self.freight.split_method_landed_cost, duty.split_method_landed_cost), ("by_quantity", "by_current_cost_price"))
        self.assertTrue(self.freight.landed_cost_ok and duty.landed_cost_ok)
