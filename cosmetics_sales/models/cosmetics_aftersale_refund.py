"""Money back, and goods sent instead."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command


class CosmeticsAftersale(models.Model):
    _inherit = "cosmetics.aftersale"

    # ------------------------------------------------------------------ credit notes
    def _create_credit_notes(self):
        """Create the draft credit notes of these after-sales in one batch; what was never invoiced needs none."""
        vals_list = [vals for aftersale in self if (vals := aftersale._prepare_credit_note_vals())]
        moves = self.env["account.move"].create(vals_list)
        for move in moves:
            move._fit_to_refund()
        return moves

    def _prepare_credit_note_vals(self):
        """Return the values of the credit note, None when nothing was invoiced or nothing is given back.

        Goods that came back take the invoiced quantity of their order line down with them; money alone does not, for the goods stay
        with the buyer.
        """
        self.ensure_one()
        invoices = self.order_id.invoice_ids.filtered(lambda move: move.move_type == "out_invoice" and move.state == "posted")
        if not invoices or not self.refund_amount:
            return None
        lines = [Command.create(vals) for line in self.line_ids for vals in line._prepare_credit_vals()]
        lines += [Command.create(vals) for vals in self._prepare_freight_credit_vals()]
        if self.gift_policy == "charged" and self.gift_charge:
            taxes = self.line_ids.order_line_id.filtered(lambda line: not line.is_gift)[:1].tax_ids
            vals = {"name": self.env._("Gifts that the buyer keeps"), "quantity": 1, "tax_ids": [Command.set(taxes.ids)]}
            lines.append(Command.create({**vals, "price_unit": -self._get_untaxed_price(taxes, self.gift_charge)}))
        return {
            "move_type": "out_refund",
            "partner_id": self.order_id.partner_invoice_id.id,
            "currency_id": self.currency_id.id,
            "company_id": self.company_id.id,
            "invoice_origin": f"{self.order_id.name} / {self.name}",
            "ref": self.env._("Refund of after-sale %s", self.name),
            "reversed_entry_id": invoices[-1:].id,
            "aftersale_id": self.id,
            "invoice_line_ids": lines,
        }

    def _prepare_freight_credit_vals(self):
        """Return the values of the lines that give freight back."""
        if not self.freight_amount:
            return []
        freight = self.order_id.order_line.filtered(lambda line: line._is_freight())[:1]
        taxes = freight.tax_ids
        return [
            {
                "product_id": freight.product_id.id,
                "name": freight.name,
                "quantity": 1,
                "price_unit": self._get_untaxed_price(taxes, self.freight_amount),
                "tax_ids": [Command.set(taxes.ids)],
            }
        ]

    def _get_untaxed_price(self, taxes, amount):
        """Return the price that makes `amount` with these taxes: taxes outside of the price are taken off."""
        outside = taxes.filtered(lambda tax: not tax.price_include)
        if not outside:
            return amount
        factor = outside.compute_all(100.0, currency=None, handle_price_include=False)["total_included"] / 100.0
        return amount / factor

    # ------------------------------------------------------------------ goods sent instead
    def _send_replacement(self):
        """Put the goods on the order at no price, flagged: they leave by a delivery of their own and count as no revenue."""
        self.ensure_one()
        vals_list = [line._prepare_replacement_vals() for line in self.line_ids if line._get_sent_quantity()]
        if not vals_list:
            raise UserError(self.env._("%s: there is nothing to send.", self.name))
        # sudo: a locked order is changed by nobody else; what is sent follows from the agreed after-sale
        self.env["sale.order.line"].sudo().create(vals_list)
        sentence = (
            self.env._("%s: goods are sent instead.", self.name)
            if self.kind == "exchange"
            else self.env._("%s: sent once more.", self.name)
        )
        self.order_id._record_event("note", sentence)
