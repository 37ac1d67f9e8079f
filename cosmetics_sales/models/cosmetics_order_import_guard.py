"""An import proves what came in: once it has begun, neither its files nor what they said can be changed."""

from odoo import api, models
from odoo.exceptions import AccessError, UserError

# What only the import itself writes: the job acts as the user that stands here, and the sums are its proof.
MACHINE_FIELDS = frozenset({"name", "state", "user_id", "problem", "note", "amount_file"})
SOURCE_FIELDS = frozenset({"attachment_ids", "channel_id", "profile_id", "company_id"})
UNTOUCHED = (False, None, "/", "draft", 0)


class CosmeticsOrderImport(models.Model):
    _inherit = "cosmetics.order.import"

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | MACHINE_FIELDS

    @api.model_create_multi
    def create(self, vals_list):
        numbered = []
        for vals in vals_list:
            # A form may send the values of an untouched import along.
            self._check_machine_fields({name for name, value in vals.items() if value not in UNTOUCHED and value != self.env.uid})
            number = vals["name"] if vals.get("name", "/") != "/" else self.env["ir.sequence"].next_by_code("cosmetics.order.import") or "/"
            numbered.append({**vals, "name": number})
        records = super().create(numbered)
        records._claim_files()
        return records

    def write(self, vals):
        self._check_machine_fields(vals.keys())
        if SOURCE_FIELDS & vals.keys():
            self._check_not_begun()
        res = super().write(vals)
        if "attachment_ids" in vals:
            self._claim_files()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        self._check_not_begun()

    # ------------------------------------------------------------------ helpers
    @api.model
    def _check_machine_fields(self, names):
        if not self.env.su and MACHINE_FIELDS & set(names):
            raise AccessError(self.env._("State and sums of an import are written by the import alone. Use its buttons."))

    def _check_not_begun(self):
        """Refuse to change the source of an import that runs, is done, or has made orders already."""
        lines = self.env["cosmetics.order.import.line"]
        if self.filtered(lambda record: record.state in ("running", "done")) or lines.search_count(
            [("import_id", "in", self.ids), ("is_done", "=", True)], limit=1
        ):
            raise UserError(self.env._("An import that has begun stays as proof of what came in. Start a new one for other files."))

    def _claim_files(self):
        """Make the files those of the import, so that colleagues who see it see them too; a file of another record is copied."""
        for record in self:
            owner = {"res_model": self._name, "res_id": record.id}
            fresh = record.attachment_ids.filtered(lambda file: not file.res_id)
            fresh.write(owner)
            others = record.attachment_ids.filtered(lambda file, key=record.id: (file.res_model, file.res_id) != (self._name, key))
            if others:
                copies = others.browse().concat(*(file.copy(owner) for file in others))
                record.attachment_ids = record.attachment_ids - others + copies
