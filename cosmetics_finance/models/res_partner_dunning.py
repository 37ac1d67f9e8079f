"""Dunning stops customers."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_credit_stopped(self, company):
        # sudo: a stop binds whoever sells or sends goods
        cases = self.env["cosmetics.dunning"].sudo().search(
            [
                ("partner_id", "in", self.ids), ("company_id", "=", company.root_id.id), ("state", "=", "open"),
                ("level_id.stops_deliveries", "=", True),
            ]
        )  # fmt: skip
        return super()._get_credit_stopped(company) | set(cases.partner_id.ids)
