"""Couriers, and how their numbers look."""

import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import tracking_number
from ..tools.label_size import SELECTION


class CosmeticsCarrier(models.Model):
    """A courier. Patterns are data, for couriers change their numbers; what a clerk chooses always wins over a pattern."""

    _name = "cosmetics.carrier"
    _description = "Courier"
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code", "aliases"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used on labels and in files, e.g. SF.")
    kuaidi100_code = fields.Char(string="Code at Kuaidi100", help="How the tracking service Kuaidi100 calls the courier, e.g. shunfeng.")
    pattern = fields.Char(
        string="Number Pattern",
        help="Regular expression of the courier's numbers, e.g. ^SF\\d{12,15}$. A pattern of digits only is a hint: couriers share them.",
    )
    aliases = fields.Char(string="Other Names", help="Names the files of platforms use for this courier, separated by commas.")
    needs_phone = fields.Boolean(
        string="Needs the Phone", help="Tracking answers only with the last four digits of the receiver's or the sender's telephone."
    )
    label_size = fields.Selection(SELECTION, help="Paper for this courier's labels; empty: the size of the settings.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(lower(code))", "There is a courier with this code already. Choose another code.")

    @api.constrains("pattern")
    def _check_pattern(self):
        for carrier in self.filtered("pattern"):
            try:
                re.compile(carrier.pattern)
            except re.error as error:
                raise ValidationError(
                    self.env._("The number pattern of %(carrier)s cannot be read: %(error)s.", carrier=carrier.name, error=error)
                ) from error

    # ------------------------------------------------------------------ hooks
    def _fetch_tracking(self, parcels):
        """Ask the courier, or a service that knows it, where ``parcels`` are.

        Return ``{parcel: answer}``; a parcel without an answer was not asked about. ``answer`` is a dict with
        ``state`` (a state of ``cosmetics.parcel``; empty when nothing is known yet), ``events`` (dicts of ``at`` in UTC,
        ``text`` and optionally ``state``) and, when asking failed, ``error`` (one sentence for a clerk) and optionally
        ``wait_hours`` before the next try. The app itself knows nobody to ask.
        """
        return {}

    @api.model
    def _is_tracking_ready(self):
        """Tell if some service can be asked about parcels of the current company."""
        return False

    @api.model
    def _get_tracking_pause(self):
        """Return why no service is asked at the moment, one sentence for a clerk; empty when one may be asked."""
        return ""

    # ------------------------------------------------------------------ recognition
    @api.model
    def _recognise(self, number, name=None):
        """Return the courier a file or a clerk means: by its name when one is given, else by the number; empty if unsure."""
        return self._recognise_many([(number, name)])[0]

    @api.model
    def _recognise_many(self, pairs):
        """Return the courier of each ``(number, name)`` as a list of records, empty where it cannot be told."""
        carriers = self.search([("active", "=", True)])
        shapes = [tracking_number.Carrier(carrier.id, carrier._get_names(), carrier.pattern or "") for carrier in carriers]
        found = [tracking_number.recognise(number, name, shapes) for number, name in pairs]
        return [self.browse(key or ()) for key in found]

    def _get_names(self):
        self.ensure_one()
        names = {self.with_context(lang=lang).name for lang in ("zh_CN", "en_US")} | {self.code}
        return tuple(names | {alias.strip() for alias in re.split(r"[,，;；、]", self.aliases or "") if alias.strip()})
