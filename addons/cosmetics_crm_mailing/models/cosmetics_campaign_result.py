"""What a campaign brought, against the members who got nothing."""

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools import uplift


class CosmeticsCampaign(models.Model):
    _inherit = "cosmetics.campaign"

    result_days = fields.Integer(
        string="Result After Days", default=14, help="Purchases so many days after the start of each member count."
    )
    computed_at = fields.Datetime(string="Result As Of", readonly=True, copy=False)
    addressed_count = fields.Integer(string="Addressed", readonly=True, copy=False)
    holdout_count = fields.Integer(string="Held Out", readonly=True, copy=False)
    sent_count = fields.Integer(string="Messages Sent", readonly=True, copy=False)
    delivered_count = fields.Integer(string="Delivered", readonly=True, copy=False)
    opened_count = fields.Integer(string="Opened", readonly=True, copy=False, help="E-mails only: nobody sees whether an SMS was read.")
    clicked_count = fields.Integer(string="Clicked", readonly=True, copy=False)
    used_count = fields.Integer(string="Coupons Used", readonly=True, copy=False)
    buyer_count = fields.Integer(string="Buyers", readonly=True, copy=False)
    buyer_share = fields.Float(string="Buyers (%)", digits=(16, 2), readonly=True, copy=False, aggregator="avg")
    holdout_share = fields.Float(string="Buyers Held Out (%)", digits=(16, 2), readonly=True, copy=False, aggregator="avg")
    uplift = fields.Float(string="Uplift (Points)", digits=(16, 2), readonly=True, copy=False, aggregator="avg", help="Percentage points.")
    uplift_low = fields.Float(string="Uplift From", digits=(16, 2), readonly=True, copy=False, aggregator=None)
    uplift_high = fields.Float(string="Uplift To", digits=(16, 2), readonly=True, copy=False, aggregator=None)
    verdict = fields.Char(compute="_compute_verdict")
    revenue = fields.Monetary(readonly=True, copy=False)
    extra_revenue = fields.Monetary(string="Revenue Gained", readonly=True, copy=False, help="Against the rate of the hold-out.")
    message_cost = fields.Monetary(readonly=True, copy=False)
    profit = fields.Monetary(
        string="Profit Gained",
        readonly=True,
        copy=False,
        help="Margin gained against the hold-out: without tax, after discounts, cost of goods and messages.",
    )

    @api.depends("uplift_low", "uplift_high", "holdout_count", "computed_at")
    def _compute_verdict(self):
        """Say in a sentence what the figures prove; small numbers prove nothing."""
        for campaign in self:
            if not campaign.computed_at:
                campaign.verdict = self.env._("No result yet.")
            elif not campaign.holdout_count or not campaign.addressed_count:
                campaign.verdict = self.env._("Without a hold-out nobody knows what members would have bought anyway.")
            elif campaign.uplift_low > 0:
                campaign.verdict = self.env._(
                    "The campaign worked: %(low).1f to %(high).1f more of 100 members bought (95 %% confidence).",
                    low=campaign.uplift_low,
                    high=campaign.uplift_high,
                )
            elif campaign.uplift_high < 0:
                campaign.verdict = self.env._("The campaign did harm: fewer of the members addressed bought.")
            else:
                campaign.verdict = self.env._(
                    "Not proven: the difference lies between %(low).1f and %(high).1f of 100 members."
                    " More members or a larger hold-out say more.",
                    low=campaign.uplift_low,
                    high=campaign.uplift_high,
                )

    def action_refresh_results(self):
        """Make the result anew now."""
        self.check_access("write")
        self._refresh_results()

    @api.model
    def _cron_results(self):
        """Make the results anew while purchases still count."""
        since = fields.Datetime.subtract(fields.Datetime.now(), days=120)
        campaigns = self.search([("state", "in", ("running", "done")), ("start_at", ">", since)])
        for number, campaign in enumerate(campaigns, start=1):
            campaign._refresh_results()
            self.env["ir.cron"]._commit_progress(1, remaining=len(campaigns) - number)

    def _refresh_results(self):
        for campaign in self:
            campaign._refresh_members()
            campaign.write(campaign._prepare_result_vals())

    # ------------------------------------------------------------------ each member
    def _refresh_members(self):
        """Write what each member bought, used and cost, in one statement."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE cosmetics_campaign_member m SET is_buyer = COALESCE(b.revenue, 0) > 0, purchase_count = COALESCE(b.purchases, 0),"
                " revenue = COALESCE(b.revenue, 0), margin = COALESCE(b.margin, 0), message_cost = COALESCE(s.cost, 0),"
                " is_delivered = COALESCE(s.delivered, FALSE), is_coupon_used = COALESCE(u.used, FALSE)"
                " FROM cosmetics_campaign_member r LEFT JOIN (%(bought)s) b ON b.id = r.id LEFT JOIN (%(sent)s) s ON s.id = r.id"
                " LEFT JOIN (%(used)s) u ON u.id = r.id WHERE m.id = r.id AND r.campaign_id = %(campaign)s",
                bought=self._sql_bought(),
                sent=self._sql_sent(),
                used=self._sql_used(),
                campaign=self.id,
            )
        )
        self.env["cosmetics.campaign.member"].invalidate_model()

    def _sql_bought(self):
        """Revenue with tax; margin without tax and without what the goods cost today."""
        rate = self.company_id.account_sale_tax_id.amount if self.company_id.account_sale_tax_id.amount_type == "percent" else 0.0
        return SQL(
            "SELECT r.id, COUNT(DISTINCT (p.source, p.origin_id)) FILTER (WHERE p.amount > 0) AS purchases, SUM(p.amount) AS revenue,"
            " SUM(p.amount / %(tax)s - p.quantity * COALESCE((g.standard_price ->> %(company)s)::numeric, 0)) AS margin"
            " FROM cosmetics_campaign_member r JOIN (%(purchases)s) p ON p.partner_id = r.partner_id AND p.company_id = r.company_id"
            " AND p.date >= r.drawn_at AND p.date < r.drawn_at + %(days)s * INTERVAL '1 day'"
            " LEFT JOIN product_product g ON g.id = p.product_id WHERE r.campaign_id = %(campaign)s GROUP BY r.id",
            tax=1 + rate / 100,
            company=str(self.company_id.id),
            purchases=self.env["cosmetics.member.purchase"]._get_purchase_query(),
            days=self.result_days,
            campaign=self.id,
        )

    def _sql_sent(self):
        return SQL(
            "SELECT t.res_id AS id, SUM(COALESCE(x.price, 0)) AS cost, BOOL_OR(t.trace_status IN ('sent', 'open', 'reply')) AS delivered"
            " FROM mailing_trace t JOIN mailing_mailing g ON g.id = t.mass_mailing_id LEFT JOIN sms_sms x ON x.id = t.sms_id_int"
            " WHERE g.member_campaign_id = %s AND t.model = 'cosmetics.campaign.member' GROUP BY t.res_id",
            self.id,
        )

    def _sql_used(self):
        """A coupon was used when its history says so, at an order or a till; the points of a ledger card are no coupon."""
        return SQL(
            "SELECT r.id, TRUE AS used FROM cosmetics_campaign_member r JOIN loyalty_card c ON c.id = r.card_id"
            " WHERE r.campaign_id = %s AND c.in_ledger IS NOT TRUE"
            " AND EXISTS (SELECT FROM loyalty_history h WHERE h.card_id = c.id AND h.used > 0)",
            self.id,
        )

    # ------------------------------------------------------------------ together
    def _prepare_result_vals(self):
        groups = {
            is_holdout: (count, buyers, revenue or 0.0, margin or 0.0)
            for is_holdout, count, buyers, revenue, margin in self.env.execute_query(
                SQL(
                    "SELECT is_holdout, COUNT(*), COUNT(*) FILTER (WHERE is_buyer), SUM(revenue)::float, SUM(margin)::float"
                    " FROM cosmetics_campaign_member WHERE campaign_id = %s AND (is_holdout OR state = 'sent') GROUP BY 1",
                    self.id,
                )
            )
        }
        (size, buyers, revenue, margin), (base_size, base_buyers, base_revenue, base_margin) = (
            groups.get(False, (0, 0, 0.0, 0.0)),
            groups.get(True, (0, 0, 0.0, 0.0)),
        )
        found = uplift.compare(buyers, size, base_buyers, base_size)
        messages = self._count_messages()
        return {
            **messages,
            "computed_at": fields.Datetime.now(),
            "addressed_count": size,
            "holdout_count": base_size,
            "buyer_count": buyers,
            "buyer_share": 100 * buyers / size if size else 0,
            "holdout_share": 100 * base_buyers / base_size if base_size else 0,
            "uplift": 100 * found.difference if found else 0,
            "uplift_low": 100 * found.low if found else 0,
            "uplift_high": 100 * found.high if found else 0,
            "revenue": revenue,
            "extra_revenue": uplift.extra(revenue, size, base_revenue, base_size),
            "profit": uplift.extra(margin, size, base_margin, base_size) - messages["message_cost"],
        }

    def _count_messages(self):
        """Return what the mailings of the campaign know of their messages."""
        (row,) = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FILTER (WHERE t.trace_status IN ('pending', 'sent', 'open', 'reply')),"
                " COUNT(*) FILTER (WHERE t.trace_status IN ('sent', 'open', 'reply')), COUNT(t.open_datetime),"
                " COUNT(t.links_click_datetime)"
                " FROM mailing_trace t JOIN mailing_mailing g ON g.id = t.mass_mailing_id WHERE g.member_campaign_id = %s",
                self.id,
            )
        )
        rows = self.env["cosmetics.campaign.member"]
        (cost,) = rows._read_group([("campaign_id", "=", self.id)], [], ["message_cost:sum"])
        used = rows.search_count([("campaign_id", "=", self.id), ("is_coupon_used", "=", True)])
        names = ("sent_count", "delivered_count", "opened_count", "clicked_count")
        return {**dict(zip(names, row, strict=True)), "message_cost": cost[0] or 0.0, "used_count": used}
