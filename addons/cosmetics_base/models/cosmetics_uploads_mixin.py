from odoo import api, models


class CosmeticsUploadsMixin(models.AbstractModel):
    """A document with files in its field ``attachment_ids``: whoever reads the document reads them.

    An upload belongs to its uploader alone until it has a record, so the document takes what the user has just uploaded; a file of somebody
    else is left as it is.
    """

    _name = "cosmetics.uploads.mixin"
    _description = "Document with Uploaded Files"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._adopt_uploads()
        return records

    def write(self, vals):
        res = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_uploads()
        return res

    def _adopt_uploads(self):
        for record in self:
            # sudo: only those the user has just uploaded are given to the document
            loose = record.sudo().attachment_ids.filtered(lambda file: not file.res_id and file.create_uid == self.env.user)
            if loose:
                loose.write({"res_model": self._name, "res_id": record.id})
