from odoo import fields, models

SUBJECTS = [
    ("drafts", "Drafts"),
    ("bank", "Bank Lines"),
    ("suspense", "Suspense"),
    ("statements", "Statements"),
    ("unmapped", "Accounts without a Row"),
    ("unmatched", "Cash without a Rule"),
    ("vouchers", "Vouchers"),
    ("stock", "Stock Valuation"),
    ("exchange", "Exchange Rates"),
]


class CosmeticsPeriodCheck(models.Model):
    """A line of the check list: one sentence, met or not, and the way to what is open."""

    _name = "cosmetics.period.check"
    _description = "Check of a Period Close"
    _order = "id"

    close_id = fields.Many2one("cosmetics.period.close", string="Period Close", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="close_id.company_id", store=True, index=True)
    name = fields.Char(string="Finding", required=True)
    subject = fields.Selection(SUBJECTS, required=True)
    is_met = fields.Boolean(string="OK")
    is_required = fields.Boolean(string="Required", help="The month cannot be closed before this is met.")

    def action_open(self):
        """Open what the finding is about."""
        self.ensure_one()
        return self.close_id._get_check_action(self.subject)
