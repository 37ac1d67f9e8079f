"""What a count looks at: the stock it freezes."""

from collections import defaultdict

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.abc_class import classify

ABC_MONTHS = 12


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    def _prepare_line_vals_list(self):
        """Return the values of the lines: every batch that the books have at the places, with quantity and cost of now."""
        self.ensure_one()
        groups = self.env["stock.quant"]._read_group(
            self._get_quant_domain(), ["product_id", "lot_id", "location_id", "package_id", "owner_id"], ["quantity:sum"]
        )
        vals_list = []
        for product, lot, location, package, owner, quantity in groups:
            if product.uom_id.is_zero(quantity):
                continue
            vals_list.append(
                {
                    "count_id": self.id,
                    "product_id": product.id,
                    "lot_id": lot.id,
                    "location_id": location.id,
                    "package_id": package.id,
                    "owner_id": owner.id,
                    "book_quantity": quantity,
                    # Until somebody counts, what lies there is what the books say.
                    "counted_quantity": quantity,
                    "unit_cost": self._get_unit_cost(product, lot, owner),
                }
            )
        return vals_list

    def _get_quant_domain(self):
        """Return the domain of the stock that is counted."""
        self.ensure_one()
        places = self.location_ids or self.warehouse_id.view_location_id
        domain = Domain("location_id", "child_of", places.ids) & Domain("location_id.usage", "=", "internal")
        return domain & Domain("product_id", "any", self._get_product_domain())

    def _get_product_domain(self):
        """Return the domain of the products that are counted."""
        domain = Domain("is_storable", "=", True)
        if self.categ_ids:
            domain &= Domain("categ_id", "child_of", self.categ_ids.ids)
        if self.brand_ids:
            domain &= Domain("brand_id", "in", self.brand_ids.ids)
        if self.series_ids:
            domain &= Domain("series_id", "in", self.series_ids.ids)
        if self.product_ids:
            domain &= Domain("id", "in", self.product_ids.ids)
        if self.abc_class:
            domain &= Domain("id", "in", self._get_abc_products(self.warehouse_id, self.abc_class))
        return domain

    def _is_in_scope(self, product, location):
        """Return whether a product that was found at a place belongs to this count."""
        self.ensure_one()
        places = self.location_ids or self.warehouse_id.view_location_id
        if location.usage != "internal" or not any(location.parent_path.startswith(place.parent_path) for place in places):
            return False
        if product in self.line_ids.product_id:
            return True
        return not self.abc_class and bool(product.filtered_domain(self._get_product_domain()))

    def _get_unit_cost(self, product, lot, owner):
        """Return what one unit is worth to the company; goods of somebody else are worth nothing to it.

        Hook: valuation by batch may know better.

        :param stock.lot lot: may be empty
        :param res.partner owner: empty for goods of the company
        """
        if owner and owner != self.company_id.partner_id:
            return 0.0
        return product.with_company(self.company_id).standard_price

    @api.model
    def _get_abc_products(self, warehouse, abc_class):
        """Return the ids of the storable products of one ABC class in a warehouse."""
        classes = classify(self._get_moved_values(warehouse))
        return [product_id for product_id, name in classes.items() if name == abc_class]

    @api.model
    def _get_moved_values(self, warehouse):
        """Return {product id: value at cost that left the warehouse in the last 12 months}; 0 for what only lies there.

        Counts and scrap are no turnover: what goes to places of inventory loss is left out.
        """
        since = fields.Datetime.now() - relativedelta(months=ABC_MONTHS)
        self.env["stock.move.line"].flush_model(["state", "date", "product_id", "location_id", "location_dest_id", "quantity_product_uom"])
        self.env["stock.quant"].flush_model(["product_id", "location_id", "quantity"])
        self.env.cr.execute(
            SQL(
                """
                SELECT line.product_id, sum(line.quantity_product_uom)
                  FROM stock_move_line line
                  JOIN stock_location source ON source.id = line.location_id AND source.warehouse_id = %(warehouse)s
                  JOIN stock_location target ON target.id = line.location_dest_id
                 WHERE line.state = 'done' AND line.date >= %(since)s AND source.usage = 'internal'
                   AND target.warehouse_id IS DISTINCT FROM source.warehouse_id AND target.usage NOT IN ('inventory', 'supplier')
                 GROUP BY line.product_id
                UNION ALL
                SELECT quant.product_id, 0
                  FROM stock_quant quant
                  JOIN stock_location place ON place.id = quant.location_id AND place.warehouse_id = %(warehouse)s
                 WHERE place.usage = 'internal'
                 GROUP BY quant.product_id
                """,
                warehouse=warehouse.id,
                since=since,
            )
        )
        quantities = defaultdict(float)
        for product_id, quantity in self.env.cr.fetchall():
            quantities[product_id] += float(quantity)
        products = self.env["product.product"].sudo().with_company(warehouse.company_id).browse(quantities)  # sudo: cost decides the class
        return {product.id: quantities[product.id] * product.standard_price for product in products}
