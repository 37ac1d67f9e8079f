"""Orders that ought to have gone further by now."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..tools import dispatch

WAITING_ON_PLATFORM = ("paid", "shipped")
STAGE_HOURS = {
    "ordered": "ordered_hours",
    "review": "review_hours",
    "allocated": "allocated_hours",
    "picking": "picking_hours",
    "shipped": "transit_hours",
}
"""Field of the company that says how long an order may stay in a step."""


class SaleOrder(models.Model):
    _inherit = "sale.order"

    dispatch_due_at = fields.Datetime(
        string="Dispatch Until",
        compute="_compute_dispatch_due_at",
        store=True,
        index=True,
        help="What the platform was promised, else the hours after payment that the company allows itself.",
    )
    is_late = fields.Boolean(string="Late", compute="_compute_is_late", search="_search_is_late")
    late_reason = fields.Char(string="Why It Is Late", compute="_compute_is_late")
    late_told_stage = fields.Char(
        string="Told as Late In", copy=False, readonly=True, help="One reminder for each step an order is late in."
    )

    # What has left long ago is most of the table and is never late; the list of late orders reads the rest.
    _stage_since_idx = models.Index("(fulfilment_stage, stage_since_at) WHERE fulfilment_stage NOT IN ('signed', 'settled', 'cancelled')")

    @api.depends("ship_by_at", "channel_paid_at", "channel_ordered_at", "date_order", "company_id")
    def _compute_dispatch_due_at(self):
        """A changed setting counts for orders from then on: a promise that was made stays."""
        closed = {company: company._get_days_without_dispatch() for company in self.company_id}
        for order in self:
            since = order.channel_paid_at or order.channel_ordered_at or order.date_order
            hours = order.company_id.dispatch_hours
            order.dispatch_due_at = order.ship_by_at or (hours and since and dispatch.due_at(since, hours, closed[order.company_id]))

    @api.depends("dispatch_due_at", "fulfilment_stage", "stage_since_at", "state", "delivery_status", "channel_state")
    @api.depends_context("lang", "tz")
    def _compute_is_late(self):
        late = self.filtered_domain(self._get_late_domain())
        undelivered = late.filtered_domain(self._get_undispatched_domain())
        labels = dict(self._fields["fulfilment_stage"]._description_selection(self.env))
        for order in self:
            order.is_late = order in late
            order.late_reason = order._get_late_reason(order in undelivered, labels) if order in late else False

    def _get_late_reason(self, undispatched, labels):
        if undispatched:
            due = fields.Datetime.context_timestamp(
                self.with_context(tz=self.env.context.get("tz") or "Asia/Shanghai"), self.dispatch_due_at
            )
            return self.env._("Dispatch was promised until %(due)s.", due=due.strftime("%Y-%m-%d %H:%M"))
        hours = int((fields.Datetime.now() - self.stage_since_at).total_seconds() // 3600)
        return self.env._("In “%(stage)s” for %(hours)s hours.", stage=labels[self.fulfilment_stage], hours=hours)

    @api.model
    def _search_is_late(self, operator, value):
        if operator not in ("=", "in"):
            return NotImplemented
        wanted = value if operator == "in" else [value]
        late = self._get_late_domain()
        both = [domain for flag, domain in ((True, late), (False, ~late)) if flag in wanted]
        return Domain.OR(both)

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_late_domain(self):
        """Return the domain of the orders that are late now."""
        return self._get_undispatched_domain() | self._get_slow_domain()

    @api.model
    def _get_expected_domain(self):
        """Return the domain of orders somebody waits for: confirmed with goods to leave, or paid on a platform and not confirmed."""
        confirmed = Domain("state", "=", "sale") & Domain("delivery_status", "in", ("pending", "started", "partial"))
        return confirmed | (Domain("state", "in", ("draft", "sent")) & Domain("channel_state", "in", WAITING_ON_PLATFORM))

    @api.model
    def _get_undispatched_domain(self):
        """Return the domain of orders whose promised dispatch has passed."""
        return self._get_expected_domain() & Domain("dispatch_due_at", "<", fields.Datetime.now())

    @api.model
    def _get_slow_domain(self):
        """Return the domain of orders that stay in one step longer than the company allows."""
        now = fields.Datetime.now()
        on_the_way = Domain("state", "=", "sale") & Domain("fulfilment_stage", "=", "shipped") & Domain("parcel_ids", "!=", False)
        awaited = self._get_expected_domain() | on_the_way
        # sudo: hours are settings of the company, whose record a clerk may not read in full
        limits = [
            (company.id, stage, company[name])
            for company in self.env["res.company"].sudo().search([])
            for stage, name in STAGE_HOURS.items()
            if company[name]
        ]
        slow = [
            Domain("company_id", "=", company)
            & Domain("fulfilment_stage", "=", stage)
            & Domain("stage_since_at", "<", now - timedelta(hours=hours))
            for company, stage, hours in limits
        ]
        return awaited & Domain.OR(slow)

    def _get_late_responsible(self):
        """Return who hears of a late order: the responsible of its channel, else its salesperson."""
        self.ensure_one()
        return self.channel_id.user_id or self.user_id

    # ------------------------------------------------------------------ reminders
    @api.model
    def _cron_tell_late_orders(self, limit=500):
        """Remind the responsible once for each step an order is late in; take the reminder back when the order went on."""
        kind = self.env.ref("cosmetics_sales.mail_activity_late_order")
        open_reminders = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_model", "=", "sale.order")])
        reminded = self.browse(open_reminders.mapped("res_id")).exists()
        punctual = reminded - reminded.filtered("is_late")
        open_reminders.filtered(lambda activity: activity.res_id in punctual.ids).unlink()
        self.search([("is_late", "=", True), ("late_told_stage", "=", False)], order="dispatch_due_at, id", limit=limit)._tell_late(kind)
        moved = self.search([("is_late", "=", True), ("late_told_stage", "!=", False)], order="id desc", limit=4 * limit)
        moved.filtered(lambda order: order.late_told_stage != order.fulfilment_stage)._tell_late(kind)

    def _end_late_reminders(self):
        """Take the reminders of those of these orders back that are late no more, the moment they went on."""
        told = self.sudo().filtered("late_told_stage")  # sudo: a reminder belongs to whom it reminds, whoever ships
        if punctual := told.filtered(lambda order: not order.is_late):
            kind = self.env.ref("cosmetics_sales.mail_activity_late_order")
            reminders = self.env["mail.activity"].sudo()
            reminders.search([("activity_type_id", "=", kind.id), ("res_model", "=", self._name), ("res_id", "in", punctual.ids)]).unlink()

    def _tell_late(self, kind):
        """Create one reminder for each of these orders, in the language and the time of who reads it."""
        told = self.filtered(lambda order: order._get_late_responsible().active)
        model = self.env["ir.model"]._get("sale.order")
        self.env["mail.activity"].create(
            [
                {
                    "activity_type_id": kind.id,
                    "res_model_id": model.id,
                    "res_id": order.id,
                    "user_id": user.id,
                    "date_deadline": fields.Date.context_today(self.with_context(tz="Asia/Shanghai")),
                    "summary": order.with_context(lang=user.lang, tz=user.tz or "Asia/Shanghai").late_reason,
                }
                for order in told
                for user in order._get_late_responsible()
            ]
        )
        for stage, orders in told.grouped("fulfilment_stage").items():
            # An order that waits for an approval is late all the same: the mark is ours, nothing that was approved changes.
            orders.with_context(skip_validation_check=True).late_told_stage = stage
