"""One order of a file: its verdict, why, and what can be done about it."""

import json
from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools.order_file import build_orders
from ..tools.order_payload import UNSTORABLE, PayloadProblem, read_payload, receivable_of
from ..tools.order_rows import RawRow, order_number
from .sale_order_channel import CHANNEL_STATES

MENDED_FIELDS = frozenset({"product_id", "quantity", "payload_text"})


class CosmeticsOrderImportLine(models.Model):
    """An order as it stood in the files. A bad one never stops the others: it waits here to be mended."""

    _name = "cosmetics.order.import.line"
    _description = "Order Import Row"
    _order = "import_id desc, sequence, id"
    _rec_name = "order_ref"
    _check_company_auto = True

    import_id = fields.Many2one("cosmetics.order.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    channel_id = fields.Many2one(related="import_id.channel_id", store=True, index="btree_not_null")
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(readonly=True)
    source = fields.Char(string="Found In", readonly=True, help="File, sheet and row of the order.")
    order_ref = fields.Char(string="Platform Order No.", readonly=True, index="btree_not_null")
    buyer = fields.Char(string="Receiver", readonly=True)
    channel_state = fields.Selection(CHANNEL_STATES, string="State on the Platform", readonly=True)
    amount = fields.Monetary(string="Receivable", readonly=True)
    payload = fields.Json(string="Content", readonly=True)
    rows = fields.Json(string="Cells", readonly=True)
    file_warning = fields.Text(readonly=True)
    payload_text = fields.Text(
        string="Content of the Order",
        compute="_compute_payload_text",
        inverse="_inverse_payload_text",
        help="The order as it was read. Correct what is wrong and press Retry.",
    )
    verdict = fields.Selection(
        [("new", "New Order"), ("update", "Update"), ("same", "Unchanged"), ("bad", "To Mend")],
        readonly=True,
        required=True,
        default="new",
        index=True,
    )
    is_done = fields.Boolean(string="Imported", readonly=True)
    reason = fields.Text(readonly=True, help="Why the order was not taken, and what to do.")
    warning = fields.Text(readonly=True)
    order_id = fields.Many2one("sale.order", readonly=True, index="btree_not_null", ondelete="set null", check_company=True)
    missing_code = fields.Char(string="Unknown Code", readonly=True, index="btree_not_null")
    product_id = fields.Many2one(
        "product.product",
        string="Is Our Product",
        check_company=True,
        domain=[("sale_ok", "=", True)],
        help="The product that the unknown code stands for; the channel remembers it for all further files.",
    )
    quantity = fields.Float(string="Pieces per Unit", default=1.0, digits="Product Unit", help="2 when the code stands for a pack of two.")

    _waiting_idx = models.Index("(import_id, id) WHERE is_done IS NOT TRUE AND verdict != 'bad'")
    _quantity_positive = models.Constraint(
        "CHECK (quantity > 0)", "One unit on the platform stands for at least some of the product. Enter a quantity above 0."
    )

    @api.depends("payload", "rows")
    def _compute_payload_text(self):
        """What could be read is shown as an order, what could not as the cells of its rows."""
        for line in self:
            cells = [row["cells"] for row in line.rows or ()]
            content = line.payload or cells
            line.payload_text = json.dumps(content, ensure_ascii=False, indent=1) if content else ""

    def _inverse_payload_text(self):
        for line in self:
            line._check_open()
            content = line._parse_payload_text()
            if line.payload:
                summary = line._summary(content)
                line._set_content({"payload": content, **summary})
            else:
                line._set_content({"rows": [{**row, "cells": cells, "problem": ""} for row, cells in zip(line.rows, content, strict=True)]})

    def _set_content(self, vals):
        """Replace what the file said by what was mended; the sum of the files follows."""
        self.ensure_one()
        own = self.sudo()  # sudo: by mending alone a clerk changes what stood in a file
        own.import_id.amount_file += vals.get("amount", self.amount) - self.amount
        own.write(vals)

    def _parse_payload_text(self):
        """Return what was typed; it must still have the shape it had."""
        self.ensure_one()
        try:
            content = json.loads(self.payload_text or "null")
            # No database holds NUL, halves of characters, or numbers that are none.
            storable = not UNSTORABLE.search(json.dumps(content, ensure_ascii=False, allow_nan=False).replace("\\u0000", "\0"))
        except (ValueError, RecursionError):
            content, storable = None, False
        if not storable:
            content = None
        if self.payload and isinstance(content, dict):
            return content
        is_cells = isinstance(content, list) and len(content) == len(self.rows or ())
        if is_cells and all(isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in content):
            return content
        raise ValidationError(self.env._("The content of the order is not readable any more: put back the quotes and commas."))

    def _build_from_cells(self):
        """Read rows again whose cells were mended; those that are still wrong get the reason of now."""
        profiles = self.env["cosmetics.order.import.profile"]._get_profiles()
        known = {profile.key: profile for profile in profiles}
        for line in self.filtered(lambda line: line.rows and not line.payload):
            rows = [RawRow(**row) for row in line.rows]
            for row in rows:
                if row.profile in known:
                    row.order_no = order_number(known[row.profile], row.cells)
            result = build_orders(rows, profiles)
            record = line.import_id
            if len(result.orders) == 1 and not result.rejected and not result.waiting:
                line._set_content({**record._prepare_order_line(result.orders[0]), "rows": False})
            elif found := [*result.rejected, *result.waiting]:
                line._set_content({"reason": record._prepare_rejected_line(found[0])["reason"]})

    # ------------------------------------------------------------------ guard
    def write(self, vals):
        """A clerk mends: names the product of a code, or corrects the content. All else is what the file said and what became of it."""
        if not self.env.su:
            if vals.keys() - MENDED_FIELDS:
                raise AccessError(self.env._("What a file said is not changed. Mend the content of the row, or choose its product."))
            self._check_open()
        return super().write(vals)

    # ------------------------------------------------------------------ actions
    def action_retry(self):
        """Judge these rows again, with the product that was chosen, and import those that are good now."""
        self.check_access("write")
        for line in self.filtered(lambda line: line.verdict == "bad" and line.product_id and line.missing_code):
            self.env["cosmetics.product.alias"]._learn(line.channel_id, line.missing_code, line.product_id, line.quantity, line.company_id)
        return self._retry(self | self._get_waiting_for_codes())

    def _get_waiting_for_codes(self):
        """Return the other rows to mend that lack a code which has just been given a product."""
        codes = self.filtered("product_id").mapped("missing_code")
        domain = [
            ("missing_code", "in", codes),
            ("verdict", "=", "bad"),
            ("channel_id", "in", self.channel_id.ids),
            ("company_id", "in", self.company_id.ids),
        ]
        return self.search(domain) if codes else self.browse()

    def _retry(self, lines):
        """Judge and import rows that are not imported yet."""
        lines = lines.filtered(lambda line: not line.is_done)
        for record, rows in lines.grouped("import_id").items():
            if not record.channel_id:
                raise UserError(self.env._("Import %s has no sales channel. Choose it first.", record.name))
            rows.write({"product_id": False, "quantity": 1.0})
            rows._build_from_cells()
            rows = rows.filtered("payload")
            rows._judge()
            if record.state in ("done", "running"):
                rows.filtered(lambda row: row.verdict != "bad")._import_together()
        return True

    # ------------------------------------------------------------------ helpers
    def _check_open(self):
        if self.filtered("is_done"):
            raise UserError(self.env._("This row has been imported. Change the order itself."))

    @api.model
    def _summary(self, payload):
        """Return the columns of a row that are shown, from its content."""
        summary = {"order_ref": str(payload.get("order_no") or "")[:200], "buyer": str(payload.get("receiver") or "")[:200]}
        try:
            clean = read_payload(payload)
        except PayloadProblem:
            return summary
        return {**summary, "amount": float(receivable_of(clean)), "channel_state": clean["state"]}

    def _judge(self):
        """Write the verdict of each row; orders are not touched."""
        for record, lines in self.grouped("import_id").items():
            items = self.env["cosmetics.order.intake"]._plan(record.channel_id, lines.mapped("payload"), record.company_id)
            lines._note(items)

    def _note(self, items, is_done=False):
        """Write what became of each row; only what differs, so that a second look costs nothing."""
        for line, item in zip(self, items, strict=True):
            vals = {
                "verdict": item.verdict if item.verdict != "again" else "update",
                "reason": item.reason or False,
                "warning": "\n".join(dict.fromkeys([*(line.file_warning or "").splitlines(), *item.warnings])) or False,
                "missing_code": item.missing_code or False,
                "order_id": item.order.id if item.order else False,
                "is_done": is_done and item.verdict not in ("bad", "again"),
            }
            # A row that waits for an order which another process is just taking in keeps its old verdict until the next round.
            if changed := {name: value for name, value in vals.items() if line._fields[name].convert_to_write(line[name], line) != value}:
                line.sudo().write(changed)  # sudo: the verdict is not the clerk's to write

    def _import_together(self):
        """Plan and apply these rows of one import in this transaction; return those that wait for another process."""
        record = self.import_id
        intake = self.env["cosmetics.order.intake"]
        items = intake._plan(record.channel_id, self.mapped("payload"), record.company_id)
        intake._apply(record.channel_id, items, record.company_id, import_id=record.id)
        self._note(items, is_done=True)
        again = [line.id for line, item in zip(self, items, strict=True) if item.verdict == "again"]
        return self.browse(again)


def to_json(value):
    """Return a value of a file as JSON holds it: amounts and moments as text.

    >>> from decimal import Decimal
    >>> to_json({"a": Decimal("1.50"), "b": datetime(2026, 11, 11, 8), "c": (1, None)})
    {'a': '1.50', 'b': '2026-11-11 08:00:00', 'c': [1, None]}
    """
    if isinstance(value, dict):
        return {key: to_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [to_json(each) for each in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
