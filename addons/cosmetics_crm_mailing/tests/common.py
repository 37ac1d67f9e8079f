"""Members who may get messages, a provider that takes them, and the queue."""

from itertools import count

from freezegun import freeze_time
from odoo import fields
from odoo.addons.cosmetics_crm.tests.common_members import MemberCommon

from ..tools.sms_api import SmsAnswer, SmsApiGateway

NOON = fields.Datetime.to_datetime("2026-05-06 04:00:00")
"""12:00 in Xi'an, UTC."""
APPROVER = "cosmetics_crm_mailing.group_campaign_approver"


class Provider(SmsApiGateway):
    """Takes every message unless told otherwise: ``answers`` by number, ``sent`` as a list of requests."""

    answers, sent, looked_up = {}, [], {}

    def _submit(self, request):
        answer = self.answers.get(request.phone)
        if answer is None or not answer.failure_type:
            self.sent.append(request)
        return answer or SmsAnswer(provider_ref=f"ref-{len(self.sent)}")

    def _look_up(self, sms):
        return self.looked_up[sms.uuid] if sms.uuid in self.looked_up else super()._look_up(sms)

    def _read_replies(self, payload):
        return payload


class MailingCommon(MemberCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.company.write({"sms_gateway": "none", "sms_signature": "西安美妆", "sms_rate": 1000, "sms_price": 0.05})
        cls.approver = cls._create_user("test_campaign_approver", APPROVER)
        cls._codes = count(1)
        # Messages of other records would leave as well.
        cls.env["sms.sms"].search([("state", "=", "outgoing")]).unlink()

    def setUp(self):
        super().setUp()
        Provider.answers, Provider.sent, Provider.looked_up = {}, [], {}
        self.provider = Provider
        self.patch(type(self.company), "_get_sms_api_class", lambda company: Provider)

    @classmethod
    def _create_template(cls, text="尊敬的${member}，礼券${coupon}，拒收请回复R", kind="marketing", **vals):
        """Return an approved template."""
        vals = {"name": "Test Template", "text": text, "kind": kind, "code": f"SMS_T{next(cls._codes)}", **vals}
        template = cls.env["cosmetics.sms.template"].with_user(cls.manager).create(vals)
        template.action_approve()
        return template

    @classmethod
    def _create_reachable(cls, name="王小红", codes=("sms",), **vals):
        """Return a member who has agreed to marketing."""
        member = cls._create_member(name, **vals)
        member.with_user(cls.manager)._give_consent(list(codes), "paper")
        return member

    def _write_sms(self, member, body="尊敬的王小红，礼券A1，拒收请回复R", **vals):
        """Return a message in the queue, written by the system as every flow does."""
        return self.env["sms.sms"].create({"partner_id": member.id, "number": member.phone, "body": body, **vals})

    def _run_queue(self, at=NOON):
        """Let the queue run at a moment (naive UTC)."""
        self._run_cron("sms.ir_cron_sms_scheduler_action", at)

    def _run_cron(self, xmlid, at=NOON):
        self.env.flush_all()
        with freeze_time(at), self.enter_registry_test_mode():
            self.env.ref(xmlid).method_direct_trigger()
        self.env.invalidate_all()
