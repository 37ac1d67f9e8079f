"""SMS through Aliyun's own SDK, which signs each request (ACS3-HMAC-SHA256)."""

import json
import logging
from datetime import datetime, timezone
from urllib.parse import urlsplit

from alibabacloud_dysmsapi20170525 import models as sdk
from alibabacloud_dysmsapi20170525.client import Client
from alibabacloud_tea_openapi.utils_models import Config
from odoo import fields
from odoo.addons.cosmetics_crm_mailing.tools.china import CHINA, china_day
from odoo.addons.cosmetics_crm_mailing.tools.network import surely_not_sent
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsAnswer, SmsApiGateway, SmsReply, read_objects
from odoo.tools.translate import LazyTranslate
from Tea.exceptions import TeaException, UnretryableException

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)
# Aliyun wants the number in the address, and at its lowest level urllib3 writes addresses into the log.
logging.getLogger("urllib3.connectionpool").addFilter(lambda record: "PhoneNumber" not in record.getMessage())
TIMEOUT = 10_000
"""Milliseconds for the connection, and for the answer."""
CONTINENT = "+86"
WAITING, FAILED, DELIVERED = 1, 2, 3

UNREACHABLE = _lt("Aliyun cannot be reached at the moment; the message is sent again later.")
FAULTS = {
    "isv.OUT_OF_SERVICE": ("sms_credit", _lt("Aliyun has stopped the service: the account owes money."), False),
    "isv.AMOUNT_NOT_ENOUGH": ("sms_credit", _lt("The balance at Aliyun does not suffice. Top it up."), False),
    "isv.MOBILE_NUMBER_ILLEGAL": ("sms_number_format", _lt("Aliyun does not know such a number."), False),
    "isv.SMS_SIGNATURE_ILLEGAL": ("sms_registration_needed", _lt("Aliyun has not approved this signature."), False),
    "isv.SMS_TEMPLATE_ILLEGAL": ("sms_registration_needed", _lt("Aliyun has not approved this template."), False),
    "isv.SMS_SIGNATURE_SCENE_ILLEGAL": ("sms_registration_needed", _lt("The signature is not approved for this kind of message."), False),
    "isv.TEMPLATE_MISSING_PARAMETERS": ("sms_registration_needed", _lt("Variables of the template are without a value."), False),
    "isv.TEMPLATE_PARAMS_ILLEGAL": (
        "sms_registration_needed",
        _lt("A value does not keep to the rules of the template's variable."),
        False,
    ),
    "isv.PARAM_LENGTH_LIMIT": ("sms_registration_needed", _lt("A value is too long for the template's variable."), False),
    "isv.BLACK_KEY_CONTROL_LIMIT": ("sms_registration_needed", _lt("The text holds words that Aliyun does not allow."), False),
    "isv.DAY_LIMIT_CONTROL": ("sms_server", _lt("The daily limit that was set at Aliyun is reached."), False),
    "isv.MONTH_LIMIT_CONTROL": ("sms_server", _lt("The monthly limit that was set at Aliyun is reached."), False),
    "isv.BUSINESS_LIMIT_CONTROL": ("sms_server", _lt("The number has had too many messages; Aliyun takes no more for now."), True),
    "isv.ACCOUNT_NOT_EXISTS": ("sms_acc", _lt("Aliyun does not know the account."), False),
    "isv.ACCOUNT_ABNORMAL": ("sms_acc", _lt("The account at Aliyun is blocked."), False),
    "isp.RAM_PERMISSION_DENY": (
        "sms_acc",
        _lt("The key at Aliyun may not send messages. Grant it the permission AliyunDysmsFullAccess."),
        False,
    ),
    "isv.DENY_IP_RANGE": ("sms_acc", _lt("Aliyun does not allow the address of this server."), False),
    "InvalidAccessKeyId.NotFound": ("sms_acc", _lt("Aliyun does not know the AccessKey ID."), False),
    "SignatureDoesNotMatch": ("sms_acc", _lt("Aliyun refuses the signature of the request: the AccessKey Secret is wrong."), False),
    "isp.SYSTEM_ERROR": ("sms_server", _lt("Aliyun has a fault; the message is sent again later."), True),
    "Throttling.User": ("sms_server", _lt("Aliyun takes no more requests at the moment; the message is sent again later."), True),
    "ServiceUnavailable": ("sms_server", UNREACHABLE, True),
}


class SmsApiAliyun(SmsApiGateway):
    """Each message is one request; ``OutId`` is our own id and comes back in reports."""

    FAULTS = FAULTS
    OTHER = _lt("Aliyun answers: %(message)s (%(code)s).")
    UNREACHABLE = UNREACHABLE

    def _client(self):
        # sudo: whoever sends does not read the secret
        company = self.company.sudo()
        if not (company.aliyun_sms_key_id and company.aliyun_sms_key_secret and company.aliyun_sms_url):
            return None
        parts = urlsplit(company.aliyun_sms_url)
        return Client(
            Config(
                access_key_id=company.aliyun_sms_key_id,
                access_key_secret=company.aliyun_sms_key_secret,
                endpoint=parts.netloc,
                protocol=parts.scheme,
                connect_timeout=TIMEOUT,
                read_timeout=TIMEOUT,
            )
        )

    def _submit(self, request):
        client = self._client()
        if client is None:
            return super()._submit(request)
        try:
            response = client.send_sms(
                sdk.SendSmsRequest(
                    phone_numbers=_plain(request.phone),
                    sign_name=request.signature,
                    template_code=request.code,
                    template_param=json.dumps(request.params, ensure_ascii=False) if request.params else None,
                    out_id=request.out_id,
                )
            )
        except (TeaException, UnretryableException, ValueError) as error:
            return self._read_fault(error)
        body = response.body
        return SmsAnswer(provider_ref=body.biz_id) if body.code == "OK" else self._refused(body.code, body.message)

    def _read_fault(self, error):
        """Return the answer for what the SDK raised: an error of the service, or of the network."""
        inner = getattr(error, "inner_exception", None) or error
        code = getattr(inner, "code", None)
        _logger.info("Aliyun SMS: %s %s", type(inner).__name__, code or "")  # the text of the error holds numbers
        status = getattr(inner, "status_code", None) or 0
        if code in FAULTS or 400 <= status < 500:
            return self._refused(code, getattr(inner, "message", ""))
        if surely_not_sent(inner):
            return self._unreachable()
        return self._uncertain()

    # ------------------------------------------------------------------ afterwards
    def _query(self, sms):
        """Return the details Aliyun keeps of a message (by number and day in China), the one with our id; None when it has none."""
        day = china_day(sms.submitted_at or sms.claimed_at or fields.Datetime.now())
        request = sdk.QuerySendDetailsRequest(
            phone_number=_plain(sms.number), biz_id=sms.provider_ref or None, send_date=day.strftime("%Y%m%d"), page_size=50, current_page=1
        )
        body = self._client().query_send_details(request).body
        details = (body.sms_send_detail_dtos and body.sms_send_detail_dtos.sms_send_detail_dto) or []
        if body.code != "OK":
            raise ValueError(body.code)
        return next((detail for detail in details if detail.out_id == sms.uuid), None)

    def _look_up(self, sms):
        """Aliyun keeps our id with each message, so it knows whether a lost one left."""
        if self._client() is None:
            return super()._look_up(sms)
        try:
            detail = self._query(sms)
        except (TeaException, UnretryableException, ValueError):
            return super()._look_up(sms)
        return SmsAnswer(provider_ref=sms.provider_ref or "") if detail else None

    def _fetch_reports(self, messages):
        if self._client() is None:
            return []
        reports = []
        for sms in messages:
            try:
                detail = self._query(sms)
            except (TeaException, UnretryableException, ValueError) as error:
                _logger.info("Aliyun gives no reports: %s", type(error).__name__)
                break
            if detail and detail.send_status in (FAILED, DELIVERED):
                reports.append(self._report(sms.uuid, sms.provider_ref, detail.send_status == DELIVERED, detail.err_code, ""))
        return reports

    def _read_reports(self, payload):
        return [
            self._report(item.get("out_id"), item.get("biz_id"), item["success"] is True, item.get("err_code"), item.get("err_msg"))
            for item in read_objects(payload)
        ]

    def _read_replies(self, payload):
        return [
            SmsReply(
                phone=item["phone_number"],
                text=item["content"],
                received_at=_utc(item["send_time"]),
                key=f"aliyun,{item.get('sequence_id') or ''},{item['phone_number']},{item['send_time']}",
            )
            for item in read_objects(payload)
        ]

    def _webhook_answer(self):
        return {"code": 0, "msg": "接收成功"}


def _plain(phone):
    """Return a number as Aliyun wants it: 11 digits within China, else country code and number.

    >>> _plain("+8613912345678"), _plain("+85291234567")
    ('13912345678', '85291234567')
    """
    return phone.removeprefix(CONTINENT).lstrip("+")


def _utc(text):
    """Return naive UTC of a time on the wall in China.

    >>> _utc("2026-05-01 09:00:00")
    datetime.datetime(2026, 5, 1, 1, 0)
    """
    local = datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=CHINA)
    return local.astimezone(timezone.utc).replace(tzinfo=None)
