"""What a purchase line may buy."""

from odoo import api, models


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    @api.constrains("product_id")
    def _check_product_lifecycle(self):
        """Refuse to buy a product whose stage forbids it, by whatever way the line came in."""
        self.filtered(lambda line: line._is_bought_from_vendor()).product_id._check_lifecycle("can_purchase")

    def write(self, vals):
        if "product_qty" in vals:
            # More of a product on a confirmed order is a new purchase of it; less is always allowed.
            more = self.filtered(lambda line: line.state in {"to approve", "purchase"} and line.product_qty < vals["product_qty"])
            more._check_product_lifecycle()
        return super().write(vals)

    def _is_bought_from_vendor(self):
        """Tell if the line brings goods in: a line with a negative quantity gives them back to the vendor."""
        self.ensure_one()
        return self.state != "cancel" and self.product_qty >= 0
