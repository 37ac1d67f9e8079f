"""How far an order has come, live, for the buyer and for the shop that asked."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.approval_tier import OPEN
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day

from ..tools.order_progress import Facts, progress

PROGRESS = [
    ("draft", "Quotation"),
    ("approval", "In Approval"),
    ("approved", "Approved"),
    ("ordered", "Ordered"),
    ("answered", "Confirmed by Vendor"),
    ("partial", "Partly Arrived"),
    ("received", "Arrived"),
    ("billed", "Billed"),
    ("paid", "Paid"),
    ("cancel", "Cancelled"),
]
ORDER_OF = {key: place for place, (key, _name) in enumerate(PROGRESS)}
PAID = ("paid", "in_payment", "reversed")


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    progress = fields.Selection(PROGRESS, compute="_compute_progress", store=True, index=True)
    promised_on = fields.Date(
        string="Next Goods Promised On",
        compute="_compute_promised_on",
        store=True,
        index="btree_not_null",
        help="The earliest day, in China, for which goods that have not come are promised: as the vendor answered, or as ordered.",
    )

    @api.depends(
        "state",
        "answered_at",
        "order_line.product_qty",
        "order_line.qty_received",
        "invoice_status",
        "invoice_ids.state",
        "invoice_ids.payment_state",
    )
    def _compute_progress(self):
        for order in self:
            order.progress = progress(order._get_progress_facts())

    @api.depends("state", "order_line.date_planned", "order_line.answered_on", "order_line.product_qty", "order_line.qty_received")
    def _compute_promised_on(self):
        for order in self:
            days = [line._get_promised_day() for line in order.order_line if line._is_awaited()]
            order.promised_on = min(filter(None, days), default=False)

    def _get_progress_facts(self):
        """Return the :class:`tools.order_progress.Facts` of this order."""
        self.ensure_one()
        # sudo: how far an order is tells nothing of approvals and bills that its reader may not see
        order = self.sudo()
        statuses = order.review_ids.mapped("status")
        bills = order.invoice_ids.filtered(lambda bill: bill.state == "posted")
        return Facts(
            state=order.state,
            is_asked=any(status in OPEN for status in statuses),
            is_approved=bool(statuses) and all(status == "approved" for status in statuses),
            is_answered=bool(order.answered_at),
            lines=tuple((line.product_qty, line.qty_received) for line in order.order_line if not line.display_type),
            is_billed=order.invoice_status == "invoiced",
            bills=tuple(bill.payment_state in PAID for bill in bills),
        )

    def _after_approval(self, status):
        res = super()._after_approval(status)
        self._refresh_progress()
        return res

    def _withdraw_approvals(self):
        res = super()._withdraw_approvals()
        self._refresh_progress()
        return res

    def _refresh_progress(self):
        """Approvals hang on a document by a number, not a relation: nothing tells the order that they changed."""
        self.invalidate_recordset(["review_ids"])
        self.env.add_to_compute(self._fields["progress"], self)


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def write(self, vals):
        if "date_planned" not in vals:
            return super().write(vals)
        before = {line: line._get_planned_day() for line in self if line.product_id and line.order_id.state == "purchase"}
        res = super().write(vals)
        for line, day in before.items():
            line._log_planned_day(day)
        return res

    def _log_planned_day(self, before):
        """Note on the order that its goods are now expected on another day."""
        now = self._get_planned_day()
        if now != before:
            self.order_id.message_post(
                body=self.env._(
                    "%(product)s: now expected on %(now)s, was %(before)s.",
                    product=self.product_id.display_name,
                    now=fields.Date.to_string(now),
                    before=fields.Date.to_string(before),
                )
            )

    def _is_awaited(self):
        """Tell if goods of this line have still to come."""
        self.ensure_one()
        return self.state == "purchase" and bool(self.product_id) and self.product_qty > max(self.qty_received, 0)

    def _get_promised_day(self):
        """Return the day in China on which the goods of this line are due."""
        self.ensure_one()
        return self.answered_on or (self.date_planned and china_day(self.date_planned))


class PurchaseRequestLine(models.Model):
    _inherit = "purchase.request.line"

    order_progress = fields.Selection(
        PROGRESS, string="Order", compute="_compute_order_progress", help="How far the slowest order of the line has come."
    )

    @api.depends("purchase_lines.order_id.progress")
    def _compute_order_progress(self):
        # sudo: who asked for goods follows their way without reading all of the order
        for line in self.sudo():
            steps = [step for step in line.purchase_lines.order_id.mapped("progress") if step != "cancel"]
            line.order_progress = min(steps, key=ORDER_OF.get, default=False)
