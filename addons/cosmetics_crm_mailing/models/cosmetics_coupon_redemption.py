"""Coupons that were used, over orders and tills."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsCouponRedemption(models.Model):
    """One use of one coupon. Read only; the basket is what the member paid on that document, tax included, after discounts."""

    _name = "cosmetics.coupon.redemption"
    _description = "Coupon Redemption"
    _auto = False
    _order = "used_at desc, id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one("loyalty.card", string="Coupon", readonly=True)
    program_id = fields.Many2one("loyalty.program", readonly=True)
    campaign_id = fields.Many2one("cosmetics.campaign", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Member", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    used_at = fields.Datetime(readonly=True)
    order_model = fields.Char(readonly=True)
    order_id = fields.Many2oneReference(string="Document", model_field="order_model", readonly=True)
    source = fields.Selection([("sale", "Order"), ("pos", "Till")], readonly=True)
    basket = fields.Monetary(readonly=True)

    @property
    def _table_query(self):
        self.env.flush_all()
        return SQL(
            "SELECT h.id, h.card_id, c.program_id, c.company_id, h.create_date AS used_at, h.order_model, h.order_id,"
            " COALESCE(p.partner_id, c.partner_id) AS partner_id, p.store_id, COALESCE(p.basket, 0) AS basket, m.campaign_id,"
            " CASE h.order_model WHEN 'pos.order' THEN 'pos' ELSE 'sale' END AS source"
            " FROM loyalty_history h JOIN loyalty_card c ON c.id = h.card_id JOIN loyalty_program g ON g.id = c.program_id"
            " LEFT JOIN cosmetics_campaign_member m ON m.card_id = c.id LEFT JOIN LATERAL (%(basket)s) p ON TRUE"
            " WHERE h.used > 0 AND h.order_model IS NOT NULL AND g.program_type IN ('coupons', 'next_order_coupons')",
            basket=self._sql_basket(),
        )

    @api.model
    def _sql_basket(self):
        """Return store, buyer and amount of the document; the member's own purchases are read through an index."""
        return SQL(
            "SELECT MAX(q.partner_id) AS partner_id, MAX(q.store_id) AS store_id, SUM(q.amount) AS basket FROM (%s) q"
            " WHERE q.partner_id = c.partner_id AND q.origin_id = h.order_id AND q.amount > 0"
            " AND (q.source = 'pos') = (h.order_model = 'pos.order')",
            self.env["cosmetics.member.purchase"]._get_purchase_query(),
        )
