"""Too little, too much, too long: who was told of which stock, and what became of it."""

from datetime import timedelta

from odoo import api, fields, models

from ..tools.stock_watch import CAUSES, cover_of

KINDS = [
    ("out", "Sold Out"),
    ("minimum", "Below Minimum"),
    ("overstock", "Overstock"),
    ("idle", "Not Selling"),
    ("expiry", "Will Expire Unsold"),
]


class CosmeticsStockAlert(models.Model):
    """Something is wrong with the stock of a product in a warehouse; one that is not closed for each cause (and batch).

    open → told, nobody has taken it up; snoozed → told again later; handled → somebody sees to it, told again when the cause stays
    for days or gets worse; closed → the cause is gone, which the job alone finds out.
    """

    _name = "cosmetics.stock.alert"
    _description = "Stock Alert"
    _order = "raised_at desc, id desc"
    _rec_name = "product_id"

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    cause = fields.Char(compute="_compute_cause", store=True, precompute=True, required=True)
    product_id = fields.Many2one("product.product", required=True, readonly=True, index=True, ondelete="cascade")
    categ_id = fields.Many2one(related="product_id.categ_id", store=True)
    brand_id = fields.Many2one(related="product_id.brand_id", store=True)
    lot_id = fields.Many2one("stock.lot", string="Batch", readonly=True, index="btree_not_null", ondelete="cascade")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    threshold_id = fields.Many2one("cosmetics.stock.threshold", readonly=True, ondelete="set null")
    quantity = fields.Float(digits="Product Unit", readonly=True, help="What the alert is about, as of the last look.")
    limit = fields.Float(readonly=True, aggregator=None, help="What it was measured by: a minimum quantity, or days.")
    incoming_quantity = fields.Float(string="On the Way", digits="Product Unit", readonly=True)
    daily_sales = fields.Float(string="Sold a Day", digits=(16, 3), readonly=True, aggregator=None)
    sentence = fields.Char(string="Why", compute="_compute_sentence")
    state = fields.Selection(
        [("open", "Open"), ("snoozed", "Snoozed"), ("handled", "Handled"), ("closed", "Closed")],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    raised_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    told_at = fields.Datetime(readonly=True, help="When the person responsible was told the last time.")
    user_id = fields.Many2one("res.users", string="Responsible", readonly=True, index=True)
    activity_id = fields.Many2one("mail.activity", readonly=True, index="btree_not_null", ondelete="set null")
    snoozed_until = fields.Datetime(readonly=True)
    snoozed_by_id = fields.Many2one("res.users", readonly=True)
    handled_by_id = fields.Many2one("res.users", readonly=True, help="Empty: the cause was gone before anybody took it up.")
    handled_at = fields.Datetime(readonly=True)
    closed_at = fields.Datetime(readonly=True)
    escalated_at = fields.Datetime(readonly=True)
    escalation_user_id = fields.Many2one("res.users", string="Escalated To", readonly=True, index="btree_not_null")
    hours_to_handle = fields.Float(
        compute="_compute_hours_to_handle",
        store=True,
        aggregator="avg",
        help="Hours from the alert until somebody took it up, or until its cause was gone.",
    )

    _one_per_cause = models.UniqueIndex(
        "(product_id, warehouse_id, cause, COALESCE(lot_id, 0)) WHERE state <> 'closed'", "This cause has an open alert already."
    )

    @api.depends("kind")
    def _compute_cause(self):
        for alert in self:
            alert.cause = CAUSES[alert.kind]

    @api.depends("raised_at", "handled_at", "closed_at")
    def _compute_hours_to_handle(self):
        for alert in self:
            end = alert.handled_at or alert.closed_at
            alert.hours_to_handle = (end - alert.raised_at).total_seconds() / 3600 if end else 0.0

    @api.depends("kind", "quantity", "limit", "incoming_quantity", "daily_sales")
    @api.depends_context("lang")
    def _compute_sentence(self):
        for alert in self:
            alert.sentence = alert._get_sentence()

    def _get_sentence(self):
        """Return one sentence that says what is wrong, in the words of the shop."""
        self.ensure_one()
        cover = cover_of(self.quantity, self.daily_sales)
        words = {
            "quantity": f"{self.quantity:g}",
            "limit": f"{self.limit:g}",
            "incoming": f"{self.incoming_quantity:g}",
            "sales": f"{self.daily_sales:.2g}",
            "cover": f"{cover:.0f}" if cover is not None else "—",
        }
        if self.kind == "out":
            return self.env._("Nothing left to sell, sells %(sales)s a day; %(incoming)s on the way", **words)
        if self.kind == "minimum":
            return self.env._("%(quantity)s left, the minimum is %(limit)s; %(incoming)s on the way", **words)
        if self.kind == "overstock":
            return self.env._("%(quantity)s last for %(cover)s days, more than %(limit)s", **words)
        if self.kind == "idle":
            return self.env._("%(quantity)s lie here, none sold for %(limit)s days or more", **words)
        return self.env._("%(quantity)s of this batch will not be sold in the %(limit)s days that are left", **words)

    def action_handle(self):
        """Note that the caller sees to these alerts; they close when the cause is gone."""
        alerts = self._get_changeable({"open", "snoozed"})
        alerts.write({"state": "handled", "handled_by_id": self.env.uid, "handled_at": fields.Datetime.now(), "snoozed_until": False})
        alerts._end_activities()

    def action_snooze_day(self):
        """Tell again tomorrow, if the cause is still there."""
        self._snooze(timedelta(days=1))

    def action_snooze_week(self):
        """Tell again in a week, if the cause is still there."""
        self._snooze(timedelta(days=7))

    def action_reopen(self):
        """Take back what was handled or snoozed by mistake."""
        self._get_changeable({"handled", "snoozed"}).write(
            {"state": "open", "handled_by_id": False, "handled_at": False, "snoozed_until": False, "snoozed_by_id": False}
        )

    def action_view_stock(self):
        """Open the stock the alerts speak of."""
        return self.product_id._get_stock_action(self.warehouse_id)

    def action_view_moves(self):
        """Open what came and went of these products."""
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        return {**action, "domain": [("product_id", "in", self.product_id.ids), ("state", "=", "done")], "context": {}}

    def _snooze(self, span):
        alerts = self._get_changeable({"open", "snoozed"})
        alerts.write({"state": "snoozed", "snoozed_until": fields.Datetime.now() + span, "snoozed_by_id": self.env.uid})
        alerts._end_activities()

    def _get_changeable(self, states):
        """Return those of these alerts that are in one of the states, to be changed by the caller.

        :raises AccessError: for alerts of a store that is not the caller's
        """
        self.check_access("read")
        # sudo: alerts are written by the system; who sees them (own stores, or told) says what becomes of them.
        return self.sudo().filtered(lambda alert: alert.state in states)

    def _end_activities(self):
        """Archive the activities whose alerts are all taken up."""
        activities = self.activity_id.filtered("active")
        busy = self.search([("activity_id", "in", activities.ids), ("state", "=", "open")]).activity_id
        (activities - busy).action_archive()
