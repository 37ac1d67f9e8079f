"""Coupons used at a till: the receipt knows the shop and the customer, whoever the coupon was made for."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsCouponRedemption(models.Model):
    _inherit = "cosmetics.coupon.redemption"

    @api.model
    def _sql_basket(self):
        return SQL(
            "SELECT COALESCE(till.partner_id, other.partner_id) AS partner_id, COALESCE(till.store_id, other.store_id) AS store_id,"
            " COALESCE(till.basket, other.basket) AS basket FROM (%s) other LEFT JOIN LATERAL ("
            "SELECT buyer.commercial_partner_id AS partner_id, config.store_id, receipt.amount_total AS basket"
            " FROM pos_order receipt JOIN pos_session session ON session.id = receipt.session_id"
            " JOIN pos_config config ON config.id = session.config_id LEFT JOIN res_partner buyer ON buyer.id = receipt.partner_id"
            " WHERE h.order_model = 'pos.order' AND receipt.id = h.order_id) till ON TRUE",
            super()._sql_basket(),
        )
