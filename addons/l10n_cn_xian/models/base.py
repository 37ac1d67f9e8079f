from odoo import api, models

from ..tools.phone import normalize_phone


class Base(models.AbstractModel):
    """Chinese telephone numbers on every model that formats them: partners, leads, visitors."""

    _inherit = "base"

    @api.model
    def _phone_format_number(self, number, country, force_format="E164", raise_exception=False):
        """Read what core's library refuses (转 for an extension); virtual and masked numbers get no key."""
        if country.code == "CN" and number:
            phone = normalize_phone(number)
            if phone.e164:
                return phone.e164 if force_format == "E164" else phone.display
            if phone.kind in ("virtual", "masked"):
                return False
        return super()._phone_format_number(number, country, force_format=force_format, raise_exception=raise_exception)
