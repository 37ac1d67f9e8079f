"""The text of an allergy case goes with the consent."""

from odoo import models


class CosmeticsConsent(models.Model):
    _inherit = "cosmetics.consent"

    def _after_withdraw(self):
        res = super()._after_withdraw()
        partners = self.filtered(lambda consent: consent.purpose_id.code == "health").partner_id
        if partners:
            # sudo: what the law wants deleted goes, whoever writes the withdrawal down
            tickets = self.env["helpdesk.ticket"].sudo().with_context(active_test=False)
            tickets.search([("partner_id", "in", partners.ids), ("is_health", "=", True)])._forget_text()
        return res
