"""A case is over: how did it end?"""

from odoo import fields, models
from odoo.exceptions import UserError


class CosmeticsServiceClose(models.TransientModel):
    """Asks for outcome and reason, and closes the case in the stage of the outcome."""

    _name = "cosmetics.service.close"
    _description = "Close Case"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Case", required=True, readonly=True, ondelete="cascade")
    outcome_id = fields.Many2one("cosmetics.service.outcome", string="Case Outcome", required=True, ondelete="cascade")
    needs_note = fields.Boolean(related="outcome_id.needs_note")
    note = fields.Char(string="Reason")

    def action_close(self):
        """Close the case."""
        self.ensure_one()
        if self.ticket_id.closed:
            raise UserError(self.env._("Case %s is closed already. Reload the page.", self.ticket_id.number))
        self.ticket_id._close(self.outcome_id, self.note)
        return {"type": "ir.actions.act_window_close"}
