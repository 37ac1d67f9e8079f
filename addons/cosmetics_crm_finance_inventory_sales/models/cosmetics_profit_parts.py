"""The parts that profit is summed from, each a query with the same columns."""

from odoo import api, models
from odoo.tools import SQL

from ..tools.row_id import row_id

CHINA_DAY = "(%s AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date"


def _day(name):
    """Return the expression of the day in China of a moment in UTC."""
    return SQL(CHINA_DAY % name)


class CosmeticsProfit(models.Model):
    _inherit = "cosmetics.profit"

    @api.model
    def _get_parts(self):
        """Return the queries of the parts; an override adds its own.

        Columns, in this order: id, source, date, company_id, product_id, lot_id, channel_id, store_id, warehouse_id, partner_id, quantity,
        discount, revenue, cost, fee, used, lost.
        """
        return [*self._get_revenue_parts(), self._get_delivery_part(), self._get_fee_part(), self._get_loss_part()]

    @api.model
    def _get_revenue_parts(self):
        """Return the queries of the parts that bring revenue, see ``_get_parts()``; an override adds its own."""
        return [
            self._get_invoice_part(),
            self._get_invoice_reward_part(),
            self._get_till_part(),
            self._get_till_reward_part(),
        ]

    @api.model
    def _get_invoice_part(self):
        """Lines of goods and services; those of an order take the batches that were delivered for it, by quantity."""
        return SQL(
            """
            SELECT %(id)s AS id, 'invoice' AS source, move.date, move.company_id, item.product_id, batch.lot_id, sale.channel_id,
                   NULL::int AS store_id, sale.warehouse_id, move.partner_id,
                   CASE WHEN move.move_type = 'out_refund' THEN -1 ELSE 1 END * item.quantity * COALESCE(unit.factor / own.factor, 1)
                       * COALESCE(batch.share, 1) AS quantity,
                   CASE WHEN item.discount < 100 THEN -item.balance * item.discount / (100 - item.discount) ELSE 0 END
                       * COALESCE(batch.share, 1) AS discount,
                   -item.balance * COALESCE(batch.share, 1) AS revenue,
                   0.0 AS cost, 0.0 AS fee, 0.0 AS used, 0.0 AS lost
              FROM account_move_line item
              JOIN account_move move ON move.id = item.move_id AND move.move_type IN ('out_invoice', 'out_refund') AND move.state = 'posted'
              JOIN account_account account ON account.id = item.account_id AND account.account_type IN ('income', 'income_other')
         LEFT JOIN uom_uom unit ON unit.id = item.product_uom_id
         LEFT JOIN product_product product ON product.id = item.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN uom_uom own ON own.id = template.uom_id
         LEFT JOIN LATERAL (SELECT min(order_line_id) AS id FROM sale_order_line_invoice_rel WHERE invoice_line_id = item.id) link ON true
         LEFT JOIN sale_order_line line ON line.id = link.id
         LEFT JOIN sale_order sale ON sale.id = line.order_id
         LEFT JOIN LATERAL (
                SELECT detail.lot_id, sum(detail.quantity_product_uom) / NULLIF(sum(sum(detail.quantity_product_uom)) OVER (), 0) AS share
                  FROM stock_move goods
                  JOIN stock_move_line detail ON detail.move_id = goods.id
                 WHERE goods.sale_line_id = line.id AND goods.state = 'done' AND goods.is_out
              GROUP BY detail.lot_id
                   ) batch ON true
             WHERE item.display_type = 'product' AND line.reward_id IS NULL
               AND NOT EXISTS (SELECT FROM pos_order ticket WHERE ticket.account_move = move.id)
            """,
            id=row_id("'invoice'", "item.id", "batch.lot_id"),
        )

    @api.model
    def _get_invoice_reward_part(self):
        """Points, coupons and vouchers of orders, spread over the goods of their invoice."""
        return SQL(
            """
            SELECT %(id)s, 'invoice', move.date, move.company_id, COALESCE(goods.product_id, reward.product_id), NULL::int, sale.channel_id,
                   NULL::int, sale.warehouse_id, move.partner_id, 0.0, reward.balance * COALESCE(goods.share, 1),
                   -reward.balance * COALESCE(goods.share, 1), 0.0, 0.0, 0.0, 0.0
              FROM sale_order_line line
              JOIN sale_order_line_invoice_rel link ON link.order_line_id = line.id
              JOIN account_move_line reward ON reward.id = link.invoice_line_id
              JOIN account_move move ON move.id = reward.move_id
                   AND move.move_type IN ('out_invoice', 'out_refund') AND move.state = 'posted'
              JOIN account_account account ON account.id = reward.account_id AND account.account_type IN ('income', 'income_other')
              JOIN sale_order sale ON sale.id = line.order_id
         LEFT JOIN LATERAL (
                SELECT other.id, other.product_id, other.balance / NULLIF(sum(other.balance) OVER (), 0) AS share
                  FROM account_move_line other
             LEFT JOIN sale_order_line_invoice_rel rel ON rel.invoice_line_id = other.id
             LEFT JOIN sale_order_line sold ON sold.id = rel.order_line_id
                 WHERE other.move_id = move.id AND other.display_type = 'product' AND sold.reward_id IS NULL
                   AND sign(other.balance) = -sign(reward.balance)
                   ) goods ON true
             -- Rewards are few among many lines: begin with them.
             WHERE line.reward_id IS NOT NULL AND reward.display_type = 'product'
               AND NOT EXISTS (SELECT FROM sale_order_line_invoice_rel other
                                WHERE other.invoice_line_id = reward.id AND other.order_line_id < line.id)
            """,
            id=row_id("'reward'", "reward.id", "goods.id"),
        )

    @api.model
    def _get_till_part(self):
        """Lines of tickets, invoiced or not, without top-ups of cards: they are owed, not earned."""
        return SQL(
            """
            SELECT %(id)s, 'till', %(day)s, ticket.company_id, line.product_id,
                   (SELECT max(lot.id)
                      FROM pos_pack_operation_lot pack
                      JOIN stock_lot lot ON lot.name = pack.lot_name AND lot.product_id = line.product_id
                     WHERE pack.pos_order_line_id = line.id HAVING count(*) = 1),
                   NULL::int, till.store_id, NULL::int, ticket.partner_id, line.qty,
                   CASE WHEN line.discount < 100 THEN line.price_subtotal * line.discount / (100 - line.discount) ELSE 0 END
                       / COALESCE(NULLIF(ticket.currency_rate, 0), 1),
                   line.price_subtotal / COALESCE(NULLIF(ticket.currency_rate, 0), 1), 0.0, 0.0, 0.0, 0.0
              FROM pos_order_line line
              JOIN pos_order ticket ON ticket.id = line.order_id AND ticket.state IN ('paid', 'done')
              JOIN pos_session session ON session.id = ticket.session_id
              JOIN pos_config till ON till.id = session.config_id
             WHERE line.reward_id IS NULL AND line.product_id NOT IN %(owed)s
            """,
            id=row_id("'till'", "line.id"),
            day=_day("ticket.date_order"),
            owed=self._get_owed_products(),
        )

    @api.model
    def _get_till_reward_part(self):
        """Points and coupons of tickets, spread over the goods of the ticket. What a card pays is money, no discount."""
        return SQL(
            """
            SELECT %(id)s, 'till', %(day)s, ticket.company_id, COALESCE(goods.product_id, reward.product_id), NULL::int,
                   NULL::int, till.store_id, NULL::int, ticket.partner_id, 0.0,
                   -reward.price_subtotal * COALESCE(goods.share, 1) / COALESCE(NULLIF(ticket.currency_rate, 0), 1),
                   reward.price_subtotal * COALESCE(goods.share, 1) / COALESCE(NULLIF(ticket.currency_rate, 0), 1), 0.0, 0.0, 0.0, 0.0
              FROM pos_order_line reward
              JOIN pos_order ticket ON ticket.id = reward.order_id AND ticket.state IN ('paid', 'done')
              JOIN pos_session session ON session.id = ticket.session_id
              JOIN pos_config till ON till.id = session.config_id
         LEFT JOIN LATERAL (
                SELECT other.id, other.product_id, other.price_subtotal / NULLIF(sum(other.price_subtotal) OVER (), 0) AS share
                  FROM pos_order_line other
                 WHERE other.order_id = ticket.id AND other.reward_id IS NULL AND other.product_id NOT IN %(owed)s
                   AND sign(other.price_subtotal) = -sign(reward.price_subtotal)
                   ) goods ON true
             WHERE reward.reward_id IS NOT NULL AND reward.product_id NOT IN %(owed)s
            """,
            id=row_id("'till reward'", "reward.id", "goods.id"),
            day=_day("ticket.date_order"),
            owed=self._get_owed_products(),
        )

    @api.model
    def _get_delivery_part(self):
        """What the goods cost that went to customers, less those that came back: the value of the movements, by batch."""
        return SQL(
            """
            SELECT %(id)s, 'delivery', %(day)s, goods.company_id, goods.product_id, detail.lot_id, sale.channel_id,
                   till.store_id, COALESCE(sale.warehouse_id, place.warehouse_id), COALESCE(sale.partner_id, ticket.partner_id),
                   0.0, 0.0, 0.0,
                   CASE WHEN goods.is_out THEN 1 ELSE -1 END * goods.value * detail.quantity_product_uom
                       / NULLIF((SELECT sum(quantity_product_uom) FROM stock_move_line WHERE move_id = goods.id), 0),
                   0.0, 0.0, 0.0
              FROM stock_move goods
              JOIN stock_move_line detail ON detail.move_id = goods.id
              JOIN stock_location place ON place.id = CASE WHEN goods.is_out THEN goods.location_id ELSE goods.location_dest_id END
         LEFT JOIN sale_order_line line ON line.id = goods.sale_line_id
         LEFT JOIN sale_order sale ON sale.id = line.order_id
         LEFT JOIN stock_picking picking ON picking.id = goods.picking_id
         LEFT JOIN pos_order ticket ON ticket.id = picking.pos_order_id
         LEFT JOIN pos_session session ON session.id = COALESCE(picking.pos_session_id, ticket.session_id)
         LEFT JOIN pos_config till ON till.id = session.config_id
             WHERE goods.state = 'done'
               AND ((goods.is_out AND goods.location_dest_id IN (SELECT id FROM stock_location WHERE usage = 'customer'))
                    OR (NOT goods.is_out AND goods.is_in AND goods.location_id IN (SELECT id FROM stock_location WHERE usage = 'customer')))
            """,
            id=row_id("'delivery'", "detail.id"),
            day=_day("goods.date"),
        )

    @api.model
    def _get_fee_part(self):
        """What platforms kept of an order, spread over its goods."""
        return SQL(
            """
            SELECT %(id)s, 'fee', COALESCE(%(day)s, settlement.date_to), fee.company_id, goods.product_id, NULL::int, fee.channel_id,
                   NULL::int, sale.warehouse_id, sale.partner_id, 0.0, 0.0, 0.0, 0.0, -fee.amount * COALESCE(goods.share, 1), 0.0, 0.0
              FROM cosmetics_settlement_line fee
              JOIN cosmetics_settlement settlement ON settlement.id = fee.settlement_id
         LEFT JOIN sale_order sale ON sale.id = fee.order_id
         LEFT JOIN LATERAL (
                SELECT other.id, other.product_id, other.price_subtotal / NULLIF(sum(other.price_subtotal) OVER (), 0) AS share
                  FROM sale_order_line other
                 WHERE other.order_id = sale.id AND other.reward_id IS NULL AND other.display_type IS NULL AND other.price_subtotal > 0
                   ) goods ON true
             WHERE fee.kind = 'fee'
            """,
            id=row_id("'fee'", "fee.id", "goods.id"),
            day=_day("fee.at"),
        )

    @api.model
    def _get_loss_part(self):
        """Testers, samples, disposals and count differences, with the tax transferred out."""
        return SQL(
            """
            SELECT %(id)s, 'loss', loss.date, loss.company_id, loss.product_id, loss.lot_id, NULL::int, loss.store_id, NULL::int, NULL::int,
                   0.0, 0.0, 0.0, 0.0, 0.0,
                   CASE WHEN loss.kind IN ('tester', 'sample') THEN loss.total ELSE 0 END,
                   CASE WHEN loss.kind IN ('tester', 'sample') THEN 0 ELSE loss.total END
              FROM cosmetics_stock_loss loss
             -- An adjustment that nobody has booked may be the stock of a new shop.
             WHERE loss.state = 'posted' OR loss.kind <> 'adjust'
            """,
            id=row_id("'loss'", "loss.id"),
        )

    @api.model
    def _get_owed_products(self):
        """Return the ids of the products by which cards are topped up and pay, as a tuple that is never empty."""
        # sudo: which products they are is no secret
        programs = self.env["loyalty.program"].sudo().with_context(active_test=False)
        stored = programs._get_stored_products()
        paying = programs.browse(stored).reward_ids.discount_line_product_id
        return tuple({0, *paying.ids}.union(*stored.values()))
