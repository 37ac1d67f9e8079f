"""One movement of money in a payout file."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsSettlementLine(models.Model):
    """One movement on our account at the platform, signed from our side: a sale is positive, a fee negative."""

    _name = "cosmetics.settlement.line"
    _description = "Settlement Line"
    _order = "at, id"
    _rec_name = "reference"

    settlement_id = fields.Many2one("cosmetics.settlement", required=True, index=True, ondelete="cascade")
    channel_id = fields.Many2one(related="settlement_id.channel_id", store=True, index=True)
    company_id = fields.Many2one(related="settlement_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    order_id = fields.Many2one("sale.order", index="btree_not_null", ondelete="restrict")
    order_ref = fields.Char(string="Order Number", index="btree_not_null")
    kind = fields.Selection(
        [("sale", "Sale"), ("refund", "Refund"), ("fee", "Fee"), ("payout", "Payout"), ("adjust", "Adjustment")], required=True
    )
    amount = fields.Monetary(required=True)
    at = fields.Datetime(string="Booked At")
    reference = fields.Char(string="Flow Number", required=True, help="Number of the movement at the platform, once in a channel.")
    part = fields.Char(required=True, default="-", help="What of the movement this is, when one movement is made of several.")
    source = fields.Char(string="File Format", readonly=True)
    text = fields.Char()

    _flow_uniq = models.UniqueIndex(
        "(channel_id, reference, part)", "A movement with this flow number was read already for the channel. Read the file again."
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_open()
        return lines

    def write(self, vals):
        """Lines of a confirmed settlement stay; only an order that came later may be put to a line without one."""
        if set(vals) != {"order_id"} or any(line.order_id for line in self):
            self._check_open()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._check_open()

    def _check_open(self):
        if any(settlement.state == "confirmed" for settlement in self.settlement_id):
            raise UserError(self.env._("The lines of a confirmed settlement stay as they are. Let an accountant reopen it."))
