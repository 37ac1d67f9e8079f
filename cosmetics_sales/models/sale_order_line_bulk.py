"""What lines of many orders need is asked for, and made, once for all of them."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.fields import Command


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _compute_pricelist_item_id(self):
        """One memo of price rules for all lines."""
        return super(SaleOrderLine, self.with_context(pricelist_memo=Memo()))._compute_pricelist_item_id()

    def _compute_analytic_distribution(self):
        """One memo of analytic rules for all lines."""
        return super(SaleOrderLine, self.with_context(analytic_memo=Memo()))._compute_analytic_distribution()

    def _action_launch_stock_rule(self, *, previous_product_uom_qty=False):
        """Launch the deliveries of many orders together: their references and transfers, and the look at reordering rules.

        A single order goes core's way unchanged.
        """
        if len(self.order_id) < 2 or self.env.context.get("skip_procurement"):
            return super()._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)
        fresh = Memo.fromkeys(self._create_stock_references().ids)
        waiting = Memo(pickings=[])
        lines = self.with_context(fresh_references=fresh, launch_memo=waiting)
        res = super(SaleOrderLine, lines)._action_launch_stock_rule(previous_product_uom_qty=previous_product_uom_qty)
        self.env["stock.picking"].browse(waiting["pickings"]).action_confirm()
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

    def _prepare_invoice_line(self, **optional_values):
        """Within a batch, the amounts of a line that is invoiced as it was ordered are known beforehand."""
        vals = super()._prepare_invoice_line(**optional_values)
        memo = Memo.of(self.env, "invoice_memo")
        return vals if memo is None else {**self._prepare_known_amounts(vals, memo), **vals}

    def _prepare_known_amounts(self, vals, memo):
        """Return what core will compute for this line of a new invoice, {} when the order does not tell.

        Core creates a line without amounts, computes the taxes of the invoice, and then writes each line whose amounts differ from what
        it has computed: a write by itself, half of the time that invoicing takes. It computes and compares all the same here, so a cent
        that falls otherwise on the invoice is written as always. Only a line with taxes: where no line has any, core takes amounts that
        are there already for typed.
        """
        as_ordered = (
            vals.get("display_type") == "product"
            and self.tax_ids
            and not self.is_downpayment
            and self.currency_id == self.company_id.currency_id
            and vals["quantity"] == self.product_uom_qty
            and vals["price_unit"] == self.price_unit
            and vals["discount"] == self.discount
        )
        if not as_ordered:
            return {}
        taxes = self.tax_ids
        tags = memo.once(("tags", taxes), lambda: taxes.get_tax_tags(is_refund=False, repartition_type="base"))
        tags |= memo.once(("tags", self.product_id), lambda: self.product_id.sudo().account_tag_ids)
        amount = -self.price_subtotal
        return {"amount_currency": amount, "balance": amount, "tax_tag_ids": [Command.set(tags.ids)]}
