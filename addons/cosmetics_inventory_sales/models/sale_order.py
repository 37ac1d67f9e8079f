"""The order says what cannot be kept, and shows which batches left."""

from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    shelf_life_message = fields.Text(
        string="What Cannot Be Delivered in Time",
        compute="_compute_shelf_life_message",
        help="One sentence for each line that cannot be delivered in full with the shelf life this customer was promised.",
    )
    delivered_lot_count = fields.Integer(string="Batches Delivered", compute="_compute_delivered_lot_count")

    @api.depends("order_line.shelf_life_message")
    def _compute_shelf_life_message(self):
        for order in self:
            lines = order.order_line.filtered("shelf_life_message")
            order.shelf_life_message = "\n".join(f"{line.product_id.display_name}: {line.shelf_life_message}" for line in lines) or False

    @api.depends("order_line.move_ids.state")
    def _compute_delivered_lot_count(self):
        lots = self.order_line._get_delivered_batches()
        for order in self:
            order.delivered_lot_count = len({lot for line in order.order_line for lot, _quantity in lots.get(line.id, [])})

    def action_view_delivered_batches(self):
        """Open what left for the customer or came back, by batch."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_sales.stock_move_line_action_delivered_batches")
        return {**action, "domain": self.order_line._get_delivered_batches_domain()}
