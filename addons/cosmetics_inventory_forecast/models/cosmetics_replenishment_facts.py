"""What the suggestions rest on: stock, what was asked for already, vendors and shelf lives."""

import math
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day, expiry_of, total_days
from odoo.tools import SQL

from ..tools.order_quantity import Terms

ASKED_ORDERS = ("draft", "sent", "to approve")
ASKED_REQUESTS = ("draft", "to_approve", "approved", "in_progress")


class CosmeticsReplenishment(models.Model):
    _inherit = "cosmetics.replenishment"

    @api.model
    def _get_shelf(self):
        """Return {(product id, warehouse id): [(days on which it may be sold or None, free quantity), …]}."""
        today = china_day(fields.Datetime.now())
        shelf = self.env["cosmetics.stock.alert"]._get_shelf(SQL("TRUE"))
        return {
            key: [((stop - today).days if stop else None, free) for _lot, stop, _quantity, free, _since in rows if free > 0]
            for key, rows in shelf.items()
        }

    @api.model
    def _get_coming(self):
        """Return {(product id, warehouse id): units} on their way, in draft orders and in requests that nobody has ordered yet."""
        coming = defaultdict(float, self.env["cosmetics.stock.alert"]._get_incoming(SQL("TRUE")))
        orders = self.env["purchase.order.line"]._read_group(
            [("order_id.state", "in", ASKED_ORDERS), ("product_id", "!=", False)], ["product_id", "order_id"], ["product_uom_qty:sum"]
        )
        for product, order, quantity in orders:
            coming[product.id, order.picking_type_id.warehouse_id.id] += quantity
        requests = self.env["purchase.request.line"].search(
            [("request_id.state", "in", ASKED_REQUESTS), ("cancelled", "=", False), ("product_id", "!=", False)]
        )
        for line in requests:
            quantity = line.product_uom_id._compute_quantity(max(line.product_qty - line.purchased_qty, 0.0), line.product_id.uom_id)
            coming[line.product_id.id, line.request_id.picking_type_id.warehouse_id.id] += quantity
        return coming

    @api.model
    def _get_roots(self):
        """Return {warehouse id: id of the one that buys for it}: the centre that fills it, else itself."""
        roots = {}
        for warehouse in self.env["stock.warehouse"].search([("active", "=", True)]):
            root = warehouse
            for _step in range(5):  # a centre of a centre; a circle ends here too
                above = root.resupply_wh_ids.filtered(lambda centre, warehouse=warehouse: centre.company_id == warehouse.company_id)[:1]
                if not above or above == warehouse:
                    break
                root = above
            roots[warehouse.id] = root.id
        return roots

    @api.model
    def _get_sellers(self, product, company):
        """Return the price lines of the vendor a product is bought from, those that hold today."""
        sellers = product.with_company(company)._get_filtered_sellers(quantity=None)
        return sellers.filtered(lambda seller: seller.partner_id == sellers[:1].partner_id)

    @api.model
    def _get_terms(self, product, warehouse, sellers, lives):
        """Return the `Terms` of a product bought for a warehouse.

        :param sellers: from `_get_sellers`, may be empty
        :param dict lives: of `_get_sell_days`, kept between calls
        """
        company = warehouse.company_id
        lines = []
        for seller in sellers:
            pack = seller.product_uom_id._compute_quantity(1.0, product.uom_id, round=False) or 1.0
            price = seller.currency_id._convert(seller.price_discounted, company.currency_id, company, fields.Date.today(), round=False)
            lines.append((seller.min_qty * pack, price, pack, seller.delay))
        lines.sort()
        # Of several lines the smallest quantity is the vendor's minimum, the others are price breaks.
        return Terms(
            lead_days=max((delay for *_rest, delay in lines), default=0),
            pack=lines[0][2] if lines else 1.0,
            minimum=lines[0][0] if lines else 0.0,
            breaks=tuple((quantity, price) for quantity, price, _pack, _delay in lines) or ((0.0, product.standard_price),),
            sell_days=self._get_sell_days(product, warehouse, sellers[:1].partner_id, lives),
        )

    @api.model
    def _get_sell_days(self, product, warehouse, vendor, lives):
        """Return on how many days goods that come in fresh may be sold: until the promise to customers, or the stop of the sale."""
        if not product.is_shelf_life_managed or not product.shelf_life_months:
            return None
        company = warehouse.company_id
        minimum = product._get_receipt_minimum(vendor, company)
        key = (product.shelf_life_months, product.categ_id, warehouse, minimum)
        if key not in lives:
            today = china_day(fields.Datetime.now())
            total = total_days(today, expiry_of(today, product.shelf_life_months), product.shelf_life_months)
            share, days = minimum if any(minimum) else (company.replenishment_life_share, 0)
            expiry = today + timedelta(days=max(days, math.floor(share * total)))
            stop = self.env["stock.lot"]._get_derived_vals(expiry, total, company.id)["sale_stop_on"]
            facts = {"company_id": company.id, "store": warehouse.store_ids[:1]}
            floor = self.env["cosmetics.shelf.life.promise"]._get_floor(product, facts, today)
            promised = (floor - today).days if floor else 0
            lives[key] = max(min((stop - today).days, (expiry - today).days - promised), 0)
        return lives[key]
