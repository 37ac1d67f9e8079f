"""Sales of the till among the events of members."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsMemberEvent(models.AbstractModel):
    _inherit = "cosmetics.member.event"

    @api.model
    def _get_event_kinds(self):
        return [*super()._get_event_kinds(), ("till_sale", self.env._("Sale at the Till"))]

    @api.model
    def _get_event_queries(self, since, until):
        return [*super()._get_event_queries(since, until), self._sql_till_sales(since, until)]

    @api.model
    def _sql_till_sales(self, since, until):
        """Paid receipts of which something was kept: neither returns nor sales that were brought back whole."""
        return SQL(
            "SELECT 'till_sale'::varchar AS kind, 'pos.order'::varchar AS origin_model, o.id AS origin_id, o.pos_reference AS origin_name,"
            " p.commercial_partner_id AS partner_id, o.date_order AS happened_at, c.store_id, NULL::int AS channel_id, o.user_id,"
            " o.company_id, ARRAY(SELECT DISTINCT l.product_id FROM pos_order_line l WHERE l.order_id = o.id AND l.qty > 0"
            "  AND l.is_reward_line IS NOT TRUE) AS product_ids"
            " FROM pos_order o JOIN res_partner p ON p.id = o.partner_id LEFT JOIN pos_session s ON s.id = o.session_id"
            " LEFT JOIN pos_config c ON c.id = s.config_id"
            " WHERE o.state IN ('paid', 'done') AND o.amount_total > 0 AND o.date_order >= %(since)s AND o.date_order < %(until)s"
            " AND EXISTS (SELECT FROM pos_order_line k WHERE k.order_id = o.id AND k.qty > COALESCE("
            "  (SELECT -SUM(b.qty) FROM pos_order_line b WHERE b.refunded_orderline_id = k.id), 0))",
            since=since,
            until=until,
        )
