"""Lines of confirmed orders that spend points, or change what the order earns."""

from odoo import api, models
from odoo.addons.cosmetics_crm.tools.gate import points_gate

PAID_FIELDS = {"product_uom_qty", "price_unit", "discount", "tax_ids", "is_gift", "product_id"}


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        if not any(vals.get("coupon_id") and vals.get("points_cost") for vals in vals_list):
            lines = super().create(vals_list)
        else:
            lines = super(SaleOrderLine, points_gate.mark(self)).create(vals_list).with_env(self.env)
        lines._get_points_orders()._update_points()
        return lines

    def write(self, vals):
        if "points_cost" not in vals and not PAID_FIELDS & set(vals):
            return super().write(vals)
        orders = self._get_points_orders()
        lines = points_gate.mark(self) if "points_cost" in vals else self
        res = super(SaleOrderLine, lines).write(vals)
        (orders | self._get_points_orders())._update_points()
        return res

    def unlink(self):
        orders = self._get_points_orders()
        if not orders:
            return super().unlink()
        res = super(SaleOrderLine, points_gate.mark(self)).unlink()
        orders._update_points()
        return res

    def _get_points_orders(self):
        """Return the confirmed orders of these lines that earn or spend points of ledger cards."""
        confirmed = self.order_id.filtered(lambda order: order.state == "sale")
        return confirmed.filtered(lambda order: order.sudo()._get_points_cards())  # sudo: which cards there are decides, not who reads them


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _update_points(self):
        """Bring what these confirmed orders earn to what is paid by now."""
        for order in self.sudo():  # sudo: the points follow from the order, whoever changes it
            entries = order.coupon_point_ids.filtered(lambda entry: entry.coupon_id.in_ledger or entry.coupon_id.stored_kind == "named")
            programs = entries.coupon_id.program_id
            status = order._program_check_compute_points(programs) if programs else {}
            for entry in entries:
                points = status[entry.coupon_id.program_id].get("points", [0])[0]
                if entry.points != points:
                    entry.points = points
        self._sync_points()
