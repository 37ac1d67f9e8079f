"""Who hears of a ledger that does not add up."""

import logging

from markupsafe import Markup
from odoo import api, models

_logger = logging.getLogger(__name__)


class CosmeticsLedgerCheck(models.AbstractModel):
    """The nightly check of a ledger, whose model holds a row, with its company, for each figure that is wrong."""

    _name = "cosmetics.ledger.check"
    _description = "Check of a Ledger"

    _check_activity = _check_approvers = None  # XML ids: type of the activity, group of who is told

    @api.model
    def _cron_check(self):
        """Tell the approvers, and the log, that the ledger does not add up; the list in the menu shows where."""
        counts = dict(self._read_group([], ["company_id"], ["__count"]))
        if count := sum(counts.values()):
            _logger.error("%s: the ledger does not add up in %s places, see the list of differences.", self._name, count)
            self._tell_approvers(counts)
        return count

    @api.model
    def _tell_approvers(self, counts):
        """Plan one activity for each approver of the companies concerned who has none open.

        :param dict counts: {company, an empty one for cards of all companies: number of differences}
        """
        kind = self.env.ref(self._check_activity)
        users = self.env.ref(self._check_approvers).all_user_ids.filtered("active") - self.env.ref("base.user_root")
        told = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("user_id", "in", users.ids)]).user_id
        vals_list = []
        for user in users - told:
            if count := sum(number for company, number in counts.items() if company <= user.company_ids):
                vals_list.append(self.with_context(lang=user.lang)._prepare_activity_vals(kind, user, count))
        self.env["mail.activity"].create(vals_list)

    @api.model
    def _prepare_activity_vals(self, kind, user, count):
        summary, note = self._get_check_texts(count)
        note = Markup("<p>%s</p>") % note
        return {"activity_type_id": kind.id, "user_id": user.id, "summary": summary, "note": note, "automated": True}

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_check_texts(self, count):
        """Return (summary, note) of the activity about so many differences."""
        raise NotImplementedError  # each ledger has its own words
