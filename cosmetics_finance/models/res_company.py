from odoo import models


class ResCompany(models.Model):
    _inherit = "res.company"

    def _find_account(self, prefix):
        """Return the account of this code in the chart of the company, zeros after it do not count; the shortest, or none.

        A branch has the chart of the company it belongs to, which whoever works for the branch alone may not enter: core finds it.
        """
        self.ensure_one()
        accounts = self.env["account.account"].with_company(self)
        found = accounts.search([("code", "=like", f"{prefix}%"), ("company_ids", "in", self.root_id.ids)], order="code")
        return found.filtered(lambda account: account.code.rstrip("0") == prefix.rstrip("0"))[:1]
