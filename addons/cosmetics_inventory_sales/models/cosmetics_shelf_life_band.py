"""Band prices on the terms of sales prices."""

from odoo import models


class CosmeticsShelfLifeBand(models.Model):
    _inherit = "cosmetics.shelf.life.band"

    def _get_floor_cost(self, product, company):
        """Costs are without tax. A price that includes tax must cover the tax as well."""
        cost = super()._get_floor_cost(product, company)
        # sudo: taxes of a product are no secret of the accountant
        taxes = product.sudo().taxes_id._filter_taxes_by_company(company).filtered("price_include")
        if not cost or not taxes:
            return cost
        return taxes.compute_all(
            cost, currency=company.currency_id, product=product, handle_price_include=False, rounding_method="round_globally"
        )["total_included"]
