from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# What only the buttons set.
KEPT = frozenset({"state", "submitted_by_id", "approved_by_id", "approved_at"})


class CosmeticsBudgetChange(models.Model):
    """A change of a budget in force: a transfer (调拨) between two of its lines or months, or a supplement (追加) to one.

    What is carried forward (结转) into another month or year is a change too; see ``cosmetics_budget_rest.py``.
    """

    _name = "cosmetics.budget.change"
    _description = "Budget Change"
    _inherit = ["mail.thread"]
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    kind = fields.Selection([("transfer", "Transfer"), ("supplement", "Supplement")], required=True, default="supplement", tracking=True)
    budget_id = fields.Many2one(
        "cosmetics.budget", required=True, index=True, domain=[("state", "=", "approved")], ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_id = fields.Many2one(
        "cosmetics.budget.line", string="To Line", required=True, domain="[('budget_id', '=', budget_id)]", index=True, ondelete="restrict"
    )
    month_id = fields.Many2one(
        "cosmetics.budget.month", string="To Month", required=True, domain="[('line_id', '=', line_id)]", index=True, ondelete="restrict"
    )
    from_line_id = fields.Many2one(
        "cosmetics.budget.line", domain="[('budget_id', '=', budget_id)]", index="btree_not_null", ondelete="restrict"
    )
    from_month_id = fields.Many2one(
        "cosmetics.budget.month",
        domain="[('line_id', '=', from_line_id)]",
        index="btree_not_null",
        ondelete="restrict",
    )
    amount = fields.Monetary(required=True, tracking=True)
    reason = fields.Text(required=True)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("approved", "Approved"), ("refused", "Refused")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        tracking=True,
    )
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)

    _amount_positive = models.Constraint("CHECK(amount > 0)", "Enter the amount by which the budget grows, for example 1000.")

    @api.depends("kind", "line_id.name")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for change in self:
            change.name = f"{kinds.get(change.kind, '')} {change.line_id.name or ''}".strip()

    @api.constrains("kind", "budget_id", "line_id", "month_id", "from_line_id", "from_month_id")
    def _check_sides(self):
        for change in self:
            if change.kind == "carry":
                change._check_carry_sides()
                continue
            lines = change.line_id | change.from_line_id
            if lines.budget_id != change.budget_id or change.month_id.line_id != change.line_id:
                raise ValidationError(self.env._("Choose lines and months of the same budget."))
            if change.kind == "supplement" and (change.from_line_id or change.from_month_id):
                raise ValidationError(self.env._("A supplement takes from no other line. Leave that empty, or make it a transfer."))
            if change.kind == "transfer" and (not change.from_month_id or change.from_month_id.line_id != change.from_line_id):
                raise ValidationError(self.env._("A transfer takes from another line or month. Enter which."))
            if change.from_month_id == change.month_id:
                raise ValidationError(self.env._("A transfer goes to another line or month than it comes from."))

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_kept(vals)
        if not self.env.su and any(change.state != "draft" for change in self) and vals.keys() - {"message_follower_ids"}:
            raise UserError(self.env._("Only a draft can be changed. Enter another transfer or supplement."))
        return super().write(vals)

    def _check_kept(self, vals):
        if not self.env.su and KEPT & vals.keys():
            raise AccessError(self.env._("A change of a budget is approved by the button, and by a second person."))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(change.state != "draft" for change in self):
            raise UserError(self.env._("A change of a budget that was submitted is kept."))

    def action_submit(self):
        """Put drafts before a second person."""
        self.check_access("write")
        # sudo: the buttons alone move the state; see _check_kept().
        drafts = self.filtered(lambda change: change.state == "draft")
        drafts.sudo().write({"state": "submitted", "submitted_by_id": self.env.user.id})

    def action_refuse(self):
        """Refuse what was submitted."""
        self.check_access("write")
        # sudo: as above
        self.filtered(lambda change: change.state == "submitted").sudo().write({"state": "refused"})

    def action_approve(self):
        """Bring submitted changes into their budget; who entered or submitted one cannot."""
        self.check_access("write")
        for change in self.filtered(lambda change: change.state == "submitted"):
            change._approve()

    def _approve(self):
        if self.env.user in (self.create_uid | self.submitted_by_id):
            raise UserError(self.env._("%s is your own request. A second person approves it.", self.name))
        # sudo: figures in force are written by the program alone
        change = self.sudo()
        # Two who approve it at once, or take the rest of the line meanwhile: the second begins anew.
        (change.line_id | change.from_line_id).sorted("id")._hold()
        if change.budget_id.state != "approved":
            raise UserError(self.env._("%s is not in force. Choose the version that is.", change.budget_id.name))
        change._apply()
        change.write({"state": "approved", "approved_by_id": self.env.user.id, "approved_at": fields.Datetime.now()})

    def _apply(self):
        """Move the money; the lines are held."""
        self.month_id.adjusted += self.amount
        if self.from_month_id:
            self.from_month_id.adjusted -= self.amount
            self._check_rest()

    def _check_rest(self):
        """Nobody transfers what is committed or spent already."""
        line, month = self.from_line_id, self.from_month_id
        rest = line._get_available()[line][month.day.month - 1]
        if rest < Decimal(0):
            raise UserError(
                self.env._(
                    "%(line)s has only %(rest)s left. Transfer at most that.",
                    line=line.name,
                    rest=line.currency_id.format(max(float(rest) + self.amount, 0.0)),
                )
            )
