"""The company behind a platform: it pays out and bills its fees."""

from odoo import fields, models


class CosmeticsChannel(models.Model):
    _inherit = "cosmetics.channel"

    platform_partner_id = fields.Many2one(
        "res.partner",
        string="Platform Company",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Pays out and sends bills for the fees. What it keeps stands against these bills; "
        "empty: fees are expenses at once, without VAT.",
    )
