"""What lines of many orders need is asked for, and made, once for all of them."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _compute_pricelist_item_id(self):
        """One memo of price rules for all lines."""
        return super(SaleOrderLine, self.with_context(pricelist_memo=Memo()))._compute_pricelist_item_id()

    def _compute_analytic_distribution(self):
        """One memo of analytic rules for all lines."""
        return super(SaleOrderLine, self.with_context(analytic_memo=Memo()))._compute_analytic_distribution()

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Launch the deliveries of many orders together: their references, transfers and the look at reordering rules.

        A single order goes core's way unchanged.
        """
        if len(self.order_id) < 2 or self.env.context.get("skip_procurement"):
            return super()._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)
        fresh = Memo.fromkeys(self._create_stock_references().ids)
        waiting = Memo(moves=[])
        lines = self.with_context(fresh_references=fresh, scheduler_memo=waiting)
        res = super(SaleOrderLine, lines)._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)
        self.env["stock.move"].browse(waiting["moves"])._trigger_scheduler()
        return res

    def _create_stock_references(self):
        """Return the new references of the orders that core would create one by one because their lines are delivered the first time."""
        first = self.filtered(
            lambda line: (
                line.state == "sale"
                and line.product_id.type == "consu"
                and not line.order_id.locked
                and not line.order_id.stock_reference_ids
                and line.product_uom_id.compare(line._get_qty_procurement(False), line.product_uom_qty) != 0
            )
        )
        lines = {line.order_id: line for line in first}
        return self.env["stock.reference"].create([line._prepare_reference_vals() for line in lines.values()])
