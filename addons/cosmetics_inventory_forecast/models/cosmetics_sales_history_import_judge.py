"""The verdict on each row of files of old sales: what it stands for here, and what keeping it would change."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from odoo import Command, fields, models
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ..tools import sales_history


@dataclass
class Entry:
    """A row of a file, what it stands for here, and the verdict so far; of a file that cannot be read the row is None."""

    file: str
    table: int
    row: sales_history.Row | None
    product: int | None = None
    warehouse: int | None = None
    level: str = "new"
    code: str = ""
    text: str = ""
    old: float = 0.0
    history: int | None = None

    def refuse(self, code, text=""):
        self.level, self.code, self.text = "refused", code, text

    @property
    def key(self):
        return self.product, self.warehouse, self.row.kind, self.row.first


class CosmeticsSalesHistoryImport(models.Model):
    _inherit = "cosmetics.sales.history.import"

    def _judge(self, keep=False):
        """Replace the rows by those of the files with their verdicts; with ``keep`` and nothing refused, keep the figures."""
        self.ensure_one()
        if not self.attachment_ids:
            raise UserError(self.env._("Add the sales of the old system first (CSV or XLSX), then check them."))
        entries = self._read()
        self._resolve_all(entries)
        groups = self._group(entries)
        known = self._get_known(groups)
        self._compare(groups, known)
        if keep and all(entry.level != "refused" for entry in entries):
            self._keep(groups, known)
        Row = self.env["cosmetics.sales.history.row"].sudo()  # sudo: verdicts are nobody's to write
        Row.search([("import_id", "=", self.id)]).unlink()
        sentences = self._get_row_sentences()
        Row.create([self._prepare_row_vals(entry, sentences) for entry in entries])

    def _read(self):
        """Return the entries of all rows; one that is refused stands for a file that cannot be read."""
        entries, seen, count = [], {}, 0
        for attachment in self.attachment_ids.sorted("id"):
            if attachment.checksum in seen:
                entries.append(Entry(attachment.name, -1, None, level="refused", code="same_file", text=seen[attachment.checksum]))
                continue
            seen[attachment.checksum] = attachment.name
            try:
                tables = sales_history.read(attachment.name, attachment.raw or b"", self.period)
            except FileProblem as problem:
                text = self._get_file_sentence(problem.code, {"name": attachment.name, **problem.facts})
                entries.append(Entry(attachment.name, -1, None, level="refused", code="file", text=text))
                continue
            for table in tables:
                count += 1
                entries += [Entry(table.name, count, row) for row in table.rows]
        return entries

    def _resolve_all(self, entries):
        """Find product and warehouse of each row; names that stand for nothing yet are put on the list to assign."""
        rows = [entry for entry in entries if entry.row]
        names = {
            (name.kind, name.told.lower()): name
            for name in self.env["cosmetics.sales.history.name"].search([("company_id", "=", self.company_id.id)])
        }
        products, shops = self._get_products(rows), self._get_shops()
        today = china_day(fields.Datetime.now())
        missing = {}
        for entry in rows:
            row = entry.row
            if row.problem:
                entry.refuse(*row.problem)
            elif not row.told:
                entry.refuse("no_product")
            elif row.first >= today:
                entry.refuse("not_over", str(row.first))
            else:
                for kind, told, hint, find in (
                    ("shop", row.shop, "", lambda row=row: shops.get(row.shop.lower(), [])),
                    ("product", row.told, row.name, lambda row=row: self._find_products(row, products)),
                ):
                    if entry.level == "new" and self._resolve(entry, kind, told, names, find):
                        missing.setdefault((kind, told.lower()), (told, hint))
        self._list_names(missing, names)

    def _resolve(self, entry, kind, told, names, find):
        """Set the product or the warehouse of an entry; return True when its name is to be assigned."""
        field = "product" if kind == "product" else "warehouse"
        if not told:  # a file without a column of shops
            entry.warehouse = self.warehouse_id.id
            if not self.warehouse_id:
                entry.refuse("no_shop")
            return False
        name = names.get((kind, told.lower()))
        if name and name.is_ignored:
            entry.level, entry.code, entry.text = "ignored", "ignored", told
            return False
        target = name and (name.product_id or name.warehouse_id).id
        found = [target] if target else find()
        if len(found) == 1:
            setattr(entry, field, found[0])
            return False
        entry.refuse(f"{'many' if found else 'unknown'}_{kind}", told)
        return True

    def _find_products(self, row, products):
        """Return ids of the products a row can stand for: by code, else by bar code, else by name."""
        for told, column in ((row.code, "default_code"), (row.barcode, "barcode"), (row.name, "name")):
            if told and (found := products[column].get(told.lower())):
                return found
        return []

    def _get_products(self, entries):
        """Return {column: {text: [product ids]}} of what the rows name; those in use come before archived ones."""
        Product = self.env["product.product"].with_context(active_test=False)
        result = {}
        for column, wanted in (
            ("default_code", {entry.row.code for entry in entries}),
            ("barcode", {entry.row.barcode for entry in entries}),
            ("name", {entry.row.name for entry in entries if not (entry.row.code and entry.row.barcode)}),
        ):
            domain = [(column, "in", list(wanted - {""})), ("company_id", "in", (False, self.company_id.id))]
            found = defaultdict(lambda: ([], []))
            for product in Product.search(domain):
                found[product[column].lower()][0 if product.active else 1].append(product.id)
            result[column] = {text: used or archived for text, (used, archived) in found.items()}
        return result

    def _get_shops(self):
        """Return {name or code: [warehouse ids]} of warehouses and stores."""
        result = defaultdict(list)
        # sudo: their names alone, of the company of the import; an archived one may have a past too
        warehouses = self.env["stock.warehouse"].sudo().with_context(active_test=False)
        for warehouse in warehouses.search([("company_id", "=", self.company_id.id)]):
            stores = warehouse.store_ids
            for text in {warehouse.name, warehouse.code, *stores.mapped("name"), *stores.mapped("code")}:
                result[text.lower()].append(warehouse.id)
        return result

    def _list_names(self, missing, names):
        """Show the names that stand for nothing yet, to be assigned."""
        fresh = {key: pair for key, pair in missing.items() if key not in names}
        created = self.env["cosmetics.sales.history.name"].create(
            [{"company_id": self.company_id.id, "kind": kind, "told": told, "hint": hint} for (kind, _key), (told, hint) in fresh.items()]
        )
        listed = created.union(*(names[key] for key in missing if key in names))
        self.name_ids = [Command.set(listed.ids)]

    def _group(self, entries):
        """Return {(product, warehouse, kind, first day): entries} of the rows that count; rows of one table add up."""
        groups = defaultdict(list)
        for entry in entries:
            if entry.level == "new":
                groups[entry.key].append(entry)
        for group in groups.values():
            for entry in group:
                if entry.table != group[0].table:
                    entry.refuse("twice", group[0].file)
        return groups

    def _get_known(self, groups):
        """Return {key: figure} of the shops and days the groups are about."""
        if not groups:
            return {}
        days = [day for group in groups.values() for day in (group[0].row.first, group[0].row.last)]
        figures = self.env["cosmetics.sales.history"].search(
            [
                ("warehouse_id", "in", list({warehouse for _product, warehouse, _kind, _first in groups})),
                ("product_id", "in", list({product for product, _warehouse, _kind, _first in groups})),
                ("date_from", "<=", max(days)),
                ("date_to", ">=", min(days)),
            ]
        )
        return {(figure.product_id.id, figure.warehouse_id.id, figure.kind, figure.date_from): figure for figure in figures}

    def _compare(self, groups, known):
        """Say of each group whether it is new, replaces what is known or changes nothing; a day counts in one period alone."""
        spans = defaultdict(list)
        for (product, warehouse, kind, first), figure in known.items():
            spans[product, warehouse].append((kind, first, figure.date_to))
        for (product, warehouse, kind, first), group in groups.items():
            spans[product, warehouse].append((kind, first, group[0].row.last))
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        for key, group in groups.items():
            product, warehouse, kind, first = key
            last = group[0].row.last
            other = next((span for span in spans[product, warehouse] if span[0] != kind and span[1] <= last and span[2] >= first), None)
            figure = known.get(key)
            values = self._prepare_vals(group)
            for entry in group:
                if entry.level == "refused":
                    continue
                if other:
                    entry.refuse("overlap", f"{other[1]} – {other[2]}")
                elif figure:
                    entry.history, entry.old = figure.id, figure.quantity
                    same = not float_compare(figure.quantity, values["quantity"], precision_digits=digits)
                    same = same and not self.currency_id.compare_amounts(figure.amount, values["amount"])
                    entry.level = "same" if same and figure.date_to == values["date_to"] else "changed"

    def _prepare_vals(self, group):
        """Return the values of the figure of a group; a period that is not over yet counts until yesterday."""
        product, warehouse, kind, first = group[0].key
        yesterday = china_day(fields.Datetime.now()) - timedelta(days=1)
        return {
            "company_id": self.company_id.id,
            "product_id": product,
            "warehouse_id": warehouse,
            "kind": kind,
            "date_from": first,
            "date_to": min(group[0].row.last, yesterday),
            "quantity": float(sum(entry.row.units for entry in group)),
            "amount": float(sum(entry.row.amount for entry in group)),
            "import_id": self.id,
        }

    def _keep(self, groups, known):
        """Create the new figures and replace those that changed."""
        History = self.env["cosmetics.sales.history"].sudo()  # sudo: figures are written by imports alone
        new = [group for key, group in groups.items() if key not in known]
        for group, figure in zip(new, History.create([self._prepare_vals(group) for group in new]), strict=True):
            for entry in group:
                entry.history = figure.id
        for key, group in groups.items():
            if group[0].level == "changed":
                known[key].sudo().write(self._prepare_vals(group))  # sudo: as above

    def _prepare_row_vals(self, entry, sentences):
        row, reason = entry.row, sentences.get(entry.code, "%(text)s") % {"text": entry.text}
        vals = {"import_id": self.id, "file_name": entry.file, "level": entry.level, "reason": reason}
        if not row:
            return vals
        return vals | {
            "number": row.number,
            "told_product": " ".join(filter(None, (row.told, row.name if row.name != row.told else ""))),
            "told_shop": row.shop,
            "product_id": entry.product,
            "warehouse_id": entry.warehouse,
            "kind": row.kind,
            "date_from": row.first,
            "quantity": float(row.units),
            "amount": float(row.amount),
            "old_quantity": entry.old,
            "history_id": entry.history,
        }
