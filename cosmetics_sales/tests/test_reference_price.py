"""The crossed-out price of an offer (明码标价和禁止价格欺诈规定)."""

import doctest
from datetime import timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.tests import tagged

from ..tools import reference_price
from .common import SalesCommon

START = fields.Datetime.to_datetime("2026-11-11 00:00:00")


@tagged("post_install", "-at_install")
class TestReferencePrice(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.web = cls.env.ref("cosmetics_sales.channel_web")
        cls.wholesale = cls.env.ref("cosmetics_sales.channel_wholesale")
        cls.product.list_price = 149.0
        cls.pricelist = cls.env["product.pricelist"].create(
            {
                "name": "Double Eleven",
                "item_ids": [
                    Command.create({"compute_price": "percentage", "percent_price": 50.0, "applied_on": "3_global", "date_start": START})
                ],
            }
        )
        # Whether somebody must approve a deep discount or a present is another subject.
        cls.env["tier.definition"].search([]).active = False
        cls.env.ref("cosmetics_sales.review_rule_free").active = False
        cls.env.user.group_ids += cls.env.ref("sale.group_discount_per_so_line")

    def _sell(self, price, days_before, **vals):
        """One unit sold by a channel, days before the promotion."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "channel_id": vals.pop("channel", self.web).id,
                "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 1, "price_unit": price, **vals})],
            }
        )
        order.action_confirm()
        order.date_order = START - timedelta(days=days_before)
        self.env.flush_all()
        return order

    def _offer(self, channel=None, **vals):
        """The line of a quotation during the promotion, as the e-commerce clerk gets it."""
        with freeze_time(START + timedelta(days=1)):
            order = (
                self.env["sale.order"]
                .with_user(self.ecommerce_clerk)
                .create(
                    {
                        "partner_id": self.customer.id,
                        "channel_id": (channel or self.web).id,
                        "pricelist_id": self.pricelist.id,
                        "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 1, **vals})],
                    }
                )
            )
        return order.order_line

    def test_tools(self):
        result = doctest.testmod(reference_price)
        self.assertGreater(result.attempted, 0)
        self.assertFalse(result.failed)

    def test_the_lowest_sale_of_the_week_before_is_crossed_out(self):
        self._sell(129.0, 6)
        self._sell(99.0, 8)
        self._sell(110.0, 2)
        line = self._offer()
        self.assertEqual(line.price_unit, 110.0)
        self.assertAlmostEqual(line.price_unit * (1 - line.discount / 100), 74.5, 2)
        self.assertEqual(line.reference_price, 110.0)

    def test_the_list_price_stays_when_it_was_paid(self):
        self._sell(149.0, 3)
        line = self._offer()
        self.assertEqual((line.price_unit, line.discount), (149.0, 50.0))

    def test_without_a_sale_in_the_week_the_last_one_counts(self):
        self._sell(90.0, 60)
        self._sell(120.0, 30)
        self.assertEqual(self._offer().price_unit, 120.0)

    def test_what_was_never_sold_has_no_crossed_out_price(self):
        line = self._offer()
        self.assertEqual((line.price_unit, line.discount), (74.5, 0.0))

    def test_sales_of_another_channel_prove_nothing(self):
        self._sell(149.0, 3, channel=self.wholesale)
        line = self._offer()
        self.assertEqual((line.price_unit, line.discount), (74.5, 0.0))

    def test_a_discount_a_gift_and_a_cancelled_order_count_as_what_they_were(self):
        self._sell(149.0, 3, discount=20.0)
        self._sell(0.0, 2)
        self._sell(80.0, 2)._action_cancel()
        self.assertAlmostEqual(self._offer().price_unit, 119.2, 2)

    def test_sales_of_the_promotion_prove_nothing(self):
        self._sell(149.0, 3)
        self._sell(70.0, -1)
        self.assertEqual(self._offer().price_unit, 149.0)

    def test_a_price_below_the_promotion_shows_no_discount(self):
        """Sold for less than the offer just before: nothing is crossed out, and the price does not fall either."""
        self._sell(60.0, 3)
        line = self._offer()
        self.assertEqual((line.price_unit, line.discount), (74.5, 0.0))

    def test_dealers_see_the_list_price(self):
        line = self._offer(channel=self.wholesale)
        self.assertEqual((line.price_unit, line.discount), (149.0, 50.0))

    def test_a_dozen_is_compared_with_twelve(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._sell(120.0, 3)
        line = self._offer(product_uom_id=dozen.id)
        self.assertEqual(line.price_unit, 1440.0)
        self._sell(1200.0, 3, product_uom_id=dozen.id)
        self.assertEqual(self._offer().price_unit, 100.0)

    # ------------------------------------------------------------------ borders
    def test_week_begins_to_the_second_seven_days_before(self):
        first = self._sell(100.0, 7)
        self._sell(130.0, 3)
        self.assertEqual(self._offer().reference_price, 100.0)
        first.date_order -= timedelta(seconds=1)
        self.env.flush_all()
        self.assertEqual(self._offer().reference_price, 130.0)

    def test_sale_of_the_moment_the_promotion_begins_belongs_to_the_promotion(self):
        self._sell(130.0, 3)
        last = self._sell(90.0, 0)
        self.assertEqual(self._offer().reference_price, 130.0)
        last.date_order -= timedelta(seconds=1)
        self.env.flush_all()
        self.assertEqual(self._offer().reference_price, 90.0)

    def test_of_sales_before_the_week_the_last_counts_and_not_the_lowest(self):
        self._sell(80.0, 9)
        self._sell(120.0, 8)
        self.assertEqual(self._offer().reference_price, 120.0)

    def test_each_shop_has_its_own_lowest_price(self):
        shops = self.env["cosmetics.channel"].create(
            [{"name": f"Test Shop {number}", "code": f"TREF{number}", "kind": "marketplace"} for number in (1, 2)]
        )
        self._sell(120.0, 3, channel=shops[0])
        self._sell(100.0, 3, channel=shops[1])
        self._sell(140.0, 30)
        self.assertEqual([self._offer(channel=shop).reference_price for shop in (*shops, self.web)], [120.0, 100.0, 140.0])

    def test_sale_of_another_company_by_a_shared_channel_proves_nothing(self):
        self._sell(120.0, 3)
        cheap = self._sell(60.0, 2)
        other = self.env["res.company"].create({"name": "Test Other Company", "currency_id": self.env.company.currency_id.id})
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET company_id = %s WHERE id = %s", [other.id, cheap.id])
        self.assertEqual(self._offer().reference_price, 120.0)

    def test_what_was_given_away_by_a_discount_of_100_is_no_sale(self):
        self._sell(130.0, 3)
        self._sell(130.0, 2, discount=100.0)
        self.assertEqual(self._offer().reference_price, 130.0)

    def test_quotation_and_return_are_no_sales(self):
        self._sell(130.0, 3)
        draft = self._sell(70.0, 2)
        draft._action_cancel()
        draft.action_draft()
        self._sell(60.0, 2, product_uom_qty=-1)
        self.env.flush_all()
        self.assertEqual(self._offer().reference_price, 130.0)

    def test_rule_without_a_beginning_began_when_it_was_made(self):
        self.pricelist.item_ids.date_start = False
        self.env.flush_all()
        self.env.cr.execute("UPDATE product_pricelist_item SET create_date = %s WHERE id = %s", [START, self.pricelist.item_ids.id])
        self.pricelist.item_ids.invalidate_recordset()
        self._sell(130.0, 3)
        self._sell(90.0, -1)
        self.assertEqual(self._offer().reference_price, 130.0)

    def test_many_lines_cost_one_look_at_the_sales(self):
        products = self.env["product.product"].browse([self._create_product(name=f"Serum {number}").id for number in range(12)])
        lines = self.env["sale.order.line"]
        for count in (2, 12):
            order = self.env["sale.order"].create(
                {
                    "partner_id": self.customer.id,
                    "channel_id": self.web.id,
                    "pricelist_id": self.pricelist.id,
                    "order_line": [Command.create({"product_id": product.id}) for product in products[:count]],
                }
            )
            lines = order.order_line
            lines.invalidate_recordset(["reference_price"])
            lines.mapped("pricelist_item_id.date_start")
            lines.mapped("product_id.uom_id.factor")
            with self.assertQueryCount(1):
                lines.mapped("reference_price")
        self.assertEqual(len(lines), 12)
