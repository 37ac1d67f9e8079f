"""Receipts of the till among the purchases of members."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsMemberPurchase(models.Model):
    _inherit = "cosmetics.member.purchase"

    @api.model
    def _get_purchase_queries(self):
        return [*super()._get_purchase_queries(), self._sql_receipts()]

    @api.model
    def _sql_receipts(self):
        """Lines of paid receipts; a refund is a receipt with negative pieces. What settles an order is counted with the order."""
        return SQL(
            "SELECT l.id, p.commercial_partner_id AS partner_id, 'pos'::varchar AS source, o.id AS origin_id,"
            " o.pos_reference AS origin_name, o.date_order AS date, l.product_id, l.qty AS quantity,"
            " (SIGN(l.qty) * SIGN(l.price_unit) * ABS(l.price_subtotal_incl) / COALESCE(NULLIF(o.currency_rate, 0), 1))::numeric AS amount,"
            " c.store_id, NULL::int AS channel_id, o.company_id"
            " FROM pos_order_line l JOIN pos_order o ON o.id = l.order_id JOIN res_partner p ON p.id = o.partner_id"
            " LEFT JOIN pos_session s ON s.id = o.session_id LEFT JOIN pos_config c ON c.id = s.config_id"
            " WHERE o.state IN ('paid', 'done') AND l.sale_order_line_id IS NULL"
        )
