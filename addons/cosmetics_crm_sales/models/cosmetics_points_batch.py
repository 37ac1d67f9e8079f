"""Points of orders count some days after delivery."""

from datetime import timedelta

from odoo import models
from odoo.addons.cosmetics_sales.models.sale_order_aftersale import china_day


class CosmeticsPointsBatch(models.Model):
    _inherit = "cosmetics.points.batch"

    def _get_available_days(self):
        days = super()._get_available_days()
        batches = self.filtered(lambda batch: batch.origin_model == "sale.order")
        # sudo: the nightly run reads orders of all companies
        orders = self.env["sale.order"].sudo().browse(set(batches.mapped("origin_id"))).exists()
        received = {order.id: day for order in orders if (day := order._get_points_received_on())}
        for batch in batches:
            if batch.origin_id in received:
                days[batch] = received[batch.origin_id] + timedelta(days=batch.program_id.points_delay_days)
        return days


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_points_received_on(self):
        """Return the day in China on which the buyer had everything; None before. Without goods it is the day of the order."""
        self.ensure_one()
        if self.state != "sale":
            return None
        if not any(line._is_aftersale_goods() for line in self.order_line):
            return china_day(self.date_order)
        return self._get_received_on() if self.delivery_status == "full" else None
