"""What a connector of a Chinese SMS provider looks like."""

from typing import NamedTuple

from odoo.addons.l10n_cn_xian.tools.phone import normalize_phone
from odoo.addons.sms.tools.sms_api import SmsApiBase
from odoo.tools.translate import LazyTranslate

from . import sms_text

_lt = LazyTranslate(__name__)

NO_GATEWAY = _lt("No SMS provider is chosen. Choose one in the settings of Member Management.")
NO_TEMPLATE = _lt("No approved SMS template has this text. Have a template approved by the provider and enter its code.")
NO_SIGNATURE = _lt("The company has no approved SMS signature. Enter it in the settings of Member Management.")
BAD_NUMBER = _lt("This is no mobile number: 11 digits that begin with 13 to 19, for example 139 1234 5678.")
NOT_DELIVERED = _lt("The carrier could not deliver the message: %(message)s (%(code)s).")
UNCERTAIN = _lt("The connection broke after the message was handed over; it may have left. It is not sent again by itself.")


class SmsRequest(NamedTuple):
    """One message as providers want it: no finished text, but the code of an approved template and its values."""

    phone: str
    """E.164, for example +8613912345678."""
    signature: str
    """Without brackets."""
    code: str
    params: dict
    """Values by name, in the order in which the template names them."""
    out_id: str
    """Our own id of the message; comes back in reports."""


class SmsAnswer(NamedTuple):
    """What the provider said of one message."""

    provider_ref: str = ""
    failure_type: str = ""
    """A failure type of ``sms.sms``; empty: accepted."""
    reason: str = ""
    """A sentence for the shop."""
    is_retry: bool = False
    """The provider says that the message did not leave and that trying again later has a chance."""
    is_uncertain: bool = False


class SmsReport(NamedTuple):
    """What became of a message."""

    out_id: str
    provider_ref: str
    is_delivered: bool
    reason: str = ""


class SmsReply(NamedTuple):
    """What a member wrote back. ``key`` tells one reply from another; ``received_at`` is naive UTC."""

    phone: str
    text: str
    received_at: object
    key: str


def sendable_number(text):
    """Return the number in E.164 when a person can be reached at it by SMS, else "".

    >>> [sendable_number(text) for text in ("139-1234 5678", "029-87654321", "1391234567", "+85291234567", None)]
    ['+8613912345678', '', '', '+85291234567', '']
    """
    phone = normalize_phone(text)
    return phone.e164 if phone.kind in ("mobile", "foreign") else ""


def read_objects(payload):
    """Return what a provider posted when it is a list of JSON objects; anything else raises ValueError.

    >>> read_objects([{"sid": "1"}])
    [{'sid': '1'}]
    >>> read_objects({"sid": "1"})
    Traceback (most recent call last):
    ValueError: no list of objects
    """
    if not isinstance(payload, list) or not all(isinstance(item, dict) for item in payload):
        raise ValueError("no list of objects")
    return payload


class SmsApiGateway(SmsApiBase):
    """Base of the connectors: a subclass answers :meth:`_submit` and, where the provider lets it, the methods below."""

    FAULTS = {}
    """code of the provider → (failure type of ``sms.sms``, lazy sentence, whether the provider wants the message again later)"""
    OTHER = None
    """Lazy sentence for codes without one: ``%(message)s`` and ``%(code)s`` of the provider."""
    UNREACHABLE = None
    """Lazy sentence: there is no connection."""

    FAILURES = (
        "sms_number_format",
        "sms_number_missing",
        "sms_credit",
        "sms_acc",
        "sms_server",
        "sms_blacklist",
        "sms_registration_needed",
    )
    PROVIDER_TO_SMS_FAILURE_TYPE = SmsApiBase.PROVIDER_TO_SMS_FAILURE_TYPE | {name: name for name in FAILURES}

    def _send_sms_batch(self, messages, delivery_reports_url=False):
        """Send messages one by one; see core for the shapes. Results carry ``answer`` (:class:`SmsAnswer`) as well."""
        uuids = [number["uuid"] for message in messages for number in message["numbers"]]
        # sudo: only the system reads outgoing messages
        rows = {sms.uuid: sms for sms in self.env["sms.sms"].sudo().search([("uuid", "in", uuids)])}
        results = []
        for message in messages:
            for number in message["numbers"]:
                answer = self._send_one(number, message["content"], rows.get(number["uuid"]))
                results.append(
                    {
                        "uuid": number["uuid"],
                        "state": answer.failure_type or "sent",
                        "failure_reason": answer.reason,
                        "answer": answer,
                    }
                )
        return results

    def _send_one(self, number, content, sms):
        company = self.company.sudo()  # the signature is everybody's, the secrets are read by the connector alone
        template = sms.cosmetics_template_id if sms else self.env["cosmetics.sms.template"]
        params = sms.template_params if sms else None
        if not template:
            template, params = self.env["cosmetics.sms.template"]._find_by_text(company, content)
        if not template or template.state != "approved":
            return SmsAnswer(failure_type="sms_registration_needed", reason=self._say(NO_TEMPLATE))
        signature = template.signature or company.sms_signature
        if not signature:
            return SmsAnswer(failure_type="sms_acc", reason=self._say(NO_SIGNATURE))
        phone = sendable_number(number["number"])
        if not phone:
            return SmsAnswer(failure_type="sms_number_format", reason=self._say(BAD_NUMBER))
        values = {name: str((params or {}).get(name, "")) for name in sms_text.variables(template.text)}
        return self._submit(SmsRequest(phone, signature, template.code, values, number["uuid"]))

    # ------------------------------------------------------------------ to be answered by connectors
    def _submit(self, request):
        """Hand one :class:`SmsRequest` over and return an :class:`SmsAnswer`; never raises for what the provider or the network does."""
        return SmsAnswer(failure_type="sms_acc", reason=self._say(NO_GATEWAY))

    def _look_up(self, sms):
        """Return the :class:`SmsAnswer` of a message of which nobody knows whether it left; None: it surely did not leave."""
        return self._uncertain()

    def _fetch_reports(self, messages):
        """Ask the provider what became of messages (``sms.sms``) and return a list of :class:`SmsReport`."""
        return []

    def _fetch_replies(self):
        """Ask the provider for replies and return a list of :class:`SmsReply`."""
        return []

    def _read_reports(self, payload):
        """Return the :class:`SmsReport` list of what the provider posted (parsed JSON); raises ValueError when it is none."""
        raise ValueError("this provider posts no reports")

    def _read_replies(self, payload):
        """Return the :class:`SmsReply` list of what the provider posted (parsed JSON); raises ValueError when it is none."""
        raise ValueError("this provider posts no replies")

    def _webhook_answer(self):
        """Return the JSON with which the provider wants its posts acknowledged."""
        return {}

    # ------------------------------------------------------------------ words for what connectors found
    def _refused(self, code, message):
        """Return the answer for a code with which the provider refused a message."""
        failure_type, sentence, is_retry = self.FAULTS.get(code, ("sms_server", None, False))
        reason = self._say(sentence) if sentence else self._say(self.OTHER) % {"message": message or "", "code": code}
        return SmsAnswer(failure_type=failure_type, reason=reason, is_retry=is_retry)

    def _unreachable(self):
        """Return the answer for a message that surely was not handed over."""
        return SmsAnswer(failure_type="sms_server", reason=self._say(self.UNREACHABLE), is_retry=True)

    def _uncertain(self):
        """Return the answer for a message of which nobody knows whether it left."""
        return SmsAnswer(failure_type="sms_server", reason=self._say(UNCERTAIN), is_uncertain=True)

    def _report(self, out_id, ref, is_delivered, code, message):
        """Return the :class:`SmsReport` of a message; code and message are the carrier's, and matter when it did not arrive."""
        reason = "" if is_delivered else self._say(NOT_DELIVERED) % {"message": message or "", "code": code or ""}
        return SmsReport(out_id=out_id or "", provider_ref=ref or "", is_delivered=is_delivered, reason=reason)

    def _say(self, sentence):
        """Return a lazy sentence in the language of the shop."""
        return sentence._translate(self.env.lang or "en_US")
