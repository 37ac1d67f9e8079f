"""A vendor whose orders of the first quarter of 2026 are received and inspected."""

from odoo import fields
from odoo.tests import freeze_time

from .common_approval import ApprovalCommon

FIRST, AFTER = fields.Date.to_date("2026-01-01"), fields.Date.to_date("2026-04-01")


class EvaluationCommon(ApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("test_evaluation_keeper", "cosmetics_inventory.group_warehouse_manager")
        cls.env.company.write({"receipt_min_share": 0, "receipt_min_days": 0, "inspection_needs_licence": False})
        cls.evaluations = cls.env["cosmetics.vendor.evaluation"]

    @classmethod
    def _buy(cls, ordered_on, planned_on, quantity=10, price=30):
        """Return an order of the buyer, confirmed at noon (China) of a day."""
        with freeze_time(f"{ordered_on} 04:00:00"):
            order = cls._create_order(cls.product, quantity)
            order.order_line.write({"price_unit": price, "date_planned": f"{planned_on} 04:00:00"})
            order.button_confirm()
        return order

    @classmethod
    def _receive(cls, order, day, quantity=10, expiration_on="2028-12-31"):
        """Take goods in, as the warehouse, at noon (China) of a day."""
        with freeze_time(f"{day} 04:00:00"):
            picking = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")).with_user(cls.keeper)
            picking.move_line_ids.write({"quantity": quantity, "lot_name": f"B{order.id}{day}", "expiration_on": expiration_on})
            picking.move_ids.picked = True
            picking.with_context(skip_backorder=True).button_validate()
        return picking

    @classmethod
    def _send_back(cls, picking, day, quantity):
        """Return goods of a receipt to the vendor, as the warehouse, at noon (China) of a day."""
        with freeze_time(f"{day} 04:00:00"):
            wizard = cls.env["stock.return.picking"].with_user(cls.keeper)
            wizard = wizard.with_context(active_id=picking.id, active_model="stock.picking").create({"picking_id": picking.id})
            wizard.product_return_moves.quantity = quantity
            back = cls.env["stock.picking"].browse(wizard.action_create_returns()["res_id"]).with_user(cls.keeper)
            back.move_ids.picked = True
            back.button_validate()
        return back

    @classmethod
    def _facts(cls):
        return cls.evaluations._get_facts(cls.env.company, FIRST, AFTER).get(cls.vendor.id, {})

    @classmethod
    def _evaluate(cls, user=None, **vals):
        """Return a draft of the first quarter, made by the buyer."""
        return cls.evaluations.with_user(user or cls.buyer).create({"partner_id": cls.vendor.id, "starts_on": FIRST, **vals})

    @classmethod
    def _grade(cls, manual_score, **vals):
        """Confirm an evaluation that rests on the judgement of the buyer alone."""
        evaluation = cls._evaluate(manual_score=manual_score, **vals)
        evaluation.with_user(cls.chief).action_confirm()
        return evaluation
