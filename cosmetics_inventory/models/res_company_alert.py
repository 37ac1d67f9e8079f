"""Every company watches its stock from its first day."""

from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # sudo: whoever founds a company may not be the one who sets its thresholds
        self.env["cosmetics.stock.threshold"].sudo().create([{"company_id": company.id} for company in companies])
        return companies
