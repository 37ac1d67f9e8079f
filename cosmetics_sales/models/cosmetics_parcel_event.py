"""What the courier reported about a parcel."""

from odoo import fields, models


class CosmeticsParcelEvent(models.Model):
    """One line of the courier's report, in the courier's words."""

    _name = "cosmetics.parcel.event"
    _description = "Parcel Event"
    _order = "at desc, id desc"

    parcel_id = fields.Many2one("cosmetics.parcel", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="parcel_id.company_id", store=True)
    at = fields.Datetime(required=True)
    text = fields.Char(required=True)
    state = fields.Char(help="State the courier gave with this line, if any.")

    _event_uniq = models.UniqueIndex("(parcel_id, at, text)")
