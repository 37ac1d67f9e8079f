"""Coupons used at a till: the receipt knows the shop and the customer, whoever the coupon was made for."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsCouponRedemption(models.Model):
    _inherit = "cosmetics.coupon.redemption"

    @api.model
    def _sql_basket(self):
        """Receipts are read by their id; the purchases of the member, which are many, only for coupons of other documents."""
        return SQL(
            "SELECT buyer.commercial_partner_id AS partner_id, config.store_id, receipt.amount_total AS basket"
            " FROM pos_order receipt JOIN pos_session session ON session.id = receipt.session_id"
            " JOIN pos_config config ON config.id = session.config_id LEFT JOIN res_partner buyer ON buyer.id = receipt.partner_id"
            " WHERE h.order_model = 'pos.order' AND receipt.id = h.order_id"
            " UNION ALL SELECT other.partner_id, other.store_id, other.basket FROM (%s) other WHERE h.order_model <> 'pos.order'",
            super()._sql_basket(),
        )
