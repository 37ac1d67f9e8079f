"""Goods that do not come on the promised day: the buyer has one task for each order, the vendor gets one letter for each promise."""

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import format_date

ACTIVITY = "cosmetics_inventory_purchase.mail_activity_type_late_order"
TEMPLATE = "cosmetics_inventory_purchase.mail_template_late_order"


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    late_told_for = fields.Date(readonly=True, copy=False, help="The promised day whose passing was told; a new promise is told anew.")
    late_days = fields.Integer(
        compute="_compute_late_days", help="Days since goods of this order should have come; 0 when nothing is late."
    )

    @api.depends("promised_on")
    def _compute_late_days(self):
        today = china_day(fields.Datetime.now())
        for order in self:
            order.late_days = max((today - order.promised_on).days, 0) if order.promised_on else 0

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"late_told_for"}

    @api.model
    def _get_late_domain(self):
        return [("state", "=", "purchase"), ("promised_on", "<", china_day(fields.Datetime.now()))]

    @api.model
    def _cron_late(self):
        """Tell of each broken promise once; what has come, or is promised anew, takes the task away."""
        late = self.search(self._get_late_domain())
        kind = self.env.ref(ACTIVITY)
        told = self.env["mail.activity"].search([("activity_type_id", "=", kind.id), ("res_model", "=", self._name)])
        told.filtered(lambda activity: activity.res_id not in late._ids).action_archive()
        open_tasks = {activity.res_id: activity for activity in told.filtered("active")}
        news = late.filtered(lambda order: order.late_told_for != order.promised_on)
        for order in news:
            order._tell_late(open_tasks.get(order.id))
            order.late_told_for = order.promised_on
        return news

    def _tell_late(self, task):
        """Give the buyer a task, or bring the one there is up to date, and write to the vendor where the company wants it."""
        self.ensure_one()
        user = self.user_id.filtered("active") or self.create_uid
        words = self.with_context(lang=user.lang)
        day = format_date(words.env, self.promised_on)
        summary = words.env._("Late since %(day)s: ask the vendor", day=day)
        if task:
            task.summary = summary
        else:
            self.activity_schedule(ACTIVITY, date_deadline=china_day(fields.Datetime.now()), user_id=user.id, summary=summary)
        if self.company_id.late_order_mail and self.partner_id.email:
            self.env.ref(TEMPLATE).send_mail(self.id)
