"""Which movements of stock are losses, and what is known about them."""

from odoo import api, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import SQL

USES = {"tester": "tester", "gift": "sample"}


class CosmeticsStockLoss(models.Model):
    _inherit = "cosmetics.stock.loss"

    @api.model
    def _collect(self, companies):
        """Add a row for each done movement to or from a place of losses that has none yet, and return the rows."""
        # sudo: who keeps the books need not be able to read stock; the rows tell what the books need to know
        losses, moves = self.sudo(), self.env["stock.move"].sudo().browse(self._find_moves(companies))
        returns = moves.filtered("origin_returned_move_id")
        # A return is judged like what it returns, which may have been found in this very run.
        return losses._create_rows(moves - returns) | losses._create_rows(returns)

    @api.model
    def _create_rows(self, moves):
        """Return the new rows of these movements (in sudo)."""
        lines = self.env["cosmetics.disposal.line"].search([("move_id", "in", moves.ids)])
        disposed = {line.move_id: line.disposal_id for line in lines}
        origins = self.search([("stock_move_id", "in", moves.origin_returned_move_id.ids)]).grouped("stock_move_id")
        stores = self._get_stores(moves)
        values = []
        for move in moves:
            origin = move.origin_returned_move_id
            vals = move._prepare_loss_vals(disposed.get(move, self.env["cosmetics.disposal"]), origins.get(origin))
            place = move.location_id if move.is_out else move.location_dest_id
            values.append({**vals, "store_id": stores.get(place.warehouse_id.id, False)})
        return self.create(values)

    @api.model
    def _find_moves(self, companies):
        """Return the ids of the movements that are not in the list yet."""
        self.env["stock.move"].flush_model(["state", "date", "value", "is_in", "is_out", "location_id", "location_dest_id", "company_id"])
        self.env["res.company"].flush_model(["stock_loss_from"])
        self.flush_model(["stock_move_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.id
                  FROM stock_move move
                  JOIN res_company company ON company.id = move.company_id
                  JOIN stock_location source ON source.id = move.location_id
                  JOIN stock_location target ON target.id = move.location_dest_id
                 WHERE move.state = 'done' AND move.company_id IN %s AND move.value <> 0
                   AND ((move.is_out AND target.usage = 'inventory') OR (move.is_in AND source.usage = 'inventory'))
                   AND company.stock_loss_from IS NOT NULL
                   -- The day in China begins eight hours before the one in UTC, in which Odoo keeps moments.
                   AND move.date >= company.stock_loss_from - interval '8 hours'
                   AND NOT EXISTS (SELECT FROM cosmetics_stock_loss loss WHERE loss.stock_move_id = move.id)
              ORDER BY move.id
                """,
                tuple(companies.ids) or (0,),
            )
        )
        return [move_id for (move_id,) in rows]

    @api.model
    def _get_stores(self, moves):
        """Return {warehouse id: store id}; a warehouse of several stores counts for one of them, rather a place than the web shop."""
        warehouses = (moves.location_id | moves.location_dest_id).warehouse_id
        stores = self.env["cosmetics.store"].search([("warehouse_id", "in", warehouses.ids)])
        ranked = stores.sorted(lambda store: (store.kind == "online", store.sequence, store.id), reverse=True)
        return {store.warehouse_id.id: store.id for store in ranked}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _prepare_loss_vals(self, disposal, origin):
        """Return the values of the row of this movement.

        :param disposal: cosmetics.disposal it belongs to, maybe empty
        :param origin: row of the movement that this one returns, or None
        """
        self.ensure_one()
        sign = 1 if self.is_out else -1
        place = self.location_dest_id if self.is_out else self.location_id
        counted = self.stock_count_line_id
        known = USES.get(place.shelf_life_use) or (disposal and "disposal") or (origin and origin.kind) or (counted and "count")
        reason = disposal.reason_id or counted.reason_id
        is_abnormal = bool(reason and reason.is_input_vat_transferred) and (sign > 0 or not counted)
        return {
            "company_id": self.company_id.id,
            "stock_move_id": self.id,
            "date": china_day(self.date),
            "kind": known or ("scrap" if self.scrap_id else "adjust"),
            "document": disposal.name or counted.count_id.name or self.origin or self.reference,
            "reason": reason.with_context(lang=self.env.company.partner_id.lang).name or False,
            "product_id": self.product_id.id,
            "lot_id": self.lot_ids.id if len(self.lot_ids) == 1 else False,
            "quantity": sign * self._get_valued_qty(),
            "value": sign * self.value,
            "is_booked_by_place": bool(place.valuation_account_id),
            "is_vat_transferred": origin.is_vat_transferred if origin else is_abnormal,
            "vat_rate": origin.vat_rate if origin else self.product_id._get_input_vat_rate(self.company_id),
        }


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_input_vat_rate(self, company):
        """Return the percent of input VAT that a company deducts when it buys this product; 0 for one that deducts none."""
        self.ensure_one()
        if not company.account_purchase_tax_id:
            return 0.0  # a small-scale taxpayer: the tax is part of the cost
        taxes = self.supplier_taxes_id._filter_taxes_by_company(company)
        return sum(tax.amount for tax in taxes if tax.amount_type == "percent" and tax.amount > 0)
