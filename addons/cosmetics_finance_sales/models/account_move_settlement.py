from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    settlement_id = fields.Many2one(
        "cosmetics.settlement", string="Settlement", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
