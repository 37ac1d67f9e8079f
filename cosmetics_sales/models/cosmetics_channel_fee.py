"""What a channel keeps of each sale."""

from odoo import api, fields, models

from ..tools import channel_fee as rules

# Of these a channel may have several at a time; of the others one, for all goods or for a category.
MANY = ("promotion", "other")


class CosmeticsChannelFee(models.Model):
    """One fee of a channel: commission, payment fee, freight insurance; the settlement compares it with what was kept.

    The rate of the day on which the buyer paid counts, in China, whenever the platform pays out: that is how platforms bill.
    """

    _name = "cosmetics.channel.fee"
    _description = "Channel Fee"
    _order = "channel_id, sequence, id"

    channel_id = fields.Many2one("cosmetics.channel", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="channel_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(
        [
            ("commission", "Commission"),
            ("payment", "Payment Fee"),
            ("promotion", "Promotion"),
            ("insurance", "Freight Insurance"),
            ("other", "Other Fee"),
        ],
        required=True,
        default="commission",
    )
    name = fields.Char(required=True, translate=True)
    percent = fields.Float(string="Share (%)", digits=(6, 3), help="Share of what the buyer paid, in percent: 5 means 5 %.")
    amount = fields.Float(string="Fixed Amount", digits="Product Price", help="Fixed part of each order, in the currency of the company.")
    product_category_id = fields.Many2one(
        "product.category",
        index="btree_not_null",
        ondelete="restrict",
        help="The rate of these goods and of the categories below; it takes the place of the general rate of its kind. Empty: all goods.",
    )
    date_from = fields.Date(string="From", help="First day in China on which an order that is paid costs this fee.")
    date_to = fields.Date(string="Until", help="Last day in China on which an order that is paid costs this fee.")

    _percent_range = models.Constraint(
        "CHECK (percent >= 0 AND percent <= 100)", "The share of a fee lies between 0 and 100 %. Correct the share."
    )
    _amount_positive = models.Constraint("CHECK (amount >= 0)", "The fixed part of a fee cannot be negative. Correct the amount.")
    _dates_order = models.Constraint(
        "CHECK (date_to IS NULL OR date_from IS NULL OR date_to >= date_from)", "The fee ends before it begins. Correct the dates."
    )
    # A constraint of the database, so that two people cannot enter two rates of one day at once; looked at when all is saved, so that
    # the border between two rates may be moved. Ranges of one number stand for "equal", which PostgreSQL else knows by an extension only.
    _no_overlap = models.Constraint(
        "EXCLUDE USING gist (int4range(channel_id, channel_id, '[]') WITH &&, int4range(hashtext(kind), hashtext(kind), '[]') WITH &&, "
        "int4range(COALESCE(product_category_id, 0), COALESCE(product_category_id, 0), '[]') WITH &&, "
        "daterange(date_from, date_to, '[]') WITH &&) WHERE (kind NOT IN ('promotion', 'other')) "
        "DEFERRABLE INITIALLY DEFERRED",
        "The channel has a fee of this kind on some of these days already. Let the old one end the day before the new one begins.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_overlap_at_the_end()
        return super().create(vals_list)

    def write(self, vals):
        self._check_overlap_at_the_end()
        return super().write(vals)

    def _check_overlap_at_the_end(self):
        """Look just before the commit: an error of the commit itself would reach nobody in words."""
        cr = self.env.cr
        if not cr.precommit.data.setdefault("cosmetics_channel_fee", False):
            cr.precommit.data["cosmetics_channel_fee"] = True

            @cr.precommit.add
            def check():
                cr.precommit.data["cosmetics_channel_fee"] = False
                # A savepoint runs this too, so what follows may move borders again.
                cr.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")

    def _get_expected_fee(self, order, day, refunded=0.0):
        """Return what the channel keeps by these fees of an order that was paid on this day, in the currency of the order.

        A refund brings its share of the fees back: they are reckoned on what the buyer has paid in the end.
        """
        valid = [rule for rule in (fee._to_rule() for fee in self) if rules.is_valid(rule, day)]
        goods = order.order_line.filtered(lambda line: not line.display_type and line.product_id.type != "service")
        parts = [(line.product_id.categ_id.parent_path or "", line.price_total) for line in goods]
        paid = order.currency_id.round((order.channel_amount_paid or order.amount_total) - refunded)
        return float(sum(rules.expected_fees(valid, paid, parts)))

    def _to_rule(self):
        """Return the fee as the calculation knows it."""
        self.ensure_one()
        path = self.product_category_id.parent_path or ""
        return rules.Rule(self.kind, self.percent, self.amount, self.date_from, self.date_to, path, self.kind not in MANY)
