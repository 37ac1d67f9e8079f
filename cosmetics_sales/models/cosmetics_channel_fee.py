"""What a channel keeps of each sale."""

from odoo import fields, models


class CosmeticsChannelFee(models.Model):
    """One fee of a channel: commission, payment fee, freight insurance; the settlement compares it with what was kept."""

    _name = "cosmetics.channel.fee"
    _description = "Channel Fee"
    _order = "channel_id, sequence, id"

    channel_id = fields.Many2one("cosmetics.channel", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("commission", "Commission"),
            ("payment", "Payment Fee"),
            ("promotion", "Promotion"),
            ("insurance", "Freight Insurance"),
            ("other", "Other Fee"),
        ],
        required=True,
        default="commission",
    )
    name = fields.Char(required=True, translate=True)
    percent = fields.Float(string="Share (%)", digits=(6, 3), help="Share of what the buyer paid, in percent: 5 means 5 %.")
    amount = fields.Float(string="Fixed Amount", digits="Product Price", help="Fixed part of each order, in the currency of the company.")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")

    _percent_range = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100)", "The share of a fee lies between 0 and 100 %. Correct the share."
    )
    _amount_positive = models.Constraint("CHECK (amount >= 0)", "The fixed part of a fee cannot be negative. Correct the amount.")
    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "The fee ends before it begins. Correct the dates."
    )
