from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    store_ids = fields.Many2many(
        "cosmetics.store",
        "cosmetics_store_user_rel",
        "user_id",
        "store_id",
        string="Stores",
        help="Stores where the user works. Without the right to see all stores, the user sees these only.",
    )
