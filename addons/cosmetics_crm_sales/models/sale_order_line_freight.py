"""Members whose tier ships free pay no freight."""

from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.depends("order_id.partner_id")
    def _compute_discount(self):
        """The freight stays on the order with its price, wholly taken off, so that the member sees what the tier is worth.

        A platform names the discount of each of its lines; what it charged for freight is not touched here.
        """
        res = super()._compute_discount()
        self.filtered(lambda line: line._is_shipped_free()).discount = 100.0
        return res

    def _is_shipped_free(self):
        """Tell whether the line is freight of a member whose tier ships free, on an order no platform has priced."""
        self.ensure_one()
        # sudo: whoever sells may not read the tiers, which decide all the same.
        tier = self.order_id.partner_id.commercial_partner_id.sudo().member_tier_id
        return (
            tier.has_free_shipping
            and self.order_id.channel_id.kind != "marketplace"
            and self.product_id == self.env.ref("cosmetics_sales.product_freight")
        )

    def _is_free_by_hand(self):
        return super()._is_free_by_hand() and not self._is_shipped_free()
