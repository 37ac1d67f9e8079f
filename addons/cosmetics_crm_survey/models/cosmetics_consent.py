from odoo import models

from .res_partner import PURPOSE


class CosmeticsConsent(models.Model):
    _inherit = "cosmetics.consent"

    def _after_withdraw(self):  # pylint: disable=missing-return; returns nothing
        """Who does not want to be asked any more gets nothing that still waits."""
        super()._after_withdraw()
        members = self.filtered(lambda consent: consent.purpose_id.code == PURPOSE).partner_id
        self.env["cosmetics.survey.invitation"].sudo().search([("partner_id", "in", members.ids)])._cancel()
