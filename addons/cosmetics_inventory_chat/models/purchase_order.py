"""Broken promises of vendors are told in the group of the warehouse that waits for the goods."""

from odoo import models
from odoo.tools import format_date


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _tell_late(self, task):
        res = super()._tell_late(task)
        channels = self.env["cosmetics.notify.channel"]
        order = self.with_context(lang=channels._get_lang(self))
        lines = [
            order.env._(
                "%(product)s: %(quantity)g outstanding", product=line.product_id.display_name, quantity=line.product_qty - line.qty_received
            )
            for line in order.order_line
            if line._is_awaited()
        ]
        title = order.env._(
            "%(order)s of %(vendor)s is late since %(day)s",
            order=order.name,
            vendor=order.partner_id.name,
            day=format_date(order.env, order.promised_on),
        )
        channels._notify("late_order", order.picking_type_id.warehouse_id, title, lines)
        return res
