"""The warehouse of a store."""

from odoo import fields, models


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    warehouse_id = fields.Many2one(
        "stock.warehouse",
        check_company=True,
        index="btree_not_null",
        help="Where the goods of this store are kept; deliveries and counts of the store happen there.",
    )
