from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.cell import clean
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_base.tools.sheet_reader import Limits, archive_members, kind_of, read_files
from odoo.exceptions import UserError

from ..tools import einvoice_xml, kinds, platform_list
from ..tools.record import Content, Rejected

SUMS = ("new_count", "updated_count", "same_count", "repeated_count", "amount", "tax", "record_amount")
LIMITS = Limits(file_bytes=32 << 20, rows=100_000)


class CosmeticsFapiaoImport(models.Model):
    """Lists of the tax platform and XML files of single invoices, read: what is new, what changed, what was refused and why."""

    _name = "cosmetics.fapiao.import"
    _description = "Import of Tax Invoices"
    _inherit = ["mail.thread", "cosmetics.counted.document", "cosmetics.uploads.mixin"]
    _order = "id desc"
    _kept = frozenset({*SUMS, "reject_ids"})

    name = fields.Char(required=True, readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    certified_month = fields.Date(
        string="Certified for",
        help="Tax period of a list of confirmed uses; the month in which they were ticked when it is empty.",
    )
    state = fields.Selection([("draft", "New"), ("done", "Read")], default="draft", required=True, readonly=True, copy=False)
    new_count = fields.Integer(string="Added", readonly=True, copy=False)
    updated_count = fields.Integer(string="Updated", readonly=True, copy=False)
    same_count = fields.Integer(string="Unchanged", readonly=True, copy=False)
    repeated_count = fields.Integer(
        string="Repeated Rows", readonly=True, copy=False, help="Rows that another sheet of the file tells, too."
    )
    amount = fields.Monetary(string="Amount in Files", readonly=True, copy=False)
    tax = fields.Monetary(string="Tax in Files", readonly=True, copy=False)
    record_amount = fields.Monetary(string="Amount Read", readonly=True, copy=False)
    reject_amount = fields.Monetary(string="Amount Rejected", compute="_compute_rejects")
    reject_count = fields.Integer(string="Rejected Rows", compute="_compute_rejects")
    reject_ids = fields.One2many("cosmetics.fapiao.reject", "import_id", string="Rejected", readonly=True)
    fapiao_ids = fields.One2many("cosmetics.fapiao", "import_id", string="Tax Invoices", readonly=True)

    @api.depends("reject_ids.amount")
    def _compute_rejects(self):
        for record in self:
            record.reject_count = len(record.reject_ids)
            record.reject_amount = sum(record.reject_ids.mapped("amount"))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("cosmetics.fapiao.import") or self.env._("New")
        return super().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_read(self):
        if any(record.state == "done" for record in self):
            raise UserError(self.env._("What was read stays in the list, so that its sums can be checked. Start a new import instead."))

    def action_read(self):
        """Read the files. Reading them again changes nothing but what has become newer."""
        self.check_access("write")
        for record in self:
            if not record.attachment_ids:
                raise UserError(self.env._("Add the list of the tax platform or the XML files first, then read them."))
            if not record.company_id.vat:
                raise UserError(self.env._("Enter the tax number of %s first: it tells issued from received.", record.company_id.name))
            # Two people at once: the second waits, and finds what the first has read.
            hold_rows(record.company_id)
            record._read()

    def action_open_fapiaos(self):
        """Open the tax invoices that this import read or changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance_fapiao.cosmetics_fapiao_received_action")
        return {**action, "name": self.name, "domain": [("import_id", "=", self.id)], "context": {}}

    def _read(self):
        totals = dict.fromkeys(SUMS, 0)
        self.sudo().reject_ids.unlink()  # sudo: sums and rejected rows are those of the files, nobody edits them
        touched = self.env["cosmetics.fapiao"]
        for attachment in self.attachment_ids:
            for name, content in self._parse(attachment.name, attachment.raw or b""):
                touched |= self._apply(name, content, totals)
        self.sudo().write({**totals, "state": "done"})  # sudo: as above
        touched.action_match()

    def _parse(self, name, raw):
        """Return [(file, `Content`)] of a file; a file of an archive that cannot be read is a rejected row, not the end."""
        try:
            if not einvoice_xml.is_xml(raw) and raw.startswith(b"PK") and kind_of(name, raw) == "zip":
                return [(title, self._parse_member(title, content)) for title, content in archive_members(name, raw, LIMITS)]
            return [(name, self._parse_one(name, raw))]
        except FileProblem as problem:
            raise UserError(self._get_sentence(problem.code, {"name": name, **problem.facts})) from None

    def _parse_one(self, name, raw):
        if einvoice_xml.is_xml(raw):
            return Content("xml", [einvoice_xml.read(raw, name)], [])
        return platform_list.read_sheets(read_files(name, raw, LIMITS), name)

    def _parse_member(self, name, raw):
        try:
            return self._parse_one(name, raw)
        except FileProblem as problem:
            return Content("file", [], [Rejected(0, problem.code, clean(problem.facts.get("text")))])

    def _apply(self, name, content, totals):
        """Create and update the invoices of a content, note what was rejected; return the invoices that are new or changed."""
        totals["repeated_count"] += content.repeated
        totals["amount"] += float(content.amount)
        totals["tax"] += float(content.tax)
        known = {
            fapiao.number: fapiao
            for fapiao in self.env["cosmetics.fapiao"].search(
                [("company_id", "=", self.company_id.id), ("number", "in", [record.number for record in content.records])]
            )
        }
        rejected, to_create, changed = list(content.rejected), [], self.env["cosmetics.fapiao"]
        for record in content.records:
            fault = self._get_fault(record, known.get(record.number))
            if fault:
                rejected.append(Rejected(record.rows[0], *fault, record.number, record.amount, record.tax))
                continue
            totals["record_amount"] += float(record.amount)
            vals = self._prepare_vals(record, known.get(record.number))
            if record.number not in known:
                to_create.append(vals)
            elif vals:
                known[record.number].write({**vals, "import_id": self.id})
                changed |= known[record.number]
            totals["updated_count" if vals else "same_count"] += record.number in known
        totals["new_count"] += len(to_create)
        # sudo: as above
        self.env["cosmetics.fapiao.reject"].sudo().create([self._prepare_reject_vals(name, fault) for fault in rejected])
        return changed | self.env["cosmetics.fapiao"].create(to_create)

    def _get_fault(self, record, known):
        """Return (code, text) of what keeps a whole invoice out, None when nothing does."""
        if not self._get_direction(record):
            return "other_company", f"{record.seller_vat} / {record.buyer_vat}"
        currency = self.currency_id
        amounts = [(known.amount, float(record.amount)), (known.tax, float(record.tax))] if known else []
        if any(currency.compare_amounts(*pair) for pair in amounts):
            return "amount_changed", f"{known.amount:.2f} → {record.amount}"
        if record.certified and record.kind not in (*kinds.SPECIAL, "other"):
            return "not_special", record.number
        if record.certified and self.company_id.vat_taxpayer_kind != "general":
            return "small_scale", record.number
        return None

    def _get_direction(self, record):
        vat = self.company_id.vat.strip().upper()
        if record.seller_vat == vat:
            return "issued"
        # A list of confirmed uses names the seller alone: it is the buyer's own.
        return "received" if record.buyer_vat == vat or record.certified is not None else None

    def _prepare_vals(self, record, known):
        """Return the values of a new invoice, or what a known one gains from the file; nothing when it is the same."""
        vals = self._prepare_certified_vals(record)
        if known:
            vals = {name: value for name, value in vals.items() if known[name] != value}
            if known._is_newer_state(record.state):
                vals["state"] = record.state
            if record.lines and not known.line_ids:
                vals["line_ids"] = self._prepare_line_vals(record)
            return vals | {name: text for name in ("buyer_name", "remark", "drawer") if (text := getattr(record, name)) and not known[name]}
        origin, confirmation = kinds.red_facts(record.remark)
        texts = {name: getattr(record, name) for name in ("seller_vat", "seller_name", "buyer_vat", "buyer_name", "remark", "drawer")}
        vals |= {
            "number": record.number,
            "day": record.day,
            "kind": record.kind,
            "state": record.state,
            "direction": self._get_direction(record),
        }
        vals |= {"amount": float(record.amount), "tax": float(record.tax), "line_ids": self._prepare_line_vals(record)}
        vals |= {"company_id": self.company_id.id, "import_id": self.id, "origin_number": origin, "red_confirm_no": confirmation}
        if record.certified is not None:
            vals |= {"buyer_vat": self.company_id.vat, "buyer_name": self.company_id.name}
        return {**texts, **vals}

    def _prepare_certified_vals(self, record):
        if not record.certified:
            return {} if record.certified is None else {"certified_month": False, "deductible_tax": 0}
        return {"certified_month": (self.certified_month or record.certified_on).replace(day=1), "deductible_tax": float(record.deductible)}

    def _prepare_line_vals(self, record):
        return [
            Command.create(
                {
                    **{name: getattr(line, name) for name in ("name", "code", "spec", "unit", "quantity", "unit_price")},
                    "amount": float(line.amount),
                    "tax": float(line.tax),
                    "tax_rate": float(line.tax_rate or 0),
                    "has_rate": line.tax_rate is not None,
                }
            )
            for line in record.lines
        ]

    def _prepare_reject_vals(self, name, fault):
        facts = {"name": name, "text": fault.text, "number": fault.number}
        return {
            "import_id": self.id,
            "file_name": name,
            "row_no": fault.row,
            "number": fault.number,
            "amount": float(fault.amount),
            "tax": float(fault.tax),
            "reason": self._get_sentence(fault.code, facts),
        }
