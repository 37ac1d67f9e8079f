"""Stock by batch and use-by date: what lies where, and how much money is at risk."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.shelf_life import china_day

# Whoever may see the value of stock in Odoo, and those who decide about its quality.
COST_GROUPS = "stock.group_stock_manager,cosmetics_inventory.group_quality_manager"
DATE_OPERATORS = ("<", "<=", ">", ">=")


class CosmeticsShelfLifeReport(models.Model):
    """One row for each quantity (stock.quant) of a batch with a use-by date in a location of our own.

    The band is the one stored on the batch, kept current by the daily job: PostgreSQL has no say in what day it is (tests and
    the day of China would differ). Whatever must be exact at midnight (remaining days, expired, sale stopped) is calculated from
    the dates in Python. Quantities are in the product's own unit, money in the currency of the company that owns the location.
    """

    _name = "cosmetics.shelf.life.report"
    _description = "Shelf Life of Stock"
    _auto = False
    _order = "expiration_on, id"
    _rec_name = "lot_id"
    _depends = {
        "cosmetics.store": ["active", "kind", "sequence", "warehouse_id"],
        "product.product": ["product_tmpl_id", "standard_price"],
        "product.template": ["brand_id", "categ_id", "list_price"],
        "stock.location": ["company_id", "usage", "warehouse_id"],
        "stock.lot": ["band_id", "expiration_on", "quality_state", "sale_stop_on"],
        "stock.quant": ["location_id", "lot_id", "product_id", "quantity", "reserved_quantity"],
    }

    product_id = fields.Many2one("product.product", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True)
    band_id = fields.Many2one("cosmetics.shelf.life.band", readonly=True)
    quality_state = fields.Selection(
        lambda self: self.env["stock.lot"]._fields["quality_state"]._description_selection(self.env), string="Quality", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    location_id = fields.Many2one("stock.location", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    free_quantity = fields.Float(digits="Product Unit", readonly=True, help="What no order and no transfer has reserved.")
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    cost_at_risk = fields.Monetary(readonly=True, groups=COST_GROUPS, help="Quantity × cost of the product.")
    retail_value = fields.Monetary(readonly=True, help="Quantity × sales price of the product.")
    expiration_on = fields.Date(string="Use-by Date", readonly=True)
    sale_stop_on = fields.Date(string="Sale Stops on", readonly=True)
    remaining_days = fields.Integer(
        compute="_compute_days",
        search="_search_remaining_days",
        aggregator=None,
        help="Days left after today: 0 on the last usable day, negative when expired.",
    )
    sale_days = fields.Integer(
        string="Days on Sale",
        compute="_compute_days",
        search="_search_sale_days",
        aggregator=None,
        help="Days on which it may still be sold, today included; 0 or less: its sale has stopped.",
    )

    @property
    def _table_query(self):
        """Return the query of the rows. A warehouse that several stores share counts for one of them: rather a place than the web shop."""
        return SQL(
            """
            SELECT quant.id,
                   quant.product_id,
                   template.brand_id,
                   template.categ_id,
                   quant.lot_id,
                   lot.band_id,
                   lot.quality_state,
                   location.company_id,
                   location.warehouse_id,
                   store.id AS store_id,
                   quant.location_id,
                   quant.quantity,
                   GREATEST(quant.quantity - quant.reserved_quantity, 0) AS free_quantity,
                   quant.quantity * COALESCE((product.standard_price ->> location.company_id::text)::numeric, 0) AS cost_at_risk,
                   quant.quantity * template.list_price AS retail_value,
                   lot.expiration_on,
                   lot.sale_stop_on
              FROM stock_quant quant
              JOIN stock_lot lot ON lot.id = quant.lot_id AND lot.expiration_on IS NOT NULL
              JOIN stock_location location ON location.id = quant.location_id AND location.usage = 'internal'
              JOIN product_product product ON product.id = quant.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN (
                SELECT DISTINCT ON (warehouse_id) warehouse_id, id
                  FROM cosmetics_store
                 WHERE active AND warehouse_id IS NOT NULL
              ORDER BY warehouse_id, (kind = 'online'), sequence, id
                   ) store ON store.warehouse_id = location.warehouse_id
             WHERE quant.quantity > 0
            """
        )

    @api.depends("expiration_on", "sale_stop_on")
    def _compute_days(self):
        today = china_day(fields.Datetime.now())
        for row in self:
            row.remaining_days = (row.expiration_on - today).days
            row.sale_days = ((row.sale_stop_on or row.expiration_on + timedelta(days=1)) - today).days

    def _search_remaining_days(self, operator, value):
        return self._search_days("expiration_on", operator, value)

    def _search_sale_days(self, operator, value):
        return self._search_days("sale_stop_on", operator, value)

    @api.model
    def _search_days(self, name, operator, value):
        """Return the domain on a date that says the same as one on the days left."""
        today = china_day(fields.Datetime.now())
        if operator in ("in", "not in"):
            return Domain(name, operator, [today + timedelta(days=days) for days in value if days is not False])
        if operator not in DATE_OPERATORS:
            return NotImplemented
        return Domain(name, operator, today + timedelta(days=value))
