"""News of parcels: asked for politely, written down once."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from .cosmetics_parcel import FINAL

BATCH = 20
"""Parcels asked about between two commits: news that came is not lost when a later call fails."""
ASK_AGAIN = {"new": 4, "delivering": 1, "problem": 2}
ASK_AGAIN_ELSE = 3
LONGEST_WAIT = 24
TOLD = {"signed": "signed", "returned": "returned", "problem": "problem", "refused": "problem"}
"""States of a parcel that belong on the timeline of its orders."""


class CosmeticsParcel(models.Model):
    _inherit = "cosmetics.parcel"

    query_failures = fields.Integer(string="Failed in a Row", readonly=True)

    def action_refresh_tracking(self):
        """Ask now where the parcels are. What was asked a moment ago is not asked again."""
        self.check_access("read")
        if not self.env["cosmetics.carrier"]._is_tracking_ready():
            raise UserError(self.env._("No tracking service is connected. Ask the administrator to enter its account in the settings."))
        parcels = self.filtered(lambda parcel: parcel.state not in FINAL)
        answered = parcels._refresh_tracking()
        failed = answered.filtered("query_error")
        if failed:
            message, kind = failed[0].query_error, "warning"
        elif answered:
            message, kind = self.env._("%(count)s parcels: news is up to date.", count=len(answered)), "success"
        else:
            pause = self.env["cosmetics.carrier"]._get_tracking_pause()
            message, kind = pause or self.env._("Asked a short while ago; the courier may be asked again after half an hour."), "info"
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"message": message, "type": kind, "next": {"type": "ir.actions.act_window_close"}},
        }

    @api.model
    def _cron_refresh_tracking(self, limit=200):
        """Ask about the parcels that are due, the longest waiting first."""
        due = [("state", "not in", FINAL), "|", ("next_query_at", "=", False), ("next_query_at", "<=", fields.Datetime.now())]
        parcels = self.search(due, order="next_query_at NULLS FIRST, id", limit=limit)
        cron = self.env["ir.cron"]
        for start in range(0, len(parcels), BATCH):
            batch = parcels[start : start + BATCH]
            for company, own in batch.grouped("company_id").items():
                own.with_company(company)._refresh_tracking()
            cron._commit_progress(len(batch))

    def _refresh_tracking(self):
        """Ask about these parcels, write down what came, and return those that were asked about.

        A parcel that another worker asks about at this moment is left out: the row lock is what keeps two from asking.
        """
        parcels = self.sudo().try_lock_for_update()
        answers = {}
        for carrier, own in parcels.grouped("carrier_id").items():
            answers.update(carrier._fetch_tracking(own))
        asked = self.browse([parcel.id for parcel in answers]).sudo()
        asked._apply_tracking({parcel.id: answer for parcel, answer in answers.items()})
        return asked.sudo(False)

    def _apply_tracking(self, answers):
        """Write the answers of a tracking service (see ``cosmetics.carrier._fetch_tracking``) to these parcels."""
        now = fields.Datetime.now()
        self._add_events({parcel: answers[parcel.id].get("events") or [] for parcel in self})
        told = {}
        for parcel in self:
            answer = answers[parcel.id]
            state = answer.get("state") or parcel.state
            if state != parcel.state and state in TOLD:
                told.setdefault(TOLD[state], self.browse())
                told[TOLD[state]] |= parcel
            parcel.write(parcel._prepare_tracking_vals(answer, state, now))
        for kind, parcels in told.items():
            parcels._tell_orders(kind)

    def _prepare_tracking_vals(self, answer, state, now):
        error = answer.get("error")
        failures = self.query_failures + 1 if error else 0
        wait = min(answer.get("wait_hours") or 2 ** (failures - 1), LONGEST_WAIT) if error else ASK_AGAIN.get(state, ASK_AGAIN_ELSE)
        vals = {
            "queried_at": now,
            "next_query_at": False if state in FINAL else now + timedelta(hours=wait),
            "query_error": error or False,
            "query_failures": failures,
            "state": state,
        }
        if state == "signed" and not self.signed_at:
            vals["signed_at"] = max((event["at"] for event in answer.get("events") or []), default=now)
        return vals

    def _add_events(self, events):
        """Create the lines of the courier's report that are not there yet, in one insert."""
        known = {(event.parcel_id.id, event.at, event.text) for event in self.event_ids}
        fresh = {}
        for parcel, lines in events.items():
            for line in lines:
                key = (parcel.id, line["at"], line["text"])
                if key not in known:
                    fresh[key] = {"parcel_id": parcel.id, "at": line["at"], "text": line["text"], "state": line.get("state")}
        self.env["cosmetics.parcel.event"].create(list(fresh.values()))

    def _tell_orders(self, kind):
        """Put what happened to these parcels on the timelines of all orders that are in them."""
        for parcel in self:
            at = parcel.signed_at if kind == "signed" else None
            parcel.order_ids._record_event(kind, at=at, facts={"number": parcel.tracking_no, "carrier": parcel.carrier_id.name})
