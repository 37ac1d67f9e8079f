"""Members of a campaign, and what came of each."""

from odoo import api, fields, models


class CosmeticsCampaignMember(models.Model):
    """One member in one round of one campaign, once: the database says so. Rows are made by one statement and never by hand.

    Amounts are in the company's currency, of purchases within the result days of the campaign after ``drawn_at``.
    """

    _name = "cosmetics.campaign.member"
    _description = "Member of a Campaign"
    _inherit = ["mail.thread"]
    _mailing_enabled = True
    _order = "id"
    _rec_name = "partner_id"

    campaign_id = fields.Many2one("cosmetics.campaign", required=True, readonly=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", string="Member", required=True, readonly=True, index=True, ondelete="restrict")
    round = fields.Integer(readonly=True, help="The year of the birthday; 0 for a campaign that runs once.")
    is_holdout = fields.Boolean(string="Hold-out", readonly=True)
    state = fields.Selection(
        [("drawn", "Drawn"), ("ready", "Offer Made"), ("sent", "Addressed"), ("skipped", "Left Out")],
        required=True,
        default="drawn",
        readonly=True,
        index=True,
    )
    drawn_at = fields.Datetime(readonly=True)
    addressed_at = fields.Datetime(readonly=True)
    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True, index="btree_not_null", ondelete="set null")
    # What an SMS template may name: ${member}, ${coupon}, ${days}, ${points}, ${tier}, ${store}
    member = fields.Char(string="Word: Member", compute="_compute_words")
    coupon = fields.Char(string="Word: Coupon", compute="_compute_words")
    days = fields.Char(string="Word: Days", compute="_compute_words")
    points = fields.Char(string="Word: Points", compute="_compute_words")
    tier = fields.Char(string="Word: Tier", compute="_compute_words")
    store = fields.Char(string="Word: Store", compute="_compute_words")
    # What came of it
    is_delivered = fields.Boolean(string="Delivered", readonly=True)
    is_coupon_used = fields.Boolean(string="Coupon Used", readonly=True)
    is_buyer = fields.Boolean(string="Bought", readonly=True)
    purchase_count = fields.Integer(string="Purchases", readonly=True)
    revenue = fields.Monetary(readonly=True)
    margin = fields.Monetary(readonly=True, help="Revenue without tax, less the cost of the goods.")
    message_cost = fields.Monetary(readonly=True)

    _once = models.UniqueIndex("(campaign_id, partner_id, round)", "A member takes part in a round of a campaign once.")

    @api.depends("partner_id", "card_id", "campaign_id")
    def _compute_words(self):
        for row in self:
            partner, campaign = row.partner_id.sudo(), row.campaign_id.sudo()
            row.member = partner.name or ""
            row.coupon = row.card_id.sudo().code or ""
            row.days = str(campaign.coupon_days)
            row.points = f"{campaign.points:g}"
            row.tier = partner.member_tier_id.name or ""
            row.store = partner.member_store_id.name or ""

    @api.model
    def _get_sms_words(self):
        """Return the names that a template of a campaign may use as variables."""
        return ("member", "coupon", "days", "points", "tier", "store")

    def _get_sms_params(self, names):
        """Return {id: {name: value}} for these variables."""
        return {row.id: {name: row[name] or "" for name in names} for row in self}

    def _mail_get_partner_fields(self, introspect_fields=False):
        return ["partner_id"]
