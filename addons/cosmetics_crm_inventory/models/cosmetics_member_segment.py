"""Goods to move: products of which a batch expires soon."""

from datetime import timedelta

from odoo import fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.addons.cosmetics_inventory.tools.shelf_life_rule import SALE, Need
from odoo.fields import Domain


class CosmeticsMemberSegment(models.Model):
    _inherit = "cosmetics.member.segment"

    def _get_products_near_expiry(self, days):
        """Return the products of which a batch in the company's own places may still be sold today and expires within ``days``."""
        today = china_day(fields.Datetime.now())
        quants = self.env["stock.quant"].sudo()  # sudo: who plans a campaign sees no stock; what comes out are products
        domain = Domain("company_id", "in", (self.company_id or self.env.companies).ids) & Domain("location_id.usage", "=", "internal")
        domain &= Domain("lot_id.expiration_on", ">=", today) & Domain("lot_id.expiration_on", "<=", today + timedelta(days=days))
        domain &= quants._get_need_domain(Need(SALE, None, None, today), is_managed=True)
        groups = quants._read_group(domain, ["product_id"], ["quantity:sum", "reserved_quantity:sum"])
        found = [product.id for product, quantity, reserved in groups if quantity > reserved]
        return super()._get_products_near_expiry(days) | self.env["product.product"].browse(found)
