"""Receiving what people count: from the phone, several at once, sometimes late and sometimes twice."""

import math
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL
from odoo.tools.sql import escape_psql
from psycopg2.errors import UniqueViolation

from .cosmetics_stock_count import COUNTING

# What a phone sends at once at most; a queue that is longer goes out in parts.
MAX_ENTRIES = 200
MAX_QUANTITY = 1_000_000
PRECISION = 1e-6
# A figure this young (seconds) is of now; an older one waited for the network, and what moved since is taken off again.
FRESH_SECONDS = 5
MAX_AGE = 86_400


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    def enter(self, entries):
        """Take counted figures; each is taken once, however often it is sent.

        :param list entries: dicts of key (made by the device), quantity (unit of the product), way ("scan" or "typed"), age
            (seconds since it was counted), device, and either line_id, or product_id, location_id and lot_id, or lot_name with
            expiration_on or production_date for a batch that is not known
        :return: list of dicts key, state ("taken", "known" or "refused"), message, line_id; in the order of the entries
        """
        self.ensure_one()
        self._check_counter()
        if len(entries) > MAX_ENTRIES:
            raise UserError(self.env._("Send at most %s figures at once.", MAX_ENTRIES))
        # sudo: whoever may count here makes figures and found lines by this method alone, with no right on the rows themselves
        count = self.sudo()
        known = count._get_known_entries([str(entry.get("key") or "") for entry in entries])
        answers, taken = [], []
        state = self._hold_open(raise_closed=False)
        for entry in entries:
            key = str(entry.get("key") or "")
            if key in known:
                answers.append({"key": key, "state": "known", "message": False, "line_id": known[key].line_id.id})
                continue
            try:
                if not state:
                    raise UserError(self.env._("%s is not being counted any more. Tell whoever leads the count.", self.name))
                taken.append(count._read_entry(entry))
            except UserError as refusal:
                answers.append({"key": key, "state": "refused", "message": str(refusal), "line_id": False})
                continue
            known[key] = self.env["cosmetics.stock.count.entry"]
            answers.append({"key": key, "state": "taken", "message": False, "line_id": taken[-1]["line"].id})
        count._create_entries(taken)
        return answers

    def take_back(self, key):
        """Take back an own figure by a row of its own; return whether it counted until now."""
        self.ensure_one()
        self._check_counter()
        self._hold_open()
        # sudo: as in `enter`
        entries = self.sudo().env["cosmetics.stock.count.entry"]
        entry = entries.search([("count_id", "=", self.id), ("key", "=", key), ("user_id", "=", self.env.uid)])
        if not entry or entry.reversed_entry_id:
            raise UserError(self.env._("You have entered no such figure in %s.", self.name))
        if entry.round != entry.line_id.round:
            raise UserError(self.env._("That round is over; its figures stay."))
        if entries.search_count([("reversed_entry_id", "=", entry.id)], limit=1):
            return False
        vals = entry.copy_data({"key": f"{key}:back", "quantity": -entry.quantity, "reversed_entry_id": entry.id})[0]
        entries.create({**vals, "counted_at": fields.Datetime.now()})
        return True

    def _hold_open(self, raise_closed=True):
        """Keep the count open until this transaction ends; return its state, False when nobody may enter figures.

        The lock is shared: people do not wait for each other, only whoever ends the round waits for them.
        """
        self.ensure_one()
        self.flush_recordset(["state", "round"])
        self.env.cr.execute(SQL("SELECT state FROM cosmetics_stock_count WHERE id = %s FOR SHARE", self.id))
        [state] = self.env.cr.fetchone()
        if state in COUNTING:
            return state
        if raise_closed:
            raise UserError(self.env._("%s is not being counted any more. Tell whoever leads the count.", self.name))
        return False

    @api.model
    def _get_known_entries(self, keys):
        """Return {key: entry} of the figures received already."""
        entries = self.env["cosmetics.stock.count.entry"].search([("key", "in", [key for key in keys if key])])
        return {entry.key: entry for entry in entries}

    def _read_entry(self, entry):
        """Return the values of one figure for `_create_entries`, with its line; raise a UserError with what is wrong."""
        key = str(entry.get("key") or "")
        if not 8 <= len(key) <= 64:
            raise UserError(self.env._("The figure has no key of its own. Load the screen again."))
        line = self._get_line(entry)
        quantity = self._read_quantity(entry.get("quantity"), line)
        if line.round != self.round:
            raise UserError(self.env._("%s is not counted again: the first count stands.", line._get_goods_name()))
        if line in self._get_lines_of_mine():
            raise UserError(self.env._("%s: you counted this before. Somebody else must count it again.", line._get_goods_name()))
        age = entry.get("age") or 0
        return {
            "line": line,
            "key": key,
            "quantity": quantity,
            "way": "scan" if entry.get("way") == "scan" else "typed",
            "device": str(entry.get("device") or "")[:100],
            "age": min(max(float(age), 0.0), MAX_AGE) if isinstance(age, int | float) and math.isfinite(age) else 0.0,
        }

    def _read_quantity(self, quantity, line):
        """Return a quantity that makes sense for the goods of a line."""
        if isinstance(quantity, bool) or not isinstance(quantity, int | float) or not math.isfinite(quantity):
            raise UserError(self.env._("%s: type the quantity as a number, e.g. 12.", line._get_goods_name()))
        uom = line.product_id.uom_id
        if not 0 <= quantity <= MAX_QUANTITY or abs(uom.round(quantity) - quantity) > PRECISION:
            raise UserError(
                self.env._("%(goods)s: %(quantity)g is no quantity. Count again.", goods=line._get_goods_name(), quantity=quantity)
            )
        return uom.round(quantity)

    def _get_lines_of_mine(self):
        """Return the lines that the user counted in an earlier round."""
        entries = self.env["cosmetics.stock.count.entry"].search(
            [("count_id", "=", self.id), ("user_id", "=", self.env.uid), ("round", "<", self.round)]
        )
        return entries.line_id

    def _get_line(self, entry):
        """Return the line a figure is for; a batch that was not expected there gets a line of its own."""
        lines = self.env["cosmetics.stock.count.line"]
        if entry.get("line_id"):
            line = lines.browse(int(entry["line_id"])).exists()
            if line.count_id != self:
                raise UserError(self.env._("That line belongs to another count. Load the screen again."))
            return line
        product = self.env["product.product"].browse(int(entry.get("product_id") or 0)).exists()
        location = self.env["stock.location"].browse(int(entry.get("location_id") or 0)).exists()
        if not product or not location or not self._is_in_scope(product, location):
            raise UserError(
                self.env._(
                    "%(product)s in %(location)s does not belong to %(count)s. Leave it where it is.",
                    product=product.display_name or "-",
                    location=location.display_name or "-",
                    count=self.name,
                )
            )
        vals = self._prepare_found_vals(product, location, entry)
        domain = [("count_id", "=", self.id), ("product_id", "=", product.id), ("location_id", "=", location.id)]
        same = lines.search([*domain, ("lot_id", "=", vals["lot_id"])], order="package_id NULLS FIRST, owner_id NULLS FIRST, id")
        if vals["lot_name"]:
            same = same.filtered(lambda line: (line.lot_name or "").lower() == vals["lot_name"].lower())
        if same:
            same[0]._check_same_date(vals)
            return same[0]
        return self._create_found_line(vals)

    def _create_found_line(self, vals):
        """Return a new line for what was found. Two people who find the same batch at once get one line: the later starts over."""
        self._check_not_counted_elsewhere([vals])
        try:
            with self.env.cr.savepoint():
                line = self.env["cosmetics.stock.count.line"].create(vals)
                line.flush_recordset()
        except UniqueViolation as other:
            raise ConcurrencyError("somebody else has just found the same batch") from other
        return line

    def _prepare_found_vals(self, product, location, entry):
        """Return the values of a line that the books knew nothing of; batch and dates are checked here, not only at posting."""
        lot, name, dates = self._read_batch(product, entry)
        return {
            "count_id": self.id,
            "product_id": product.id,
            "lot_id": lot.id,
            "lot_name": name,
            **dates,
            "location_id": location.id,
            "package_id": False,
            "owner_id": False,
            "is_found": True,
            "round": self.round,
            "unit_cost": self._get_unit_cost(product, lot, self.env["res.partner"]),
        }

    def _read_batch(self, product, entry):
        """Return (known batch, name of an unknown batch, its dates) of a figure."""
        lots = self.env["stock.lot"]
        if product.tracking == "none":
            return lots, False, {}
        name = str(entry.get("lot_name") or "").strip()
        lot = lots.browse(int(entry.get("lot_id") or 0)).exists()
        if not lot and name:
            domain = [
                ("product_id", "=", product.id),
                ("name", "=ilike", escape_psql(name)),
                ("company_id", "in", (False, self.company_id.id)),
            ]
            lot = lots.search(domain).filtered(lambda lot: lot.name.lower() == name.lower())[:1]
        if lot:
            if lot.product_id != product:
                raise UserError(self.env._("Batch %(lot)s is not of %(product)s.", lot=lot.name, product=product.display_name))
            self._check_known_date(lot, entry)
            return lot, False, {}
        if not name:
            raise UserError(self.env._("%s: scan or type the batch.", product.display_name))
        produced = fields.Date.to_date(entry.get("production_date")) or False
        expires = fields.Date.to_date(entry.get("expiration_on")) or product._get_expiry_of(produced) or False
        if product.is_shelf_life_managed and not expires:
            raise UserError(
                self.env._("Batch %(batch)s of “%(product)s” has no date. Enter the production date or the use-by date of the pack.",
                           batch=name, product=product.display_name)
            )  # fmt: skip
        if produced and produced > lots._get_china_today():
            raise UserError(self.env._("%s: the production date lies in the future. Look at the pack again.", product.display_name))
        return lots, name, {"production_date": produced, "expiration_on": expires}

    def _check_known_date(self, lot, entry):
        """Refuse a known batch number that comes with another date: one of the two dates is wrong, or the goods are."""
        typed = fields.Date.to_date(entry.get("expiration_on")) or None
        if typed and lot.expiration_on and abs((typed - lot.expiration_on).days) > 1:
            raise UserError(lot._get_other_date_sentence(typed))

    def _create_entries(self, taken):
        """Write figures that were read, each with what the books hold at the moment of its counting.

        :param taken: list of dicts line, quantity, way, and if known key, device, age
        """
        self.ensure_one()
        if not taken:
            return
        lines = self.env["cosmetics.stock.count.line"].union(*(item["line"] for item in taken))
        stock = lines._get_stock_quantities()
        now = fields.Datetime.now()
        vals_list = []
        for item in taken:
            line, age = item["line"], item.get("age") or 0.0
            counted_at = max(now - timedelta(seconds=age), self.started_at)
            since = line._get_moved_since(counted_at) if age > FRESH_SECONDS else 0.0
            vals_list.append(
                {
                    "line_id": line.id,
                    "count_id": self.id,
                    "company_id": self.company_id.id,
                    "round": line.round,
                    "quantity": item["quantity"],
                    "stock_quantity": line.product_id.uom_id.round(stock[line] - since),
                    "user_id": self.env.uid,
                    "counted_at": counted_at,
                    "way": item["way"],
                    "device": item.get("device"),
                    "key": item.get("key") or f"{self.id}:{line.id}:{line.round}:rest",
                }
            )
        self.env["cosmetics.stock.count.entry"].sudo().create(vals_list)  # sudo: see `enter`
