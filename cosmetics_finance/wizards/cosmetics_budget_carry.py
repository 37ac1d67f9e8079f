from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.cosmetics_budget_rest import CARRIES_OVER
from ..tools import budget as rules


class CosmeticsBudgetCarry(models.TransientModel):
    """Out of which month or year what is left goes into the next; makes drafts of changes, one a line."""

    _name = "cosmetics.budget.carry"
    _description = "Carry Budgets Forward"

    budget_id = fields.Many2one(
        "cosmetics.budget", required=True, domain="[('state', '=', 'approved')]", default=lambda self: self._default_budget_id()
    )
    scope = fields.Selection(
        [("year", "The Year into the Next"), ("month", "A Month into the Next")], string="Carry", required=True, default="year"
    )
    month = fields.Selection("_get_months", help="Only lines whose months stand alone; the others carry their rest by themselves.")
    rule = fields.Selection(
        [("line", "As Each Line Says"), *CARRIES_OVER[1:]],
        string="What",
        required=True,
        default="line",
        help="For all lines alike, or each by its own rule.",
    )

    @api.model
    def _default_budget_id(self):
        active = self.env["cosmetics.budget"].browse(self.env.context.get("active_id") or ())
        return active if self.env.context.get("active_model") == "cosmetics.budget" and active.state == "approved" else False

    @api.model
    def _get_months(self):
        return [(str(number), f"{number:02d}") for number in range(1, 12)]

    def action_make(self):
        """Make the drafts and open them; a second person approves what is submitted."""
        self.ensure_one()
        if self.budget_id.state != "approved":
            raise UserError(self.env._("%s is not in force. Choose the version that is.", self.budget_id.name))
        changes = self.env["cosmetics.budget.change"].create(self._prepare_changes())
        if not changes:
            raise UserError(self.env._("Nothing is left to carry forward by the rules of the lines, or it was carried already."))
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_budget_change_action")
        return {**action, "domain": [("id", "in", changes.ids)]}

    # ------------------------------------------------------------------ helpers
    def _prepare_changes(self):
        """Return the values of the changes, in the order of the lines."""
        is_year = self.scope == "year"
        if not is_year and (not self.month or int(self.month) > 11):
            raise UserError(self.env._("Choose a month from January to November. December goes into the next year."))
        lines = self._get_lines()
        numbers = range(1, 13) if is_year else [int(self.month)]
        amounts = {}
        for line, (left, committed) in lines._get_carry_figures(numbers).items():
            amount = rules.get_carried(left, committed, line.carry_over if self.rule == "line" else self.rule)
            if line.currency_id.compare_amounts(float(amount), 0) > 0:
                amounts[line] = float(amount)
        targets = self._get_targets(lines.browse().union(*amounts))
        return [
            {
                "kind": "carry",
                "budget_id": target.line_id.budget_id.id,
                "line_id": target.line_id.id,
                "month_id": target.id,
                "from_line_id": line.id,
                "from_month_id": line.month_ids.filtered(lambda month: month.day.month == max(numbers)).id,
                "carries_year": is_year,
                "amount": amounts[line],
                "reason": self._get_reason(line),
            }
            for line, target in targets.items()
        ]

    def _get_lines(self):
        """Return the lines out of which something may be carried and nothing waits to be."""
        lines = self.budget_id.line_ids
        if self.scope == "month":
            lines = lines.filtered(lambda line: line.carry == rules.MONTH)
        waiting = self.env["cosmetics.budget.change"].search(
            [("kind", "=", "carry"), ("from_line_id", "in", lines.ids), ("state", "in", ("draft", "submitted"))]
        )
        return lines - waiting.from_line_id

    def _get_targets(self, lines):
        """Return {line: the month (record) into which its rest goes}.

        :raises UserError: when the next year has no budget in force, or none of its lines is like one of these
        """
        if self.scope == "month":
            number = int(self.month) + 1
            return {line: line.month_ids.filtered(lambda month: month.day.month == number) for line in lines}
        year = str(int(self.budget_id.year) + 1)
        domain = [("company_id", "=", self.budget_id.company_id.id), ("year", "=", year), ("state", "=", "approved")]
        following = self.env["cosmetics.budget"].search(domain)
        if not following:
            raise UserError(self.env._("No budget of %s is in force yet. Have it approved first.", year))
        likes = {line._get_carry_key(): line for line in following.line_ids}
        missing = [line.name for line in lines if line._get_carry_key() not in likes]
        if missing:
            raise UserError(
                self.env._(
                    "%(budget)s has no line with the same accounts and shop for: %(lines)s. Add them in a new version first.",
                    budget=following.name,
                    lines=", ".join(missing),
                )
            )
        return {line: likes[line._get_carry_key()].month_ids.sorted("day")[:1] for line in lines}

    def _get_reason(self, line):
        names = dict(self.env["cosmetics.budget.line"]._fields["carry_over"]._description_selection(self.env))
        period = self.budget_id.year if self.scope == "year" else f"{self.budget_id.year}-{int(self.month):02d}"
        rule = line.carry_over if self.rule == "line" else self.rule
        return self.env._("Carried forward of %(period)s: %(rule)s", period=period, rule=names[rule])
