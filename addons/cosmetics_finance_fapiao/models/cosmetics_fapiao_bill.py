"""A draft bill from an invoice that was received."""

from odoo import Command, models
from odoo.exceptions import UserError


class CosmeticsFapiao(models.Model):
    _inherit = "cosmetics.fapiao"

    def action_create_bill(self):
        """Create and open the draft of a bill for each received invoice that no bill stands for."""
        self.check_access("write")
        moves = self.env["account.move"]
        for fapiao in self:
            moves += fapiao._create_bill()
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.env._("Bills")}
        if len(moves) == 1:
            return {**action, "view_mode": "form", "res_id": moves.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", moves.ids)]}

    def _create_bill(self):
        self.ensure_one()
        if self.direction != "received" or self.state == "void":
            raise UserError(self.env._("%s is no valid invoice that was received. A bill is made from those.", self.number))
        if self.link_ids:
            raise UserError(self.env._("%s has a bill already. Open it, or undo the match first.", self.number))
        partner = self.env["account.move"]._get_fapiao_partner(self.seller_name, self.seller_vat) or self._create_seller()
        sign = -1 if self.total < 0 else 1
        bill = self.env["account.move"].create(
            {
                "move_type": "in_refund" if self.total < 0 else "in_invoice",
                "company_id": self.company_id.id,
                "partner_id": partner.id,
                "invoice_date": self.day,
                "ref": self.number,
                "invoice_line_ids": [Command.create(self._prepare_bill_line(line, sign)) for line in self._get_bill_lines()],
            }
        )
        self._correct_cents(bill)
        self._link(bill)
        return bill

    def _create_seller(self):
        vals = {"name": self.seller_name or self.seller_vat, "vat": self.seller_vat, "is_company": True, "supplier_rank": 1}
        return self.env["res.partner"].create({**vals, "company_id": self.company_id.id})

    def _get_bill_lines(self):
        """Return the lines; an invoice of which the file told the totals alone becomes one line."""
        rate = round(self.tax / self.amount, 2) if self.amount else 0
        head = {"name": self.seller_name, "amount": self.amount, "tax": self.tax, "tax_rate": rate, "has_rate": True}
        return self.line_ids or [self.env["cosmetics.fapiao.line"].new(head)]

    def _prepare_bill_line(self, line, sign):
        """Return a line of one piece: prices of files have up to 13 decimals. Tax that is not deductible is part of the cost."""
        tax = self._get_purchase_tax(line)
        price = line.amount if tax else line.amount + line.tax
        return {"name": line.name or self.number, "quantity": 1, "price_unit": sign * price, "tax_ids": [Command.set(tax.ids)]}

    def _get_purchase_tax(self, line):
        """Return the tax of a line that a general taxpayer deducts, else none."""
        if self.company_id.vat_taxpayer_kind != "general" or not self.is_special or not line.has_rate or not line.tax_rate:
            return self.env["account.tax"]
        domain = [
            ("company_id", "in", (self.company_id | self.company_id.root_id).ids),
            ("type_tax_use", "=", "purchase"),
            ("amount_type", "=", "percent"),
            ("amount", "=", round(line.tax_rate * 100, 2)),
        ]
        found = self.env["account.tax"].search(domain).filtered(lambda tax: not tax.price_include)
        return found[:1]

    def _correct_cents(self, bill):
        """Let the tax of the bill be the tax of the invoice: the seller rounds each line, we the sum."""
        tax_lines = bill.line_ids.filtered("tax_line_id")
        gap = self.total - bill._get_fapiao_target()
        within = 0.01 * max(len(self.line_ids), 1) + 0.001
        if tax_lines and not self.currency_id.is_zero(gap) and abs(gap) < within:
            # Gap and balance look from the bill's side: a refund is negative in both.
            tax_lines[0].amount_currency += gap
