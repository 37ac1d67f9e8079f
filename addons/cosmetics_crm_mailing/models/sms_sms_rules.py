"""Who may get what, and when: checked when a message is about to leave, whatever way it came."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL


class SmsSms(models.Model):
    _inherit = "sms.sms"

    def _apply_rules(self):
        """Cancel and hold back what must not leave now; return the messages that may.

        One member's messages are looked at one after the other, so that those of this slice count as well.
        """
        if not self:
            return self
        marketing = self.filtered("is_marketing")
        verdicts = marketing._judge_marketing()
        for verdict, messages in marketing.grouped(lambda sms: verdicts[sms.id]).items():
            if verdict:
                messages._carry_out(*verdict)
        return self.filtered(lambda sms: not verdicts.get(sms.id))

    def _judge_marketing(self):
        """Return {id: None when the message may leave, ("cancel", failure type, reason) or ("hold", moment, reason)}."""
        blocked = self._find_blocked_numbers(self.mapped("number"))
        agreed = self._get_agreed()
        counts = self._count_recent_marketing()
        verdicts = {}
        for sms in self:
            verdict = sms._judge(blocked, agreed, counts)
            verdicts[sms.id] = verdict
            if verdict is None and sms.partner_id:
                counts[sms.partner_id.id] = counts.get(sms.partner_id.id, 0) + 1
        return verdicts

    def _judge(self, blocked, agreed, counts):
        company = self.sms_company_id
        if self.number in blocked:
            return ("cancel", "sms_blacklist", self.env._("The number has refused marketing."))
        if not agreed[self.id]:
            return ("cancel", "sms_optout", self.env._("The member has not agreed to marketing by SMS."))
        if company.sms_cap_count and counts.get(self.partner_id.id, 0) >= company.sms_cap_count:
            reason = self.env._(
                "The member got %(count)s marketing messages within %(days)s days already.",
                count=company.sms_cap_count,
                days=company.sms_cap_days,
            )
            return ("cancel", "sms_optout", reason)
        moment = company._get_marketing_moment()
        return ("hold", moment, self.env._("Marketing waits for the morning.")) if moment > fields.Datetime.now() else None

    def _carry_out(self, act, value, reason):
        if act == "hold":
            self.write({"not_before": value, "reason": reason})
            self.env.ref("sms.ir_cron_sms_scheduler_action")._trigger(at=value)
            return
        self.write({"reason": reason})
        self._update_sms_state_and_trackers("canceled", failure_type=value)

    def _get_agreed(self):
        """Return {id: whether the member has given the consent that the template asks for}."""
        agreed = {}
        for code, messages in self.grouped(lambda sms: sms.cosmetics_template_id._get_consent_code()).items():
            members = messages.partner_id._has_consent(code)
            agreed.update({sms.id: members.get(sms.partner_id.id, False) for sms in messages})
        return agreed

    @api.model
    def _find_blocked_numbers(self, numbers):
        """Return those of the numbers (E.164) whose owners have refused."""
        # sudo: the list is read for everybody's messages
        return set(self.env["phone.blacklist"].sudo().search([("number", "in", numbers)]).mapped("number"))

    def _count_recent_marketing(self):
        """Return {id of a member: marketing messages that left, or are leaving, within the days of the company's limit}."""
        counts = {}
        self.flush_model()
        for company, messages in self.grouped("sms_company_id").items():
            since = fields.Datetime.now() - timedelta(days=company.sms_cap_days)
            query = SQL(
                "SELECT partner_id, COUNT(*) FROM sms_sms WHERE is_marketing AND partner_id = ANY(%s) AND id <> ALL(%s)"
                " AND (submitted_at >= %s OR (state = 'process' AND submitted_at IS NULL)) AND sms_company_id = %s GROUP BY 1",
                messages.partner_id.ids,
                messages.ids,
                since,
                company.id,
            )
            for partner_id, count in self.env.execute_query(query):
                counts[partner_id] = counts.get(partner_id, 0) + count
        return counts

    @api.model
    def _refuse_marketing(self, numbers):
        """Stop marketing to numbers at once: those who answered T, and what waits for them in the queue."""
        self.env["phone.blacklist"].sudo()._add(numbers, message=self.env._("Refused by SMS."))
        partners = self.env["res.partner"].sudo().search([("member_phone", "in", numbers)])
        partners.consent_ids.filtered(lambda consent: consent.is_active and consent.purpose_id.code == "sms")._withdraw("phone")
        waiting = self.sudo().search([("number", "in", numbers), ("state", "=", "outgoing"), ("is_marketing", "=", True)])
        if waiting:
            waiting._carry_out("cancel", "sms_blacklist", self.env._("The number has refused marketing."))
