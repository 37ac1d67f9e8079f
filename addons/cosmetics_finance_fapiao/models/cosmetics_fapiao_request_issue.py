"""The invoice as the tax platform wants to be told of it."""

from decimal import Decimal

from odoo import models

from ..tools.issue import Issue, IssueLine, spread_discounts
from ..tools.money import exact, half_up

NO_RATE = Decimal(-1)
"""Stands for taxes that are no single VAT rate; the check refuses it."""


class CosmeticsFapiaoRequest(models.Model):
    _inherit = "cosmetics.fapiao.request"

    def _prepare_issue(self):
        """Return the `Issue`: with tax when every price of the invoice includes it, else without."""
        self.ensure_one()
        move = self.move_id
        partner = move.commercial_partner_id
        lines = move.invoice_line_ids.filtered(lambda line: line.display_type == "product" and line.price_total)
        is_included = bool(lines) and all(line.tax_ids and all(line.tax_ids.mapped("price_include")) for line in lines)
        return Issue(
            serial=self.serial,
            is_special=self.is_special,
            is_tax_included=is_included,
            buyer_name=(partner.name or "").strip(),
            buyer_vat=(partner.vat or "").strip().upper(),
            remark=" ".join(filter(None, [self.remark, self.serial])),
            lines=spread_discounts([self._prepare_issue_line(line, is_included) for line in lines]),
            total=exact(move.amount_total),
            tax=exact(move.amount_tax),
            is_person=not partner.is_company and not partner.vat,
            contact=(partner.email or "", partner.phone or ""),
        )

    def _prepare_issue_line(self, line, is_included):
        """Return an `IssueLine`; a discount in percent stands beside the full amount, as the platform wants it."""
        net = exact(line.price_total if is_included else line.price_subtotal)
        quantity = Decimal(repr(line.quantity))
        gross = self._get_gross(line, net, quantity)
        code, is_default = line.product_id._get_fapiao_class_code(line.company_id)
        is_negative = net < 0
        return IssueLine(
            name=(line.product_id.name or line.name or "").strip().split("\n")[0],
            code=code,
            amount=net if is_negative else gross,
            discount=gross - net if not is_negative else Decimal("0.00"),
            rate=self._get_rate(line.tax_ids),
            quantity=None if is_negative or not quantity else quantity,
            price=None if is_negative or not quantity else (gross / quantity).quantize(Decimal("0.0000000001")),
            spec=self._get_spec(line.product_id),
            unit=line.product_uom_id.name or "",
            is_default_code=is_default,
        )

    def _get_gross(self, line, net, quantity):
        """Return the amount before the discount in percent; a full discount leaves nothing to issue."""
        share = 1 - Decimal(repr(line.discount)) / 100
        return half_up(net / share) if net > 0 and Decimal(0) < share < 1 else net

    def _get_rate(self, taxes):
        """Return the rate as a share, None when the goods are exempt."""
        if len(taxes) != 1 or taxes.amount_type != "percent":
            return NO_RATE
        return None if taxes._is_vat_exempt() else Decimal(repr(taxes.amount)) / 100

    def _get_spec(self, product):
        return product["spec"] or "" if "spec" in product._fields else ""


class AccountTax(models.Model):
    _inherit = "account.tax"

    def _is_vat_exempt(self):
        """Tell whether this is the tax of exempt goods: no rate, and no account where 0 % has one."""
        self.ensure_one()
        return not self.amount and not self.invoice_repartition_line_ids.account_id
