"""What the wording of a platform means for an order."""

from odoo import api, fields, models

from .sale_order_channel import CHANNEL_STATES


class CosmeticsOrderImportProfileStatus(models.Model):
    """A state as a platform words it."""

    _name = "cosmetics.order.import.profile.status"
    _description = "State in an Order File"
    _order = "id"

    profile_id = fields.Many2one("cosmetics.order.import.profile", required=True, index=True, ondelete="cascade")
    name = fields.Char(
        string="In the File", required=True, help="The platform's words; with a star on both sides, a part of them is enough."
    )
    # Odoo does not copy a field of this name unless told.
    state = fields.Selection(CHANNEL_STATES, string="Means State", required=True, copy=True)

    _name_uniq = models.UniqueIndex("(profile_id, name)", "The layout has these words already.")

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.profile_id._check_own()
        return records

    def write(self, vals):
        self.profile_id._check_own()
        res = super().write(vals)
        self.profile_id._check_own()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_shipped(self):
        self.profile_id._check_own()
