"""The lines of an after-sale as money, and as goods sent instead."""

from odoo import models
from odoo.fields import Command

from ..tools import aftersale as rules


class CosmeticsAftersaleLine(models.Model):
    _inherit = "cosmetics.aftersale.line"

    def _spread(self, amount, weights):
        """Return {line: part of the amount} by weight."""
        return dict(zip(weights, rules.spread(amount, weights.values()), strict=True))

    def _get_sent_quantity(self):
        """Return how much is sent to the buyer for this line."""
        self.ensure_one()
        return self.quantity if self.kind == "resend" else self._get_accepted_quantity()

    def _prepare_replacement_vals(self):
        """Return the values of the order line of what is sent instead."""
        self.ensure_one()
        product = self.replacement_product_id or self.product_id
        return {
            "order_id": self.order_id.id,
            "product_id": product.id,
            "product_uom_qty": self._get_sent_quantity(),
            "product_uom_id": self.uom_id.id if product == self.product_id else product.uom_id.id,
            "price_unit": self.replacement_price if self.kind == "exchange" else 0.0,
            "discount": 0.0,
            "tax_ids": [Command.set(self.order_line_id.tax_ids.ids)],
            "aftersale_id": self.aftersale_id.id,
            "aftersale_carried": self.amount if self.kind == "exchange" else 0.0,
            "is_gift": self.is_gift,
        }

    def _prepare_credit_vals(self):
        """Return the values of the lines of the credit note for these goods: whole cents, which sum to the amount."""
        self.ensure_one()
        order_line, is_back = self.order_line_id, self.aftersale_id.kind == "return"
        quantity = self._get_accepted_quantity() if is_back else self.quantity
        if not quantity or not (self.amount or is_back):
            return []
        linked = is_back and order_line.qty_invoiced >= quantity
        common = {
            "discount": 0.0,
            "extra_tax_data": False,
            **({} if linked else {"sale_line_ids": [Command.clear()]}),
        }
        return [
            order_line._prepare_invoice_line(
                **common, quantity=units, price_unit=self.aftersale_id._get_untaxed_price(order_line.tax_ids, price)
            )
            for units, price in rules.unit_prices(self.amount, quantity)
        ]
