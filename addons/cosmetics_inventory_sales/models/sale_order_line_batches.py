"""Which batches a line has delivered."""

from collections import defaultdict

from odoo import api, fields, models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    delivered_batches = fields.Char(
        string="Batches and Use-by Dates",
        compute="_compute_delivered_batches",
        help="Batches the customer has, with use-by date and quantity; what came back is taken off.",
    )

    @api.depends("move_ids.state", "move_ids.move_line_ids.lot_id")
    def _compute_delivered_batches(self):
        batches = self._get_delivered_batches()
        for line in self:
            line.delivered_batches = "; ".join(
                self.env._("%(batch)s (%(date)s) × %(quantity)s", batch=lot.name, date=lot.expiration_on or "—", quantity=f"{quantity:g}")
                for lot, quantity in batches.get(line.id, [])
            )

    def _get_delivered_batches(self):
        """Return {id of the line: [(batch, quantity in the product's unit)]} of what the customers have, first-expiring first."""
        # sudo: a seller sees the batches of the own orders without the right to the warehouse's papers
        move_lines = (
            self.env["stock.move.line"].sudo().search_fetch(self._get_delivered_batches_domain(), ["lot_id", "quantity_product_uom"])
        )
        quantities = defaultdict(lambda: defaultdict(float))
        for move_line in move_lines:
            sign = 1 if move_line.move_id.location_dest_id.usage == "customer" else -1
            quantities[move_line.move_id.sale_line_id.id][move_line.lot_id] += sign * move_line.quantity_product_uom
        return {
            line_id: sorted(
                ((lot, quantity) for lot, quantity in lots.items() if quantity > 0),
                key=lambda item: (item[0].expiration_on or fields.Date.to_date("9999-12-31"), item[0].name),
            )
            for line_id, lots in quantities.items()
        }

    def _get_delivered_batches_domain(self):
        """Return the domain of the move lines by which goods of these lines reached the customer or came back."""
        return [
            ("move_id.sale_line_id", "in", self.ids),
            ("state", "=", "done"),
            ("lot_id", "!=", False),
            "|",
            ("move_id.location_dest_id.usage", "=", "customer"),
            ("move_id.location_id.usage", "=", "customer"),
        ]
