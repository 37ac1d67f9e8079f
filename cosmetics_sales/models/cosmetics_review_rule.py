"""What an order is looked at for before it is confirmed."""

from odoo import api, fields, models

from ..tools import review


class CosmeticsReviewRule(models.Model):
    """One question asked of every order: its kind says which, its parameters how strict, its level what a hit means."""

    _name = "cosmetics.review.rule"
    _description = "Review Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("floor", "Price Below Cost and Margin"),
            ("control", "Price Below Control Price"),
            ("discount", "Discount Too High"),
            ("free", "Goods Given Away by Hand"),
            ("stock", "Not Enough Stock"),
            ("credit", "Credit Limit Exceeded"),
            ("duplicate", "Possible Duplicate"),
            ("address", "Address Incomplete"),
            ("phone", "Telephone Unusable"),
            ("lifecycle", "Product Not for Sale"),
            ("region", "Blocked Region"),
            ("first", "First Order of Customer"),
            ("amount", "Large Amount"),
        ],
        required=True,
    )
    level = fields.Selection(
        [("warn", "Warning"), ("block", "Block")],
        required=True,
        default="warn",
        help="A warning is shown and the order goes on; a block holds the order until a reviewer waives it with a reason.",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", help="Empty: the rule holds in every company.")
    channel_ids = fields.Many2many(
        "cosmetics.channel", string="Sales Channels", check_company=True, help="Orders of these channels are looked at; empty: all."
    )
    channel_kind = fields.Selection(
        [("till", "Till"), ("wholesale", "Wholesale"), ("web", "Own Web Shop"), ("marketplace", "Marketplace")],
        string="Kind of Channel",
        help="Only orders of channels of this kind are looked at; empty: all.",
    )
    # ------------------------------------------------------------------ parameters
    floor_margin = fields.Float(
        string="Margin over Cost (%)",
        digits=(6, 2),
        help="The price before tax must cover the cost and this much more, in percent of the cost.",
    )
    discount_limit = fields.Float(string="Discount up to (%)", digits=(6, 2), default=20.0)
    amount_limit = fields.Float(
        string="Amount up to",
        digits="Product Price",
        help="In the currency of the company: total of the order with tax, or usual price of what is given away.",
    )
    hours = fields.Integer(default=24, help="Orders of the same customer or telephone within so many hours are compared.")
    state_ids = fields.Many2many("res.country.state", string="Blocked Provinces")
    district_ids = fields.Many2many("l10n_cn_xian.district", string="Blocked Districts")

    _hours_positive = models.Constraint("CHECK (hours >= 0)", "The hours of a review rule cannot be negative. Correct them.")
    _discount_range = models.Constraint(
        "CHECK (discount_limit >= 0 AND discount_limit <= 100)", "The discount limit lies between 0 and 100 %. Correct it."
    )
    _amount_positive = models.Constraint("CHECK (amount_limit >= 0)", "The amount limit cannot be negative. Correct it.")
    _margin_range = models.Constraint(
        "CHECK (floor_margin >= -100)", "A margin below minus 100 % would allow negative prices. Correct the margin."
    )

    @api.model
    def _get_active_rules(self):
        """Return every active rule as a tuple of :class:`tools.review.Rule`, in order; rights of the reader play no part."""
        # Rules hold for whoever confirms, also for a customer who signs in the portal: read past rights, nothing is shown.
        return tuple(rule._prepare_rule() for rule in self.sudo().search([]))

    def _prepare_rule(self):
        """Return the rule as plain data."""
        self.ensure_one()
        return review.Rule(
            id=self.id,
            kind=self.kind,
            level=self.level,
            company_id=self.company_id.id or None,
            channel_ids=frozenset(self.channel_ids.ids),
            channel_kind=self.channel_kind or "",
            margin=self.floor_margin,
            discount=self.discount_limit,
            amount=self.amount_limit,
            hours=self.hours,
            state_ids=frozenset(self.state_ids.ids),
            district_ids=frozenset(self.district_ids.ids),
        )
