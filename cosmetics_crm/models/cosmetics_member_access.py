"""Who looked at what was hidden: shown numbers, copies of personal data, closed memberships."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsMemberAccess(models.Model):
    """One line for each time somebody saw or took away what is hidden by default (PIPL art. 51). Never changed, never removed."""

    _name = "cosmetics.member.access"
    _description = "Access to Personal Data"
    _order = "id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", required=True, ondelete="restrict", default=lambda self: self.env.uid)
    kind = fields.Selection(
        [("phone", "Number Shown"), ("copy", "Copy of Personal Data"), ("close", "Membership Closed")], string="What", required=True
    )
    create_date = fields.Datetime(string="When")

    def write(self, vals):  # pylint: disable=method-required-super; nothing is ever written
        raise UserError(self.env._("The log of access to personal data cannot be changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The log of access to personal data cannot be removed."))
