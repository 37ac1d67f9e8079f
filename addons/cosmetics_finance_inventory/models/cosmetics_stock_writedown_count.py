"""Counting a provision: which batches, how many at the end of the month, what they cost and what they will bring."""

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

from odoo import Command, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import first_moment
from odoo.tools import SQL

from ..tools.stock_money import cents, provision, provision_steps
from .cosmetics_stock_writedown import FIGURES

# Bands in which goods no longer bring their full price.
JUDGED_BANDS = ("near", "clearance", "stop", "expired")


class CosmeticsStockWritedown(models.Model):
    _inherit = "cosmetics.stock.writedown"

    def _count_lines(self, previous):
        """Write the lines and their sums.

        :param previous: month booked before, maybe empty
        """
        self.ensure_one()
        # sudo: who keeps the books need not be able to read stock; figures are nobody's to type
        sheet = self.sudo()
        before = {line.lot_id.id: line for line in previous.sudo().line_ids}
        quantities = sheet._get_quantities(list(before))
        lots = self.env["stock.lot"].sudo().browse(set(quantities) | set(before))
        disposed = sheet._get_disposed(lots, previous)
        obstacles = lots._get_sale_obstacle(self._get_last_day())
        lines = [
            sheet._prepare_line_vals(lot, quantities.get(lot.id, 0.0), before.get(lot.id), disposed[lot], lot in obstacles) for lot in lots
        ]
        lines = [line for line in lines if line["needed"] or line["before"]]
        sums = {name: float(sum((cents(line[name]) for line in lines), Decimal(0))) for name in (*FIGURES, "cost")}
        sheet.write({**sums, "line_ids": [Command.clear(), *map(Command.create, lines)]})

    def _prepare_line_vals(self, lot, quantity, last, disposed, is_unsaleable):
        """Return the values of the line of a batch.

        :param last: its line of the month booked before, or None
        :param disposed: quantity that left it unsold since then
        """
        cost = quantity * self._get_unit_cost(lot)
        price = 0.0 if is_unsaleable else quantity * self._get_unit_price(lot)
        needed = provision(cost, price, self.company_id.stock_selling_percent)
        before = cents(last.needed) if last else Decimal(0)
        sold, scrapped, change = provision_steps(before, last.quantity if last else 0.0, quantity, disposed, needed)
        return {
            "product_id": lot.product_id.id,
            "lot_id": lot.id,
            "expiration_on": lot.expiration_on,
            "quantity": quantity,
            "cost": float(cents(cost)),
            "price": float(cents(price)),
            "before": float(before),
            "used_sales": float(sold),
            "used_disposals": float(scrapped),
            "change": float(change),
            "needed": float(needed),
        }

    def _get_unit_cost(self, lot):
        """Return what one unit cost."""
        product = lot.product_id.with_company(self.company_id)
        return lot.with_company(self.company_id).standard_price if product.lot_valuated else product.standard_price

    def _get_unit_price(self, lot):
        """Return what one unit will bring without VAT: the sales price, marked down as its band says."""
        product = lot.product_id.with_company(self.company_id)
        price = product.lst_price * (1 - lot.band_id.markdown_percent / 100)
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return taxes.compute_all(price, self.currency_id, product=product)["total_excluded"] if taxes else price

    def _get_disposed(self, lots, previous):
        """Return {batch: quantity that left it unsold since the month booked before}."""
        domain = [("company_id", "=", self.company_id.id), ("lot_id", "in", lots.ids), ("date", "<=", self._get_last_day())]
        if previous:
            domain.append(("date", ">", previous._get_last_day()))
        found = defaultdict(float)
        found.update(self.env["cosmetics.stock.loss"].sudo()._read_group(domain, ["lot_id"], ["quantity:sum"]))  # sudo: as in _count_lines
        return found

    def _get_quantities(self, known_ids):
        """Return {batch id: quantity of the company at the end of the month} of batches near expiry, held, or with a provision.

        What lies there now, less what came since, plus what left since.
        """
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                WITH place AS (
                    SELECT id FROM stock_location WHERE company_id = %(company)s AND usage IN ('internal', 'transit')
                ), amount AS (
                    SELECT quant.lot_id, quant.quantity
                      FROM stock_quant quant
                     WHERE quant.location_id IN (SELECT id FROM place) AND quant.lot_id IS NOT NULL
                       AND (quant.owner_id IS NULL OR quant.owner_id = %(owner)s)
                 UNION ALL
                    SELECT line.lot_id,
                           line.quantity_product_uom * ((line.location_id IN (SELECT id FROM place))::int
                                                        - (line.location_dest_id IN (SELECT id FROM place))::int)
                      FROM stock_move_line line
                     WHERE line.state = 'done' AND line.date >= %(end)s AND line.lot_id IS NOT NULL
                       AND (line.owner_id IS NULL OR line.owner_id = %(owner)s)
                )
                SELECT amount.lot_id, sum(amount.quantity)
                  FROM amount
                  JOIN stock_lot lot ON lot.id = amount.lot_id
             LEFT JOIN cosmetics_shelf_life_band band ON band.id = lot.band_id
                 WHERE band.code IN %(bands)s OR lot.quality_state <> 'released' OR lot.id IN %(known)s
              GROUP BY amount.lot_id
                HAVING sum(amount.quantity) > 0
                """,
                company=self.company_id.id,
                owner=self.company_id.partner_id.id,
                end=first_moment(self._get_last_day() + timedelta(days=1)),
                bands=JUDGED_BANDS,
                known=tuple(known_ids) or (0,),
            )
        )
        return {lot_id: float(quantity) for lot_id, quantity in rows}
