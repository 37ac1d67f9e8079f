"""Aliyun's SMS service as its manual describes it: checks ACS3-HMAC-SHA256, written from the description, not from the SDK."""

import hashlib
import hmac
import json
import re
from datetime import datetime, timezone
from urllib.parse import parse_qsl, quote, urlsplit

from odoo.addons.cosmetics_crm_mailing.tests.stand_in import StandIn

KEY_ID, KEY_SECRET = "LTAI0000TestOnly", "secret-of-the-test"
AUTHORIZATION = re.compile(r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})")
NUMBER = re.compile(r"1[3-9]\d{9}")
TEMPLATES = {"SMS_1001": {"name", "coupon"}, "SMS_1002": {"points"}, "SMS_1003": set()}


def _encode(text):
    return quote(text, safe="-_.~")


class Aliyun(StandIn):
    """SendSms and QuerySendDetails."""

    def __init__(self):
        super().__init__()
        self.codes, self.states, self.kept = {}, {}, {}

    def answer(self, path, headers, body):
        problem = self._signature_problem(path, headers, body)
        if problem:
            self.refused.append(problem)
            return 403, {"Code": problem, "Message": "refused", "RequestId": "R-1"}
        query = dict(parse_qsl(urlsplit(path).query, keep_blank_values=True))
        if headers["x-acs-version"] != "2017-05-25":
            return 404, {"Code": "InvalidVersion", "Message": "version", "RequestId": "R-1"}
        return {"SendSms": self._send, "QuerySendDetails": self._query}[headers["x-acs-action"]](query)

    def _signature_problem(self, path, headers, body):
        found = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
        if not found:
            return "MissingAuthorization"
        key_id, names, signature = found.groups()
        if key_id != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        signed = names.split(";")
        if not {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"} <= set(signed):
            return "IncompleteSignature"
        moment = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
        if abs((datetime.now(timezone.utc) - moment).total_seconds()) > 900:
            return "InvalidTimeStamp.Expired"
        digest = hashlib.sha256(body).hexdigest()
        if headers["x-acs-content-sha256"] != digest:
            return "ContentDoesNotMatch"
        parts = urlsplit(path)
        pairs = sorted((_encode(name), _encode(value)) for name, value in parse_qsl(parts.query, keep_blank_values=True))
        canonical = "\n".join(
            [
                "POST",
                parts.path or "/",
                "&".join(f"{name}={value}" for name, value in pairs),
                "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(signed)),
                ";".join(sorted(signed)),
                digest,
            ]
        )
        to_sign = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
        expected = hmac.new(KEY_SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        return None if hmac.compare_digest(expected, signature) else "SignatureDoesNotMatch"

    def _send(self, query):
        number = query["PhoneNumbers"]
        params = json.loads(query.get("TemplateParam") or "{}")
        code = self.codes.get(number) or self._fault(number, query, params)
        if code:
            return 200, {"Code": code, "Message": "原因", "RequestId": "R-2"}
        self.sent.append({**query, "TemplateParam": params})
        ref = f"biz-{len(self.sent)}^0"
        self.kept.setdefault(number, []).append((query["OutId"], ref))
        return 200, {"Code": "OK", "Message": "OK", "BizId": ref, "RequestId": "R-3"}

    def _fault(self, number, query, params):
        if not NUMBER.fullmatch(number):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        if query["SignName"] != "西安美妆":
            return "isv.SMS_SIGNATURE_ILLEGAL"
        if query["TemplateCode"] not in TEMPLATES:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        return None if set(params) == TEMPLATES[query["TemplateCode"]] else "isv.TEMPLATE_MISSING_PARAMETERS"

    def _query(self, query):
        details = [
            {
                "OutId": out_id,
                "PhoneNum": query["PhoneNumber"],
                "SendStatus": self.states.get(out_id, 1),
                "ErrCode": "DELIVERED",
                "Content": "…",
            }
            for out_id, ref in self.kept.get(query["PhoneNumber"], [])
            if query.get("BizId") in (None, ref)
        ]
        return 200, {"Code": "OK", "Message": "OK", "TotalCount": len(details), "SmsSendDetailDTOs": {"SmsSendDetailDTO": details}}
