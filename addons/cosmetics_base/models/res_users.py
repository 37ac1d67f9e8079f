from odoo import api, fields, models


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

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        if any("store_ids" in vals for vals in vals_list):
            self.env.registry.clear_cache()  # record rules keep what they computed for a user
        return users

    def write(self, vals):
        res = super().write(vals)
        if "store_ids" in vals:
            self.env.registry.clear_cache()
        return res
