"""What was paid for a product, from its form."""

from odoo import models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    def action_view_purchase_prices(self):
        """Open what was paid for these products."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_purchase.cosmetics_purchase_price_action")
        products = self.with_context(active_test=False).product_variant_ids
        return action | {"domain": [("product_id", "in", products.ids)], "context": {}}
