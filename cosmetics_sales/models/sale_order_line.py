"""What an order line may sell."""

from odoo import api, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.constrains("product_id")
    def _check_product_lifecycle(self):
        """Refuse to sell a product whose stage forbids it, by whatever way the line came in."""
        self._filtered_against_lifecycle().product_id._check_lifecycle("can_sell")

    def _update_line_quantity(self, values):
        """More of a product on a confirmed order is a new sale of it; less is always allowed."""
        more = self.filtered(lambda line: line.product_uom_qty < values["product_uom_qty"])
        more._check_product_lifecycle()
        return super()._update_line_quantity(values)

    def _filtered_against_lifecycle(self):
        """Return the lines that sell what may not be sold; a module that must let a sale pass takes its lines out."""
        return self.filtered(lambda line: line._is_sold_to_customer() and not line.product_id._is_allowed_by_lifecycle("can_sell"))

    def _is_sold_to_customer(self):
        """Tell if the line hands goods to the customer: a negative quantity takes them back, a section or note has none."""
        self.ensure_one()
        return bool(self.product_id) and self.state != "cancel" and not self.is_downpayment and self.product_uom_qty >= 0
