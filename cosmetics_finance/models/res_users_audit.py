"""The access of an auditor ends by itself."""

from odoo import fields, models
from odoo.exceptions import AccessDenied

from .res_partner_credit import CHINA


class ResUsers(models.Model):
    _inherit = "res.users"

    audit_until = fields.Date(
        string="Audit until",
        groups="base.group_erp_manager",
        help="Last day, in China, on which an auditor may log in and read. Empty: no end.",
    )

    def _is_audit_over(self):
        """Tell if the time of an auditor is over."""
        self.ensure_one()
        # sudo: asked before any right is known
        until = self.sudo().audit_until
        return bool(until) and until < fields.Date.context_today(self.with_context(tz=CHINA))

    def _check_credentials(self, credential, env):
        """Refuse a login after the last day; who is logged in already reads nothing any more (see ir.model.access)."""
        if self.has_group("cosmetics_finance.group_auditor") and self._is_audit_over():
            raise AccessDenied(self.env._("The time of this audit is over. Ask the company for a new end."))
        return super()._check_credentials(credential, env)
