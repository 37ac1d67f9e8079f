"""The messages of invitations: written into Odoo's queues, from which they leave in the hours of the company."""

from datetime import timedelta

from odoo import fields, models
from odoo.addons.cosmetics_crm_mailing.tools import sms_text

from ..tools.link_code import make_code
from .cosmetics_survey_rule import WAYS
from .res_partner import PURPOSE


class CosmeticsSurveyInvitation(models.Model):
    _inherit = "cosmetics.survey.invitation"

    def _send(self):
        """Give each an answer sheet, a link and a message; who cannot be reached was not asked."""
        agreed = self.partner_id._has_consent(PURPOSE)
        blocked = self.env["sms.sms"]._find_blocked_numbers(self.partner_id.mapped("member_phone"))
        ways = {row: row._choose_way(blocked) if agreed[row.partner_id.id] else None for row in self}
        reached = self.filtered(lambda row: ways[row])
        (self - reached).write({"state": "skipped", "is_counted": False})
        for row, sheet in zip(reached, reached._create_sheets(), strict=True):
            row.write({"state": "sent", "code": make_code(), "user_input_id": sheet.id, "way": ways[row]})
        reached.filtered(lambda row: row.way == "sms")._send_sms()
        reached.filtered(lambda row: row.way == "email")._send_mails()

    def _choose_way(self, blocked):
        """Return "sms", "email", or None when the member can be reached neither way."""
        self.ensure_one()
        member = self.partner_id
        can = {"sms": bool(member.member_phone) and member.member_phone not in blocked, "email": bool(member.email_normalized)}
        return next((way for way in WAYS[self.rule_id.channel] if can[way]), None)

    def _create_sheets(self):
        """Return Odoo's answer sheets (``survey.user_input``), one each, in the language of the member."""
        now = fields.Datetime.now()
        langs = {code: lang.id for code, lang in self.env["res.lang"]._get_active_by("code").items()}
        model = self.env["survey.user_input"].sudo().with_context(tracking_disable=True, mail_create_nolog=True)
        return model.create(
            [
                {
                    "survey_id": row.survey_id.id,
                    "partner_id": row.partner_id.id,
                    "email": row.partner_id.email,
                    "deadline": now + timedelta(days=row.rule_id.valid_days),
                    "lang_id": langs.get(row._get_lang()),
                }
                for row in self
            ]
        )

    def _get_lang(self):
        self.ensure_one()
        return self.partner_id.lang or self.company_id._get_shop_lang()

    def _send_sms(self):
        for template, rows in self.grouped(lambda row: row.rule_id.sms_template_id.sudo()).items():
            params = rows._get_sms_params(sms_text.variables(template.text))
            messages = (
                self.env["sms.sms"]
                .sudo()
                .create(
                    [
                        {
                            "partner_id": row.partner_id.id,
                            "number": row.partner_id.member_phone,
                            "body": sms_text.render(template.text, params[row.id]),
                            "cosmetics_template_id": template.id,
                            "template_params": params[row.id],
                            "sms_company_id": row.company_id.id,
                            "dedupe_key": f"{row._name},{row.id}",
                        }
                        for row in rows
                    ]
                )
            )
            for row, sms in zip(rows, messages, strict=True):
                row.sms_id = sms
        if self:
            self.env.ref("sms.ir_cron_sms_scheduler_action").sudo()._trigger()

    def _send_mails(self):
        """Mails wait for the hours of the company like messages do."""
        for rule, rows in self.grouped("rule_id").items():
            moment = rule.company_id._get_marketing_moment()
            values = {"scheduled_date": moment} if moment > fields.Datetime.now() else {}
            mails = rule.mail_template_id.sudo().send_mail_batch(rows.ids, email_values={**values, "auto_delete": False})
            for row, mail in zip(rows, mails, strict=True):
                row.mail_id = mail
