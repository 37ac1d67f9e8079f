"""How a company sends text messages, and what keeps members from being pestered."""

import secrets

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import sms_hours
from ..tools.sms_api import SmsApiGateway
from ..tools.sms_hours import EARLIEST, LATEST

# What a phone reads; carriers know these words. A shop may write others.
OPT_OUT = "拒收请回复R"


class ResCompany(models.Model):
    _inherit = "res.company"

    sms_gateway = fields.Selection(
        [("none", "None"), ("iap", "Odoo's own service (abroad)")],
        string="SMS Provider",
        required=True,
        default="none",
        help="Numbers of members stay in China: nothing is sent before a provider is chosen.",
    )
    sms_signature = fields.Char(string="SMS Signature", help="As approved by the provider, without the brackets 【】.")
    sms_opt_out_text = fields.Char(
        string="Words How to Refuse", default=OPT_OUT, required=True, help="Added to marketing that does not say how to refuse."
    )
    sms_price = fields.Float(
        string="Price of One SMS", digits=(16, 4), default=0.045, help="In the company's currency; a long text is several."
    )
    sms_rate = fields.Integer(string="SMS per Second", default=10)
    sms_opens = fields.Float(string="Marketing From", default=9.0, help="Hour of the day in China.")
    sms_closes = fields.Float(string="Marketing Until", default=20.0, help="Hour of the day in China.")
    sms_cap_count = fields.Integer(string="Marketing Messages per Member", default=2, help="Over all campaigns; 0: no limit.")
    sms_cap_days = fields.Integer(string="Within Days", default=7)
    sms_webhook_token = fields.Char(
        default=lambda self: secrets.token_urlsafe(24),
        copy=False,
        groups="base.group_system",
        help="Part of the address the provider posts to.",
    )
    sms_webhook_url = fields.Char(string="Address for Reports", compute="_compute_sms_webhook_url", groups="base.group_system")
    coupon_order_limit = fields.Integer(string="Coupons per Order", help="0: no limit.")
    campaign_cost_limit = fields.Float(
        string="Campaigns Need Approval Above", default=500.0, help="Cost of messages and offers; 0: every campaign needs it."
    )

    _sms_rate_positive = models.Constraint("CHECK(sms_rate BETWEEN 1 AND 1000)", "SMS per second lie between 1 and 1,000.")
    _sms_cap_sane = models.Constraint(
        "CHECK(sms_cap_count >= 0 AND sms_cap_days >= 1 AND sms_price >= 0)", "Limits and prices of messages are not negative."
    )

    @api.depends("sms_webhook_token", "sms_gateway")
    def _compute_sms_webhook_url(self):
        for company in self:
            is_ours = company.sms_gateway not in ("none", "iap") and company.sms_webhook_token
            base = company.get_base_url()
            company.sms_webhook_url = is_ours and f"{base}/cosmetics_sms/{company.sms_webhook_token}/reports"

    @api.constrains("sms_opens", "sms_closes")
    def _check_sms_hours(self):
        for company in self:
            if not EARLIEST <= company.sms_opens < company.sms_closes <= LATEST:
                raise ValidationError(
                    self.env._(
                        "Marketing goes out between 8:00 and 21:00 only, and the first hour lies before the last, e.g. 9:00 to 20:00."
                    )
                )

    @api.constrains("sms_signature")
    def _check_sms_signature(self):
        for company in self:
            if set("【】[]") & set(company.sms_signature or ""):
                raise ValidationError(self.env._("Enter the signature without brackets, e.g. 西安美妆; they are added."))

    def _get_sms_api_class(self):
        """Return the connector; without one every message fails here, with a sentence, and no number leaves the company."""
        self.ensure_one()
        return super()._get_sms_api_class() if self.sms_gateway == "iap" else SmsApiGateway

    def _open_sms_api(self):
        """Return the connector of this company, ready to send; its sentences are in the language of the shop."""
        gateway = self._get_sms_api_class()(self.with_context(lang=self._get_shop_lang()).env)
        gateway._set_company(self)
        return gateway

    def _get_shop_lang(self):
        """Return the language in which the queue, which nobody looks at, writes down its reasons."""
        self.ensure_one()
        return self.partner_id.lang or self.env.lang

    def _get_marketing_moment(self):
        """Return when marketing may leave (naive UTC): now within the hours of the company, else when they begin."""
        self.ensure_one()
        return sms_hours.next_moment(fields.Datetime.now(), self.sms_opens, self.sms_closes)

    def _has_sms_gateway(self):
        self.ensure_one()
        return self.sms_gateway != "iap"
