"""Goods that cost nothing: a present of a promotion is nobody's discount, a present of the clerk is a question of its own."""

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.tests import BaseCase, tagged

from ..tools.review import Facts, Line, Rule, decide, free_worth, given_away
from .common_review import ReviewCommon

QUICK = settings(max_examples=120, deadline=None, derandomize=True, database=None)
ROWS = st.lists(st.tuples(st.integers(1, 500).map(float), st.integers(1, 9), st.sampled_from(("sold", "gift", "by hand"))), max_size=6)


def lines_of(rows):
    """Return lines of (usual price, quantity, how it is given)."""
    return tuple(
        Line(
            name=how,
            usual=usual,
            quantity=quantity,
            gross=usual if how == "sold" else 0.0,
            is_gift=how != "sold",
            is_by_hand=how == "by hand",
        )
        for usual, quantity, how in rows
    )


@tagged("post_install", "-at_install")
class TestFreeGoodsTool(BaseCase):
    def _found(self, *rows, limit=50.0):
        found = decide([Rule(1, "free", amount=limit)], [Facts(order_id=7, lines=lines_of(rows))])
        return found[0].figures if found else None

    def test_worth_at_the_limit_passes(self):
        self.assertIsNone(self._found((50.0, 1, "by hand")))
        self.assertEqual(self._found((50.01, 1, "by hand"))["worth"], 50.01)

    def test_many_small_presents_are_a_large_one(self):
        self.assertEqual(self._found((20.0, 2, "by hand"), (15.0, 1, "by hand"))["worth"], 55.0)

    def test_dearest_present_is_named(self):
        lines = (Line(name="Sponge", usual=10, is_gift=True, is_by_hand=True), Line(name="Serum", usual=90, is_gift=True, is_by_hand=True))
        found = decide([Rule(1, "free")], [Facts(lines=lines)])
        self.assertEqual(found[0].figures["product"], "Serum")

    def test_presents_of_a_promotion_are_not_counted(self):
        self.assertIsNone(self._found((500.0, 3, "gift"), (10.0, 1, "by hand")))

    def test_what_comes_back_is_no_present(self):
        lines = (Line(usual=500, quantity=-1, is_gift=True, is_by_hand=True),)
        self.assertEqual(free_worth(lines), 0.0)

    @QUICK
    @given(ROWS)
    def test_gifts_never_move_the_discount(self, rows):
        sold = [row for row in rows if row[2] == "sold"]
        self.assertEqual(given_away(lines_of(rows)), given_away(lines_of(sold)))

    @QUICK
    @given(ROWS)
    def test_worth_is_the_usual_price_of_what_is_given_by_hand(self, rows):
        worth = sum(usual * quantity for usual, quantity, how in rows if how == "by hand")
        self.assertEqual(free_worth(lines_of(rows)), worth)
        found = self._found(*rows)
        self.assertEqual(bool(found), worth > 50)


@tagged("post_install", "-at_install")
class TestFreeGoods(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["product.pricelist"].search([]).active = False
        cls.rule = cls._create_rule("free", amount_limit=50)
        cls.present = cls._create_product(name="Test Lipstick", list_price=60.0, taxes_id=[Command.clear()])

    def _with_present(self, quantity=1, **vals):
        """Return an order with a line that costs nothing."""
        order = self._create_order(self.product)
        line = {"product_id": self.present.id, "product_uom_qty": quantity, "price_unit": 0.0, **vals}
        order.write({"order_line": [Command.create(line)]})
        return order

    def test_present_of_the_seller_is_found_and_is_no_discount(self):
        order = self._with_present()
        self.assertFalse(order._review())
        self.assertEqual((order.review_discount, order.review_free_amount, order.review_state), (0.0, 60.0, "blocked"))
        self.assertEqual(
            order.finding_ids.message, "Test Lipstick is given away by hand, usually 60.00 in all; up to 50.00 needs no review."
        )

    def test_price_taken_off_by_a_full_discount_is_the_same_present(self):
        order = self._with_present(price_unit=60.0, discount=100.0)
        self.assertFalse(order._review())
        self.assertEqual((order.review_discount, order.review_free_amount), (0.0, 60.0))

    def test_nearly_free_is_a_discount(self):
        order = self._with_present(price_unit=0.6)
        order._review()
        self.assertEqual((order.review_discount, order.review_free_amount), (99.0, 0.0))

    def test_mark_of_a_gift_makes_no_price_a_present(self):
        self._create_rule("floor")
        self.present.standard_price = 30
        order = self._with_present(price_unit=1.0, is_gift=True)
        self.assertFalse(order._review())
        self.assertEqual(order.finding_ids.rule_id.kind, "floor")
        self.assertGreater(order.review_discount, 90)

    def test_present_marked_by_hand_is_found_all_the_same(self):
        self.assertFalse(self._with_present(is_gift=True)._review())

    def test_gift_and_sample_goods_are_there_to_be_given(self):
        for item_class in ("gift", "sample"):
            with self.subTest(item_class):
                self.present.item_class = item_class
                order = self._with_present()
                self.assertEqual(order._review(), order)
                self.assertEqual((order.review_discount, order.review_free_amount), (0.0, 0.0))

    def test_present_of_a_platform_is_the_platforms(self):
        shop = self.env["cosmetics.channel"].create({"name": "Test Shop", "code": "TFREE", "kind": "marketplace", "platform": "other"})
        order = self._with_present(is_gift=True)
        order.channel_id = shop
        self.assertEqual(order._review(), order)
        self.assertEqual(order.review_free_amount, 0.0)

    def test_small_present_passes(self):
        self.present.list_price = 50
        order = self._with_present()
        self.assertEqual(order._review(), order)
        self.assertEqual(order.review_free_amount, 50.0)

    def test_worth_follows_the_price_list_of_the_customer(self):
        pricelist = self.env["product.pricelist"].create(
            {"name": "Half", "item_ids": [Command.create({"compute_price": "percentage", "percent_price": 50})]}
        )
        order = self._with_present(2)
        order.pricelist_id = pricelist
        order._review()
        self.assertEqual(order.review_free_amount, 60.0)

    def test_reviewer_lets_the_present_pass_with_a_reason(self):
        order = self._with_present()
        order._review()
        order.finding_ids.with_user(self.reviewer)._waive("an old customer")
        order.action_confirm()
        self.assertEqual(order.state, "sale")

    def test_one_more_present_asks_again(self):
        order = self._with_present()
        order._review()
        order.finding_ids.with_user(self.reviewer)._waive("an old customer")
        order.order_line[-1].write({"product_uom_qty": 2, "price_unit": 0.0})
        self.assertFalse(order._review())

    def test_approval_may_hang_on_what_is_given_away(self):
        self.rule.active = False
        self._create_node("[('review_free_amount', '>', 100)]")
        small, large = self._with_present(), self._with_present(2)
        self.assertEqual((small + large)._review(), small)
        self.assertEqual(large.review_state, "approval")

    def test_amount_given_away_is_written_by_the_review_alone(self):
        order = self._with_present()
        for user in (self.salesperson, self.reviewer):
            with self.subTest(user=user.login), self.assertRaisesRegex(Exception, "review"), self.cr.savepoint():
                order.with_user(user).write({"review_free_amount": 0.0})

    def test_shipped_rule_holds_large_presents(self):
        shipped = self.env.ref("cosmetics_sales.review_rule_free")
        self.assertEqual((shipped.kind, shipped.level, shipped.amount_limit), ("free", "block", 50.0))
