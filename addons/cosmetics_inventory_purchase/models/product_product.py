"""The vendor price list knows what was agreed for a product."""

from odoo import models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_receipt_minimum(self, supplier, company):
        """A price line of the vendor with a minimum of its own goes before the agreement with the vendor.

        Of several price lines the strictest counts: the receipt does not say which price was paid.
        """
        minimum = super()._get_receipt_minimum(supplier, company)
        if not supplier:
            return minimum
        # sudo: who receives goods need not see what they cost
        sellers = self.sudo().seller_ids.filtered(
            lambda seller: (
                seller.partner_id.commercial_partner_id == supplier.commercial_partner_id
                and (not seller.product_id or seller.product_id == self)
                and (not seller.company_id or seller.company_id == company)
                and (seller.receipt_min_share or seller.receipt_min_days)
            )
        )
        if not sellers:
            return minimum
        return max(sellers.mapped("receipt_min_share")), max(sellers.mapped("receipt_min_days"))
