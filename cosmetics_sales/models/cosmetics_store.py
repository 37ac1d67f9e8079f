"""The sales team of a store."""

from odoo import fields, models


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    team_id = fields.Many2one(
        "crm.team",
        string="Sales Team",
        check_company=True,
        index="btree_not_null",
        help="The team whose orders and targets are those of this store or channel.",
    )
