"""The ways an order can reach the company."""

from odoo import fields, models


class CosmeticsChannel(models.Model):
    """A sales channel: shop tills, wholesale, the own web shop, a marketplace. Rules and reports differ by channel."""

    _name = "cosmetics.channel"
    _description = "Sales Channel"
    _order = "sequence, code, id"
    _rec_names_search = ["name", "code"]
    _check_company_auto = True

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

    # ------------------------------------------------------------------ marketplace shops
    platform = fields.Selection(
        [
            ("taobao", "Taobao/Tmall"),
            ("jd", "JD"),
            ("pinduoduo", "Pinduoduo"),
            ("douyin", "Douyin"),
            ("youzan", "Youzan"),
            ("xiaohongshu", "Xiaohongshu"),
            ("wechat", "WeChat Shop"),
            ("other", "Other Platform"),
        ],
        help="The platform the shop is on; its order and payout files are read for this channel.",
    )
    shop_name = fields.Char(string="Shop on the Platform", help="Name of the shop as the files of the platform write it.")
    # ------------------------------------------------------------------ how its orders are handled
    user_id = fields.Many2one(
        "res.users", string="Responsible", index="btree_not_null", help="Hears of orders of this channel that need somebody."
    )
    pricelist_id = fields.Many2one(
        "product.pricelist", string="Price List", check_company=True, ondelete="restrict", help="Price list of new orders of this channel."
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Usual Warehouse",
        check_company=True,
        ondelete="restrict",
        help="Delivers orders of this channel unless an allocation rule says otherwise.",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Anonymous Buyers",
        check_company=True,
        ondelete="restrict",
        help="Customer of orders whose buyer the platform hides: masked names and telephones never become a customer.",
    )
    settlement_journal_id = fields.Many2one(
        "account.journal",
        string="Settlement Account",
        domain="[('type', 'in', ('bank', 'cash', 'credit'))]",
        check_company=True,
        ondelete="restrict",
        help="Where the platform pays out: its wallet or the bank account.",
    )
    fee_ids = fields.One2many("cosmetics.channel.fee", "channel_id", string="Fees")

    _code_uniq = models.UniqueIndex(
        "(COALESCE(company_id, 0), lower(code))", "The company has a channel with this code already. Choose another code, e.g. TMALL2."
    )
