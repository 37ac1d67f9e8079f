"""Orders among the purchases of members."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsMemberPurchase(models.Model):
    _inherit = "cosmetics.member.purchase"

    channel_id = fields.Many2one("cosmetics.channel", readonly=True)

    @api.model
    def _get_purchase_queries(self):
        """Add confirmed orders, what was credited of them, and what was given back without ever having been invoiced."""
        return [*super()._get_purchase_queries(), self._sql_ordered(), self._sql_credited(), self._sql_given_back()]

    @api.model
    def _sql_ordered(self):
        """Lines of confirmed orders: freight and discounts too, because they are part of what was paid; no down payments."""
        return SQL(
            "SELECT l.id, p.commercial_partner_id AS partner_id, 'sale'::varchar AS source, o.id AS origin_id, o.name AS origin_name,"
            " o.date_order AS date, l.product_id, l.product_uom_qty * lu.factor / pu.factor AS quantity,"
            " (l.price_total / %(rate)s)::numeric AS amount, %(store)s AS store_id, o.channel_id, o.company_id"
            " FROM sale_order_line l %(order)s JOIN product_product v ON v.id = l.product_id"
            " JOIN product_template t ON t.id = v.product_tmpl_id JOIN uom_uom pu ON pu.id = t.uom_id"
            " JOIN uom_uom lu ON lu.id = l.product_uom_id"
            " WHERE o.state = 'sale' AND l.display_type IS NULL AND l.is_downpayment IS NOT TRUE",
            rate=self._sql_rate("o", "currency_rate"),
            store=self._sql_store(),
            order=SQL("JOIN sale_order o ON o.id = l.order_id JOIN res_partner p ON p.id = o.partner_id"),
        )

    @api.model
    def _sql_credited(self):
        """Lines of posted credit notes of an order; the goods of a mere reduction of the price did not come back."""
        return SQL(
            "SELECT i.id, p.commercial_partner_id AS partner_id, 'refund'::varchar AS source, o.id AS origin_id, m.name AS origin_name,"
            " m.invoice_date::timestamp AS date, i.product_id,"
            " CASE WHEN a.kind IS NULL OR a.kind = 'return' THEN -i.quantity ELSE 0 END AS quantity,"
            " (-i.price_total / %(rate)s)::numeric AS amount, %(store)s AS store_id, o.channel_id, m.company_id"
            " FROM sale_order o JOIN res_partner p ON p.id = o.partner_id"
            " JOIN LATERAL (%(moves)s) AS c ON TRUE JOIN account_move m ON m.id = c.id"
            " JOIN account_move_line i ON i.move_id = m.id LEFT JOIN cosmetics_aftersale a ON a.id = m.aftersale_id"
            " WHERE m.move_type = 'out_refund' AND m.state = 'posted' AND i.display_type = 'product' AND o.state = 'sale'",
            rate=self._sql_rate("m", "invoice_currency_rate"),
            store=self._sql_store(),
            moves=self._sql_credit_notes_of_order(),
        )

    @api.model
    def _sql_credit_notes_of_order(self):
        """Return the ids of the credit notes of order ``o``: by its after-sale, by its lines, or as reversal of its invoice."""
        lines = "SELECT x.move_id FROM sale_order_line s JOIN sale_order_line_invoice_rel r ON r.order_line_id = s.id"
        return SQL(
            "SELECT n.id FROM cosmetics_aftersale f JOIN account_move n ON n.aftersale_id = f.id WHERE f.order_id = o.id"
            " UNION %(linked)s JOIN account_move_line x ON x.id = r.invoice_line_id WHERE s.order_id = o.id"
            " UNION SELECT n.id FROM account_move n WHERE n.move_type = 'out_refund' AND n.aftersale_id IS NULL"
            " AND n.reversed_entry_id IN ("
            "%(linked)s JOIN account_move_line x ON x.id = r.invoice_line_id WHERE s.order_id = o.id)",
            linked=SQL(lines),
        )

    @api.model
    def _sql_given_back(self):
        """Goods and money of finished after-sales of orders that never had an invoice, and so no credit note either."""
        return SQL(
            "SELECT b.id, p.commercial_partner_id AS partner_id, 'refund'::varchar AS source, o.id AS origin_id, a.name AS origin_name,"
            " COALESCE(a.refunded_at, a.requested_at) AS date, b.product_id,"
            " CASE a.kind WHEN 'return' THEN -b.quantity ELSE 0 END AS quantity,"
            " (-b.amount / %(rate)s)::numeric AS amount, %(store)s AS store_id, o.channel_id, o.company_id"
            " FROM cosmetics_aftersale_line b JOIN cosmetics_aftersale a ON a.id = b.aftersale_id JOIN sale_order o ON o.id = a.order_id"
            " JOIN res_partner p ON p.id = o.partner_id WHERE a.state = 'done' AND a.kind IN ('return', 'refund') AND b.amount <> 0"
            " AND o.state = 'sale' AND NOT EXISTS (SELECT FROM account_move n WHERE n.aftersale_id = a.id AND n.state <> 'cancel')",
            rate=self._sql_rate("o", "currency_rate"),
            store=self._sql_store(),
        )

    @api.model
    def _sql_rate(self, table, column):
        """Return units of the document's currency for one of the company's; 1 where none was stored."""
        return SQL("COALESCE(NULLIF(%s, 0), 1)", SQL.identifier(table, column))

    @api.model
    def _sql_store(self):
        return SQL("(SELECT s.id FROM cosmetics_store s WHERE s.team_id = o.team_id AND s.active ORDER BY s.sequence, s.id LIMIT 1)")
