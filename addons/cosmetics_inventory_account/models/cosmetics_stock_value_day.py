"""What the stock was worth at the end of a day."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day, last_moment
from odoo.exceptions import UserError
from odoo.tools import SQL

CHINA = ZoneInfo("Asia/Shanghai")
# A server that slept makes up for as many nights.
MAKE_UP_DAYS = 7


class CosmeticsStockValueDay(models.Model):
    """A product in a warehouse at the end of a day in China; only what is not nothing. Money in the currency of the company."""

    _name = "cosmetics.stock.value.day"
    _description = "Stock Value of a Day"
    _order = "day desc, warehouse_id, product_id"
    _rec_name = "product_id"

    day = fields.Date(required=True, readonly=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    brand_id = fields.Many2one(related="product_id.brand_id", store=True)
    categ_id = fields.Many2one(related="product_id.categ_id", store=True)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    quantity = fields.Float(digits="Product Unit", readonly=True, aggregator="avg")
    value = fields.Monetary(readonly=True, help="Quantity × unit cost of the day.")

    _one_a_day = models.Constraint("UNIQUE (day, product_id, warehouse_id)", "The day has a value for this product and warehouse already.")
    _company_idx = models.Index("(company_id, day)")

    @api.model
    def _cron_snapshot(self):
        """Write the days that are over and missing, of every company; days that are there stay as they are."""
        yesterday = china_day(fields.Datetime.now()) - timedelta(days=1)
        for company in self.env["res.company"].search([]):  # pylint: disable=no-search-all; a handful of companies
            [[last]] = self._read_group([("company_id", "=", company.id)], [], ["day:max"])
            first = max(last + timedelta(days=1), yesterday - timedelta(days=MAKE_UP_DAYS - 1)) if last else yesterday
            self._backfill(company, first, yesterday)

    @api.model
    def _backfill(self, company, first, last):
        """Write the days from ``first`` to ``last`` of a company anew: twice the same gives the same.

        :raises UserError: for a day that is not over
        """
        if last >= china_day(fields.Datetime.now()):
            raise UserError(self.env._("The value of a day is known when the day is over: end with yesterday."))
        self.search([("company_id", "=", company.id), ("day", ">=", first), ("day", "<=", last)]).unlink()
        day = first
        while day <= last:
            self.create(self._prepare_vals_list(company, day))
            day += timedelta(days=1)

    @api.model
    def _prepare_vals_list(self, company, day):
        """Return the values of the rows of a day."""
        quantities = self._get_quantities(company, day)
        ids = {product for product, _warehouse in quantities}
        products = self.env["product.product"].with_company(company).with_context(to_date=last_moment(day), active_test=False)
        costs = {product.id: product.avg_cost or product.standard_price for product in products.browse(ids)}
        return [
            {
                "day": day,
                "product_id": product,
                "warehouse_id": warehouse,
                "company_id": company.id,
                "quantity": quantity,
                "value": company.currency_id.round(quantity * costs[product]),
            }
            for (product, warehouse), quantity in quantities.items()
        ]

    @api.model
    def _get_quantities(self, company, day):
        """Return {(product id, warehouse id): own goods at the end of a day}: what lies there now less what has moved since."""
        self.env.flush_all()
        end = datetime.combine(day + timedelta(days=1), time.min, CHINA).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product_id, warehouse_id, SUM(quantity)
                  FROM (
                        SELECT quant.product_id, place.warehouse_id, quant.quantity
                          FROM stock_quant quant
                          JOIN stock_location place ON place.id = quant.location_id
                         WHERE place.usage = 'internal' AND place.company_id = %(company)s AND %(own_quant)s
                         UNION ALL
                        SELECT line.product_id, place.warehouse_id, -line.quantity_product_uom
                          FROM stock_move_line line
                          JOIN stock_location place ON place.id = line.location_dest_id
                         WHERE line.state = 'done' AND line.date >= %(end)s
                           AND place.usage = 'internal' AND place.company_id = %(company)s AND %(own_line)s
                         UNION ALL
                        SELECT line.product_id, place.warehouse_id, line.quantity_product_uom
                          FROM stock_move_line line
                          JOIN stock_location place ON place.id = line.location_id
                         WHERE line.state = 'done' AND line.date >= %(end)s
                           AND place.usage = 'internal' AND place.company_id = %(company)s AND %(own_line)s
                       ) part
                  JOIN product_product product ON product.id = part.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id AND template.is_storable
                 WHERE warehouse_id IS NOT NULL
              GROUP BY 1, 2
                HAVING ABS(SUM(quantity)) > 0.000001
                """,
                company=company.id,
                end=end,
                own_quant=SQL("(quant.owner_id IS NULL OR quant.owner_id = %s)", company.partner_id.id),
                own_line=SQL("(line.owner_id IS NULL OR line.owner_id = %s)", company.partner_id.id),
            )
        )
        return {(product, warehouse): round(float(quantity), 6) for product, warehouse, quantity in rows}
