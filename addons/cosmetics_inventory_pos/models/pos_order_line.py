"""The batches of a line of a till sale."""

from collections import defaultdict
from datetime import date

from odoo import Command, api, models
from odoo.addons.cosmetics_inventory.tools import shelf_life

from ..tools.ticket_batches import EPSILON, Batch, Want, choose


class PosOrderLine(models.Model):
    _inherit = "pos.order.line"

    @api.model
    def get_existing_lots(self, company_id, config_id, product_id):
        """Offer only batches that may be sold, first-expiring first, with their days."""
        found = super().get_existing_lots(company_id, config_id, product_id)
        # sudo: the clerk may not read batches by themselves; core has just given their names the same way.
        lots = self.env["stock.lot"].sudo().browse([lot["id"] for lot in found])._is_sellable()
        by_id = {lot["id"]: lot for lot in found}
        ordered = lots.sorted(lambda lot: (lot.expiration_on or date.max, lot.id))
        return [{**by_id[lot.id], "expiration_on": lot.expiration_on, "remaining_days": lot.remaining_days} for lot in ordered]

    def _take_batches(self, location):
        """Decide which batches the lines take, and write them on the ticket; return the lines that must not move.

        Called once, when the paid sale has arrived; `self` are lines of products kept by batch, sales and returns.

        :param location: where the shop sells from.
        :return: dict {line: (code, name of the batch)}
        """
        sales = self.filtered(lambda line: line.qty > 0)
        faults = sales._take_sold_batches(location)
        return {**faults, **(self - sales)._take_returned_batches(sales.browse([line.id for line in faults]))}

    def _take_sold_batches(self, location):
        """Write on each sold line the batches it takes; return the faults."""
        if not self:
            return {}
        faults, values = {}, {}
        batches = self._get_batches_by_product(location)
        for product, lines in self.grouped("product_id").items():
            wants = [Want(line.qty, tuple(line.pack_lot_ids.mapped("lot_name"))) for line in lines]
            for line, choice in zip(lines, choose(wants, batches[product.id]), strict=True):
                if choice.fault:
                    faults[line] = (choice.fault, choice.name)
                else:
                    values[line] = choice.parts
        self._write_batches(values)
        return faults

    def _get_batches_by_product(self, location):
        """Return {product id: list of `Batch`} of what lies in the shop, first-expiring first; blocked batches with their obstacle."""
        groups = self.env["stock.quant"]._read_group(
            [
                ("location_id", "child_of", location.ids),
                ("product_id", "in", self.product_id.ids),
                ("lot_id", "!=", False),
                ("quantity", ">", 0),
            ],
            ["lot_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        lots = self.env["stock.lot"].union(*(lot for lot, _quantity, _reserved in groups))
        obstacles = lots._get_sale_obstacle()
        batches = defaultdict(list)
        for lot, quantity, reserved in sorted(groups, key=lambda group: (group[0].expiration_on or date.max, group[0].id)):
            batch = Batch(lot.id, lot.name, quantity, quantity - reserved, obstacles.get(lot))
            batches[lot.product_id.id].append(batch)
        return batches

    def _take_returned_batches(self, faulty):
        """Write on each returned line the batches it brings back: as on the ticket, else as sold; return the faults.

        :param faulty: sold lines that have just been found at fault, and are not listed yet.
        """
        faults, values = {}, {}
        undone = self._get_undone_sales()
        for line in self:
            sold = line.refunded_orderline_id
            names = line.pack_lot_ids.mapped("lot_name") or sold.pack_lot_ids.mapped("lot_name")
            if sold in faulty or (sold in undone and not undone[sold]):
                faults[line] = ("unsold", ", ".join(names))
            elif sold in undone:
                values[line] = [(undone[sold].id, -line.qty)]
            elif parts := line._split_return(names, values):
                values[line] = parts
            else:
                faults[line] = ("unknown" if names else "missing", ", ".join(names))
        self._write_batches(values)
        return faults

    def _get_undone_sales(self):
        """Return {sold line: batch the store manager booked out for it, or none} of the sales that are on the list of exceptions."""
        # sudo: which batch left decides which one comes back, whoever serves the customer.
        exceptions = self.env["cosmetics.till.exception"].sudo()
        sold = self.refunded_orderline_id
        return {exception.line_id: exception.lot_id for exception in exceptions.search([("line_id", "in", sold.ids)])} if sold else {}

    def _split_return(self, names, values):
        """Return the pairs (lot id, quantity) a returned line brings back; of several batches no more than were sold and are still out.

        :param names: the batches on the ticket, of the return or else of the sale.
        :param values: what other lines of this ticket bring back, {line: pairs}.
        """
        sold = self.refunded_orderline_id
        packs = sold.pack_lot_ids.filtered(lambda pack: pack.lot_id and pack.lot_name in names)
        if not packs:
            lot = self.env["stock.lot"].search([*self._get_named_lot_domain(), ("name", "in", names)], limit=1)
            return [(lot.id, -self.qty)] if lot else []
        out = defaultdict(float)
        for pack in packs:
            out[pack.lot_id.id] += pack.quantity
        for pack in (sold.refund_orderline_ids - self).pack_lot_ids.filtered("lot_id"):
            out[pack.lot_id.id] -= pack.quantity
        for line in values:
            for lot_id, quantity in values[line] if line.refunded_orderline_id == sold else ():
                out[lot_id] -= quantity
        parts, missing = {}, -self.qty
        for lot_id in packs.lot_id.ids:
            parts[lot_id] = min(max(out[lot_id], 0), missing)
            missing -= parts[lot_id]
        # More than was sold: core lets it pass, so it comes back with the last batch.
        parts[packs.lot_id.ids[-1]] += missing
        return [(lot_id, quantity) for lot_id, quantity in parts.items() if quantity > EPSILON]

    def _write_batches(self, values):
        """Keep on the ticket what each line takes.

        :param values: {line: [(lot id, quantity)]}
        """
        lots = self.env["stock.lot"].browse({lot_id for parts in values.values() for lot_id, _quantity in parts})
        lots = {lot.id: lot for lot in lots}
        for line, parts in values.items():
            told = {pack.lot_name: pack for pack in line.pack_lot_ids}
            commands = []
            for lot_id, quantity in parts:
                lot = lots[lot_id]
                taken = {"lot_id": lot.id, "quantity": quantity}
                if pack := told.pop(lot.name, None):
                    commands.append(Command.update(pack.id, taken))
                else:
                    new = {"lot_name": lot.name, "expiration_on": lot.expiration_on, "choice": "server"}
                    commands.append(Command.create({**new, **taken}))
            line.pack_lot_ids = commands

    def _is_moved_by_batch(self):
        """Whether the line moves goods whose batch the shelf life rule has to see."""
        self.ensure_one()
        return bool(self.qty) and self.product_id._is_batch_chosen_at_till()

    def _is_moved_with(self, move):
        """Whether a move of a transfer of this ticket moves the goods of the line."""
        self.ensure_one()
        return self.product_id == move.product_id and (self.qty < 0) == (move.location_id.usage == "customer")

    def _was_sold_in_time(self, lot_name):
        """Whether, by the clock of the till, the line was sold on a day in China on which its batch might be sold."""
        self.ensure_one()
        lots = self.env["stock.lot"].search([*self._get_named_lot_domain(), ("name", "=", lot_name)], limit=1)
        return bool(lots._is_sellable(shelf_life.china_day(self.order_id.date_order)))

    def _get_named_lot_domain(self):
        """Return the domain of the batches a name on these lines may mean."""
        return [("product_id", "in", self.product_id.ids), ("company_id", "in", (False, self.company_id[:1].id))]
