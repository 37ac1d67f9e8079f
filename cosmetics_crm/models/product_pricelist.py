"""Members of a tier have the price list of the tier."""

from odoo import models


class ProductPricelist(models.Model):
    _inherit = "product.pricelist"

    def _get_partner_pricelist_multi(self, partner_ids):
        """Between a price list agreed with one customer, which goes first, and the one of a country stands the one of the tier.

        Nothing is written on members: a changed tier, or a tier with another price list, holds at once for all of them.
        """
        result = super()._get_partner_pricelist_multi(partner_ids)
        if not self.env["res.groups"]._is_feature_enabled("product.group_product_pricelist"):
            return result
        company = self.env.company
        # sudo: the price of an order does not depend on what the clerk may see of a member.
        for partner in self.env["res.partner"].sudo().browse(partner_ids):
            person = partner.commercial_partner_id
            pricelist = person.member_tier_id.pricelist_id._get_partner_pricelist_multi_filter_hook()
            agreed = partner.specific_property_product_pricelist._get_partner_pricelist_multi_filter_hook()
            if person.is_member and pricelist and not agreed and pricelist.company_id in (company.browse(), company):
                result[partner.id] = pricelist.sudo(False)
        return result
