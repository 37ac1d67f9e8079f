"""The nightly look at what is late: cases opened and closed, promises judged, levels reached."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.tools import format_amount

from ..tools.dunning import find_level
from .res_partner_credit import CHINA


class CosmeticsDunning(models.Model):
    _inherit = "cosmetics.dunning"

    @api.model
    def _cron_dun(self):
        """Dun every company by itself; what is done for one is kept when another fails."""
        companies = self.env["res.company"].search([("parent_id", "=", False)])
        self.env["ir.cron"]._commit_progress(remaining=len(companies))
        for company in companies:
            self._dun(company)
            if not self.env["ir.cron"]._commit_progress(1):
                break

    @api.model
    def _dun(self, company):
        """Bring the cases of a company with its branches up to today; a second run of the day changes nothing. Runs in sudo."""
        # Every day below is one of China.
        self = self.with_company(company).with_context(tz=CHINA)
        levels = self.env["cosmetics.dunning.level"].search([("company_id", "in", (False, company.id))])
        if not levels:
            return
        # Two runs at once would both find the same case missing.
        hold_rows(company)
        cases = self.search([("company_id", "=", company.id), ("state", "=", "open")])
        late = self._get_late_by_partner(company, cases.partner_id)
        cases |= self._open_cases(company, late, levels, cases)
        broken = cases.promise_ids.filtered(lambda promise: promise.state == "open")._judge(fields.Date.context_today(self))
        for case in cases:
            case._update(late.get(case.partner_id.id, []), levels)
        cases.filtered(lambda case: case.state == "open")._reach_levels(levels)
        broken.dunning_id.filtered(lambda case: case.state == "open")._ask_about_broken_promise()

    @api.model
    def _get_late_by_partner(self, company, known):
        """Return {customer id: [(days late, amount)]} of what is late after unmatched money, also of the `known` customers."""
        domain = [("kind", "=", "receivable"), ("company_id", "child_of", company.id), ("days_overdue", ">", 0)]
        rows = self.env["cosmetics.finance.due"]._read_group([*domain, ("partner_id", "!=", False)], ["partner_id"])
        partners = self.env["res.partner"].union(*(partner for (partner,) in rows)).commercial_partner_id | known
        items = partners._get_open_receivables(company)
        return {partner.id: [item for item in partner._get_late(items) if item[0] > 0] for partner in partners}

    @api.model
    def _open_cases(self, company, late, levels, cases):
        """Open a case for each customer whose oldest item has reached the first level."""
        first = levels[:1].days
        fresh = [partner for partner, items in late.items() if items and items[0][0] >= first and partner not in cases.partner_id.ids]
        return self.create([{"partner_id": partner, "company_id": company.id} for partner in fresh])

    def _update(self, items, levels):
        """Write what is late now; a case of which nothing is late is closed."""
        self.ensure_one()
        days = max((days for days, _amount in items), default=0)
        vals = {"amount_overdue": sum(amount for _days, amount in items), "days_late": days}
        following = levels.filtered(lambda level: level.days > max(days, self.level_id.days))[:1]
        after = following and fields.Date.add(fields.Date.context_today(self), days=following.days - days)
        vals.update(next_level_id=following.id, next_action_on=after)
        if not items:
            vals.update(state="closed", closed_at=fields.Datetime.now(), next_level_id=False, next_action_on=False)
        self.write(vals)

    def _is_waiting(self):
        """Tell if no level is reached today: somebody decided so, or the customer has a promise to keep."""
        self.ensure_one()
        paused = self.paused_until and self.paused_until > fields.Date.context_today(self)
        return bool(paused or self.promise_ids.filtered(lambda promise: promise.state == "open"))

    def _reach_levels(self, levels):
        """Move each case on to the level of its days; what was skipped is skipped, a customer hears of the last one only."""
        by_days = {level.days: level for level in levels}
        steps = self.env["cosmetics.dunning.step"]
        for case in self:
            days = find_level(by_days, case.days_late, case.level_id.days)
            if days is not None and not case._is_waiting():
                steps |= case._reach(by_days[days])
        mailed = steps.filtered("is_mailed")
        if mailed:
            self.env.ref("cosmetics_finance.mail_template_dunning").send_mail_batch(mailed.ids)

    def _reach(self, level):
        """Record a level and ask the person in charge."""
        self.ensure_one()
        user = level._get_user(self.partner_id, self.company_id)
        step = self.env["cosmetics.dunning.step"].create(
            {
                "dunning_id": self.id,
                "level_id": level.id,
                "date": fields.Date.context_today(self),
                "amount_overdue": self.amount_overdue,
                "days_late": self.days_late,
                "user_id": user.id,
                "is_mailed": level.is_mailed and bool(self.partner_id.email),
            }
        )
        self.write({"level_id": level.id, "user_id": self.user_id.id or user.id})
        if level.task:
            self._ask(user, level.with_context(lang=user.lang).task)
        return step

    def _ask(self, user, summary):
        """Plan an activity on the customer, where also those find it who do not read the books."""
        localized = self.with_context(lang=user.lang)
        amount = format_amount(localized.env, self.amount_overdue, self.currency_id)
        note = localized.env._("%(amount)s are late, the oldest item for %(days)s days.", amount=amount, days=self.days_late)
        self.partner_id.activity_schedule("mail.mail_activity_data_todo", summary=summary, note=note, user_id=user.id)

    def _ask_about_broken_promise(self):
        for case in self:
            user = case.user_id or case.level_id._get_user(case.partner_id, case.company_id)
            case._ask(user, case.with_context(lang=user.lang).env._("Did not pay as promised"))
