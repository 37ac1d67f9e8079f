"""Purchase inspection records (进货查验记录): what they hold, when they are complete, and that they stay."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import record_chain, shelf_life

# The minimum the law names (SAMR Order 46 art. 39), in its order.
NINE_FIELDS = (
    "product_name",
    "registration_no",
    "expiration_on",
    "net_content",
    "quantity",
    "supplier_name",
    "supplier_address",
    "supplier_contact",
    "purchased_on",
)
# What a person may complete by hand on a draft; product, batch, quantity and day come from the receipt alone.
COMPLETED_FIELDS = {
    "registration_no",
    "net_content",
    "supplier_name",
    "supplier_address",
    "supplier_contact",
    "registrant",
    "result",
    "notes",
    "attachment_ids",
}
CORRECTED_FIELDS = COMPLETED_FIELDS | {"product_name", "expiration_on", "production_on", "quantity", "batch_no", "purchased_on", "reason"}


class CosmeticsInspectionRecord(models.Model):
    """The inspection of one received batch (SAMR Order 46 art. 39; CSAR art. 38; gifts and testers too, art. 49).

    It is made by the receipt and holds copies, not references, of what the law names. A draft lacks something, and its batch
    waits in quarantine. A done record is sealed into the chain of its company: nobody changes it, and nobody deletes it before
    `keep_until`; a mistake is put right by a further record that names it.
    """

    _name = "cosmetics.inspection.record"
    _description = "Purchase Inspection Record"
    _order = "purchased_on desc, id desc"
    _rec_names_search = ["product_name", "batch_no", "supplier_name", "registration_no"]
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    number = fields.Integer(readonly=True, copy=False, help="Running number of the company, without gaps. A draft has none yet.")
    state = fields.Selection(
        [("draft", "Incomplete"), ("done", "Done")], required=True, default="draft", readonly=True, copy=False, index=True
    )
    move_line_id = fields.Many2one("stock.move.line", string="Receipt Line", readonly=True, index="btree_not_null", ondelete="restrict")
    picking_id = fields.Many2one("stock.picking", string="Receipt", readonly=True, index="btree_not_null", ondelete="restrict")
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="restrict")
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True, index="btree_not_null", ondelete="restrict")
    supplier_id = fields.Many2one("res.partner", readonly=True, index="btree_not_null", ondelete="restrict")
    product_name = fields.Char(help="Name of the product as on its label.")
    registration_no = fields.Char(string="Registration No.", help="Registration number (special cosmetics) or filing number.")
    expiration_on = fields.Date(string="Use-by Date", help="Last day on which the batch may be used.")
    net_content = fields.Char(help="As printed on the pack, e.g. 50 ml.")
    quantity = fields.Float(string="Quantity Received", digits="Product Unit")
    uom_name = fields.Char(string="Unit", readonly=True)
    supplier_name = fields.Char()
    supplier_address = fields.Char()
    supplier_contact = fields.Char(help="Telephone or e-mail of the supplier.")
    purchased_on = fields.Date(string="Purchase Date", index=True, help="Day of the receipt, in China.")
    batch_no = fields.Char(string="Batch No.", index="trigram")
    production_on = fields.Date(string="Production Date")
    life_days = fields.Integer(string="Shelf Life (Days)", readonly=True, help="Days from production to use-by date; 0 when unknown.")
    registrant = fields.Char(string="Registrant / Filer")
    inspector_id = fields.Many2one("res.users", readonly=True, index=True, ondelete="restrict")
    inspector_name = fields.Char(string="Inspected By", readonly=True)
    result = fields.Selection([("pass", "Passed"), ("fail", "Failed")], required=True, default="pass")
    notes = fields.Text()
    attachment_ids = fields.Many2many(
        "ir.attachment",
        "cosmetics_inspection_record_attachment_rel",
        string="Files",
        bypass_search_access=True,
        copy=False,
        help="Licence, registration proof or certificate of the batch, where they are no supplier papers.",
    )
    document_ids = fields.Many2many(
        "cosmetics.supplier.document",
        "cosmetics_inspection_record_document_rel",
        string="Supplier Papers",
        context={"active_test": False},  # renewed papers are archived, and proved this receipt all the same
        readonly=True,
        copy=False,
    )
    sealed_attachment_ids = fields.Many2many(
        "ir.attachment",
        "cosmetics_inspection_record_sealed_rel",
        string="Sealed Files",
        readonly=True,
        copy=False,
        bypass_search_access=True,
    )
    papers = fields.Json(readonly=True, copy=False, help="Kind, number and validity of the papers on the day of the seal.")
    papers_text = fields.Text(string="Papers Shown", compute="_compute_papers_text")
    missing = fields.Char(
        compute="_compute_missing", help="What the record still lacks. As long as something is missing, the batch is not sold."
    )
    keep_until = fields.Date(
        compute="_compute_keep_until",
        store=True,
        help="One year after the use-by date; where the whole life is shorter than a year, at least two years after the receipt.",
    )
    corrected_id = fields.Many2one(
        "cosmetics.inspection.record", string="Corrects", readonly=True, index="btree_not_null", ondelete="restrict", copy=False
    )
    correction_ids = fields.One2many("cosmetics.inspection.record", "corrected_id", string="Corrections")
    reason = fields.Char(string="Reason of the Correction", copy=False)
    previous_seal = fields.Char(readonly=True, copy=False)
    seal = fields.Char(readonly=True, copy=False, help="SHA-256 of this record and the seal of the record before it.")

    _number_uniq = models.UniqueIndex("(company_id, number) WHERE number > 0", "Two inspection records have the same number.")

    @api.depends("number", "batch_no", "product_name")
    def _compute_display_name(self):
        for record in self:
            number = f"{record.number:06d}" if record.number else self.env._("Draft")
            record.display_name = " ".join(filter(None, (number, record.product_name, record.batch_no)))

    @api.depends("papers")
    def _compute_papers_text(self):
        kinds = dict(self.env["cosmetics.supplier.document"]._fields["kind"]._description_selection(self.env))
        for record in self:
            lines = (
                " ".join(filter(None, (kinds.get(paper["kind"]), paper["number"], paper["expires_on"] or "")))
                for paper in record.papers or []
            )
            record.papers_text = "\n".join(lines)

    @api.depends("expiration_on", "purchased_on", "life_days")
    def _compute_keep_until(self):
        for record in self:
            day = record.purchased_on or shelf_life.china_day(fields.Datetime.now())
            record.keep_until = record_chain.keep_until(record.expiration_on, day, record.life_days)

    @api.depends(*NINE_FIELDS, "state", "supplier_id", "attachment_ids")
    def _compute_missing(self):
        for record in self:
            record.missing = "、".join(record._get_missing()) if record.state == "draft" else False

    def write(self, vals):
        self._check_changeable(vals)
        res = super().write(vals)
        if not self.env.su:
            if "attachment_ids" in vals:
                self._claim_attachments()
            self.filtered(lambda record: not record.corrected_id)._complete()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_kept(self):
        """A sealed record goes after `keep_until` only, and only the oldest ones: the chain then begins later."""
        today = shelf_life.china_day(fields.Datetime.now())
        for record in self.filtered(lambda record: record.state == "done" and record.keep_until >= today):
            raise UserError(
                self.env._(
                    "Inspection record %(record)s must be kept until %(day)s. Put mistakes right with a correction.",
                    record=record.display_name,
                    day=record.keep_until,
                )
            )
        if drafts := self.filtered(lambda record: record.state == "draft" and record.move_line_id and not record.corrected_id):
            raise UserError(self.env._("The receipt asks for inspection record %s. Complete it instead.", drafts[0].display_name))
        self._shorten_chain()

    def action_refresh(self):
        """Take over what was completed on product, supplier and papers since the receipt."""
        self.check_access("write")
        self._refresh()

    def action_correct(self):
        """Open a correction: a further record that starts as a copy of this one."""
        self.ensure_one()
        self.check_access("write")
        if self.state != "done":
            raise UserError(self.env._("Record %s is not done yet. Complete it instead.", self.display_name))
        # sudo: records come from receipts only, so nobody has the right to create one by hand
        correction = self.sudo().copy({"corrected_id": self.id, **self._prepare_inspector_vals()}).sudo(False)
        return correction._get_form_action()

    def action_complete(self):
        """Seal a correction once it gives a reason and lacks nothing."""
        self.check_access("write")
        for record in self.filtered(lambda record: record.state == "draft"):
            if record.corrected_id and not record.reason:
                raise UserError(self.env._("Say why record %s is corrected.", record.corrected_id.display_name))
            if record.missing:
                raise UserError(self.env._("“%(record)s” still lacks: %(missing)s.", record=record.display_name, missing=record.missing))
        self._complete()

    def action_print(self):
        """Print the records as one list."""
        self.check_access("read")
        return self.env.ref("cosmetics_inventory.cosmetics_inspection_record_report").report_action(self)

    def _get_form_action(self):
        self.ensure_one()
        return {"type": "ir.actions.act_window", "res_model": self._name, "res_id": self.id, "view_mode": "form"}

    def _check_changeable(self, vals):
        """Raise when a record is sealed, or when a person changes what only the receipt may say."""
        if sealed := self.filtered(lambda record: record.state == "done"):
            raise UserError(
                self.env._(
                    "Inspection record %s is done and cannot be changed. Put mistakes right with a correction.", sealed[0].display_name
                )
            )
        if self.env.su:
            return
        for record in self:
            foreign = vals.keys() - (CORRECTED_FIELDS if record.corrected_id else COMPLETED_FIELDS)
            if foreign:
                label = self._fields[min(foreign)]._description_string(self.env) if min(foreign) in self._fields else min(foreign)
                raise AccessError(
                    self.env._(
                        "%(field)s of inspection record %(record)s comes from the receipt and is not typed.",
                        field=label,
                        record=record.display_name,
                    )
                )

    def _claim_attachments(self):
        for record in self.filtered("attachment_ids"):
            claimed = record.attachment_ids._claim_for(record)
            if claimed != record.attachment_ids:
                record.attachment_ids = claimed

    def _get_missing(self):
        """Return the names of what the record lacks, in the user's language. Other modules may add papers of their own."""
        self.ensure_one()
        # A correction may say that nothing was received; a receipt cannot.
        needed = [name for name in NINE_FIELDS if not (self.corrected_id and name == "quantity")]
        return [self._fields[name]._description_string(self.env) for name in needed if not self[name]] + self._get_missing_papers()

    def _get_missing_papers(self):
        """Return the names of the papers that the company asks for and that are not there."""
        self.ensure_one()
        company = self.company_id
        kinds = dict(self.env["cosmetics.supplier.document"]._fields["kind"]._description_selection(self.env))
        needed = []
        if company.inspection_needs_licence:
            needed.append("business_licence")
        if company.inspection_needs_registration and not self.attachment_ids:
            needed.append("special_registration" if self.product_id.cosmetic_kind == "special" else "filing")
        if company.inspection_needs_certificate and not self.attachment_ids:
            needed.append("quality_certificate")
        present = set(self._get_papers().mapped("kind")) if needed else set()
        return [kinds[kind] for kind in needed if kind not in present]

    def _get_papers(self):
        """Return the supplier papers (sudo) that hold for this receipt on its day."""
        self.ensure_one()
        # sudo: whoever sees the record may know which papers stand behind it
        papers = self.env["cosmetics.supplier.document"].sudo().with_context(allowed_company_ids=self.company_id.ids)
        if not self.supplier_id or not self.purchased_on:
            return papers
        found = papers._get_valid(self.supplier_id, self.purchased_on)._filtered_for(self.product_id, self.batch_no)
        certificates = found.filtered(lambda paper: paper.kind == "quality_certificate" and not (paper.batch_no or paper.product_tmpl_ids))
        return found - certificates  # a certificate that names neither batch nor product proves nothing about this batch
