"""The line of a count in the stock: its batch, its stock entry, its adjustment."""

from odoo import models
from odoo.tools import SQL

from ..tools.count_lines import CountLines
from ..tools.fefo import HeldRows


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
        Both sides of every move are read, made and locked together: core would look each one up by itself, several times.
        """
        quants = self._get_quants(type(self)._get_stock_key)
        losses = self._get_quants(type(self)._get_loss_key)
        held = self._lock_stock(quants, losses)
        moves_of = CountLines()
        for line in self:
            quant = quants[line]
            moves_of[quant.id] = line.id
            quant.inventory_quantity = line.product_id.uom_id.round(quant.quantity + line.difference_quantity)
        entries = self.env["stock.quant"].union(*quants.values())
        cache = entries._get_quants_by_products_locations(
            self.product_id,
            self.location_id | self._get_loss_places(),
            extra_domain=[("lot_id", "in", [*self.lot_id.ids, False])],
        )
        adjusted = entries.with_context(
            stock_count_lines=moves_of, inventory_name=self.count_id.name, quants_cache=cache, held_quants=HeldRows(held)
        )
        adjusted._apply_inventory()

    def _get_loss_places(self):
        """Return the places on the other side of the adjustments."""
        places = self.env["stock.location"]
        for company, lines in self.grouped("company_id").items():
            places |= lines.product_id.with_company(company).property_stock_inventory
        return places

    def _get_quants(self, key_of):
        """Return {line: the stock entry of a side of its move}; where the books have none, an empty one is made.

        :param key_of: function of a line that returns product, batch, place, package and owner of that side
        """
        keys = {line: key_of(line) for line in self}
        places = {place.id for _product, _lot, place, _package, _owner in keys.values()}
        domain = [
            ("product_id", "in", self.product_id.ids),
            ("location_id", "in", list(places)),
            ("lot_id", "in", [*self.lot_id.ids, False]),
        ]
        known = {}
        for quant in self.env["stock.quant"].search(domain, order="quantity DESC, id"):
            known.setdefault((quant.product_id, quant.lot_id, quant.location_id, quant.package_id, quant.owner_id), quant)
        self.lot_id.fetch(["product_id", "lot_properties", "is_held"])  # core asks for them entry by entry
        missing = list(dict.fromkeys(key for key in keys.values() if key not in known))
        names = ("product_id", "lot_id", "location_id", "package_id", "owner_id")
        made = self.env["stock.quant"].create([{name: part.id for name, part in zip(names, key, strict=True)} for key in missing])
        known.update(zip(missing, made, strict=True))
        return {line: known[key] for line, key in keys.items()}

    def _get_stock_key(self):
        """Return product, batch, place, package and owner of the line."""
        return self.product_id, self.lot_id, self.location_id, self.package_id, self.owner_id

    def _get_loss_key(self):
        """Return product, batch, place, package and owner of the other side of the adjustment of the line."""
        place = self.product_id.with_company(self.company_id).property_stock_inventory
        return self.product_id, self.lot_id, place, self.env["stock.package"], self.owner_id

    def _lock_stock(self, *sides):
        """Lock the stock entries in the order of their ids, batches before them, as every move does; return their ids."""
        entries = self.env["stock.quant"].union(*(quant for quants in sides for quant in quants.values()))
        entries.flush_recordset()
        if lots := self.lot_id:
            self.env.cr.execute(SQL("SELECT id FROM stock_lot WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(lots.ids)))
        self.env.cr.execute(SQL("SELECT id FROM stock_quant WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", tuple(entries.ids)))
        return entries.ids
