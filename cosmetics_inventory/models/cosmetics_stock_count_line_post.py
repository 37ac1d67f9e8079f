"""The line of a count in the stock: its batch, its stock entry, its adjustment."""

from odoo import models
from odoo.tools import SQL

from ..tools.count_lines import CountLines


class CosmeticsStockCountLine(models.Model):
    _inherit = "cosmetics.stock.count.line"

    def _make_lots(self):
        """Make the batches that were found and that the system did not know, by the rules of every new batch.

        Runs with the rights of the system: the approval of the count is the permission, and the rules of dates still hold.
        """
        unknown = self.filtered(lambda line: line.lot_name and not line.lot_id)
        for line in unknown:
            line.lot_id = line._find_named_lot() or self.env["stock.lot"].create(line._prepare_lot_vals())

    def _prepare_lot_vals(self):
        """Return the values of the batch that this line found."""
        vals = {"name": self.lot_name, "product_id": self.product_id.id, "company_id": self.company_id.id}
        if self.production_date:
            vals["production_date"] = self.production_date
        if self.expiration_on and self.expiration_on != self.product_id._get_expiry_of(self.production_date):
            vals.update(expiration_on=self.expiration_on, expiry_basis="printed")
        return vals

    def _find_named_lot(self):
        """Return the batch of the product with this name, empty when there is none."""
        return self.env["stock.lot"].search(
            [
                ("product_id", "=", self.product_id.id),
                ("name", "=", self.lot_name),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )

    def _adjust_stock(self):
        """Change what the books say by the differences, whatever has moved since: through core's adjustment.

        The stock entries are locked first. Whoever sells the same goods in this moment waits or starts over, and so do we.
        """
        quants = self._get_quants()
        self._lock_stock(quants)
        moves_of = CountLines()
        adjusted = self.env["stock.quant"]
        for line in self:
            quant = quants[line]
            moves_of[quant.id] = line.id
            quant.inventory_quantity = line.product_id.uom_id.round(quant.quantity + line.difference_quantity)
            adjusted |= quant
        count = self.count_id
        adjusted.with_context(stock_count_lines=moves_of, inventory_name=count.name)._apply_inventory()

    def _get_quants(self):
        """Return {line: its stock entry}; where the books have none, an empty one is made."""
        domain = [("product_id", "in", self.product_id.ids), ("location_id", "in", self.location_id.ids)]
        known = {}
        for quant in self.env["stock.quant"].search(domain, order="quantity DESC, id"):
            known.setdefault((quant.product_id, quant.lot_id, quant.location_id, quant.package_id, quant.owner_id), quant)
        missing = self.filtered(lambda line: line._get_stock_key() not in known)
        made = self.env["stock.quant"].create([line._prepare_quant_vals() for line in missing])
        return {line: known.get(line._get_stock_key()) for line in self - missing} | dict(zip(missing, made, strict=True))

    def _get_stock_key(self):
        return self.product_id, self.lot_id, self.location_id, self.package_id, self.owner_id

    def _prepare_quant_vals(self):
        return {
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "location_id": self.location_id.id,
            "package_id": self.package_id.id,
            "owner_id": self.owner_id.id,
        }

    def _lock_stock(self, quants):
        """Lock the stock entries in the order of their ids, batches before them, as every move does."""
        entries = self.env["stock.quant"].union(*quants.values())
        entries.flush_recordset()
        if lots := self.lot_id:
            self.env.cr.execute(SQL("SELECT id FROM stock_lot WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(lots.ids)))
        self.env.cr.execute(SQL("SELECT id FROM stock_quant WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(entries.ids)))
