from odoo import api, fields, models
from odoo.exceptions import AccessError


class CosmeticsBudgetMonth(models.Model):
    """A month of a budget line: what was planned, what transfers and supplements changed, and why it came out otherwise."""

    _name = "cosmetics.budget.month"
    _description = "Month of a Budget Line"
    _order = "line_id, day"
    _rec_name = "day"

    line_id = fields.Many2one("cosmetics.budget.line", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="line_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection(related="line_id.budget_id.state")
    day = fields.Date(string="Month", required=True, readonly=True)
    planned = fields.Monetary()
    adjusted = fields.Monetary(readonly=True, help="By transfers and supplements.")
    amount = fields.Monetary(string="Budgeted", compute="_compute_amount")
    reason = fields.Char(string="Reason of the Variance")

    _month_uniq = models.Constraint("UNIQUE(line_id, day)", "A budget line has each month once.")
    _not_negative = models.Constraint("CHECK(planned + adjusted >= 0)", "A budget cannot be less than nothing. Lower the amount.")

    @api.depends("day")
    def _compute_display_name(self):
        for month in self:
            month.display_name = f"{month.day:%Y-%m}" if month.day else False

    @api.depends("planned", "adjusted")
    def _compute_amount(self):
        for month in self:
            month.amount = month.planned + month.adjusted

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"adjusted"}

    def write(self, vals):
        if not self.env.su and {"adjusted", "day", "line_id"} & vals.keys():
            raise AccessError(self.env._("A budget in force is changed by transfers and supplements alone. Enter one."))
        # The reason of a variance is known only later.
        if vals.keys() - {"reason"}:
            self.line_id.budget_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        self.line_id.budget_id._check_draft()
