"""What the wording of a platform means for an order."""

from odoo import fields, models

from .sale_order_channel import CHANNEL_STATES


class CosmeticsOrderImportProfileStatus(models.Model):
    """A state as a platform words it."""

    _name = "cosmetics.order.import.profile.status"
    _inherit = ["cosmetics.order.import.part"]
    _description = "State in an Order File"
    _order = "id"

    name = fields.Char(
        string="In the File", required=True, help="The platform's words; with a star on both sides, a part of them is enough."
    )
    # Odoo does not copy a field of this name unless told.
    state = fields.Selection(CHANNEL_STATES, string="Means State", required=True, copy=True)

    _name_uniq = models.UniqueIndex("(profile_id, name)", "The layout has these words already.")
