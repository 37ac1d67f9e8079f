"""Parts of a layout of order files: those of a layout that we ship are not changed."""

from odoo import api, fields, models


class CosmeticsOrderImportPart(models.AbstractModel):
    """A column or a state of a layout. A shop that needs another one copies the layout and changes the copy."""

    _name = "cosmetics.order.import.part"
    _description = "Part of a Layout of Order Files"

    profile_id = fields.Many2one("cosmetics.order.import.profile", required=True, index=True, ondelete="cascade")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.profile_id._check_own()
        return records

    def write(self, vals):
        """Neither the layout it leaves nor the one it comes to may be ours."""
        self.profile_id._check_own()
        res = super().write(vals)
        self.profile_id._check_own()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self.profile_id._check_own()
