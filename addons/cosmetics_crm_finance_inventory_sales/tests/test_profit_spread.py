"""What belongs to a whole order is spread over its goods; nothing is lost on the way."""

from odoo import Command
from odoo.tests import tagged

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestProfitSpread(ProfitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mask = cls._create_till_product(name="Profit Mask", is_storable=True, standard_price=10.0, invoice_policy="order")
        cls._stock(cls.mask, "M1", 10)

    def _reward_line(self, price):
        reward = self._create_reward()
        return (reward.discount_line_product_id, 1, {"name": "Coupon", "price_unit": price, "reward_id": reward.id})

    def test_a_coupon_is_spread_over_the_goods_by_value(self):
        self._invoice(self._sell((self.cream, 3, {}), (self.mask, 1, {}), self._reward_line(-40)))
        self.assertEqual(self._profit(), {"quantity": 3, "discount": 30, "revenue": 270, "cost": 90, "profit": 180})
        self.assertEqual(self._profit(self.mask), {"quantity": 1, "discount": 10, "revenue": 90, "cost": 10, "profit": 80})

    def test_revenue_is_that_of_the_income_accounts(self):
        invoice = self._invoice(self._sell((self.cream, 3, {"discount": 7}), (self.mask, 1, {}), self._reward_line(-33.33)))
        self.env.flush_all()
        [(revenue,)] = self.env["cosmetics.profit"]._read_group(
            [("source", "=", "invoice"), ("product_id", "in", (self.cream + self.mask).ids)], [], ["revenue:sum"]
        )
        self.assertAlmostEqual(revenue, invoice.amount_untaxed, 6)

    def test_the_fee_of_a_platform_is_spread_over_the_goods(self):
        channel = self.env["cosmetics.channel"].create({"name": "Test Fees", "code": "TFEE", "kind": "marketplace", "platform": "douyin"})
        order = self._sell((self.cream, 3, {}), (self.mask, 1, {}), channel_id=channel.id)
        settlement = self.env["cosmetics.settlement"].create({"channel_id": channel.id})
        line = {"settlement_id": settlement.id, "kind": "fee", "amount": -20, "reference": "F1", "at": "2026-05-01 02:00:00"}
        self.env["cosmetics.settlement.line"].create({**line, "order_id": order.id})
        self.assertEqual(self._profit(channel_id=channel), {"cost": 90, "fee": 15, "profit": -105})
        self.assertEqual(self._profit(self.mask, channel_id=channel), {"cost": 10, "fee": 5, "profit": -15})

    def test_a_coupon_at_the_till_is_spread_over_the_ticket(self):
        reward = self._create_reward()
        sale = self._prepare_sale(self.cream, 2, pack_lot_ids=[(0, 0, {"lot_name": "P1"})])
        off = self._prepare_sale(reward.discount_line_product_id, 1, price_unit=-20, price_subtotal=-20, price_subtotal_incl=-20)
        off["lines"][0][2].update(reward_id=reward.id, is_reward_line=True)
        sale["lines"] += off["lines"]
        sale["amount_total"] = sale["amount_paid"] = 180
        sale["payment_ids"][0][2]["amount"] = 180
        self._send(sale)
        self.assertEqual(self._profit(), {"quantity": 2, "discount": 20, "revenue": 180, "cost": 60, "profit": 120})

    def test_a_top_up_is_owed_and_not_earned(self):
        top_up = self.env["product.product"].create(
            {"name": "Profit Top-Up", "type": "service", "list_price": 100, "available_in_pos": True, "taxes_id": False}
        )
        rule = {"reward_point_mode": "money", "reward_point_amount": 1, "product_ids": [Command.set(top_up.ids)]}
        reward = {"reward_type": "discount", "discount_mode": "per_point", "discount": 1, "discount_applicability": "order"}
        vals = {"name": "Profit Card", "program_type": "ewallet", "stored_kind": "named", "trigger": "auto", "applies_on": "future"}
        rows = {"rule_ids": [Command.create(rule)], "reward_ids": [Command.create(reward)]}
        self.env["loyalty.program"].create({**vals, **rows})
        self.assertIn(top_up.id, self.env["cosmetics.profit"]._get_owed_products())
        self._send(self._prepare_sale(top_up, 1))
        self.assertEqual(self._profit(top_up), {})

    def test_losses_and_samples_lessen_the_profit(self):
        self.company.stock_loss_from = self.today
        scrap = self.env["stock.scrap"].create(
            {"product_id": self.cream.id, "lot_id": self.lot.id, "location_id": self.shelf.id, "scrap_qty": 2}
        )
        scrap.do_scrap()
        gift = self.company._get_shelf_life_location("gift")
        goods = {"product_id": self.cream.id, "location_id": self.shelf.id, "location_dest_id": gift.id}
        move = self.env["stock.move"].create(
            {**goods, "product_uom_qty": 1, "move_line_ids": [(0, 0, {**goods, "quantity": 1, "lot_id": self.lot.id})]}
        )
        move.picked = True
        move._action_done()
        self.env["cosmetics.stock.loss"].with_user(self.accountant).action_book_all()
        self.assertEqual(self._profit(store_id=self.store), {"used": 30, "lost": 60, "profit": -90})

    def test_stock_of_a_new_shop_is_no_profit_until_somebody_books_it(self):
        self.company.stock_loss_from = self.today
        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.shelf.id)])
        quant.inventory_quantity = 12
        quant.action_apply_inventory()
        losses = self.env["cosmetics.stock.loss"].with_user(self.accountant)
        losses.action_book_all()
        self.assertEqual(self._profit(), {})
        losses.search([("product_id", "=", self.cream.id)]).action_post()
        self.assertEqual(self._profit(), {"lost": -60, "profit": 60})

    def test_the_margin_of_many_is_that_of_their_sums(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self._invoice(self._sell((self.cream, 1, {"price_unit": 40})))
        self.env.flush_all()
        profit = self.env["cosmetics.profit"].with_user(self.accountant)
        [(margin,)] = profit._read_group([("product_id", "=", self.cream.id)], [], ["margin_percent:avg"])
        self.assertAlmostEqual(margin, 100 * (240 - 90) / 240, 6)

    def test_a_fee_without_order_stands_alone(self):
        channel = self.env["cosmetics.channel"].create({"name": "Test Fees", "code": "TFEE", "kind": "marketplace", "platform": "douyin"})
        settlement = self.env["cosmetics.settlement"].create({"channel_id": channel.id})
        line = {"settlement_id": settlement.id, "kind": "fee", "amount": -7, "reference": "F2", "at": "2026-05-01 17:00:00"}
        self.env["cosmetics.settlement.line"].create(line)
        self.env.flush_all()
        row = self.env["cosmetics.profit"].with_user(self.accountant).search([("channel_id", "=", channel.id)])
        self.assertEqual((row.fee, row.profit, str(row.date), row.product_id.id), (7, -7, "2026-05-02", False))
