"""Orders to vendors pass the approval nodes before they are confirmed, on every path."""

from odoo import api, models

from ..tools import approval

# What an approver has seen of a line; what the machine writes (received, billed, dates) may change afterwards.
LINE_FIELDS = frozenset(
    {"product_id", "product_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id", "name", "technical_price_unit"}
)


class PurchaseOrder(models.Model):
    _name = "purchase.order"
    # The shared approval comes first: it replaces the gates of the approval tiers.
    _inherit = ["cosmetics.purchase.approval", "purchase.order"]

    _approved_fields = frozenset(
        {
            "partner_id",
            "company_id",
            "currency_id",
            "picking_type_id",
            "dest_address_id",
            "payment_term_id",
            "fiscal_position_id",
            "date_order",
            "order_line",
        }
    )
    # Lines of a confirmed order judge their own changes: less of something needs nobody.
    _standing_fields = _approved_fields - {"order_line"}
    _states_open = ("draft", "sent", "to approve")
    _states_approved = ("purchase",)

    @api.model
    def _get_approval_depends(self):
        lines = ("product_id.categ_id", "product_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "price_total")
        return [*super()._get_approval_depends(), *(f"order_line.{name}" for name in lines)]

    def _get_approval_content(self):
        self.ensure_one()
        head = [
            self.partner_id.id,
            self.company_id.id,
            self.currency_id.id,
            self.picking_type_id.id,
            self.dest_address_id.id,
            self.payment_term_id.id,
            self.fiscal_position_id.id,
        ]
        return head, sorted(line._get_approval_content() for line in self.order_line if not line.display_type)

    def _get_approval_facts(self):
        """Amounts with tax, in the currency of the company; what goes back to the vendor takes nothing off."""
        facts = {}
        for order in self:
            lines = order.order_line.filtered(lambda line: not line.display_type)
            amount = sum(max(line.price_total, 0.0) for line in lines) / (order.currency_rate or 1.0)
            facts[order] = approval.Facts(
                round(amount, 2), lines.product_id._get_approval_categories(), order._get_approval_warehouse().id or 0
            )
        return facts

    def _get_approval_authors(self):
        return super()._get_approval_authors() | self.user_id


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._after_approval_change()
        added = lines.filtered(lambda line: line.order_id.state == "purchase" and line.product_qty > 0 and line.price_total > 0)
        added.order_id._check_still_approved()
        return lines

    def write(self, vals):
        if not LINE_FIELDS & vals.keys():
            return super().write(vals)
        orders, before = self.order_id, self._get_approval_weights()
        res = super().write(vals)
        (orders | self.order_id)._after_approval_change()
        self._check_confirmed_change(before)
        return res

    def unlink(self):
        orders = self.order_id
        res = super().unlink()
        orders.exists()._after_approval_change()
        return res

    # ------------------------------------------------------------------ helpers
    def _get_approval_content(self):
        """Return what an approver sees of this line, in a form that sorts."""
        self.ensure_one()
        return (
            self.product_id.id or 0,
            self.product_uom_id.id or 0,
            round(self.product_qty, 6),
            round(self.price_unit, 6),
            round(self.discount or 0.0, 4),
            sorted(self.tax_ids.ids),
            "" if self.product_id else self.name or "",
        )

    def _get_approval_weights(self):
        """Return {line: (what, quantity, price after discount)} of lines whose order is confirmed."""
        return {
            line: (
                (line.order_id.id, line.product_id.id, line.product_uom_id.id, tuple(sorted(line.tax_ids.ids))),
                line.product_qty,
                line.price_unit * (1 - (line.discount or 0.0) / 100),
            )
            for line in self.sudo()
            if line.order_id.state == "purchase"
        }

    def _check_confirmed_change(self, before):
        """More goods, another product or a higher price on a confirmed order is a new purchase and needs what the first one needed."""
        now = self._get_approval_weights()
        worse = [
            line.id
            for line, (what, quantity, price) in now.items()
            if line not in before or before[line][0] != what or before[line][1] < quantity or before[line][2] < price
        ]
        self.browse(worse).order_id._check_still_approved()


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_approval_categories(self):
        """Return the ids of the categories of these products with all that they lie in."""
        paths = self.categ_id.mapped("parent_path")
        return frozenset(int(part) for path in paths for part in (path or "").split("/") if part)
