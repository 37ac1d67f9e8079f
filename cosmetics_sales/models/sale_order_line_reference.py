"""A crossed-out price on an offer is one at which the shop really sold."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.reference_price import WEEK, lawful_reference


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    reference_price = fields.Float(
        string="Lawful Crossed-out Price",
        compute="_compute_reference_price",
        digits="Product Price",
        help="The most that may be shown crossed out beside the price: the lowest price at which this channel sold the product in the "
        "seven days before the promotion, else its last sale. 0 when it was never sold: then no price is crossed out.",
    )

    # What the price list asks before its discount only caps the figure, so it is no dependency: it would ask itself.
    @api.depends("product_id", "product_uom_id", "pricelist_item_id", "order_id.channel_id", "order_id.currency_id")
    def _compute_reference_price(self):
        """Look at the sales of all lines at once."""
        bound = self.filtered(lambda line: line._is_reference_bound())
        deals = bound._get_deals()
        for line in self:
            line.reference_price = 0.0
            if line in bound:
                rows = deals.get(line._get_deal_key(), ())
                price = lawful_reference(float("inf"), rows, line._get_promotion_start()) or 0.0
                line.reference_price = line.product_id.uom_id._compute_price(price, line.product_uom_id)

    def _get_pricelist_price_before_discount(self):
        """Core shows this price crossed out beside the lower one; it is never above the lawful one (never sold: no crossed-out price)."""
        price = super()._get_pricelist_price_before_discount()
        if not self._is_reference_bound():
            return price
        return max(min(price, self.reference_price), self._get_pricelist_price())

    def _is_reference_bound(self):
        """Tell if a discount of the price list is shown to a consumer: dealers know the list price by contract."""
        self.ensure_one()
        kind = self.order_id.channel_id.kind
        return bool(self.product_id and kind and kind != "wholesale" and self.pricelist_item_id._show_discount())

    def _get_deal_key(self):
        """Return (product id, channel id, company id, currency id): a channel that companies share is a shop of each."""
        self.ensure_one()
        order = self.order_id
        return self.product_id.id, order.channel_id.id, order.company_id.id, order.currency_id.id

    def _get_promotion_start(self):
        """Return when the promotion began: the start of its rule, else the day the rule was made."""
        rule = self.pricelist_item_id
        return rule.date_start or rule.create_date or fields.Datetime.now()

    def _get_deals(self):
        """Return {key of the shop and the product: [(moment, price of one unit of the product)]} of what these lines compare with.

        Only what `lawful_reference` looks at: the week before a promotion and the last sale before it.
        """
        deals = defaultdict(list)
        if not self:
            return deals
        wanted = {(*line._get_deal_key(), line._get_promotion_start()) for line in self}
        self.env["sale.order"].flush_model(["state", "date_order", "channel_id"])
        self.env["sale.order.line"].flush_model(
            ["product_id", "price_unit", "discount", "product_uom_id", "product_uom_qty", "currency_id"]
        )
        for query in self._get_deal_queries(wanted):
            for product, channel, company, currency, moment, price in self.env.execute_query(query):
                deals[product, channel, company, currency].append((moment, price))
        return deals

    def _get_deal_queries(self, wanted):
        """Return the queries for (*key, moment, unit price) of sales; a module with other sales adds its own.

        :param wanted: set of (product id, channel id, company id, currency id, start of the promotion)
        """
        return [
            SQL(
                """
                SELECT wanted.product_id, wanted.channel_id, wanted.company_id, wanted.currency_id, deal.date_order, deal.price
                  FROM (VALUES %(wanted)s) AS wanted(product_id, channel_id, company_id, currency_id, starts_at)
                  CROSS JOIN LATERAL (
                      SELECT sale.date_order, line.price_unit * (1 - line.discount / 100.0) * own.factor / sold.factor AS price,
                             row_number() OVER (ORDER BY sale.date_order DESC, line.id DESC) AS number
                        FROM sale_order_line line
                        JOIN sale_order sale ON sale.id = line.order_id
                        JOIN product_product product ON product.id = line.product_id
                        JOIN product_template template ON template.id = product.product_tmpl_id
                        JOIN uom_uom own ON own.id = template.uom_id
                        JOIN uom_uom sold ON sold.id = line.product_uom_id
                       WHERE line.product_id = wanted.product_id
                         AND sale.channel_id = wanted.channel_id
                         AND sale.company_id = wanted.company_id
                         AND line.currency_id = wanted.currency_id
                         AND sale.state = 'sale'
                         AND sale.date_order < wanted.starts_at
                         AND line.product_uom_qty > 0
                         AND line.price_unit > 0
                         AND line.discount < 100
                  ) deal
                 WHERE deal.number = 1 OR deal.date_order >= wanted.starts_at - %(week)s
                """,
                wanted=SQL(", ").join(SQL("(%s, %s, %s, %s, %s::timestamp)", *row) for row in wanted),
                week=WEEK,
            )
        ]
