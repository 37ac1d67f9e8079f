"""The channel of a sales team."""

from odoo import fields, models


class CrmTeam(models.Model):
    _inherit = "crm.team"

    channel_id = fields.Many2one(
        "cosmetics.channel",
        string="Sales Channel",
        check_company=True,
        index="btree_not_null",
        help="New orders of this team belong to this channel.",
    )
