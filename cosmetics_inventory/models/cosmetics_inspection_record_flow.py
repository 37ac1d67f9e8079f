"""How inspection records come into being, complete themselves and are sealed."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import record_chain, shelf_life

SEALED_FIELDS = (
    "product_name",
    "registration_no",
    "expiration_on",
    "net_content",
    "quantity",
    "uom_name",
    "supplier_name",
    "supplier_address",
    "supplier_contact",
    "purchased_on",
    "batch_no",
    "production_on",
    "life_days",
    "registrant",
    "inspector_name",
    "result",
    "notes",
    "reason",
    "papers",
)

BATCH_FIELDS = ("expiration_on", "production_on", "life_days")


class CosmeticsInspectionRecord(models.Model):
    _inherit = "cosmetics.inspection.record"

    @api.model
    def _create_for_lines(self, lines):
        """Create, complete and seal the records of received move lines; hold the batches of incomplete ones.

        :param stock.move.line lines: done or about to be, from a supplier into stock, with their batch
        """
        # sudo: records come from receipts only, so nobody has the right to create one by hand
        records = self.sudo().create([self._prepare_vals(line) for line in lines])
        records._complete()
        records._hold_incomplete()
        return records

    @api.model
    def _prepare_vals(self, line):
        """Return the values of the record of one received move line: copies, for the sources may change."""
        lot = line.lot_id
        return {
            "company_id": line.company_id.id,
            "move_line_id": line.id,
            "picking_id": line.picking_id.id,
            "product_id": line.product_id.id,
            "lot_id": lot.id,
            "supplier_id": line._get_supplier().commercial_partner_id.id,
            "batch_no": lot.name,
            "quantity": line.quantity_product_uom,
            "uom_name": line.product_id.uom_id.name,
            "purchased_on": shelf_life.china_day(fields.Datetime.now()),
            "result": "fail" if line.is_inspection_failed else "pass",
            **self._prepare_inspector_vals(),
            **self._prepare_master_vals(line.product_id, lot, line._get_supplier()),
        }

    @api.model
    def _prepare_inspector_vals(self):
        return {"inspector_id": self.env.uid, "inspector_name": self.env.user.name}

    @api.model
    def _prepare_master_vals(self, product, lot, supplier):
        """Return what product, batch and supplier say today, in the language of the label."""
        product = product.with_context(lang=self._get_label_language())
        variant = product.product_template_attribute_value_ids._get_combination_name()
        company = supplier.commercial_partner_id
        units = dict(product._fields["net_content_uom"]._description_selection(product.env))
        content = f"{product.net_content:g} {units.get(product.net_content_uom, '')}".strip() if product.net_content else False
        return {
            "product_name": f"{product.name} ({variant})" if variant else product.name,
            "registration_no": product.registration_no,
            "registrant": product.registrant_id.commercial_company_name or product.registrant_id.name,
            "net_content": content,
            "expiration_on": lot.expiration_on,
            "production_on": lot.production_date,
            "life_days": lot.total_life_days,
            "supplier_name": company.name,
            "supplier_address": self._get_address(company),
            "supplier_contact": company.phone or supplier.phone or company.email or supplier.email,
        }

    @api.model
    def _get_label_language(self):
        """Return the language labels are printed in: Chinese where it is installed."""
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        return "zh_CN" if "zh_CN" in installed else self.env.lang

    @api.model
    def _get_address(self, partner):
        """Return the address in one line, False when neither street nor city is known (a country alone is no address)."""
        if not (partner.street or partner.city):
            return False
        lines = partner._display_address(without_company=True).splitlines()
        return " ".join(line.strip() for line in lines if line.strip())

    def _refresh(self):
        """Fill what drafts lack from product, batch and supplier, then complete those that lack nothing any more."""
        drafts = self.sudo().filtered(lambda record: record.state == "draft" and not record.corrected_id)  # sudo: as in _create_for_lines
        for record in drafts:
            current = self._prepare_master_vals(record.product_id, record.lot_id, record.move_line_id._get_supplier())
            # Dates follow the batch until the seal; the rest is filled where it is empty.
            found = {name: value for name, value in current.items() if value and (name in BATCH_FIELDS or not record[name])}
            if not record.supplier_id and (supplier := record.move_line_id._get_supplier()):
                found["supplier_id"] = supplier.commercial_partner_id.id
            if found:
                record.write(found)
        drafts._complete()

    @api.model
    def _cron_refresh(self):
        """Complete drafts whose product or supplier was completed since; nobody has to press a button."""
        self.search([("state", "=", "draft"), ("corrected_id", "=", False)])._refresh()

    def _complete(self):
        """Seal the drafts that lack nothing; their batches are released, or rejected when the inspection failed."""
        ready = self.sudo().filtered(lambda record: record.state == "draft" and not record._get_missing())  # sudo: as above
        if not ready:
            return
        for company, records in ready.grouped("company_id").items():
            records._seal(company)
        # A correction speaks about the paper, not about the goods, unless it finds that they failed.
        ready.filtered(
            lambda record: not record.corrected_id or (record.result == "fail" and record.corrected_id.result == "pass")
        )._settle_batches()

    def _settle_batches(self):
        """Give free the batches that were held for these records alone, reject those that failed."""
        failed = self.filtered(lambda record: record.result == "fail")
        for record in failed.filtered(lambda record: record.lot_id.quality_state in ("released", "quarantine")):
            record.lot_id._set_quality_state("rejected", self.env._("Failed the purchase inspection, record %s", record.display_name))
        held = (self - failed).lot_id.filtered("is_held_by_inspection")
        waiting = self.search([("lot_id", "in", held.ids), ("state", "=", "draft"), ("corrected_id", "=", False)]).lot_id
        free = held - waiting
        if free:
            free._set_quality_state("released", self.env._("The purchase inspection record is complete"))

    def _hold_incomplete(self):
        """Hold the batches of drafts; a batch that is held for another reason stays as it is."""
        for record in self.filtered(lambda record: record.state == "draft" and record.lot_id.quality_state == "released"):
            reason = self.env._("The purchase inspection record lacks: %s", record.missing)
            record.lot_id._hold_for_inspection(reason)

    def _append_correction(self, line, reason):
        """Put right what a done receipt line says now: drafts are updated, sealed records get a correction.

        :param stock.move.line line: the line the records were made for
        """
        vals = {
            "quantity": line.quantity_product_uom,
            "lot_id": line.lot_id.id,
            "batch_no": line.lot_id.name,
            "expiration_on": line.lot_id.expiration_on,
            "production_on": line.lot_id.production_date,
            "life_days": line.lot_id.total_life_days,
        }
        for record in self.sudo():  # sudo: as in _create_for_lines
            if record.state == "draft":
                record.write(vals)
            else:
                correction = record.copy({**vals, "corrected_id": record.id, "reason": reason, **self._prepare_inspector_vals()})
                correction._complete()
        self.sudo()._hold_incomplete()  # sudo: as above; the line may name another batch now

    def _seal(self, company):
        """Number and seal these complete drafts of one company, one after the other, onto the locked head of its chain."""
        chain = self.env["cosmetics.inspection.chain"]._lock(company)
        file_hashes = {}
        for record in self.sorted("id"):
            record._claim_attachments()
            papers = record._get_papers()
            record.write(
                {
                    "document_ids": [fields.Command.set(papers.ids)],
                    "sealed_attachment_ids": [fields.Command.set((record.attachment_ids | papers.attachment_ids).ids)],
                    "papers": [paper._get_snapshot() for paper in papers.sorted(lambda paper: (paper.kind, paper.id))],
                }
            )
            number = chain.last_number + 1
            record.flush_recordset()
            record.invalidate_recordset()  # sealed is what the database gives back, not what was typed
            content = {**record._get_sealed_content(file_hashes), "state": "done"}
            seal = record_chain.seal_of(content, number, chain.last_seal)
            record.write({"state": "done", "number": number, "previous_seal": chain.last_seal, "seal": seal})
            chain.write({"last_number": number, "last_seal": seal})

    def _get_sealed_content(self, file_hashes):
        """Return what the seal of the record covers, as the database holds it.

        :param dict file_hashes: {attachment id: hash}, filled here; papers are shared by many records
        """
        self.ensure_one()
        for file in self.sealed_attachment_ids:
            if file.id not in file_hashes:
                file_hashes[file.id] = record_chain.content_hash(file.raw or b"")
        return {
            **{name: self[name] for name in SEALED_FIELDS},
            "state": self.state,
            "company": str(self.company_id.id),
            "corrects": str(self.corrected_id.number or ""),
            "files": sorted(file_hashes[file.id] for file in self.sealed_attachment_ids),
        }

    def _shorten_chain(self):
        """Let the chain begin later when the oldest sealed records are deleted; refuse to tear a hole into it."""
        sealed = self.sudo().filtered("number")
        for company, records in sealed.grouped("company_id").items():
            chain = self.env["cosmetics.inspection.chain"]._lock(company)
            numbers = sorted(records.mapped("number"))
            if numbers != list(range(chain.first_number, chain.first_number + len(numbers))):
                raise UserError(self.env._("Delete the oldest inspection records first: the next one is number %s.", chain.first_number))
            chain.first_number = numbers[-1] + 1
