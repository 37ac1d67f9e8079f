"""What follows from an adverse reaction: reminders, the batch, the supplementary report."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..tools import reaction_deadline
from ..tools.shelf_life import china_day

ACTIVITY = "cosmetics_inventory.mail_activity_type_adverse_reaction"


class CosmeticsAdverseReaction(models.Model):
    _inherit = "cosmetics.adverse.reaction"

    lot_quality_state = fields.Selection(related="lot_id.quality_state", string="Quality of the Batch")

    def action_supplement(self):
        """Open a new case for new findings; it has its own deadline from today on."""
        self.ensure_one()
        self.check_access("write")
        first = self.follow_up_of_id or self
        supplement = self.copy({"follow_up_of_id": first.id, "aware_on": china_day(fields.Datetime.now()), "user_id": self.env.uid})
        return supplement.get_formview_action()

    def action_quarantine_lot(self):
        """Hold the batch until it is clear whether the product is at fault."""
        self.ensure_one()
        self.check_access("write")
        if not self.lot_id:
            raise UserError(self.env._("Case %s names no batch of ours. Choose the batch first.", self.name))
        self.lot_id._set_quality_state("quarantine", self.env._("Suspected adverse reaction, case %s", self.name))

    def action_open_recall(self):
        """Open a new recall of the batch; it freezes nothing before it is started there."""
        self.ensure_one()
        if not self.lot_id:
            raise UserError(self.env._("Case %s names no batch of ours. Choose the batch first.", self.name))
        return {
            "type": "ir.actions.act_window",
            "res_model": "cosmetics.recall",
            "name": self.env._("Recall"),
            "view_mode": "form",
            "views": [(False, "form")],
            "context": self._get_recall_context(),
        }

    def action_view_same_lot(self):
        """List the cases of the same product, those of the same batch together."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_adverse_reaction_action")
        return {**action, "domain": [("product_id", "=", self.product_id.id)], "context": {"group_by": ["lot_name"]}}

    def _get_recall_context(self):
        """Return the context of the recall form: what it is filled in with. No word about the patient."""
        return {
            "default_product_ids": [Command.set(self.product_id.ids)],
            "default_recall_lot_ids": [Command.create({"lot_id": self.lot_id.id})],
            "default_reason": self.env._("Suspected adverse reaction, case %s", self.name),
        }

    @api.model
    def _cron_remind(self):
        """Remind of reports: three days before the last day, on it, and, when it has passed, the quality managers too.

        A stage is told once; running twice a day tells nothing twice.
        """
        today = china_day(fields.Datetime.now())
        horizon = fields.Date.add(today, days=reaction_deadline.REMIND_DAYS_BEFORE)
        cases = self.search([("state", "in", ("draft", "to_report")), ("submitted_on", "=", False), ("due_on", "<=", horizon)])
        for case in cases:
            stage = reaction_deadline.reminder_stage(case.due_on, today)
            if reaction_deadline.is_next_stage(stage, case.reminder_stage):
                case._remind(stage)

    def _remind(self, stage):
        """Plan one activity for each person to tell, in place of the earlier one.

        When who is responsible has left, the quality managers are told at once, not only when it is too late.
        """
        self.ensure_one()
        users = self.user_id.filtered("active")
        if stage == "overdue" or not users:
            users |= self._get_quality_managers()
        self.sudo().reminder_stage = stage  # sudo: the system notes what it reminded of
        self.activity_unlink([ACTIVITY])
        for user in users:
            summary = self.with_context(lang=user.lang)._get_reminder(stage)
            self.activity_schedule(ACTIVITY, date_deadline=self.due_on, user_id=user.id, summary=summary)

    def _get_reminder(self, stage):
        """Return the sentence of a reminder in the language of the context; it names no patient."""
        self.ensure_one()
        if stage == "soon":
            return self.env._("Adverse reaction %(case)s: report it by %(day)s", case=self.name, day=self.due_on)
        if stage == "due":
            return self.env._("Adverse reaction %(case)s: report it today, the last day (%(day)s)", case=self.name, day=self.due_on)
        return self.env._("Adverse reaction %(case)s is overdue since %(day)s: report it at once", case=self.name, day=self.due_on)

    def _get_quality_managers(self):
        """Return the people who hear of a late report: quality managers of the company, without the system's own user."""
        users = self.env.ref("cosmetics_inventory.group_quality_manager").all_user_ids
        return users.filtered(lambda user: user.active and self.company_id in user.company_ids and user != self.env.ref("base.user_root"))
