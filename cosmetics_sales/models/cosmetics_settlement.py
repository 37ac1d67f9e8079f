"""What a platform or payment service has paid out, against the orders it belongs to."""

from odoo import fields, models


class CosmeticsSettlement(models.Model):
    """One payout period of one channel: its files, the lines read from them and what every order should have brought."""

    _name = "cosmetics.settlement"
    _description = "Settlement"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_to desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, default=lambda self: self.env._("New"))
    channel_id = fields.Many2one("cosmetics.channel", required=True, index=True, check_company=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    state = fields.Selection(
        [("draft", "Draft"), ("matched", "Matched"), ("confirmed", "Confirmed")], required=True, default="draft", copy=False, index=True
    )
    line_ids = fields.One2many("cosmetics.settlement.line", "settlement_id", string="Lines")
    match_ids = fields.One2many("cosmetics.settlement.match", "settlement_id", string="Orders")
