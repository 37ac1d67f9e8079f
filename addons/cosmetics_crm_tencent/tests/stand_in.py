"""Tencent Cloud's SMS service as its manual describes it: checks TC3-HMAC-SHA256, written from the description, not from the SDK."""

import hashlib
import hmac
import json
import re
import time
from datetime import datetime, timezone

from odoo.addons.cosmetics_crm_mailing.tests.stand_in import StandIn

SECRET_ID, SECRET_KEY, APP_ID = "AKIDtestonly", "key-of-the-test", "1400006666"
AUTHORIZATION = re.compile(
    r"TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/sms/tc3_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})"
)
NUMBER = re.compile(r"\+861[3-9]\d{9}")
TEMPLATES = {"2001": 2, "2002": 1, "2003": 0}


class Tencent(StandIn):
    """SendSms, PullSmsSendStatus and PullSmsReplyStatus."""

    def __init__(self):
        super().__init__()
        self.codes, self.reports, self.replies = {}, [], []

    def answer(self, path, headers, body):
        problem = self._signature_problem(headers, body)
        if problem:
            self.refused.append(problem)
            return 200, {"Response": {"Error": {"Code": problem, "Message": "refused"}, "RequestId": "R-1"}}
        values = json.loads(body)
        if values["SmsSdkAppId"] != APP_ID:
            return 200, {"Response": {"Error": {"Code": "UnauthorizedOperation.SmsSdkAppIdVerifyFail", "Message": "app"}, "RequestId": "R"}}
        action = {"SendSms": self._send, "PullSmsSendStatus": self._pull_reports, "PullSmsReplyStatus": self._pull_replies}
        return 200, {"Response": {**action[headers["x-tc-action"]](values), "RequestId": "R-2"}}

    def _signature_problem(self, headers, body):
        found = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
        if not found:
            return "AuthFailure.InvalidAuthorization"
        secret_id, day, names, signature = found.groups()
        if secret_id != SECRET_ID:
            return "AuthFailure.SecretIdNotFound"
        stamp = int(headers["x-tc-timestamp"])
        if abs(time.time() - stamp) > 300 or day != datetime.fromtimestamp(stamp, timezone.utc).strftime("%Y-%m-%d"):
            return "AuthFailure.SignatureExpire"
        if (headers["x-tc-version"], headers["x-tc-region"]) != ("2021-01-11", "ap-guangzhou") or not {"content-type", "host"} <= set(
            names.split(";")
        ):
            return "InvalidParameter"
        canonical = "\n".join(
            [
                "POST",
                "/",
                "",
                "".join(f"{name}:{headers[name].strip().lower()}\n" for name in sorted(names.split(";"))),
                names,
                hashlib.sha256(body).hexdigest(),
            ]
        )
        to_sign = "\n".join(["TC3-HMAC-SHA256", str(stamp), f"{day}/sms/tc3_request", hashlib.sha256(canonical.encode()).hexdigest()])
        key = f"TC3{SECRET_KEY}".encode()
        for word in (day, "sms", "tc3_request"):
            key = hmac.new(key, word.encode(), hashlib.sha256).digest()
        expected = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(expected, signature) else "AuthFailure.SignatureFailure"

    def _send(self, values):
        (number,) = values["PhoneNumberSet"]
        code = self.codes.get(number) or self._fault(number, values)
        if not code:
            self.sent.append(values)
        ref = "" if code else f"serial-{len(self.sent)}"
        status = {"SerialNo": ref, "PhoneNumber": number, "Fee": 1, "SessionContext": values["SessionContext"], "IsoCode": "CN"}
        return {"SendStatusSet": [{**status, "Code": code or "Ok", "Message": "原因"}]}

    def _fault(self, number, values):
        if not NUMBER.fullmatch(number):
            return "InvalidParameterValue.IncorrectPhoneNumber"
        if values["SignName"] != "西安美妆":
            return "FailedOperation.SignatureIncorrectOrUnapproved"
        if values["TemplateId"] not in TEMPLATES:
            return "FailedOperation.TemplateIncorrectOrUnapproved"
        fits = len(values["TemplateParamSet"]) == TEMPLATES[values["TemplateId"]]
        return None if fits else "FailedOperation.TemplateParamSetNotMatchApprovedTemplate"

    def _pull_reports(self, values):
        found, self.reports = self.reports[: values["Limit"]], self.reports[values["Limit"] :]
        return {"PullSmsSendStatusSet": found}

    def _pull_replies(self, values):
        found, self.replies = self.replies[: values["Limit"]], self.replies[values["Limit"] :]
        return {"PullSmsReplyStatusSet": found}
