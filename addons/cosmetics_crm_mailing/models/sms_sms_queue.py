"""The queue: by company, in the hours, within the limits, at the speed of the provider, and never twice.

A message is claimed, and that is committed, before it is handed over; its answer is committed before the next ones are claimed. What a
crash leaves claimed has perhaps left: the provider is asked, and what stays uncertain is told to people and not sent again.
"""

import logging
import time
from datetime import timedelta

from odoo import api, fields, models

from ..tools.sms_api import UNCERTAIN, SmsAnswer

_logger = logging.getLogger(__name__)
MAX_ATTEMPTS = 5
RETRY_MINUTES = (1, 5, 30, 120)
"""Waits before the second to the fifth attempt."""
LOST_AFTER = timedelta(minutes=10)
"""A claim that is older belongs to a process that is gone."""


class SmsSms(models.Model):
    _inherit = "sms.sms"

    @api.model
    def _process_queue(self):
        """Send what is due. Takes the place of core's loop, which knows neither hours nor speeds and one company only."""
        cron, left = self.env["ir.cron"], True
        self._settle_lost()
        for company in self.env["res.company"].search([("active", "=", True)]):
            if company._has_sms_gateway():
                left = left and self.with_context(lang=company._get_shop_lang())._run_company_queue(company)
            else:
                others = self.search([*self._due_domain(company)], limit=self._get_send_batch_size(), order="id").try_lock_for_update()
                if others:
                    others._send(unlink_failed=False, unlink_sent=True, raise_exception=False)
        due = self.search_count([("state", "=", "outgoing"), ("to_delete", "!=", True), *self._now_domain()])
        cron._commit_progress(remaining=0 if left else due)

    @api.model
    def _now_domain(self):
        return ["|", ("not_before", "=", False), ("not_before", "<=", fields.Datetime.now())]

    @api.model
    def _due_domain(self, company):
        """Messages without a company were written before the module came; they go the way of the first one."""
        companies = [company.id, False] if company == self.env.ref("base.main_company", raise_if_not_found=False) else [company.id]
        return [("state", "=", "outgoing"), ("to_delete", "!=", True), ("sms_company_id", "in", companies), *self._now_domain()]

    @api.model
    def _run_company_queue(self, company):
        """Send in slices of one second; return whether there was time for all of them."""
        gateway = company._open_sms_api()
        while True:
            began = time.monotonic()
            seen, slice_ = self._claim(company)
            if not seen:
                return True
            if slice_:
                slice_._send_with_api(gateway, unlink_sent=False)
            if self.env["ir.cron"]._commit_progress(len(seen)) <= 0:
                return False
            self._keep_speed(len(slice_), company, began)

    @api.model
    def _keep_speed(self, sent, company, began):
        """Wait until so many messages may have left since ``began`` (seconds of the monotonic clock)."""
        wait = sent / company.sms_rate - (time.monotonic() - began)
        if wait > 0:
            time.sleep(wait)

    @api.model
    def _claim(self, company):
        """Return (messages looked at, those to hand over now); notices go before marketing. The claim is committed."""
        due = self.search(self._due_domain(company), limit=company.sms_rate, order="is_marketing, id").try_lock_for_update()
        to_send = due._apply_rules()
        for sms in to_send:
            sms.write({"state": "process", "claimed_at": fields.Datetime.now(), "attempt_count": sms.attempt_count + 1})
        self.env["ir.cron"]._commit_progress()
        return due, to_send

    # ------------------------------------------------------------------ answers
    def _prepare_answer_vals(self, answer):
        """Return what an answer of the provider changes in a message."""
        self.ensure_one()
        now = fields.Datetime.now()
        if not answer.failure_type:
            price = self.part_count * self.sms_company_id.sms_price
            return {"provider_ref": answer.provider_ref, "submitted_at": now, "price": price, "reason": False, "claimed_at": False}
        vals = {"reason": answer.reason, "claimed_at": False}
        if answer.is_retry and self.attempt_count < MAX_ATTEMPTS:
            at = now + timedelta(minutes=RETRY_MINUTES[min(self.attempt_count, len(RETRY_MINUTES)) - 1])
            self.env.ref("sms.ir_cron_sms_scheduler_action")._trigger(at=at)
            vals.update(state="outgoing", failure_type=False, not_before=at)
        return vals

    @api.model
    def _settle_lost(self):
        """Ask the provider about messages that a process claimed and took with it."""
        lost = self.search([("state", "=", "process"), ("claimed_at", "<", fields.Datetime.now() - LOST_AFTER)], limit=200)
        for company, messages in lost.try_lock_for_update().grouped("sms_company_id").items():
            gateway = company._open_sms_api()
            for sms in messages:
                sms._settle(gateway._look_up(sms), gateway)
        self.env["ir.cron"]._commit_progress()

    def _settle(self, answer, gateway):
        """Close a lost message: it left, it surely did not (sent again), or nobody knows (told, not sent again)."""
        self.ensure_one()
        if answer is None:
            self.write({"state": "outgoing", "claimed_at": False})
            return
        if answer.is_uncertain or answer.failure_type:
            answer = answer if answer.failure_type else SmsAnswer(failure_type="sms_server", reason=gateway._say(UNCERTAIN))
            self.write(
                {"state": "error", "failure_type": answer.failure_type, **self._prepare_answer_vals(answer._replace(is_retry=False))}
            )
            self.sms_tracker_id._action_update_from_sms_state("error", failure_type=answer.failure_type, failure_reason=answer.reason)
            return
        self.write({"state": "pending", "failure_type": False, **self._prepare_answer_vals(answer)})
        self.sms_tracker_id._action_update_from_sms_state("pending")
