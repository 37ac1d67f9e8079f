"""The tills of a store."""

from odoo import fields, models


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    pos_config_ids = fields.One2many("pos.config", "store_id", string="Tills", help="The tills that stand in this store.")
