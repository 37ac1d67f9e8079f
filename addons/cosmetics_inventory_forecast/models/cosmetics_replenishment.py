"""What to get for a warehouse, from where, how much and why."""

from odoo import api, fields, models


class CosmeticsReplenishment(models.Model):
    """One thing to do: move a product from one of our warehouses to another, or buy it. Worked out anew every night while it is open.

    What was suggested never exceeds what can be sold before it is too old; a person may decide otherwise, and says why.
    """

    _name = "cosmetics.replenishment"
    _description = "Replenishment Suggestion"
    _order = "state desc, kind desc, partner_id, warehouse_id, id"
    _rec_name = "product_id"

    kind = fields.Selection([("transfer", "Stock Transfer"), ("buy", "Buy")], string="How", required=True, readonly=True, index=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    categ_id = fields.Many2one(related="product_id.categ_id", store=True)
    brand_id = fields.Many2one(related="product_id.brand_id", store=True)
    uom_id = fields.Many2one(related="product_id.uom_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade")
    source_warehouse_id = fields.Many2one("stock.warehouse", string="Transfer From", readonly=True, ondelete="cascade")
    partner_id = fields.Many2one("res.partner", string="Vendor", readonly=True, index="btree_not_null", ondelete="set null")
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    state = fields.Selection([("open", "Open"), ("done", "Done")], required=True, readonly=True, default="open", index=True)

    suggested_quantity = fields.Float(string="Suggested", digits="Product Unit", readonly=True)
    quantity = fields.Float(string="To Get", digits="Product Unit", readonly=True)
    is_changed = fields.Boolean(string="Changed", readonly=True)
    change_ids = fields.One2many("cosmetics.replenishment.change", "replenishment_id", string="Changes", readonly=True)
    changed_at = fields.Datetime(readonly=True)
    pack_quantity = fields.Float(digits="Product Unit", readonly=True, help="Units in the pack of the vendor.")
    on_hand_quantity = fields.Float(
        string="On Hand", digits="Product Unit", readonly=True, help="What may be sold, of a centre with the shops it fills."
    )
    incoming_quantity = fields.Float(
        string="On the Way", digits="Product Unit", readonly=True, help="On its way, ordered or asked for already."
    )
    lead_days = fields.Integer(string="Lead Time", readonly=True, aggregator=None)
    cover_days = fields.Integer(readonly=True, aggregator=None)
    expected_demand = fields.Float(digits="Product Unit", readonly=True, help="Until the next delivery is used up.")
    safety_quantity = fields.Float(string="Safety Stock", digits="Product Unit", readonly=True)
    has_cap = fields.Boolean(readonly=True)
    cap_quantity = fields.Float(string="Can Be Sold in Time", digits="Product Unit", readonly=True)
    uncapped_quantity = fields.Float(
        string="Without Shelf Life", digits="Product Unit", readonly=True, help="What would be suggested if goods kept for ever."
    )
    place_count = fields.Integer(readonly=True, aggregator=None)
    code = fields.Char(readonly=True)
    sentence = fields.Char(string="Why", compute="_compute_sentence")
    price_unit = fields.Monetary(readonly=True, aggregator=None, groups="cosmetics_inventory_purchase.group_buyer")
    amount = fields.Monetary(compute="_compute_amount", groups="cosmetics_inventory_purchase.group_buyer")
    waste_cost = fields.Monetary(
        string="Would Expire",
        compute="_compute_amount",
        groups="cosmetics_inventory_purchase.group_buyer",
        help="What goods cost that nobody would buy in time: of the quantity without shelf life, or of the one somebody entered.",
    )
    picking_id = fields.Many2one("stock.picking", string="Transfer Document", readonly=True, ondelete="set null", index="btree_not_null")
    purchase_order_id = fields.Many2one("purchase.order", readonly=True, ondelete="set null", index="btree_not_null")
    purchase_request_id = fields.Many2one("purchase.request", readonly=True, ondelete="set null", index="btree_not_null")
    done_by_id = fields.Many2one("res.users", readonly=True)
    done_at = fields.Datetime(readonly=True)

    _one_open = models.UniqueIndex(
        "(product_id, warehouse_id, kind, COALESCE(source_warehouse_id, 0)) WHERE state = 'open'",
        "This is suggested already.",
    )
    _not_negative = models.Constraint("CHECK (quantity >= 0 AND suggested_quantity >= 0)", "Enter how many to get: 0 or more.")
    _within_cap = models.Constraint(
        "CHECK (has_cap IS NOT TRUE OR suggested_quantity <= cap_quantity + 0.001)",
        "A suggestion never exceeds what can be sold before it is too old.",
    )
    _changed_is_said = models.Constraint(
        "CHECK (is_changed IS TRUE OR quantity = suggested_quantity)", "Change the quantity with the button, and say why."
    )

    @api.depends("quantity", "price_unit", "uncapped_quantity", "cap_quantity", "has_cap")
    def _compute_amount(self):
        for row in self:
            row.amount = row.quantity * row.price_unit
            above = max(row.uncapped_quantity, row.quantity) - row.cap_quantity if row.has_cap else 0.0
            row.waste_cost = max(above, 0.0) * row.price_unit

    @api.depends("code", "suggested_quantity", "on_hand_quantity", "incoming_quantity", "expected_demand", "cap_quantity")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for row in self:
            row.sentence = row._get_sentence()

    def _get_sentence(self):
        """Return one sentence that says where the quantity comes from, in the words of the shop."""
        self.ensure_one()
        words = {
            "on_hand": f"{self.on_hand_quantity:.10g}",
            "incoming": f"{self.incoming_quantity:.10g}",
            "expected": f"{self.expected_demand:.0f}",
            "safety": f"{self.safety_quantity:.0f}",
            "days": self.lead_days + self.cover_days,
            "lead": self.lead_days,
            "cap": f"{self.cap_quantity:.0f}",
            "pack": f"{self.pack_quantity:g}",
            "uncapped": f"{self.uncapped_quantity:.10g}",
        }
        head = self.env._(
            "%(on_hand)s there, %(incoming)s on the way; in %(days)s days (%(lead)s of them until delivery) about %(expected)s will sell, "
            "and %(safety)s are kept for safety",
            **words,
        )
        return self.env._("%(head)s: %(tail)s", head=head, tail=self._get_sentence_end(words))

    def _get_sentence_end(self, words):
        """Return what made the quantity what it is."""
        if self.kind == "transfer":
            return self.env._(
                "%(shop)s can spare %(quantity)s", shop=self.source_warehouse_id.name, quantity=f"{self.suggested_quantity:.10g}"
            )
        ends = {
            "minimum": self.env._("the vendor delivers no less"),
            "price_break": self.env._("a larger quantity costs less in all"),
            "capped": self.env._("%(uncapped)s are wanted, but only %(cap)s can be sold before they are too old", **words),
            "unsaleable": self.env._("only %(cap)s can be sold before they are too old, and the vendor does not deliver so few", **words),
        }
        if self.code in ends:
            return ends[self.code]
        if self.pack_quantity > 1:
            return self.env._("whole packs of %(pack)s", **words)
        return self.env._("as many as are missing")
