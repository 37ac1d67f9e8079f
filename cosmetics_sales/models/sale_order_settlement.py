"""Whether the platform has paid an order out."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    settlement_match_ids = fields.One2many(
        "cosmetics.settlement.match",
        "order_id",
        string="Settlements",
        groups="cosmetics_sales.group_ecommerce_clerk,account.group_account_invoice",
    )
    settlement_state = fields.Selection(
        [("none", "Not Settled"), ("partial", "Partly Settled"), ("settled", "Settled"), ("difference", "Settled with Difference")],
        string="Settlement",
        compute="_compute_settlement_state",
        store=True,
        index="btree_not_null",
        copy=False,
        help="Whether the payout files of the platform hold this order with the amount we expect.",
    )

    @api.depends(
        "settlement_match_ids.state",
        "settlement_match_ids.difference",
        "settlement_match_ids.suggestion",
        "settlement_match_ids.explanation",
    )
    def _compute_settlement_state(self):
        """The last settlement that holds the order tells: what it paid so far is counted over all of them."""
        for order in self:
            last = order.settlement_match_ids.sorted("id")[-1:]
            order.settlement_state = last._get_order_state() if last else "none"

    def action_open_settlement(self):
        """Show what the settlements say of the order."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Settlement"),
            "res_model": "cosmetics.settlement.line",
            "view_mode": "list",
            "domain": [("order_id", "in", self.ids)],
        }
