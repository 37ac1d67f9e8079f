"""What a company asks of advances: ceiling, days, what an overdue one means, and their account."""

from odoo import fields, models
from odoo.exceptions import UserError

OVERDUE = [("nothing", "No Consequence"), ("warn", "Tell Who Approves"), ("stop", "No New Advance")]
# Other receivables (其他应收款) of both Chinese charts.
ADVANCES = "1221"


class ResCompany(models.Model):
    _inherit = "res.company"

    advance_ceiling = fields.Monetary(string="Ceiling per Employee", help="All that an employee holds and has asked for; 0: none.")
    advance_days = fields.Integer(string="Days until Return", default=30)
    advance_overdue = fields.Selection(OVERDUE, string="Who Has an Overdue One", required=True, default="warn")
    advance_account_id = fields.Many2one(
        "account.account", string="Account of Advances", check_company=True, help="Empty: other receivables (1221)."
    )

    _advance_check = models.Constraint(
        "CHECK (advance_ceiling >= 0 AND advance_days >= 0)", "Ceiling and days of advances are not negative."
    )

    def _get_advance_account(self):
        """Return the account that advances stand on: the chosen one, else other receivables of the chart."""
        self.ensure_one()
        account = self.advance_account_id or self._find_account(ADVANCES)
        if not account:
            raise UserError(self.env._("%s has no account 1221. Choose the account of advances in the settings of accounting.", self.name))
        return account

    def _get_advance_journal(self):
        """Return the journal of entries that set advances off."""
        journal = self.env["account.journal"].search(
            [("type", "=", "general"), *self.env["account.journal"]._check_company_domain(self)], limit=1
        )
        if not journal:
            raise UserError(self.env._("%s has no journal for other entries. Create one of the type Miscellaneous.", self.name))
        return journal


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    advance_ceiling = fields.Monetary(related="company_id.advance_ceiling", readonly=False)
    advance_days = fields.Integer(related="company_id.advance_days", readonly=False)
    advance_overdue = fields.Selection(related="company_id.advance_overdue", readonly=False)
    advance_account_id = fields.Many2one(related="company_id.advance_account_id", readonly=False)
