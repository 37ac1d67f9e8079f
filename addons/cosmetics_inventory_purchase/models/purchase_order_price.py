"""Prices of an order against ceilings, contracts and what was paid before."""

from dataclasses import replace

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import format_amount

from ..tools import price_watch


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    price_warning = fields.Text(
        compute="_compute_price_warning",
        help="Prices above the ceiling or the contract, prices that differ from those before, and an order below the agreed minimum.",
    )

    @api.depends(
        "partner_id",
        "company_id",
        "state",
        "amount_untaxed",
        "order_line.product_id",
        "order_line.product_qty",
        "order_line.price_subtotal",
    )
    @api.depends_context("lang")
    def _compute_price_warning(self):
        for order in self:
            sentences = order._get_price_sentences() if order.state in order._states_open and order.order_line.product_id else []
            order.price_warning = "\n".join(sentences) or False

    def _get_price_sentences(self):
        """Return one sentence for each thing about the prices of this order that its buyer should know."""
        self.ensure_one()
        sentences = [sentence for limits in self._get_broken_limits().values() for sentence in limits]
        products = self.order_line.product_id
        # sudo: what was paid before is told as a figure to who may read this order
        references = self.env["cosmetics.purchase.price"].sudo()._get_references(products, self.company_id, self._origin)
        for line in self.order_line.filtered("product_id"):
            known, price = references.get(line.product_id._origin, ()), line._get_unit_price()
            if price and price_watch.is_striking(price, known, self.company_id.price_alert_share):
                sentences.append(line._get_striking_sentence(price, *known))
        for contract in self._get_contracts():
            if (
                self.currency_id == contract.currency_id
                and self.currency_id.compare_amounts(self.amount_untaxed, contract.minimum_amount) < 0
            ):
                sentences.append(
                    self.env._(
                        "Contract %(contract)s asks for %(minimum)s an order, this one comes to %(amount)s.",
                        contract=contract.name,
                        minimum=format_amount(self.env, contract.minimum_amount, contract.currency_id),
                        amount=format_amount(self.env, self.amount_untaxed, self.currency_id),
                    )
                )
        return sentences

    def _get_contracts(self):
        """Return the contracts (sudo) that bind this order."""
        self.ensure_one()
        # sudo: contracts bind whoever enters the order
        contracts = self.env["cosmetics.supplier.contract"].sudo()
        return contracts._get_valid(self.partner_id, self.company_id, china_day(self.date_order or fields.Datetime.now()))

    def _get_broken_limits(self):
        """Return {line: sentences} of the lines that are dearer than a ceiling or a contract allows."""
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: line.product_id and line.product_qty > 0)
        # sudo: ceilings bind whoever enters the order
        ceilings = self.env["cosmetics.purchase.ceiling"].sudo()
        found = ceilings.search([("product_id", "in", lines.product_id.ids), ("company_id", "=", self.company_id.id)])
        highest = {ceiling.product_id.id: ceiling.price for ceiling in found}
        contracts = self._get_contracts()
        broken = {}
        for line in lines:
            price, product = line._get_unit_price(), line.product_id._origin.id or line.product_id.id
            limits = []
            if product in highest and line._is_dearer(price, highest[product]):
                limits.append(line._get_ceiling_sentence(price, highest[product]))
            agreed = line._get_agreed_price(contracts)
            if agreed and line._is_dearer(price, agreed[0]):
                limits.append(line._get_contract_sentence(price, *agreed))
            if limits:
                broken[line] = limits
        return broken

    def _get_approval_facts(self):
        facts = super()._get_approval_facts()
        return {order: replace(fact, is_above_ceiling=bool(order._get_broken_limits())) for order, fact in facts.items()}


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _get_unit_price(self):
        """Return the price for one unit of the product, without tax, in the currency of the company."""
        self.ensure_one()
        return self.price_subtotal / self.product_uom_qty / (self.order_id.currency_rate or 1.0) if self.product_uom_qty else 0.0

    def _is_dearer(self, price, limit):
        """Tell if a price is above another: what a line rounds to cents is no difference."""
        return price > limit + 0.005 / max(self.product_uom_qty, 1.0) + 1e-9

    def _get_agreed_price(self, contracts):
        """Return (price in the currency of the company, name of the contract) that holds for this quantity, or an empty tuple."""
        day, found = china_day(self.order_id.date_order or fields.Datetime.now()), ()
        for line in contracts.line_ids:
            if line.product_id == self.product_id._origin and line.min_quantity <= self.product_uom_qty:
                company = self.order_id.company_id
                price = line.currency_id._convert(line.price, company.currency_id, company, day, round=False)
                found = min(filter(None, (found, (price, line.contract_id.name))))
        return found

    def _get_price_words(self, price):
        return format_amount(self.env, price, self.order_id.company_id.currency_id)

    def _get_ceiling_sentence(self, price, limit):
        return self.env._(
            "%(product)s: %(price)s a unit, the approved ceiling is %(limit)s.",
            product=self.product_id.display_name,
            price=self._get_price_words(price),
            limit=self._get_price_words(limit),
        )

    def _get_contract_sentence(self, price, limit, contract):
        return self.env._(
            "%(product)s: %(price)s a unit, contract %(contract)s says %(limit)s.",
            product=self.product_id.display_name,
            price=self._get_price_words(price),
            contract=contract,
            limit=self._get_price_words(limit),
        )

    def _get_striking_sentence(self, price, last, average):
        return self.env._(
            "%(product)s: %(price)s a unit; last paid %(last)s (%(share)s), average of 12 months %(average)s.",
            product=self.product_id.display_name,
            price=self._get_price_words(price),
            last=self._get_price_words(last),
            share=f"{price_watch.deviation(price, last):+.0%}",
            average=self._get_price_words(average),
        )
