"""One order in a settlement: what it should bring and what it brought."""

from odoo import fields, models


class CosmeticsSettlementMatch(models.Model):
    """Expected and received money of one order number, counted over all settlements up to this one."""

    _name = "cosmetics.settlement.match"
    _description = "Order in a Settlement"
    _order = "settlement_id, order_ref, id"
    _rec_name = "order_ref"

    settlement_id = fields.Many2one("cosmetics.settlement", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="settlement_id.state", store=True)
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="restrict")
    order_ref = fields.Char(string="Order Number", required=True)
    difference = fields.Monetary()
    suggestion = fields.Char()
    explanation = fields.Char()

    def _get_order_state(self):
        """Return the settlement state of the order whose last settlement this is."""
        return "settled"
