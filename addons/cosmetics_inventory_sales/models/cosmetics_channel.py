"""What a channel promises its buyers."""

from odoo import fields, models


class CosmeticsChannel(models.Model):
    _inherit = "cosmetics.channel"

    promise_ids = fields.One2many(
        "cosmetics.shelf.life.promise",
        "channel_id",
        string="Promised Shelf Life",
        help="How long goods of this channel last at least when they leave.",
    )
