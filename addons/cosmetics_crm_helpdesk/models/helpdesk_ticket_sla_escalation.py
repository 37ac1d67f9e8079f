"""Deadlines that have passed are told to the leader of the team, once."""

import logging

from odoo import api, fields, models
from odoo.tools import format_datetime, split_every

_logger = logging.getLogger(__name__)
ACTIVITY = "cosmetics_crm_helpdesk.mail_activity_type_overdue"
CHUNK = 100


class HelpdeskTicketSla(models.Model):
    _inherit = "helpdesk.ticket.sla"

    escalated_at = fields.Datetime(readonly=True, copy=False)

    _due_idx = models.Index("(deadline) WHERE escalated_at IS NULL")

    @api.model
    def _cron_escalate(self):
        """Tell the leaders of the teams of what is overdue; a run that is stopped goes on where it was."""
        overdue = self._get_overdue()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(overdue))
        for ids in split_every(CHUNK, overdue.ids):
            self.browse(ids)._escalate()
            if not cron._commit_progress(len(ids)):
                break

    @api.model
    def _get_overdue(self):
        """Return deadlines of open cases that have passed, were not met since, and that nobody was told of."""
        rows = self.search(
            [
                ("escalated_at", "=", False),
                ("deadline", "<", fields.Datetime.now()),
                ("state", "in", ("in_progress", "expired")),
                ("ticket_id.active", "=", True),
                ("ticket_id.stage_id.closed", "=", False),
            ],
            order="deadline, id",
        )
        # One that was met too late is history: there is nothing left to do about it.
        return rows.filtered(lambda row: row.ticket_id.stage_id.sequence < row.expected_stage_id.sequence)

    def _escalate(self):
        """Plan one activity a deadline; where there is nobody to tell, the next run tries again."""
        for row in self:
            leader = row._get_leader()
            if not leader:
                _logger.info("Case %s is overdue and its team has no leader", row.ticket_id.number)
                continue
            summary = row.with_context(lang=leader.lang)._get_overdue_summary(leader)
            row.ticket_id.activity_schedule(ACTIVITY, user_id=leader.id, summary=summary)
            row.escalated_at = fields.Datetime.now()

    def _get_leader(self):
        """Return who is told: the leader of the team, else a service manager of the company; somebody who may read the case."""
        self.ensure_one()
        ticket = self.ticket_id
        managers = self.env.ref("cosmetics_crm_helpdesk.group_service_manager").all_user_ids - self.env.ref("base.user_root")
        candidates = ticket.team_id.user_id | managers.filtered(lambda user: ticket.company_id in user.company_ids).sorted("id")
        return next(
            (
                user
                for user in candidates
                if user.active and ticket.with_user(user).with_context(allowed_company_ids=user.company_ids.ids).has_access("read")
            ),
            self.env["res.users"],
        )

    def _get_overdue_summary(self, leader):
        """Return one line in the language of the context; it says nothing of what the case is about."""
        when = format_datetime(self.env, self.deadline, tz=leader.tz or "Asia/Shanghai", dt_format="short")
        return self.env._("Case %(case)s is overdue since %(when)s: %(what)s", case=self.ticket_id.number, when=when, what=self.name)
