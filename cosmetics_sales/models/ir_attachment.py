"""The files of an order import stay as they came in."""

from odoo import api, models

CONTENT_FIELDS = frozenset(
    {"datas", "raw", "db_datas", "store_fname", "checksum", "type", "url", "res_model", "res_id", "res_field", "name", "mimetype"}
)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT_FIELDS & vals.keys():
            self._check_not_imported()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_imported(self):
        self._check_not_imported()

    def _check_not_imported(self):
        """Raise when one of the files belongs to an import that has begun."""
        # sudo: a file is guarded even from those who do not see its import
        files = self.sudo().filtered(lambda file: file.res_model == "cosmetics.order.import" and file.res_id)
        if files:
            files.env["cosmetics.order.import"].browse(files.mapped("res_id")).exists()._check_not_begun()
