"""Asks Kuaidi100 where parcels are."""

import logging
from datetime import timedelta

import requests
from odoo import api, fields, models
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

from ..tools import protocol

_logger = logging.getLogger(__name__)

MIN_INTERVAL = timedelta(minutes=30)
"""The service blocks accounts that ask more often about one number."""
TIMEOUT = 15
"""Seconds to wait for the connection, and for the answer."""
ACCOUNT_WAIT_HOURS = 12
"""An account that is refused or used up is not in order again before somebody has looked after it."""


class ServiceFault(Exception):
    """The service, not the parcel, is at fault: ``error`` is a sentence for the clerk, ``hours`` the least it is left alone."""

    def __init__(self, error, hours=0):
        super().__init__(error)
        self.error, self.hours = error, hours


class CosmeticsCarrier(models.Model):
    _inherit = "cosmetics.carrier"

    def _fetch_tracking(self, parcels):
        """Ask Kuaidi100 about the parcels whose courier it knows and that were not asked about in the last half hour."""
        answers = super()._fetch_tracking(parcels)
        account = self._get_kuaidi100_account()
        since = fields.Datetime.now() - MIN_INTERVAL
        due = parcels.filtered(lambda parcel: parcel not in answers and (not parcel.queried_at or parcel.queried_at <= since))
        if not account or not self.kuaidi100_code or not due:
            return answers
        service = self.env["cosmetics.kuaidi100.service"]._get_of_company(self.env.company).try_lock_for_update()
        if not service or service._is_paused():
            return answers
        with self._open_kuaidi100() as session:
            for parcel in due:
                try:
                    answers[parcel] = self._ask_kuaidi100(session, account, parcel)
                except ServiceFault as fault:
                    answers[parcel] = {"error": fault.error, "wait_hours": int(fault.hours)}
                    service._note_fault(fault.error, fault.hours)
                    return answers
        service._note_answer()
        return answers

    @api.model
    def _is_tracking_ready(self):
        return bool(self._get_kuaidi100_account()) or super()._is_tracking_ready()

    @api.model
    def _get_tracking_pause(self):
        # sudo: clerks hear why there is no news; the account stays closed to them
        services = self.env["cosmetics.kuaidi100.service"].sudo()
        return services.search([("company_id", "=", self.env.company.id)])._get_pause_sentence() or super()._get_tracking_pause()

    @api.model
    def _get_kuaidi100_account(self):
        """Return (address, customer, key) of the current company, None when something is missing."""
        # sudo: clerks ask about parcels with an account whose key they must not see
        company = self.env.company.sudo()
        account = (company.kuaidi100_url, company.kuaidi100_customer, company.kuaidi100_key)
        return account if all(account) else None

    @api.model
    def _open_kuaidi100(self):
        """Return a session that tries once more when no connection came about, never after an answer or a lost one.

        A lost answer may have counted as a query, and a busy service is left alone until the next run.
        """
        retry = Retry(total=1, connect=1, read=0, status=0, backoff_factor=0.3)
        session = requests.Session()
        for scheme in ("https://", "http://127.0.0.1"):
            session.mount(scheme, HTTPAdapter(max_retries=retry))
        return session

    def _ask_kuaidi100(self, session, account, parcel):
        """Return the answer for the parcel.

        :raise ServiceFault: when asking about others has no chance now: no answer, no sense in it, or the account refused.
        """
        url, customer, key = account
        tail = self._get_phone_tail(parcel) if self.needs_phone else ""
        if self.needs_phone and not tail:
            return {"error": self.env._("The last four digits of the telephone are needed and not known.")}
        form = protocol.build_form(self.kuaidi100_code, parcel.tracking_no, tail, customer, key)
        response = None
        try:
            response = session.post(url, data=form, timeout=TIMEOUT, allow_redirects=False)
            response.raise_for_status()
            answer = protocol.read_answer(response.json())
        except (requests.RequestException, ValueError) as error:
            # The reason goes to the log without the form: it holds digits of a telephone.
            _logger.info("Kuaidi100 gave no answer: %s", type(error).__name__)
            sentence = self.env._("Kuaidi100 cannot be reached at the moment; it will be asked again later.")
            hours = protocol.retry_after_hours(response.headers.get("Retry-After")) if response is not None else 0
            raise ServiceFault(sentence, hours) from error
        return self._read_kuaidi100(answer)

    def _read_kuaidi100(self, answer):
        if not answer.code:
            return {"state": answer.state, "events": answer.events}
        if answer.code == protocol.NOTHING_YET:
            return {"state": "", "events": []}
        if answer.code == protocol.WRONG_PHONE:
            return {"error": self.env._("The last four digits of the telephone are not those of this parcel.")}
        if answer.code in protocol.ACCOUNT:
            sentence = self.env._("Kuaidi100 refuses the account: %(message)s (%(code)s).", message=answer.message, code=answer.code)
            raise ServiceFault(sentence, ACCOUNT_WAIT_HOURS)
        if answer.code == protocol.UNREADABLE:
            raise ServiceFault(self.env._("Kuaidi100 gave an answer that makes no sense; it will be asked again later."))
        return {"error": self.env._("Kuaidi100 answers: %(message)s (%(code)s).", message=answer.message, code=answer.code)}

    def _get_phone_tail(self, parcel):
        """Return the last four digits of the receiver's telephone, else of the sender's: the courier accepts either."""
        receiver = parcel.order_id._get_receiver()["phone"]
        return protocol.phone_tail(receiver) or protocol.phone_tail(parcel.company_id.phone)
