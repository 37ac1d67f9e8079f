"""What was asked for is ordered at the price of the vendor."""

from odoo import api, models


class PurchaseRequestLineMakePurchaseOrder(models.TransientModel):
    _inherit = "purchase.request.line.make.purchase.order"

    @api.model
    def _prepare_purchase_order_line(self, po, item):
        """Leave the price to the order line: a price of 0 counts as one entered by hand, and stays."""
        vals = super()._prepare_purchase_order_line(po, item)
        if not vals.get("price_unit"):
            vals.pop("price_unit", None)
        return vals
