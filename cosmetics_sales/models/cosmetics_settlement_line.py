"""One movement of money in a payout file."""

from odoo import fields, models


class CosmeticsSettlementLine(models.Model):
    """One movement on our account at the platform, signed from our side: a sale is positive, a fee negative."""

    _name = "cosmetics.settlement.line"
    _description = "Settlement Line"
    _order = "at, id"

    settlement_id = fields.Many2one("cosmetics.settlement", required=True, index=True, ondelete="cascade")
    channel_id = fields.Many2one(related="settlement_id.channel_id", store=True, index=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    match_id = fields.Many2one("cosmetics.settlement.match", string="Order in the Settlement", index="btree_not_null", ondelete="set null")
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="restrict")
    order_ref = fields.Char(string="Order Number", index="btree_not_null")
    kind = fields.Selection(
        [("sale", "Sale"), ("refund", "Refund"), ("fee", "Fee"), ("payout", "Payout"), ("adjust", "Adjustment")], required=True
    )
    amount = fields.Monetary(required=True)
    at = fields.Datetime(string="Booked At")
    reference = fields.Char(string="Flow Number", required=True)
    part = fields.Char(required=True, default="-")
    text = fields.Char()
