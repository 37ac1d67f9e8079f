"""What is wrong with the stock: facts of all products and places in a few queries, judged by `tools.stock_watch`."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.shelf_life import china_day
from ..tools.stock_watch import Batch, Facts, find

# Days without a sale when none is known: as far as a threshold can look back, and more.
EVER = 9999
OPEN_MOVES = ("waiting", "confirmed", "partially_available", "assigned")


class CosmeticsStockAlert(models.Model):
    _inherit = "cosmetics.stock.alert"

    @api.model
    def _find(self, products=None):
        """Return {(product id, warehouse id, kind, batch id or False): values of an alert} of all that is wrong now.

        :param products: product.product to look at; None for all
        """
        if products is not None and not products:
            return {}
        self.env.flush_all()
        scope = SQL("product.id IN %s", tuple(products.ids)) if products is not None else SQL("TRUE")
        resolve = self.env["cosmetics.stock.threshold"]._get_resolver()
        shelf, sales, rules, incoming = (
            self._get_shelf(scope),
            self._get_sales(scope),
            self._get_rule_minimums(scope),
            self._get_incoming(scope),
        )
        goods = self._get_goods(scope)
        companies = dict(self.env.execute_query(SQL("SELECT id, company_id FROM stock_warehouse WHERE active")))
        found = {}
        for product, place in self._get_pairs(goods, shelf, sales, rules):
            if product not in goods or place not in companies:
                continue
            path, may_replenish = goods[product]
            threshold = resolve(product, path, place, companies[place])
            if threshold is None:
                continue
            key = (product, place)
            minimum = rules.get(key, 0.0)
            daily, unsold_days = sales.get(key, (0.0, EVER))
            wanted = bool(minimum or daily > 0 or (threshold.product_id and threshold.warehouse_id))
            facts = self._prepare_facts(shelf.get(key, ()), daily, unsold_days, wanted, may_replenish)
            for finding in find(facts, threshold._get_limits(minimum)):
                found[product, place, finding.kind, finding.batch or False] = {
                    "threshold_id": threshold.id,
                    "quantity": finding.quantity,
                    "limit": finding.limit,
                    "daily_sales": round(daily, 3),
                    "incoming_quantity": incoming.get(key, 0.0),
                }
        return found

    @api.model
    def _get_pairs(self, goods, *facts):
        """Return {(product id, warehouse id)} that any fact, or a threshold of its own, speaks of."""
        own = self.env["cosmetics.stock.threshold"].search_fetch(
            [("product_id", "in", list(goods)), ("warehouse_id", "!=", False)], ["product_id", "warehouse_id"]
        )
        return {(row.product_id.id, row.warehouse_id.id) for row in own}.union(*facts)

    @api.model
    def _prepare_facts(self, rows, daily_sales, unsold_days, is_carried, may_replenish):
        """Return the `Facts` of a product at a place.

        :param rows: its part of `_get_shelf`
        """
        today = china_day(fields.Datetime.now())
        oldest = min((since for *_rest, since in rows), default=fields.Datetime.now())
        return Facts(
            on_hand=round(sum(quantity for _lot, _stop, quantity, _free, _since in rows), 6),
            free=round(sum(free for _lot, _stop, _quantity, free, _since in rows), 6),
            daily_sales=max(daily_sales, 0.0),
            idle_days=min(unsold_days, (fields.Datetime.now() - oldest).days),
            is_carried=is_carried,
            may_replenish=may_replenish,
            batches=tuple(
                Batch(lot, (stop - today).days, quantity) for lot, stop, quantity, _free, _since in rows if stop and quantity > 0
            ),
        )

    @api.model
    def _get_goods(self, scope):
        """Return {product id: (path of its category, whether its stage allows buying)} of the goods that are kept in stock."""
        rows = self.env.execute_query(
            SQL(
                """
                SELECT product.id, category.parent_path, stage.id IS NULL OR stage.can_replenish IS TRUE
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
             LEFT JOIN product_category category ON category.id = template.categ_id
             LEFT JOIN cosmetics_lifecycle_stage stage ON stage.id = template.lifecycle_stage_id
                 WHERE product.active AND template.is_storable AND %s
                """,
                scope,
            )
        )
        return {product: (path, can) for product, path, can in rows}

    @api.model
    def _get_shelf(self, scope):
        """Return {(product id, warehouse id): [(batch id, day its sale stops, on hand, free, since), …]} of what may be sold today."""
        shelf = defaultdict(list)
        rows = self.env.execute_query(
            SQL(
                """
                SELECT quant.product_id, location.warehouse_id, quant.lot_id, lot.sale_stop_on,
                       SUM(quant.quantity), SUM(quant.quantity - quant.reserved_quantity), MIN(quant.in_date)
                  FROM stock_quant quant
                  JOIN product_product product ON product.id = quant.product_id
                  JOIN stock_location location ON location.id = quant.location_id AND location.usage = 'internal'
             LEFT JOIN stock_lot lot ON lot.id = quant.lot_id
                 WHERE location.warehouse_id IS NOT NULL AND %(scope)s
                   AND quant.is_held IS NOT TRUE
                   AND (lot.sale_stop_on IS NULL OR lot.sale_stop_on > %(today)s)
              GROUP BY 1, 2, 3, 4
                """,
                scope=scope,
                today=china_day(fields.Datetime.now()),
            )
        )
        for product, place, lot, stop, quantity, free, since in rows:
            shelf[product, place].append((lot, stop, float(quantity), float(free), since))
        return shelf

    @api.model
    def _get_sales(self, scope):
        """Return {(product id, warehouse id): (units sold a day, days since the last sale)}; returns are taken off."""
        now = fields.Datetime.now()
        [[idle]] = self.env["cosmetics.stock.threshold"]._read_group([], [], ["idle_days:max"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT line.product_id, COALESCE(source.warehouse_id, destination.warehouse_id),
                       COALESCE(SUM(CASE WHEN destination.usage = 'customer' THEN 1 ELSE -1 END * line.quantity_product_uom) FILTER (
                           WHERE line.date >= %(now)s::timestamp - company.near_expiry_sales_days * INTERVAL '1 day'
                       ), 0) / company.near_expiry_sales_days,
                       MAX(line.date) FILTER (WHERE destination.usage = 'customer')
                  FROM stock_move_line line
                  JOIN product_product product ON product.id = line.product_id
                  JOIN res_company company ON company.id = line.company_id
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location destination ON destination.id = line.location_dest_id
                 WHERE line.state = 'done' AND (source.usage = 'customer') <> (destination.usage = 'customer') AND %(scope)s
                   AND line.date >= %(now)s::timestamp - GREATEST(company.near_expiry_sales_days, %(idle)s) * INTERVAL '1 day'
              GROUP BY 1, 2, company.id
                """,
                now=now,
                idle=idle or 0,
                scope=scope,
            )
        )
        return {(product, place): (float(daily), (now - last).days if last else EVER) for product, place, daily, last in rows if place}

    @api.model
    def _get_rule_minimums(self, scope):
        """Return {(product id, warehouse id): minimum of its replenishment rules}, all locations of a warehouse together."""
        return {
            (product, place): float(minimum)
            for product, place, minimum in self.env.execute_query(
                SQL(
                    """
                    SELECT rule.product_id, rule.warehouse_id, SUM(rule.product_min_qty)
                      FROM stock_warehouse_orderpoint rule
                      JOIN product_product product ON product.id = rule.product_id
                     WHERE rule.active AND rule.product_min_qty > 0 AND %s
                  GROUP BY 1, 2
                    """,
                    scope,
                )
            )
        }

    @api.model
    def _get_incoming(self, scope):
        """Return {(product id, warehouse id): units on their way there}."""
        return {
            (product, place): float(quantity)
            for product, place, quantity in self.env.execute_query(
                SQL(
                    """
                    SELECT move.product_id, destination.warehouse_id, SUM(move.product_qty)
                      FROM stock_move move
                      JOIN product_product product ON product.id = move.product_id
                      JOIN stock_location source ON source.id = move.location_id
                      JOIN stock_location destination ON destination.id = move.location_dest_id AND destination.usage = 'internal'
                     WHERE move.state IN %(states)s AND source.warehouse_id IS DISTINCT FROM destination.warehouse_id AND %(scope)s
                  GROUP BY 1, 2
                    """,
                    states=OPEN_MOVES,
                    scope=scope,
                )
            )
        }
