"""While goods are counted blind, whoever counts does not look up in the stock what the books say."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.plain_figures import PLAIN

COUNTING = ("counting", "review", "recount")
COUNTER, LEADER = "cosmetics_inventory.group_stock_counter", "cosmetics_inventory.group_stock_count_manager"


class CosmeticsStockBlind(models.AbstractModel):
    """Rows that are stock entries, or have their ids."""

    _name = "cosmetics.stock.blind"
    _description = "Stock Hidden by Blind Counts"

    is_counted_blind = fields.Boolean(
        compute="_compute_is_counted_blind", search="_search_is_counted_blind", help="A blind count of these goods at this place is open."
    )

    def _compute_is_counted_blind(self):
        rows = self.env.execute_query(SQL("%s AND quant.id IN %s", self._get_blind_query(), tuple(self.ids))) if self.ids else []
        found = {number for [number] in rows}
        for quant in self:
            quant.is_counted_blind = quant.id in found

    @api.model
    def _search_is_counted_blind(self, operator, value):
        if operator != "in":
            return NotImplemented
        if PLAIN.is_on(self.env):
            return Domain(False in value)
        counted = Domain("id", "in", SQL("(%s)", self._get_blind_query()))
        return Domain.OR([counted] * (True in value) + [~counted] * (False in value))

    @api.model
    def _get_blind_query(self):
        """Return the query of the ids of all stock entries of products and places that are being counted blind."""
        self.env["cosmetics.stock.count"].flush_model(["state", "is_blind"])
        self.env["cosmetics.stock.count.line"].flush_model(["count_id", "product_id", "location_id"])
        self.env["stock.quant"].flush_model(["product_id", "location_id"])
        return SQL(
            """
            SELECT quant.id
              FROM stock_quant quant
              JOIN cosmetics_stock_count_line line ON line.product_id = quant.product_id AND line.location_id = quant.location_id
              JOIN cosmetics_stock_count head ON head.id = line.count_id AND head.is_blind AND head.state IN %s
             WHERE TRUE
            """,
            COUNTING,
        )


class StockQuant(models.Model):
    _name = "stock.quant"
    _inherit = ["stock.quant", "cosmetics.stock.blind"]

    def _gather(self, product_id, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, qty=0):
        """What a transfer takes is looked for with the rights of the system: who is not shown the stock still moves it."""
        return super(StockQuant, self.sudo())._gather(product_id, location_id, lot_id, package_id, owner_id, strict, qty)

    def _get_quants_by_products_locations(self, product_ids, location_ids, extra_domain=False):
        # sudo: see `_gather`; an entry that is not seen here would be written a second time
        return super(StockQuant, self.sudo())._get_quants_by_products_locations(product_ids, location_ids, extra_domain)


class CosmeticsShelfLifeReport(models.Model):
    _name = "cosmetics.shelf.life.report"
    _inherit = ["cosmetics.shelf.life.report", "cosmetics.stock.blind"]


class CosmeticsStockGlance(models.Model):
    _name = "cosmetics.stock.glance"
    _inherit = ["cosmetics.stock.glance", "cosmetics.stock.blind"]

    @api.model
    def _get_blind_query(self):
        """Return the query of the ids of the rows: a product is hidden in the warehouse in which it is counted."""
        self.env["cosmetics.stock.count"].flush_model(["state", "is_blind", "warehouse_id"])
        self.env["cosmetics.stock.count.line"].flush_model(["count_id", "product_id"])
        return SQL(
            """
            SELECT quant.id
              FROM (
                    SELECT line.product_id::bigint * 100000 + head.warehouse_id AS id
                      FROM cosmetics_stock_count_line line
                      JOIN cosmetics_stock_count head ON head.id = line.count_id AND head.is_blind AND head.state IN %s
                   ) quant
             WHERE TRUE
            """,
            COUNTING,
        )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _compute_quantities_dict(self, lot_id, owner_id, package_id, from_date=False, to_date=False):
        """The system works with the right total, whoever counts: what a person is told of it is decided where it is read."""
        return super(ProductProduct, PLAIN.put_on(self))._compute_quantities_dict(lot_id, owner_id, package_id, from_date, to_date)
