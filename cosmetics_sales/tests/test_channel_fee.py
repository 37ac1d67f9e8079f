"""Fees of a channel: which rate holds on which day, for which goods, to the cent."""

import doctest
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools import channel_fee
from ..tools.channel_fee import Rule, expected_fees, is_valid
from .common_settlement import SettlementCommon
from .settlement_files import douyin

QUICK = settings(max_examples=80, deadline=None, derandomize=True, database=None)
CENTS = st.decimals(min_value=0, max_value=50_000, places=2)
PERCENT = st.decimals(min_value=0, max_value=100, places=3)
PATHS = st.sampled_from(["", "1/", "1/7/", "1/7/9/", "1/8/", "2/"])
PARTS = st.lists(st.tuples(PATHS, st.decimals(min_value=0, max_value=5_000, places=2)), max_size=8)
NEVER = st.none()
RULES = st.lists(
    st.builds(Rule, st.sampled_from(["commission", "payment"]), PERCENT, CENTS, NEVER, NEVER, PATHS, st.booleans()), max_size=6
)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
CENT = Decimal("0.01")


@tagged("post_install", "-at_install")
class TestChannelFeeTool(BaseCase):
    def test_examples_hold(self):
        result = doctest.testmod(channel_fee)
        self.assertGreater(result.attempted, 4)
        self.assertEqual(result.failed, 0)

    @QUICK
    @given(RULES, CENTS, PARTS)
    def test_fees_are_whole_cents_and_never_negative(self, rules, paid, parts):
        fees = expected_fees(rules, paid, parts)
        self.assertEqual(len(fees), len(rules))
        for fee in fees:
            self.assertEqual(fee, fee.quantize(CENT))
            self.assertGreaterEqual(fee, 0)

    @QUICK
    @given(PERCENT, CENTS, PARTS)
    def test_one_general_rate_is_the_rate_of_what_was_paid_however_it_is_made_up(self, percent, paid, parts):
        fee = expected_fees([Rule("commission", percent)], paid, parts)[0]
        self.assertLessEqual(abs(fee - paid * percent / 100), CENT / 2)

    @QUICK
    @given(PERCENT, CENTS, PARTS)
    def test_same_rate_for_each_category_keeps_as_much_as_one_rate_for_all(self, percent, paid, parts):
        """The rates of categories round one by one: half a cent each."""
        single = expected_fees([Rule("commission", percent)], paid, parts)
        apart = expected_fees([Rule("commission", percent, path=path) for path in ("", "1/7/", "1/8/", "2/")], paid, parts)
        self.assertLessEqual(abs(sum(single) - sum(apart)), 2 * CENT)

    @QUICK
    @given(RULES, CENTS, PARTS, st.randoms(use_true_random=False))
    def test_order_of_the_rules_does_not_matter(self, rules, paid, parts, dice):
        shuffled = list(rules)
        dice.shuffle(shuffled)
        self.assertEqual(sum(expected_fees(rules, paid, parts)), sum(expected_fees(shuffled, paid, parts)))

    @QUICK
    @given(RULES, CENTS, PARTS)
    def test_each_good_is_charged_by_one_rate_of_a_kind(self, rules, paid, parts):
        """With 100 % for every category nothing is charged twice."""
        paths = {rule.path for rule in rules}
        rules = [Rule("commission", 100, path=path) for path in paths]
        self.assertLessEqual(sum(expected_fees(rules, paid, parts)), paid)

    @QUICK
    @given(DAYS, DAYS, DAYS)
    def test_rate_and_the_next_one_never_hold_on_the_same_day(self, begin, change, day):
        old = Rule("commission", 5, date_from=min(begin, change), date_to=change)
        new = Rule("commission", 6, date_from=change + timedelta(days=1))
        self.assertLessEqual(is_valid(old, day) + is_valid(new, day), 1)
        if day >= old.date_from:
            self.assertTrue(is_valid(old, day) or is_valid(new, day))


@tagged("post_install", "-at_install")
class TestChannelFee(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.fee = cls.channel.fee_ids
        cls.master = cls._create_user("test_fee_master", "cosmetics_base.group_master_data")

    def _expected(self, order):
        """Return the fee a settlement expects of an order."""
        number = order.channel_order_ref
        return self._settle(douyin((number, number, 100, 0, -5))).match_ids.expected_fee

    def _add_fee(self, **vals):
        vals = {"channel_id": self.channel.id, "name": "Another", "percent": 1, **vals}
        return self.env["cosmetics.channel.fee"].with_user(self.master).create(vals)

    def _save(self):
        """What the server does before it commits."""
        self.env.cr.flush()

    # ------------------------------------------------------------------ days
    def test_rate_of_the_day_the_buyer_paid_counts_not_that_of_the_payout(self):
        self.fee.date_to = "2026-05-10"
        self._add_fee(percent=8, date_from="2026-05-11")
        before = self._create_sale("70001", channel_paid_at="2026-05-10 02:00:00")
        after = self._create_sale("70002", channel_paid_at="2026-05-11 02:00:00")
        self.assertEqual((self._expected(before), self._expected(after)), (5, 8))

    def test_day_changes_at_midnight_in_china(self):
        self.fee.date_to = "2026-05-10"
        self._add_fee(percent=8, date_from="2026-05-11")
        last = self._create_sale("70003", channel_paid_at="2026-05-10 15:59:59")  # 23:59:59 in Xi'an
        first = self._create_sale("70004", channel_paid_at="2026-05-10 16:00:00")  # midnight
        self.assertEqual((self._expected(last), self._expected(first)), (5, 8))

    def test_day_does_not_depend_on_the_time_zone_of_the_clerk(self):
        self.fee.date_to = "2026-05-10"
        self.ecommerce_clerk.tz = "America/New_York"
        order = self._create_sale("70005", channel_paid_at="2026-05-10 16:00:00")
        self.assertEqual(self._expected(order), 0)

    def test_without_a_day_of_payment_the_day_of_the_order_counts(self):
        self.fee.date_from = "2026-05-11"
        order = self._create_sale("70006", channel_paid_at=False, date_order="2026-05-10 02:00:00")
        self.assertEqual(self._expected(order), 0)

    def test_fee_without_days_holds_always(self):
        self.assertEqual(self._expected(self._create_sale("70007", channel_paid_at="2019-01-01 00:00:00")), 5)

    # ------------------------------------------------------------------ two rates of a kind
    def _check_refused(self, **vals):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._add_fee(**vals)
            self._save()

    def test_two_rates_of_a_kind_on_one_day_are_refused_by_the_database(self):
        self.fee.write({"date_from": "2026-05-01", "date_to": "2026-05-10"})
        self._check_refused(date_from="2026-05-10")
        self._check_refused(date_to="2026-05-01")
        self._check_refused(date_from="2026-05-03", date_to="2026-05-04")
        self._check_refused()
        self.assertTrue(self._add_fee(date_from="2026-05-11"))
        self.assertTrue(self._add_fee(date_to="2026-04-30"))
        self._save()

    def test_moving_a_border_over_the_next_rate_is_refused(self):
        self.fee.date_to = "2026-05-10"
        later = self._add_fee(date_from="2026-05-11")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            later.date_from = "2026-05-10"
            self._save()

    def test_border_between_two_rates_is_moved_in_one_step(self):
        self.fee.date_to = "2026-05-10"
        later = self._add_fee(date_from="2026-05-11")
        self._save()
        self.fee.date_to = "2026-05-15"
        later.date_from = "2026-05-16"
        self._save()
        self.channel.with_user(self.master).write(
            {
                "fee_ids": [
                    Command.create({"name": "New Year", "percent": 2, "date_from": "2026-06-01"}),
                    Command.update(later.id, {"date_to": "2026-05-31"}),
                ]
            }
        )
        self._save()
        self.assertEqual(len(self.channel.fee_ids), 3)

    def test_other_kinds_other_shops_and_other_categories_stand_beside_each_other(self):
        self.assertTrue(self._add_fee(kind="payment"))
        self.assertTrue(self._add_fee(channel_id=self._create_channel("TESTFEE2", percent=0).id))
        category = self.product.categ_id or self.env["product.category"].create({"name": "Test Creams"})
        self.assertTrue(self._add_fee(product_category_id=category.id))
        self._save()
        self._check_refused(product_category_id=category.id)

    def test_of_promotions_and_other_fees_there_are_several_and_all_count(self):
        for kind, percent in (("promotion", 1), ("promotion", 2), ("other", 3), ("other", 0.5)):
            self._add_fee(kind=kind, percent=percent)
        self.assertEqual(self._expected(self.order), 11.5)

    def test_refusal_tells_what_to_do(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError) as caught, self.env.cr.savepoint():
            self._add_fee()
            self._save()
        sentence = self.env["cosmetics.channel.fee"]._sql_error_to_message(caught.exception)
        self.assertIn("Let the old one end the day before", sentence)

    def test_dates_percent_and_amount_have_their_borders(self):
        for vals in ({"percent": 100.001}, {"percent": -1}, {"amount": -0.01}, {"date_from": "2026-05-02", "date_to": "2026-05-01"}):
            self._check_refused(kind="other", **vals)
        self.assertTrue(self._add_fee(kind="other", percent=100, date_from="2026-05-02", date_to="2026-05-02"))

    # ------------------------------------------------------------------ goods and cents
    def test_rate_of_a_category_takes_the_place_of_the_general_one_for_its_goods(self):
        creams = self.env["product.category"].create({"name": "Test Creams"})
        lips = self.env["product.category"].create({"name": "Test Lips", "parent_id": creams.id})
        lipstick = self._create_product(name="Test Lipstick", list_price=100)
        lipstick.categ_id = lips
        order = self._create_sale("70010", amount=200)
        price = order.order_line.price_total
        order.order_line = [Command.create({"product_id": lipstick.id, "product_uom_qty": 1, "price_unit": order.order_line.price_unit})]
        self.assertEqual(order.order_line.mapped("price_total"), [price, price])
        self._add_fee(percent=2, product_category_id=creams.id)
        self.assertEqual(self._expected(order), 7)  # 5 % of one half, 2 % of the other
        self._add_fee(percent=1, product_category_id=lips.id)
        order = self._create_sale("70011", amount=200)
        order.order_line.product_id = lipstick
        self.assertEqual(self._expected(order), 2)

    def test_each_fee_is_rounded_half_up_to_the_cent(self):
        self._add_fee(kind="payment", percent=0.6, amount=0.1)
        order = self._create_sale("70012", amount=12.5)  # 0.625 and 0.075 + 0.10
        self.assertEqual(self._expected(order), 0.81)

    def test_fixed_part_is_kept_once_an_order(self):
        self._add_fee(kind="insurance", percent=0, amount=0.45)
        self.assertEqual(self._expected(self.order), 5.45)

    # ------------------------------------------------------------------ who
    def test_rates_typed_by_hand_stay_apart_without_the_model_too(self):
        self.env.flush_all()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        row = (self.channel.id, "Raw")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.env.cr.execute(
                """INSERT INTO cosmetics_channel_fee (channel_id, kind, name) VALUES (%s, 'commission', jsonb_build_object('en_US', %s))""",
                row,
            )

    def test_only_who_keeps_the_master_data_changes_fees(self):
        for user in (self.salesperson, self.ecommerce_clerk, self.accountant, self.reviewer):
            with self.subTest(user=user.login):
                self.assertEqual(self.fee.with_user(user).percent, 5)
                with self.assertRaises(AccessError):
                    self.fee.with_user(user).percent = 1
                with self.assertRaises(AccessError):
                    self.fee.with_user(user).unlink()
        self.fee.with_user(self.master).percent = 6
        self.assertEqual(self._expected(self.order), 6)

    def test_fees_of_another_company_are_not_seen(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        foreign = self._create_channel("TESTFOREIGN", company_id=company.id)
        with self.assertRaises(AccessError):
            foreign.fee_ids.with_user(self.ecommerce_clerk).mapped("percent")
        self.assertFalse(self.env["cosmetics.channel.fee"].with_user(self.accountant).search([("id", "in", foreign.fee_ids.ids)]))
