"""Money and goods: never more back than went out and came in."""

import doctest
import random

from odoo import Command
from odoo.addons.cosmetics_sales.tools import aftersale as rules
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .common_aftersale import AftersaleCommon


@tagged("post_install", "-at_install")
class TestAftersaleMoney(AftersaleCommon):
    def test_examples_of_the_tools(self):
        result = doctest.testmod(rules)
        self.assertGreater(result.attempted, 5)
        self.assertEqual(result.failed, 0)

    def test_any_split_of_a_sum_gives_the_sum(self):
        rng = random.Random(7)
        for _round in range(300):
            cents = rng.randrange(-100000, 100000)
            parts = rules.spread(cents / 100, [rng.randrange(0, 500) for _n in range(rng.randrange(1, 9))] + [1])
            self.assertEqual(round(sum(parts) * 100), cents)

    def test_any_order_of_units_gives_back_what_was_paid(self):
        rng = random.Random(8)
        for _round in range(300):
            paid, quantity = rng.randrange(0, 99999) / 100, rng.randrange(1, 20)
            units, amount = 0, 0.0
            while units < quantity:
                wanted = rng.randrange(1, quantity - units + 1)
                amount = round(amount + rules.share(paid, quantity, units, amount, wanted), 2)
                units += wanted
                self.assertLessEqual(amount, paid)
            self.assertEqual(amount, paid)

    def test_unit_prices_multiply_to_the_amount(self):
        rng = random.Random(9)
        for _round in range(300):
            cents, quantity = rng.randrange(0, 99999), rng.randrange(1, 20)
            prices = rules.unit_prices(cents / 100, quantity)
            self.assertEqual(round(sum(units * price for units, price in prices) * 100), cents)
            self.assertEqual(sum(units for units, _price in prices), quantity)

    def _create_discounted(self, **options):
        """Return an order with a discount on the whole of it, a gift and freight; 239.99 are paid."""
        free = {"price_unit": 0.0, "is_gift": True}
        return self._create_sold(
            (self.brush, 3),
            (self.mirror, 3),
            (self.pouch, 1, free),
            (self.freight, 1, {"price_unit": 10.0}),
            (self.freight, 1, {"price_unit": -20.0, "name": "Shop coupon"}),
            **options,
        )

    def test_what_was_paid_is_spread_over_goods_and_freight(self):
        order = self._create_discounted()
        paid, freight = order._get_paid_amounts()
        self.assertEqual((round(sum(paid.values()) + freight, 2), freight), (order.amount_total, 10))
        self.assertEqual(order.amount_total, 239.99)

    def test_returns_one_by_one_give_back_exactly_what_was_paid(self):
        for seed in range(4):
            order = self._create_discounted()
            rng = random.Random(seed)
            units = [line for line in order.order_line if line._is_aftersale_goods() for _n in range(int(line.product_uom_qty))]
            rng.shuffle(units)
            given, is_freight_back = 0.0, False
            while units:
                count = rng.randrange(1, len(units) + 1)
                taken, units = units[:count], units[count:]
                is_freight_back = not units
                aftersale = self._create_aftersale(
                    order, *((line, 1) for line in taken), refund_freight=is_freight_back, gift_policy="left"
                )
                self._bring_back(aftersale)
                aftersale.action_refund()
                given += aftersale.refund_amount
                self.assertLessEqual(round(given, 2), order.amount_total)
                credit = aftersale.sudo().credit_note_ids
                self.assertEqual(round(sum(credit.mapped("amount_total")), 2), round(aftersale.refund_amount, 2))
            self.assertEqual(round(given, 2), order.amount_total)
            goods = order.order_line.filtered(lambda line: line._is_aftersale_goods())
            self.assertEqual(goods.mapped("qty_invoiced"), [0, 0, 0])
            self.assertEqual(goods.mapped("qty_delivered"), [0, 0, 0])

    def test_taxes_outside_of_the_price_leave_no_cent(self):
        outside = self.env["account.tax"].create({"name": "Test 13%", "amount": 13.0, "price_include_override": "tax_excluded"})
        order = self._create_sold((self.brush, 3, {"tax_ids": [Command.set(outside.ids)]}))
        aftersale = self._create_aftersale(order, (order.order_line, 2))
        self._bring_back(aftersale)
        aftersale.action_refund()
        self.assertEqual(aftersale.sudo().credit_note_ids.amount_total, aftersale.refund_amount)

    def test_no_more_units_back_than_were_delivered(self):
        order = self._create_sold((self.mirror, 3))
        self._create_aftersale(order, (order.order_line, 2))
        with self.assertRaisesRegex(ValidationError, "would come back"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 2))

    def test_two_lines_of_one_after_sale_count_together(self):
        order = self._create_sold((self.mirror, 3))
        with self.assertRaisesRegex(ValidationError, "would come back"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 2), (order.order_line, 2))

    def test_no_more_money_back_than_was_paid(self):
        order = self._create_sold((self.mirror, 2))
        with self.assertRaisesRegex(ValidationError, "would be given back"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1, {"amount": 100.01}), kind="refund")
        money = self._create_aftersale(order, (order.order_line, 2, {"amount": 80}), kind="refund")
        with self.assertRaisesRegex(ValidationError, "would be given back"), self.env.cr.savepoint():
            money.line_ids.amount = 101
        back = self._create_aftersale(order, (order.order_line, 2))
        self.assertEqual(back.refund_amount, 20)

    def test_refund_only_leaves_the_goods_invoiced(self):
        order = self._create_sold((self.mirror, 2))
        aftersale = self._create_aftersale(order, (order.order_line, 2, {"amount": 15}), kind="refund")
        aftersale.action_approve()
        aftersale.action_refund()
        self.assertEqual(aftersale.sudo().credit_note_ids.amount_total, 15)
        self.assertEqual((order.order_line.qty_invoiced, order.order_line.qty_delivered), (2, 2))

    def test_freight_goes_back_once(self):
        order = self._create_discounted()
        brush = order.order_line[0]
        first = self._create_aftersale(order, (brush, 1), refund_freight=True)
        second = self._create_aftersale(order, (brush, 1), refund_freight=True)
        self.assertEqual((first.freight_amount, second.freight_amount), (10, 0))

    def test_gift_comes_back_or_is_charged(self):
        order = self._create_discounted()
        paid = order.order_line.filtered(lambda line: line._is_aftersale_goods() and not line.is_gift)
        aftersale = self._create_aftersale(order, *((line, 3) for line in paid))
        with self.assertRaisesRegex(UserError, "Test Pouch"), self.env.cr.savepoint():
            aftersale.action_approve()
        aftersale.gift_policy = "charged"
        with self.assertRaisesRegex(UserError, "price at which"), self.env.cr.savepoint():
            aftersale.action_approve()
        aftersale.gift_charge = 9
        self.assertEqual(aftersale.refund_amount, 220.99)
        self._bring_back(aftersale)
        aftersale.action_refund()
        self.assertEqual(aftersale.sudo().credit_note_ids.amount_total, 220.99)

    def test_charge_above_the_refund_is_refused(self):
        order = self._create_sold((self.mirror, 1))
        with self.assertRaisesRegex(ValidationError, "charge for gifts"), self.env.cr.savepoint():
            self._create_aftersale(order, (order.order_line, 1), gift_policy="charged", gift_charge=51)
