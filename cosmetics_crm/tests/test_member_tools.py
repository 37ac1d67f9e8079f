"""What holds for any member: masks hide, tiers never jump down, segments cover everybody, days begin at midnight in China."""

from datetime import date, datetime, timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from odoo.addons.cosmetics_base.tools import pinyin
from odoo.addons.cosmetics_crm.tools import days, mask, rfm, tiers
from odoo.tests import BaseCase, tagged

DAY = date(2026, 11, 28)
STEPS = [tiers.Tier(1, 0, 0), tiers.Tier(2, 1000, 800), tiers.Tier(3, 3000, 2400), tiers.Tier(4, 10000, 8000)]
SCORES = st.integers(1, 5)
MONEY = st.floats(-5000, 50000, allow_nan=False).map(lambda amount: round(amount, 2))
CHINESE = st.text("张王李赵欧阳单尉迟恭小红梅丽娜强伟", min_size=1, max_size=4)


@tagged("post_install", "-at_install")
class TestMasks(BaseCase):
    @given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True))
    def test_middle_of_a_mobile_number_is_never_shown(self, number):
        shown = mask.mask_phone(number)
        self.assertEqual((shown[:3], shown[3:7], shown[7:]), (number[:3], "****", number[7:]))
        self.assertEqual(mask.mask_phone(f"+86 {number[:3]} {number[3:7]} {number[7:]}"), shown)

    @given(st.text(max_size=20))
    def test_no_text_shows_more_than_seven_digits(self, text):
        self.assertLessEqual(sum(sign.isdigit() for sign in mask.mask_phone(text)), 7)

    @given(CHINESE)
    def test_given_name_is_never_shown(self, name):
        shown = mask.mask_name(name)
        self.assertTrue(shown.endswith("*") and name.startswith(shown[:-1]))
        self.assertLess(len(shown[:-1]), max(len(name), 2))

    def test_nothing_known_shows_nothing(self):
        self.assertEqual(mask.mask_phone(""), "")
        self.assertEqual(mask.mask_phone(None), "")
        self.assertEqual(mask.mask_name(None), "")
        self.assertEqual(mask.mask_name("   "), "")
        self.assertEqual(pinyin.spell(""), ("", ""))
        self.assertEqual(pinyin.spell("！？"), ("", ""))

    @given(CHINESE)
    def test_initials_begin_the_syllables(self, name):
        initials, whole = pinyin.spell(name)
        self.assertEqual(initials[0], whole[0])
        self.assertEqual(len(initials), len(name))


@tagged("post_install", "-at_install")
class TestTiersOfAnybody(BaseCase):
    @given(MONEY, MONEY)
    def test_more_spent_is_never_a_lower_tier(self, one, other):
        low, high = sorted((one, other))
        self.assertLessEqual(tiers.reached(low, STEPS).upgrade_amount, tiers.reached(high, STEPS).upgrade_amount)

    @given(MONEY, st.sampled_from(STEPS))
    def test_review_never_lifts(self, spend, current):
        self.assertLessEqual(tiers.kept(spend, current, STEPS).upgrade_amount, current.upgrade_amount)

    @given(MONEY, st.sampled_from(STEPS))
    def test_what_is_missing_reaches_the_next_tier(self, spend, current):
        found = tiers.missing(spend, current, STEPS)
        assume(found)
        following, amount = found
        self.assertGreaterEqual(round(spend + amount, 2), following.upgrade_amount)
        self.assertGreaterEqual(amount, 0)

    @settings(max_examples=300)
    @given(MONEY, MONEY, st.sampled_from(STEPS), st.integers(-60, 60), st.none() | st.integers(0, 60))
    def test_nobody_goes_down_who_was_not_told_in_time(self, spend, review_spend, current, until_review, told_days_ago):
        noticed_on = None if told_days_ago is None else DAY - timedelta(days=told_days_ago)
        standing = tiers.Standing(current.id, DAY + timedelta(days=until_review), noticed_on, spend, review_spend)
        found = tiers.decide(DAY, standing, STEPS, 30)
        if found and found[0] == "downgrade":
            self.assertGreaterEqual(told_days_ago, 30)
            self.assertLessEqual(until_review, 0)
            self.assertLess(found[1].upgrade_amount, current.upgrade_amount)

    @given(MONEY, st.sampled_from(STEPS))
    def test_who_has_no_review_is_only_lifted(self, spend, current):
        found = tiers.decide(DAY, tiers.Standing(current.id, None, None, spend, spend), STEPS, 30)
        self.assertIn(found and found[0], (None, "upgrade"))

    def test_order_of_the_steps_does_not_matter(self):
        for spend in (0, 999.99, 1000, 2999.99, 3000, 10000):
            self.assertEqual(tiers.reached(spend, STEPS[::-1]), tiers.reached(spend, STEPS))


@tagged("post_install", "-at_install")
class TestSegmentsOfAnybody(BaseCase):
    @given(SCORES, SCORES, SCORES)
    def test_every_buyer_has_one_segment(self, recency, frequency, money):
        found = rfm.segment(recency, frequency, money)
        self.assertIn(found, {rule.segment for rule in rfm.RULES})
        self.assertNotEqual(found, rfm.NO_PURCHASE)

    @given(SCORES, SCORES)
    def test_who_bought_lately_is_never_lost_or_at_risk(self, frequency, money):
        for recency in (3, 4, 5):
            self.assertNotIn(rfm.segment(recency, frequency, money), ("lost", "at_risk", "sleeping"))

    @given(SCORES, SCORES)
    def test_best_buyers_of_late_are_champions(self, recency, frequency):
        found = rfm.segment(recency, frequency, 5)
        self.assertEqual(found == "champion", recency >= 4 and frequency >= 4)


@tagged("post_install", "-at_install")
class TestDaysOfChina(BaseCase):
    @given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    def test_day_begins_eight_hours_before_utc(self, day):
        start = days.first_moment(day, "Asia/Shanghai")
        self.assertEqual(start + timedelta(hours=8), datetime.combine(day, datetime.min.time()))
        self.assertEqual(days.first_moment(day + timedelta(days=1), "Asia/Shanghai") - start, timedelta(days=1))
