"""The facts of vendor evaluations: orders, receipts, inspections and prices of a quarter, of all vendors at once."""

from collections import defaultdict
from datetime import datetime, time
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from odoo import api, models
from odoo.tools import SQL

CHINA = ZoneInfo("Asia/Shanghai")
DELIVERIES = """
    SELECT partner.commercial_partner_id AS vendor, SUM(line.product_uom_qty) AS ordered,
           SUM(LEAST(GREATEST(COALESCE(came.on_time, 0), 0), line.product_uom_qty)) AS on_time,
           SUM(LEAST(GREATEST(COALESCE(came.kept, 0), 0), line.product_uom_qty)) AS came
      FROM purchase_order_line line
      JOIN purchase_order head ON head.id = line.order_id AND head.state = 'purchase' AND head.company_id = %(company)s
      JOIN res_partner partner ON partner.id = head.partner_id
      JOIN product_product product ON product.id = line.product_id
      JOIN product_template template ON template.id = product.product_tmpl_id AND template.type = 'consu'
 LEFT JOIN LATERAL (
           SELECT SUM(way.sign * ml.quantity_product_uom) AS kept,
                  -- What is sent back takes off what came in time, when it did.
                  SUM(way.sign * ml.quantity_product_uom) FILTER (
                      WHERE (COALESCE(first.date, ml.date) AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date
                         <= (line.date_planned AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Shanghai')::date
                  ) AS on_time
             FROM stock_move move
             JOIN stock_move_line ml ON ml.move_id = move.id AND ml.state = 'done' AND ml.date < %(end)s
             JOIN stock_location source ON source.id = move.location_id
             JOIN stock_location target ON target.id = move.location_dest_id
             JOIN (VALUES (TRUE, 1), (FALSE, -1)) way (comes, sign) ON way.comes = (source.usage = 'supplier')
        LEFT JOIN stock_move first ON first.id = move.origin_returned_move_id AND target.usage = 'supplier'
            WHERE move.purchase_line_id = line.id AND (source.usage = 'supplier') <> (target.usage = 'supplier')
           ) came ON TRUE
     WHERE line.date_planned >= %(start)s AND line.date_planned < %(end)s AND line.product_uom_qty > 0
  GROUP BY 1
"""
INSPECTIONS = """
    SELECT partner.commercial_partner_id, SUM(record.quantity),
           SUM(record.quantity) FILTER (WHERE record.state = 'done' AND record.result = 'pass'),
           SUM(record.quantity * GREATEST(record.expiration_on - record.purchased_on, 0)::numeric / NULLIF(record.life_days, 0))
               / NULLIF(SUM(record.quantity) FILTER (WHERE record.life_days > 0 AND record.expiration_on IS NOT NULL), 0)
      FROM cosmetics_inspection_record record
      JOIN res_partner partner ON partner.id = record.supplier_id
     WHERE record.company_id = %(company)s AND record.quantity > 0
       AND NOT EXISTS (SELECT 1 FROM cosmetics_inspection_record newer WHERE newer.corrected_id = record.id AND newer.state = 'done')
       AND (record.corrected_id IS NULL OR record.state = 'done')
       AND record.purchased_on >= %(first)s AND record.purchased_on < %(after)s
  GROUP BY 1
"""
# Goods of receipts that went back, and recalled ones; unsold goods that a vendor takes back are no fault of the vendor. What did not pass
# its inspection counted there already.
RETURNS = """
    SELECT partner.commercial_partner_id, SUM(ml.quantity_product_uom)
      FROM stock_move move
      JOIN stock_move_line ml ON ml.move_id = move.id AND ml.state = 'done' AND ml.date >= %(start)s AND ml.date < %(end)s
      JOIN stock_location source ON source.id = move.location_id AND source.usage <> 'supplier'
      JOIN stock_location target ON target.id = move.location_dest_id AND target.usage = 'supplier'
 LEFT JOIN purchase_order_line line ON line.id = move.purchase_line_id
 LEFT JOIN purchase_order head ON head.id = line.order_id
 LEFT JOIN cosmetics_disposal_line gone ON gone.move_id = move.id
 LEFT JOIN cosmetics_disposal disposal ON disposal.id = gone.disposal_id
 LEFT JOIN cosmetics_disposal_reason reason ON reason.id = disposal.reason_id AND reason.code = 'recalled'
      JOIN res_partner partner ON partner.id = COALESCE(head.partner_id, disposal.partner_id)
     WHERE move.company_id = %(company)s AND (line.id IS NOT NULL OR reason.id IS NOT NULL)
       AND EXISTS (
           SELECT 1
             FROM cosmetics_inspection_record record
             JOIN res_partner supplier ON supplier.id = record.supplier_id
            WHERE record.lot_id = ml.lot_id AND record.state = 'done' AND record.result = 'pass'
              AND supplier.commercial_partner_id = partner.commercial_partner_id
              AND NOT EXISTS (SELECT 1 FROM cosmetics_inspection_record newer WHERE newer.corrected_id = record.id AND newer.state = 'done')
           )
  GROUP BY 1
"""
ANSWERS = """
    SELECT partner.commercial_partner_id, AVG(EXTRACT(EPOCH FROM head.answered_at - head.date_approve) / 3600)
      FROM purchase_order head
      JOIN res_partner partner ON partner.id = head.partner_id
     WHERE head.company_id = %(company)s AND head.state = 'purchase' AND head.answered_at >= head.date_approve
       AND head.date_approve >= %(start)s AND head.date_approve < %(end)s
  GROUP BY 1
"""
PRICES = """
      WITH bought AS (
        SELECT partner.commercial_partner_id AS vendor, line.product_id, line.product_uom_qty - COALESCE(back.quantity, 0) AS quantity,
               line.price_subtotal / COALESCE(NULLIF(head.currency_rate, 0), 1)
                   * (1 - COALESCE(back.quantity, 0) / line.product_uom_qty) AS amount,
               head.date_approve >= %(start)s AS is_now
          FROM purchase_order_line line
          JOIN purchase_order head ON head.id = line.order_id AND head.state = 'purchase' AND head.company_id = %(company)s
          JOIN res_partner partner ON partner.id = head.partner_id
     LEFT JOIN LATERAL (
               SELECT SUM(ml.quantity_product_uom) AS quantity
                 FROM stock_move move
                 JOIN stock_move_line ml ON ml.move_id = move.id AND ml.state = 'done' AND ml.date < %(end)s
                 JOIN stock_location source ON source.id = move.location_id AND source.usage <> 'supplier'
                 JOIN stock_location target ON target.id = move.location_dest_id AND target.usage = 'supplier'
                WHERE move.purchase_line_id = line.id
               ) back ON TRUE
         WHERE head.date_approve >= %(before)s AND head.date_approve < %(end)s AND line.product_uom_qty > COALESCE(back.quantity, 0)
           AND line.price_subtotal > 0
           )
    SELECT now.vendor, SUM(now.amount) / SUM(now.quantity * before.price) - 1
      FROM (SELECT vendor, product_id, SUM(quantity) AS quantity, SUM(amount) AS amount FROM bought WHERE is_now GROUP BY 1, 2) now
      JOIN (SELECT vendor, product_id, SUM(amount) / SUM(quantity) AS price FROM bought WHERE NOT is_now GROUP BY 1, 2) before
        ON before.vendor = now.vendor AND before.product_id = now.product_id
  GROUP BY 1
"""


class CosmeticsVendorEvaluation(models.Model):
    _inherit = "cosmetics.vendor.evaluation"

    @api.model
    def _get_facts(self, company, first, after):
        """Return {id of the commercial partner: {kind of criterion: fact}} of what is known of a span of days in China.

        Of the inspections those count as passed whose record is complete: papers that are still missing are the vendor's. Goods that
        passed and were sent back in these days did not pass after all. What was sent back was not delivered, and its price not paid.

        Prices are compared, product by product and weighed by what was kept, with those of the twelve months before.

        :param date first: the first day
        :param date after: the day after the last one
        """
        self.env.flush_all()
        start, end = (_moment(day) for day in (first, after))
        values = {"company": company.id, "first": first, "after": after, "start": start, "end": end}
        facts = defaultdict(dict)
        for vendor, ordered, on_time, came in self.env.execute_query(SQL(DELIVERIES, **values)):
            facts[vendor].update(on_time=float(on_time / ordered), quantity=float(came / ordered))
        returned = dict(self.env.execute_query(SQL(RETURNS, **values)))
        for vendor, quantity, passed, life in self.env.execute_query(SQL(INSPECTIONS, **values)):
            facts[vendor]["quality"] = float(max((passed or 0) - returned.get(vendor, 0), 0) / quantity)
            if life is not None:
                facts[vendor]["life"] = float(life)
        for vendor, hours in self.env.execute_query(SQL(ANSWERS, **values)):
            facts[vendor]["answer"] = float(hours)
        before = start - relativedelta(months=12)
        for vendor, trend in self.env.execute_query(SQL(PRICES, before=before, **values)):
            facts[vendor]["price"] = float(trend)
        return dict(facts)


def _moment(day):
    """Return the moment (UTC, naive) at which a day begins in China."""
    return datetime.combine(day, time.min, CHINA).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
