"""The ways an order can reach the company."""

from odoo import fields, models


class CosmeticsChannel(models.Model):
    """A sales channel: shop tills, wholesale, the own web shop, a marketplace. Rules and reports differ by channel."""

    _name = "cosmetics.channel"
    _description = "Sales Channel"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short code used in files and on labels, e.g. TMALL.")
    kind = fields.Selection(
        [("till", "Till"), ("wholesale", "Wholesale"), ("web", "Own Web Shop"), ("marketplace", "Marketplace")],
        required=True,
        default="wholesale",
    )
    sequence = fields.Integer(default=10, help="The first wholesale channel is the one of orders whose sales team names none.")
    active = fields.Boolean(default=True)
    # Empty as on a sales team: a team of every company could not name a channel of one.
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="The company the channel belongs to; empty: all companies share it."
    )

    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), lower(code))", "The company has a channel with this code already. Choose another code, e.g. TMALL2."
    )
