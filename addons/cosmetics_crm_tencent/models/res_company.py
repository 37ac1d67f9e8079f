"""The account at Tencent Cloud."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools.network import is_safe_url
from odoo.exceptions import ValidationError

from ..tools.sms_api import SmsApiTencent

DEFAULT_URL = "https://sms.tencentcloudapi.com"


class ResCompany(models.Model):
    _inherit = "res.company"

    sms_gateway = fields.Selection(selection_add=[("tencent", "Tencent Cloud")], ondelete={"tencent": "set default"})
    # Whoever reads the key can send messages at the company's cost and in its name.
    tencent_sms_secret_id = fields.Char(string="SecretId", groups="base.group_system", copy=False)
    tencent_sms_secret_key = fields.Char(string="SecretKey", groups="base.group_system", copy=False)
    tencent_sms_app_id = fields.Char(string="SdkAppId", groups="base.group_system", copy=False)
    tencent_sms_url = fields.Char(string="Address of Tencent Cloud", default=DEFAULT_URL, groups="base.group_system")

    @api.constrains("tencent_sms_url")
    def _check_tencent_sms_url(self):
        """Numbers and a signature travel: encrypted, or within this machine."""
        for company in self.filtered("tencent_sms_url"):
            if not is_safe_url(company.tencent_sms_url):
                raise ValidationError(
                    self.env._("The address of Tencent Cloud starts with https:// and has no path, e.g. %(url)s.", url=DEFAULT_URL)
                )

    def _get_sms_api_class(self):
        self.ensure_one()
        return SmsApiTencent if self.sms_gateway == "tencent" else super()._get_sms_api_class()
