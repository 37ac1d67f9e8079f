from odoo.tests import tagged

from ..loader.channel_orders import LEFT_FOR_REVIEW_DAYS
from ..plan.channel_orders import UNKNOWN_CODE
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoChannelOrders(DemoCase):
    def _rows(self, shop):
        return [row for row in self.plan["channel_orders"] if row["shop"] == shop]

    def _orders(self, shop):
        """Return {number: order} of a shop, without the one that waits on the list of rows to mend."""
        return {
            row["number"]: self._find("channel_order", row["number"])
            for row in self._rows(shop)
            if all(line["code"] != UNKNOWN_CODE for line in row["lines"])
        }

    def test_every_shop_has_its_channel_and_its_fees(self):
        for row in self.plan["channels"]:
            channel = self._find("channel", row["ref"])
            self.assertEqual((channel.kind, channel.platform, channel.shop_name), ("marketplace", row["platform"], row["shop_name"]))
            self.assertEqual(
                [(fee.kind, fee.percent) for fee in channel.fee_ids], [(kind, percent) for kind, _name, percent in row["fees"]]
            )

    def test_the_sums_of_the_files_are_those_of_the_orders(self):
        for shop in ("tmall", "douyin"):
            record = self._find("order_import", shop).with_user(self._find("user", "ecommerce"))
            planned = sum(sum(line["price"] * line["quantity"] for line in row["lines"]) + row["freight"] for row in self._rows(shop))
            self.assertEqual((record.state, record.is_balanced), ("done", True))
            self.assertAlmostEqual(record.amount_file, planned, 2)

    def test_one_order_waits_for_its_product(self):
        record = self._find("order_import", "tmall").with_user(self._find("user", "ecommerce"))
        self.assertEqual((record.new_count, record.bad_count), (len(self._rows("tmall")) - 1, 1))
        self.assertIn(UNKNOWN_CODE, record.line_ids.filtered(lambda line: line.verdict == "bad").reason)

    def test_orders_stand_where_the_platform_says(self):
        for shop in ("tmall", "douyin"):
            orders = self._orders(shop)
            for row in self._rows(shop):
                if row["number"] not in orders:
                    continue
                order = orders[row["number"]]
                is_old = row["days_ago"] > LEFT_FOR_REVIEW_DAYS
                with self.subTest(row["number"]):
                    self.assertEqual(order.channel_state, row["state"])
                    if row["state"] in ("shipped", "done"):
                        self.assertEqual((order.state, order.delivery_status), ("sale", "full"))
                        self.assertTrue(order.parcel_ids)
                    elif row["state"] == "paid":
                        self.assertEqual(order.state, "sale" if is_old else "draft")

    def test_hidden_buyers_became_no_customers(self):
        for number, order in self._orders("douyin").items():
            masked = next(row["is_masked"] for row in self._rows("douyin") if row["number"] == number)
            self.assertEqual(order.is_receiver_masked, masked)
            self.assertEqual(order.partner_id == order.channel_id.partner_id, masked)

    def test_buyers_with_a_telephone_are_the_members_they_are(self):
        for number, order in self._orders("tmall").items():
            member = next(row["buyer"]["ref"] for row in self._rows("tmall") if row["number"] == number)
            self.assertEqual(order.partner_id, self._find("member", member))
