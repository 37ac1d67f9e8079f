"""Orders that the buyer has got, among the events of members."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsMemberEvent(models.AbstractModel):
    _inherit = "cosmetics.member.event"

    @api.model
    def _get_event_kinds(self):
        return [*super()._get_event_kinds(), ("delivered", self.env._("Order Delivered"))]

    @api.model
    def _get_event_queries(self, since, until):
        return [*super()._get_event_queries(since, until), self._sql_delivered(since, until)]

    @api.model
    def _sql_delivered(self, since, until):
        """Orders whose last goods arrived: signed for when a courier tells, else handed over (as ``sale.order._get_received_on``)."""
        return SQL(
            "SELECT 'delivered'::varchar AS kind, 'sale.order'::varchar AS origin_model, o.id AS origin_id, o.name AS origin_name,"
            " p.commercial_partner_id AS partner_id, m.happened_at, %(store)s AS store_id, o.channel_id, o.user_id, o.company_id,"
            " ARRAY(SELECT DISTINCT l.product_id FROM sale_order_line l JOIN product_product v ON v.id = l.product_id"
            "  JOIN product_template t ON t.id = v.product_tmpl_id WHERE l.order_id = o.id AND l.display_type IS NULL"
            "  AND t.type <> 'service') AS product_ids"
            " FROM sale_order o JOIN res_partner p ON p.id = o.partner_id JOIN LATERAL (%(moments)s) AS m ON TRUE"
            " WHERE o.state = 'sale' AND o.delivery_status = 'full' AND m.happened_at >= %(since)s AND m.happened_at < %(until)s"
            " AND o.id IN (SELECT c.order_id FROM cosmetics_parcel c WHERE c.signed_at >= %(since)s"
            "  UNION SELECT k.sale_id FROM stock_picking k WHERE k.date_done >= %(since)s AND k.state = 'done')",
            store=self.env["cosmetics.member.purchase"]._sql_store(),
            moments=self._sql_moment(),
            since=since,
            until=until,
        )

    @api.model
    def _sql_moment(self):
        return SQL(
            "SELECT COALESCE((SELECT MAX(c.signed_at) FROM cosmetics_parcel c WHERE c.order_id = o.id),"
            " (SELECT MAX(k.date_done) FROM stock_picking k JOIN stock_picking_type y ON y.id = k.picking_type_id"
            "  WHERE k.sale_id = o.id AND k.state = 'done' AND y.code = 'outgoing')) AS happened_at"
        )
