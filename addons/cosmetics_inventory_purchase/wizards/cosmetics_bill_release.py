"""A held bill is released with a reason."""

from odoo import fields, models


class CosmeticsBillRelease(models.TransientModel):
    _name = "cosmetics.bill.release"
    _description = "Release of a Held Bill"

    move_id = fields.Many2one("account.move", string="Bill", required=True, ondelete="cascade")
    note = fields.Text(related="move_id.match_note")
    reason = fields.Char(required=True)

    def action_release(self):
        """Release the bill in the name of the user."""
        for release in self:
            release.move_id._release_match(release.reason)
