"""The account at Aliyun."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools.network import is_safe_url
from odoo.exceptions import ValidationError

from ..tools.sms_api import SmsApiAliyun

DEFAULT_URL = "https://dysmsapi.aliyuncs.com"


class ResCompany(models.Model):
    _inherit = "res.company"

    sms_gateway = fields.Selection(selection_add=[("aliyun", "Aliyun")], ondelete={"aliyun": "set default"})
    # Whoever reads the secret can send messages at the company's cost and in its name.
    aliyun_sms_key_id = fields.Char(string="AccessKey ID", groups="base.group_system", copy=False)
    aliyun_sms_key_secret = fields.Char(string="AccessKey Secret", groups="base.group_system", copy=False)
    aliyun_sms_url = fields.Char(string="Address of Aliyun", default=DEFAULT_URL, groups="base.group_system")

    @api.constrains("aliyun_sms_url")
    def _check_aliyun_sms_url(self):
        """Numbers and a signature travel: encrypted, or within this machine."""
        for company in self.filtered("aliyun_sms_url"):
            if not is_safe_url(company.aliyun_sms_url):
                raise ValidationError(
                    self.env._("The address of Aliyun starts with https:// and has no path, e.g. %(url)s.", url=DEFAULT_URL)
                )

    def _get_sms_api_class(self):
        self.ensure_one()
        return SmsApiAliyun if self.sms_gateway == "aliyun" else super()._get_sms_api_class()
