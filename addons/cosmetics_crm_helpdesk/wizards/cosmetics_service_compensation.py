"""A customer is to get points for the trouble."""

from odoo import api, fields, models


class CosmeticsServiceCompensation(models.TransientModel):
    """Asks for points; who may approve them decides, in the list of adjustments."""

    _name = "cosmetics.service.compensation"
    _description = "Compensate in Points"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, readonly=True, ondelete="cascade")
    partner_id = fields.Many2one(related="ticket_id.commercial_partner_id", string="Member")
    points = fields.Float(digits=(16, 2), required=True)
    reason = fields.Char(
        required=True, compute="_compute_reason", store=True, precompute=True, readonly=False,
        help="The member can read it in the history of the card.",
    )  # fmt: skip

    _points_given = models.Constraint("CHECK (points > 0)", "Say how many points the customer is to get: more than zero.")

    @api.depends("ticket_id")
    def _compute_reason(self):
        for wizard in self:
            wizard.reason = self.env._("Compensation, case %s", wizard.ticket_id.number)

    def action_ask(self):
        """Ask for the points."""
        self.ensure_one()
        self.ticket_id._ask_compensation(self.points, self.reason)
        return {"type": "ir.actions.act_window_close"}
