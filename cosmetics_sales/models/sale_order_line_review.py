"""What a review knows of order lines; and a line that is changed withdraws the approval of its order."""

from collections import Counter

from odoo import api, fields, models

from ..tools import review

# What a reviewer has seen of a line; machine fields (delivered, invoiced, batches) may change afterwards.
REVIEWED_FIELDS = frozenset(
    {"product_id", "product_uom_qty", "product_uom_id", "price_unit", "discount", "tax_ids", "order_id", "is_gift", "technical_price_unit"}
)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._after_review_change()
        added = lines.filtered(lambda line: line.order_id.state == "sale" and line.price_subtotal > 0 and not line.is_downpayment)
        added.order_id._check_confirmed_change()
        return lines

    def write(self, vals):
        if not REVIEWED_FIELDS & vals.keys():
            res = super().write(vals)
            # The band of near-expiry goods, or whatever else a module has the price follow.
            self.order_id._after_indirect_change()
            return res
        orders = self.order_id
        confirmed = self._get_review_weights()
        res = super().write(vals)
        (orders | self.order_id)._after_review_change()
        self._check_confirmed_change(confirmed)
        return res

    def unlink(self):
        orders = self.order_id
        res = super().unlink()
        orders.exists()._after_review_change()
        return res

    # ------------------------------------------------------------------ confirmed orders
    def _get_review_weights(self):
        """Return {line: (product, quantity, price after discount)} of lines whose order is confirmed."""
        return {
            line: (line.product_id, line.product_uom_qty, line.price_unit * (1 - (line.discount or 0.0) / 100))
            for line in self
            if line.order_id.state == "sale"
        }

    def _check_confirmed_change(self, before):
        """More goods, another product or a lower price on a confirmed order is a new promise and needs what the first one needed."""
        now = self._get_review_weights()
        worse = [
            line
            for line, (product, quantity, price) in before.items()
            if line in now and (now[line][0] != product or now[line][1] > quantity or now[line][2] < price)
        ]
        self.browse([line.id for line in worse]).order_id._check_confirmed_change()

    # ------------------------------------------------------------------ facts
    def _is_reviewed(self):
        """Tell if price and quantity of the line are judged; rewards of a loyalty programme follow rules of their own."""
        self.ensure_one()
        # The field comes with loyalty programmes, on which the app does not depend.
        is_reward = "is_reward_line" in self._fields and self.is_reward_line
        return bool(self.product_id) and not self.display_type and not self.is_downpayment and not is_reward

    def _get_basket(self):
        """Return what was ordered as a set of (product id, quantity), as :class:`tools.review.Facts` has it."""
        counted = Counter()
        for line in self:
            if line.product_id and not line.is_downpayment and not line.is_gift and line.product_uom_qty > 0:
                counted[line.product_id.id] += line.product_uom_qty
        return frozenset(counted.items())

    def _get_usual_prices(self):
        """Return {line: unit price of its price list before any discount}, in the unit and currency of the line.

        A platform sets the prices of its orders itself: their usual price is the one of the order.
        """
        usual = {line: line.technical_price_unit or line.price_unit for line in self}
        listed = self.filtered(lambda line: line.order_id.channel_id.kind != "marketplace")
        for pricelist, lines in listed.grouped(lambda line: line.order_id.pricelist_id).items():
            now = fields.Datetime.now()
            items = pricelist._get_applicable_rules(lines.product_id, now)
            for line in lines:
                product, uom = line.product_id, line.product_uom_id
                quantity = uom._compute_quantity(line.product_uom_qty, product.uom_id, raise_if_failure=False)
                item = next((item for item in items if item._is_applicable_for(product, quantity)), items.browse())
                usual[line] = item._compute_price(product, line.product_uom_qty, uom, date=now, currency=line.currency_id)
        return usual

    def _is_free_by_hand(self):
        """Tell if a line that costs nothing was made so by whoever wrote the order.

        A platform gives its own presents, gifts and samples are there to be given, and rewards of loyalty programmes are not
        reviewed at all. A module with presents of its own says so here.
        """
        self.ensure_one()
        return self.order_id.channel_id.kind != "marketplace" and self.product_id.item_class not in ("gift", "sample")

    def _get_review_facts(self, usual, missing, is_sellable):
        """Return the line as :class:`tools.review.Line`; prices in the currency of the company."""
        self.ensure_one()
        rate, quantity = self.order_id.currency_rate or 1, self.product_uom_qty or 1.0
        gross, net = self.price_total / quantity, self.price_subtotal / quantity
        asked = self.price_unit * (1 - (self.discount or 0.0) / 100)
        # Price lists may be without tax: the usual price is brought to the same footing as the price with tax.
        tax = gross / asked if asked else 1.0
        to_unit = self.product_id.uom_id._compute_quantity(1.0, self.product_uom_id, round=False, raise_if_failure=False) or 1.0
        return review.Line(
            product_id=self.product_id.id,
            name=self.product_id.display_name,
            quantity=self.product_uom_qty,
            net=net / rate,
            gross=gross / rate,
            usual=usual * tax / rate,
            discount=self.discount or 0.0,
            cost=self.product_id.with_company(self.company_id).standard_price / to_unit,
            control=self.product_id.product_tmpl_id.control_price / to_unit,
            missing=missing,
            # What costs nothing is a gift, marked or not; a mark by hand makes none of what costs something.
            is_gift=not gross or (self.is_gift and self.order_id.channel_id.kind == "marketplace"),
            is_by_hand=not gross and self._is_free_by_hand(),
            is_sellable=is_sellable,
            is_goods=self.product_id.type == "consu",
        )
