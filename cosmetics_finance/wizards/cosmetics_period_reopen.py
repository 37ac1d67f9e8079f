from odoo import fields, models
from odoo.exceptions import UserError


class CosmeticsPeriodReopen(models.TransientModel):
    """Why a closed month is opened again; asked of a second person."""

    _name = "cosmetics.period.reopen"
    _description = "Open a Month Again"

    close_id = fields.Many2one("cosmetics.period.close", string="Period Close", required=True, ondelete="cascade", readonly=True)
    reason = fields.Char(required=True)

    def action_confirm(self):
        """Open the month again; who has closed it cannot."""
        self.ensure_one()
        close = self.close_id
        close.check_access("write")
        if close.state != "closed":
            raise UserError(self.env._("%s is open already.", close.name))
        if close.closed_by_id == self.env.user:
            raise UserError(self.env._("You have closed this month yourself. Ask a second accountant to open it again."))
        if not self.reason.strip():
            raise UserError(self.env._("Say why the month is opened again."))
        close._reopen(self.reason.strip())
        return {"type": "ir.actions.act_window_close"}
