"""What one place gives of one order line."""

from odoo import fields, models


class CosmeticsAllocationLine(models.Model):
    """A part of an order line and the warehouse or shop it comes from; written by the allocation, read by deliveries.

    Only orders that are given from several places have such rows: an undivided order comes from its warehouse.
    """

    _name = "cosmetics.allocation.line"
    _description = "Allocated Goods"
    _order = "order_id, order_line_id, id"
    _check_company_auto = True

    order_line_id = fields.Many2one("sale.order.line", required=True, index=True, ondelete="cascade")
    order_id = fields.Many2one(related="order_line_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="order_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="order_line_id.product_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, index=True, ondelete="cascade", check_company=True)
    # The unit of the product: a line of two cartons may be given as five pieces and nineteen.
    quantity = fields.Float(digits="Product Unit", required=True, help="In the unit of the product.")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    sentence = fields.Char(string="Why", help="Why the goods come from there, in one sentence.")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "A place gives more than nothing. Correct the quantity.")
