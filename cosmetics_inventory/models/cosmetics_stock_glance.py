"""What lies where: each product at each place, to be looked up while a customer waits."""

import re

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.shelf_life import china_day
from .cosmetics_stock_alert_find import OPEN_MOVES


class CosmeticsStockGlance(models.Model):
    """One row for each product kept in stock and each warehouse of its company, also where nothing lies.

    Quantities are in the product's own unit. Free is what may be sold today and nothing has reserved; near expiry is what lies in a band
    that is told to the shop, or past its sale.
    """

    _name = "cosmetics.stock.glance"
    _description = "Stock at a Glance"
    _auto = False
    _order = "product_id, warehouse_id"
    _rec_name = "product_id"
    _depends = {
        "cosmetics.shelf.life.band": ["alert", "blocks_sale"],
        "product.product": ["active", "product_tmpl_id"],
        "product.template": ["brand_id", "categ_id", "company_id", "is_storable"],
        "stock.location": ["usage", "warehouse_id"],
        "stock.lot": ["band_id", "sale_stop_on"],
        "stock.move": ["location_dest_id", "location_id", "product_id", "product_qty", "state"],
        "stock.quant": ["is_held", "location_id", "lot_id", "product_id", "quantity", "reserved_quantity"],
        "stock.warehouse": ["active", "company_id"],
    }

    find = fields.Char(string="Barcode, Name, Initials or Batch", compute="_compute_find", search="_search_find")
    product_id = fields.Many2one("product.product", readonly=True)
    brand_id = fields.Many2one("cosmetics.brand", readonly=True)
    categ_id = fields.Many2one("product.category", string="Product Category", readonly=True)
    warehouse_id = fields.Many2one("stock.warehouse", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    quantity = fields.Float(string="On Hand", digits="Product Unit", readonly=True)
    free_quantity = fields.Float(string="Free to Sell", digits="Product Unit", readonly=True)
    incoming_quantity = fields.Float(string="On the Way", digits="Product Unit", readonly=True)
    near_expiry_quantity = fields.Float(string="Near Expiry", digits="Product Unit", readonly=True)
    near_expiry_share = fields.Float(readonly=True, aggregator=None, help="Share of what is on hand that nears its expiry, 0 to 1.")

    @property
    def _table_query(self):
        """Return the query of the rows: stock and moves are added up once, whatever page is asked for."""
        return SQL(
            """
            SELECT product.id::bigint * 100000 + warehouse.id AS id,
                   product.id AS product_id, template.brand_id, template.categ_id,
                   warehouse.id AS warehouse_id, warehouse.company_id,
                   COALESCE(shelf.quantity, 0) AS quantity,
                   COALESCE(shelf.free, 0) AS free_quantity,
                   COALESCE(incoming.quantity, 0) AS incoming_quantity,
                   COALESCE(shelf.near, 0) AS near_expiry_quantity,
                   CASE WHEN shelf.quantity > 0 THEN COALESCE(shelf.near, 0) / shelf.quantity ELSE 0 END AS near_expiry_share
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id AND template.is_storable
              JOIN stock_warehouse warehouse
                ON warehouse.active AND (template.company_id IS NULL OR template.company_id = warehouse.company_id)
         LEFT JOIN (
                SELECT quant.product_id, location.warehouse_id, SUM(quant.quantity) AS quantity,
                       SUM(quant.quantity - quant.reserved_quantity) FILTER (
                           WHERE quant.is_held IS NOT TRUE AND (lot.sale_stop_on IS NULL OR lot.sale_stop_on > %(today)s)
                       ) AS free,
                       SUM(quant.quantity) FILTER (WHERE band.alert OR band.blocks_sale) AS near
                  FROM stock_quant quant
                  JOIN stock_location location ON location.id = quant.location_id AND location.usage = 'internal'
             LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
             LEFT JOIN cosmetics_shelf_life_band band ON band.id = lot.band_id
              GROUP BY 1, 2
                   ) shelf ON shelf.product_id = product.id AND shelf.warehouse_id = warehouse.id
         LEFT JOIN (
                SELECT move.product_id, destination.warehouse_id, SUM(move.product_qty) AS quantity
                  FROM stock_move move
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location destination ON destination.id = move.location_dest_id AND destination.usage = 'internal'
                 WHERE move.state IN %(states)s AND source.warehouse_id IS DISTINCT FROM destination.warehouse_id
              GROUP BY 1, 2
                   ) incoming ON incoming.product_id = product.id AND incoming.warehouse_id = warehouse.id
             WHERE product.active
            """,
            today=china_day(fields.Datetime.now()),
            states=OPEN_MOVES,
        )

    def _compute_find(self):
        """Only searched for."""
        self.find = False

    def _search_find(self, operator, value):
        """Search as a clerk types or scans: barcode, code, a part of the name, initials in pinyin, or a batch number."""
        if operator not in ("=", "like", "ilike", "=like", "=ilike") or not isinstance(value, str):
            return NotImplemented
        return Domain("product_id", "in", self.env["product.product"]._search(self._get_find_domain(value.strip())))

    @api.model
    def _get_find_domain(self, text):
        """Return the domain of the products that a typed text can mean."""
        # sudo: that a batch exists is no secret; which rows are shown is decided by the rules of this model
        batches = self.env["stock.lot"].sudo()._search([("name", "=ilike", text)])
        domain = Domain("barcode", "=", text) | Domain("name", "ilike", text) | Domain("default_code", "ilike", text)
        domain |= Domain("id", "in", batches.subselect("product_id"))
        if re.fullmatch(r"[A-Za-z0-9]{2,}", text):
            domain |= Domain("name_initials", "=like", text.lower() + "%")
        return domain

    def action_view_stock(self):
        """Open the batches of these rows."""
        return self.product_id._get_stock_action(self.warehouse_id)

    def action_view_moves(self):
        """Open what came and went of these products in these warehouses."""
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        places = Domain("location_id.warehouse_id", "in", self.warehouse_id.ids)
        places |= Domain("location_dest_id.warehouse_id", "in", self.warehouse_id.ids)
        return {**action, "domain": list(Domain("product_id", "in", self.product_id.ids) & places), "context": {}}
