"""Files that prove an inspection stay as they are."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import shelf_life

GUARDED_MODELS = ("cosmetics.inspection.record", "cosmetics.supplier.document")
CONTENT_FIELDS = {"datas", "raw", "db_datas", "store_fname", "checksum", "type", "url", "res_model", "res_id", "res_field", "name"}


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._check_not_sealed()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        self._check_not_sealed()

    def _check_not_sealed(self):
        """Raise when one of the files belongs to a sealed inspection record (its hash is part of the seal)."""
        guarded = self.sudo().filtered(lambda file: file.res_model in GUARDED_MODELS)
        if not guarded:
            return
        # sudo: a file is guarded even from those who do not see the record it proves
        records = self.env["cosmetics.inspection.record"].sudo()
        today = shelf_life.china_day(fields.Datetime.now())
        record = records.search(
            [("sealed_attachment_ids", "in", guarded.ids), ("state", "=", "done"), ("keep_until", ">=", today)], limit=1
        )
        if record:
            raise UserError(
                self.env._(
                    "This file proves inspection record %(record)s and must be kept until %(day)s. "
                    "Add the right file to a correction of the record, or to a new supplier paper.",
                    record=record.display_name,
                    day=record.keep_until,
                )
            )

    def _claim_for(self, record):
        """Return these files as files of `record`: fresh uploads are taken over, files of other records are copied."""
        mine = self.filtered(lambda file: file.res_model == record._name and file.res_id == record.id)
        fresh = (self - mine).filtered(lambda file: not file.res_id)
        owner = {"res_model": record._name, "res_id": record.id}
        fresh.write(owner)
        copies = self.browse().concat(*(file.copy(owner) for file in self - mine - fresh))
        return mine + fresh + copies
