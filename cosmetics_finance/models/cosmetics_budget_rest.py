"""Carrying forward (结转): what a month or a year has left goes into the next one, by a change that a second person approves."""

from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import budget as rules

CARRIES_OVER = [(rules.NOTHING, "Nothing"), (rules.COMMITTED, "What Is Committed"), (rules.ALL, "All That Is Not Spent")]


class CosmeticsBudgetMonth(models.Model):
    _inherit = "cosmetics.budget.month"

    carried_to_id = fields.Many2one(
        "cosmetics.budget.month", string="Carried Forward To", readonly=True, index="btree_not_null", ondelete="set null"
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"carried_to_id"}

    def write(self, vals):
        if "carried_to_id" in vals and not self.env.su:
            raise AccessError(self.env._("Where a month is carried to is said by an approved carry-forward. Make one."))
        return super().write(vals)


class CosmeticsBudgetLine(models.Model):
    _inherit = "cosmetics.budget.line"

    carry_over = fields.Selection(
        CARRIES_OVER,
        string="Carry Forward",
        required=True,
        default=rules.NOTHING,
        help="What goes into the next year (a month alone: the next month) once a carry-forward is approved.",
    )

    def _get_carry_key(self):
        """Return what a line of another year must share with this one to take over its rest; joins add dimensions."""
        self.ensure_one()
        return (self.account_prefix, self.store_id.id, self.analytic_account_id.id)

    def _get_carry_figures(self, months):
        """Return {line: (left, committed)} of months (numbers), Decimal; left is what the books have not spent."""
        usage = self.env["cosmetics.budget"]._get_usage(self)
        found = {}
        for line in self:
            plan = {month.day.month: Decimal(str(month.amount)) for month in line.month_ids}
            used = [usage.get((line.id, month), (Decimal(0), Decimal(0))) for month in months]
            left = sum((plan[month] for month in months), Decimal(0)) - sum((actual for _held, actual in used), Decimal(0))
            found[line] = (left, sum((held for held, _actual in used), Decimal(0)))
        return found


class CosmeticsBudget(models.Model):
    _inherit = "cosmetics.budget"

    def write(self, vals):
        """Months that become those of another year were carried nowhere."""
        moved = self.filtered(lambda budget: vals.get("year", budget.year) != budget.year)
        res = super().write(vals)
        # sudo: carried forward is what an approved change says
        moved.sudo().line_ids.month_ids.carried_to_id = False
        return res

    def copy(self, default=None):
        """A new version knows what was carried out of its months; a budget of another year begins without."""
        copies = super().copy(default)
        for line, twin in zip(self.line_ids, copies.line_ids, strict=True):
            if line.budget_id.year != twin.budget_id.year:
                continue
            for month, fresh in zip(line.month_ids.sorted("day"), twin.month_ids.sorted("day"), strict=True):
                # sudo: carried forward is what an approved change says
                fresh.sudo().carried_to_id = month.carried_to_id
        return copies

    def action_approve(self):
        """What was carried into the version before goes on to the one that takes its place."""
        res = super().action_approve()
        for budget in self.filtered(lambda budget: budget.state == "approved"):
            domain = [("company_id", "=", budget.company_id.id), ("year", "=", budget.year), ("state", "=", "replaced")]
            # sudo: as in copy()
            before = self.sudo().search(domain).line_ids.month_ids
            lines = {line._get_carry_key(): line for line in budget.line_ids}
            for month in self.env["cosmetics.budget.month"].sudo().search([("carried_to_id", "in", before.ids)]):
                line = lines.get(month.carried_to_id.line_id._get_carry_key())
                if line:
                    day = month.carried_to_id.day
                    month.carried_to_id = line.month_ids.filtered(lambda own, day=day: own.day == day)
        return res

    @api.model
    def _follow_carried(self, found):
        """Return what :meth:`_find_lines` found with months that were carried forward replaced by where they went."""
        followed = {}
        for line, amounts in found.items():
            months = {month.day.month: month for month in line.month_ids}
            for number, amount in amounts.items():
                month = months[number].carried_to_id or months[number]
                own = followed.setdefault(month.line_id, {})
                own[month.day.month] = own.get(month.day.month, Decimal(0)) + amount
        return followed


class CosmeticsBudgetChange(models.Model):
    _inherit = "cosmetics.budget.change"

    kind = fields.Selection(selection_add=[("carry", "Carry-Forward")], ondelete={"carry": "cascade"})
    carries_year = fields.Boolean(readonly=True, copy=False, help="Of the whole year, not of one month.")

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"carries_year"}

    def _check_carry_sides(self):
        """A carry-forward goes to a later month, of the same line or of one like it in another year."""
        source, target = self.from_month_id, self.month_id
        if not source or source.line_id != self.from_line_id or target.line_id != self.line_id or self.line_id.budget_id != self.budget_id:
            raise ValidationError(self.env._("Choose lines and months of the same budget."))
        if source.company_id != target.company_id or source.day >= target.day:
            raise ValidationError(self.env._("A carry-forward goes to a later month of the same company."))

    def _apply(self):
        if self.kind != "carry":
            return super()._apply()
        if self.from_line_id.budget_id.state != "approved":
            raise UserError(self.env._("%s is not in force. Choose the version that is.", self.from_line_id.budget_id.name))
        numbers = self._get_carried_months()
        left, _committed = self.from_line_id._get_carry_figures(numbers)[self.from_line_id]
        if left < Decimal(str(self.amount)):
            raise UserError(
                self.env._(
                    "%(line)s has only %(rest)s left. Refuse this carry-forward and make a new one.",
                    line=self.from_line_id.name,
                    rest=self.currency_id.format(max(float(left), 0.0)),
                )
            )
        months = {month.day.month: month for month in self.from_line_id.month_ids}
        for number, taken in self._get_taken(numbers).items():
            months[number].adjusted -= float(taken)
        self.month_id.adjusted += self.amount
        sources = self.from_line_id.month_ids.filtered(lambda month: month.day.month in numbers)
        # What was carried into these months before goes on with them.
        earlier = self.env["cosmetics.budget.month"].search([("carried_to_id", "in", sources.ids)])
        (sources | earlier).carried_to_id = self.month_id
        return None

    def _get_carried_months(self):
        """Return the numbers of the months out of which this change carries."""
        return range(1, 13) if self.carries_year else [self.from_month_id.day.month]

    def _get_taken(self, numbers):
        """Return {month number: what is taken of it}."""
        line = self.from_line_id
        usage = self.env["cosmetics.budget"]._get_usage(line)
        plan = [Decimal(str(month.amount)) if month.day.month in numbers else Decimal(0) for month in line.month_ids.sorted("day")]
        actual = [usage.get((line.id, number), (0, Decimal(0)))[1] if number in numbers else Decimal(0) for number in range(1, 13)]
        return rules.take_back(plan, actual, Decimal(str(self.amount)))
