"""SMS through Tencent Cloud's own SDK, which signs each request (TC3-HMAC-SHA256)."""

import json
import logging
from datetime import datetime, timezone
from urllib.parse import urlsplit

from odoo.addons.cosmetics_crm_mailing.tools.network import surely_not_sent
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsAnswer, SmsApiGateway, SmsReply, read_objects
from odoo.tools.translate import LazyTranslate
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sms.v20210111 import models as sdk
from tencentcloud.sms.v20210111.sms_client import SmsClient

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)
# At its lowest level the SDK writes whole requests, numbers included, into the log.
logging.getLogger("tencentcloud_sdk_common").setLevel(logging.INFO)
TIMEOUT = 10
"""Seconds for the connection, and for the answer."""
PULL = 100
"""Tencent hands over so many reports or replies at once, each of them one time only."""
MAX_PULLS = 20
REGION = "ap-guangzhou"
RETRY_LATER = _lt("Tencent takes no more messages to this number for now; the message is sent again later.")
FAULTS = {
    "FailedOperation.InsufficientBalanceInSmsPackage": (
        "sms_credit",
        _lt("The SMS package at Tencent is used up. Buy another one."),
        False,
    ),
    "FailedOperation.SignatureIncorrectOrUnapproved": ("sms_registration_needed", _lt("Tencent has not approved this signature."), False),
    "FailedOperation.TemplateIncorrectOrUnapproved": ("sms_registration_needed", _lt("Tencent has not approved this template."), False),
    "FailedOperation.TemplateUnapprovedOrNotExist": ("sms_registration_needed", _lt("Tencent has not approved this template."), False),
    "FailedOperation.TemplateParamSetNotMatchApprovedTemplate": (
        "sms_registration_needed",
        _lt("The number of values is not that of the variables of the approved template."),
        False,
    ),
    "InvalidParameterValue.TemplateParameterLengthLimit": (
        "sms_registration_needed",
        _lt("A value is too long for the template's variable."),
        False,
    ),
    "FailedOperation.ContainSensitiveWord": ("sms_registration_needed", _lt("The text holds words that Tencent does not allow."), False),
    "FailedOperation.PhoneNumberInBlacklist": ("sms_blacklist", _lt("The number has refused messages; Tencent keeps it on a list."), False),
    "FailedOperation.MarketingSendTimeConstraint": ("sms_server", _lt("Tencent sends marketing between 8:00 and 22:00 only."), True),
    "InvalidParameterValue.IncorrectPhoneNumber": ("sms_number_format", _lt("Tencent does not know such a number."), False),
    "LimitExceeded.PhoneNumberDailyLimit": ("sms_server", _lt("The number has had as many messages today as Tencent allows."), False),
    "LimitExceeded.PhoneNumberSameContentDailyLimit": ("sms_server", _lt("The number has had this message today already."), False),
    "LimitExceeded.PhoneNumberThirtySecondLimit": ("sms_server", RETRY_LATER, True),
    "LimitExceeded.PhoneNumberOneHourLimit": ("sms_server", RETRY_LATER, True),
    "LimitExceeded.DeliveryFrequencyLimit": ("sms_server", RETRY_LATER, True),
    "LimitExceeded.AppMainlandChinaDailyLimit": ("sms_server", _lt("The daily limit that was set at Tencent is reached."), False),
    "RequestLimitExceeded": ("sms_server", RETRY_LATER, True),
    "UnauthorizedOperation.SmsSdkAppIdVerifyFail": ("sms_acc", _lt("Tencent does not know the SdkAppId."), False),
    "UnauthorizedOperation.RequestIpNotInWhitelist": ("sms_acc", _lt("Tencent does not allow the address of this server."), False),
    "AuthFailure.SecretIdNotFound": ("sms_acc", _lt("Tencent does not know the SecretId."), False),
    "AuthFailure.SignatureFailure": (
        "sms_acc",
        _lt("Tencent refuses the signature of the request: the SecretKey is wrong."),
        False,
    ),
    "AuthFailure.UnauthorizedOperation": ("sms_acc", _lt("The key at Tencent may not send messages."), False),
}


class SmsApiTencent(SmsApiGateway):
    """Each message is one request; ``SessionContext`` is our own id, ``SerialNo`` theirs, which comes back in reports."""

    FAULTS = FAULTS
    OTHER = _lt("Tencent Cloud answers: %(message)s (%(code)s).")
    UNREACHABLE = _lt("Tencent Cloud cannot be reached at the moment; the message is sent again later.")

    def _client(self):
        # sudo: whoever sends does not read the secret
        company = self.company.sudo()
        if not all((company.tencent_sms_secret_id, company.tencent_sms_secret_key, company.tencent_sms_app_id, company.tencent_sms_url)):
            return None
        parts = urlsplit(company.tencent_sms_url)
        http = HttpProfile(protocol=parts.scheme, endpoint=parts.netloc, reqTimeout=TIMEOUT)
        credential = Credential(company.tencent_sms_secret_id, company.tencent_sms_secret_key)
        return SmsClient(credential, REGION, ClientProfile(httpProfile=http))

    def _ask(self, call, request, **values):
        """Return the SDK's response to a request with these values."""
        request.from_json_string(json.dumps({"SmsSdkAppId": self.company.sudo().tencent_sms_app_id, **values}))
        return call(request)

    def _submit(self, request):
        client = self._client()
        if client is None:
            return super()._submit(request)
        try:
            response = self._ask(
                client.SendSms,
                sdk.SendSmsRequest(),
                PhoneNumberSet=[request.phone],
                SignName=request.signature,
                TemplateId=request.code,
                TemplateParamSet=list(request.params.values()),
                SessionContext=request.out_id,
            )
        except (TencentCloudSDKException, ValueError, KeyError, TypeError) as error:
            return self._read_fault(error)
        status = response.SendStatusSet[0]
        return SmsAnswer(provider_ref=status.SerialNo) if status.Code == "Ok" else self._refused(status.Code, status.Message)

    def _read_fault(self, error):
        """Return the answer for what the SDK raised: an error of the service, or of the network."""
        code = getattr(error, "code", None) or ""
        _logger.info("Tencent SMS: %s %s", type(error).__name__, code)  # the text of the error holds numbers
        if surely_not_sent(error):
            return self._unreachable()
        if code and code not in ("ClientNetworkError", "ServerNetworkError") and not code.startswith("InternalError"):
            return self._refused(code, error.message)
        return self._uncertain()

    # ------------------------------------------------------------------ afterwards
    def _pull(self, name, field):
        """Yield what Tencent keeps for us, until it has no more; what was handed over is not handed over again."""
        client = self._client()
        for _number in range(MAX_PULLS if client else 0):
            request = getattr(sdk, f"{name}Request")()
            try:
                rows = getattr(self._ask(getattr(client, name), request, Limit=PULL), field) or []
            except (TencentCloudSDKException, ValueError, KeyError, TypeError) as error:
                _logger.info("Tencent gives no answer to %s: %s", name, getattr(error, "code", type(error).__name__))
                return
            yield from rows
            if len(rows) < PULL:
                return

    def _fetch_reports(self, messages):
        return [
            self._report("", row.SerialNo, row.ReportStatus == "SUCCESS", row.ReportStatus, row.Description)
            for row in self._pull("PullSmsSendStatus", "PullSmsSendStatusSet")
        ]

    def _fetch_replies(self):
        return [
            self._reply(row.PhoneNumber, row.ReplyContent, row.ReplyTime)
            for row in self._pull("PullSmsReplyStatus", "PullSmsReplyStatusSet")
        ]

    def _reply(self, phone, text, seconds):
        moment = datetime.fromtimestamp(int(seconds), timezone.utc).replace(tzinfo=None)
        return SmsReply(phone=phone, text=text, received_at=moment, key=f"tencent,{phone},{int(seconds)},{text}")

    def _read_reports(self, payload):
        return [
            self._report("", item["sid"], item["report_status"] == "SUCCESS", item.get("errmsg"), item.get("description"))
            for item in read_objects(payload)
        ]

    def _read_replies(self, payload):
        """Tencent posts replies one by one."""
        items = read_objects(payload if isinstance(payload, list) else [payload])
        return [self._reply(f"+{item['nationcode']}{item['mobile']}", item["text"], item["time"]) for item in items]

    def _webhook_answer(self):
        return {"result": 0, "errmsg": "OK"}
