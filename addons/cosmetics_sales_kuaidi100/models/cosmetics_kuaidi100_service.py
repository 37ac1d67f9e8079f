"""How Kuaidi100 fares: after a fault it is left alone, longer each time."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 24
"""Hours the service is left alone after the first fault, and at most; each further fault doubles the pause."""


class CosmeticsKuaidi100Service(models.Model):
    """One row for each company with an account. The database keeps it, so a restart or another worker does not ask anew.

    Whoever asks holds the lock of the row: the service is never asked by two workers at once.
    """

    _name = "cosmetics.kuaidi100.service"
    _description = "State of Kuaidi100"
    _rec_name = "company_id"

    company_id = fields.Many2one("res.company", required=True, ondelete="cascade", readonly=True)
    failures = fields.Integer(string="Faults in a Row", readonly=True)
    paused_until = fields.Datetime(string="Left Alone until", readonly=True)
    error = fields.Char(string="Last Fault", readonly=True)

    _company_uniq = models.UniqueIndex("(company_id)")

    @api.model
    def _get_of_company(self, company):
        """Return the row of a company, made when it is first needed; empty while another worker is making it."""
        # sudo: the state belongs to the account, which clerks use and do not see
        services, domain = self.sudo(), [("company_id", "=", company.id)]
        found = services.search(domain)
        if not found:
            # Two workers may need it at once: whoever comes second finds nothing and asks in the next run.
            self.env.cr.execute(
                SQL(
                    "INSERT INTO cosmetics_kuaidi100_service (company_id, failures) VALUES (%s, 0) ON CONFLICT DO NOTHING",
                    company.id,
                )
            )
            found = services.search(domain)
        return found

    def _is_paused(self):
        self.ensure_one()
        return bool(self.paused_until and self.paused_until > fields.Datetime.now())

    def _get_pause_sentence(self):
        """Return why nobody is asked now and until when, in the time of the reader; empty when the service may be asked."""
        if not self or not self._is_paused():
            return ""
        until = fields.Datetime.context_timestamp(self.with_context(tz=self.env.context.get("tz") or "Asia/Shanghai"), self.paused_until)
        return self.env._(
            "Kuaidi100 is left alone until %(until)s. %(error)s", until=until.strftime("%m-%d %H:%M"), error=self.error or ""
        ).strip()

    def _note_fault(self, error, least_hours=0):
        """Leave the service alone: half an hour, then an hour, then two … up to a day, and no shorter than ``least_hours``."""
        self.ensure_one()
        failures = self.failures + 1
        hours = min(max(FIRST_PAUSE * 2 ** min(failures - 1, 10), least_hours), LONGEST_PAUSE)
        self.write({"failures": failures, "paused_until": fields.Datetime.now() + timedelta(hours=hours), "error": error})

    def _note_answer(self):
        """An answer ends a row of faults."""
        if self.failures:
            self.write({"failures": 0, "paused_until": False, "error": False})
