"""What one place gives of one order line."""

from odoo import fields, models


class CosmeticsAllocationLine(models.Model):
    """A part of an order line and the warehouse or shop it comes from; written by the allocation, read by deliveries."""

    _name = "cosmetics.allocation.line"
    _description = "Allocated Goods"
    _order = "order_id, order_line_id, id"
    _check_company_auto = True

    order_line_id = fields.Many2one("sale.order.line", string="Order Line", required=True, index=True, ondelete="cascade")
    order_id = fields.Many2one(related="order_line_id.order_id", store=True, index=True)
    company_id = fields.Many2one(related="order_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="order_line_id.product_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, index=True, ondelete="cascade", check_company=True)
    quantity = fields.Float(digits="Product Unit", required=True, help="In the unit of the order line.")
    uom_id = fields.Many2one(related="order_line_id.product_uom_id", string="Unit")
    sentence = fields.Char(string="Why", help="Why the goods come from there, in one sentence.")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "A place gives more than nothing. Correct the quantity or remove the row.")
