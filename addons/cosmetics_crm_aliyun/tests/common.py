"""A company that sends through Aliyun's stand-in."""

from odoo.addons.cosmetics_crm_mailing.tests.common_provider import ProviderService

from ..tools.sms_api import SmsApiAliyun
from .stand_in import KEY_ID, KEY_SECRET, Aliyun


class AliyunService(ProviderService):
    gateway, api_class, stand_in_class = "aliyun", SmsApiAliyun, Aliyun
    account = {"aliyun_sms_key_id": KEY_ID, "aliyun_sms_key_secret": KEY_SECRET}
    url_field = "aliyun_sms_url"

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        """Odoo's guard compares the timeout with a number; the SDK gives one for the connection and one for the answer."""
        return super()._request_handler(session, request, **{**options, "timeout": max(options["timeout"])})
