"""The arithmetic of dates and prices, without a database."""

import doctest
import random
from datetime import date, timedelta

from odoo import fields
from odoo.tests import BaseCase, tagged

from ..tools import band_price, shelf_life

DAY = timedelta(days=1)
moment = fields.Datetime.to_datetime


@tagged("post_install", "-at_install")
class TestShelfLifeTools(BaseCase):
    def _run_doctests(self, module):
        result = doctest.testmod(module)
        self.assertGreater(result.attempted, 3, "no example was found")
        self.assertEqual(result.failed, 0)

    def test_examples_of_shelf_life_hold(self):
        self._run_doctests(shelf_life)

    def test_examples_of_band_prices_hold(self):
        self._run_doctests(band_price)

    def test_day_changes_at_midnight_in_china(self):
        self.assertEqual(shelf_life.china_day(moment("2026-12-31 15:59:59")), date(2026, 12, 31))
        self.assertEqual(shelf_life.china_day(moment("2026-12-31 16:00:00")), date(2027, 1, 1))

    def test_first_and_last_moment_enclose_exactly_their_day(self):
        day = date(2023, 12, 1)
        for _count in range(800):  # two leap days are among them
            first, last = shelf_life.first_moment(day), shelf_life.last_moment(day)
            self.assertEqual((shelf_life.china_day(first), shelf_life.china_day(last)), (day, day))
            self.assertEqual(shelf_life.china_day(first - timedelta(seconds=1)), day - DAY)
            self.assertEqual(shelf_life.china_day(last + timedelta(seconds=1)), day + DAY)
            day += DAY

    def test_leap_days(self):
        cases = {
            (date(2024, 2, 29), 12): date(2025, 2, 27),
            (date(2024, 2, 29), 48): date(2028, 2, 28),
            (date(2024, 3, 1), 48): date(2028, 2, 29),
            (date(2023, 3, 1), 12): date(2024, 2, 29),
            (date(2023, 8, 31), 6): date(2024, 2, 28),
            (date(2024, 1, 31), 1): date(2024, 2, 28),
        }
        for (production_on, months), expected in cases.items():
            with self.subTest(production_on=production_on, months=months):
                self.assertEqual(shelf_life.expiry_of(production_on, months), expected)

    def test_use_by_date_never_comes_later_when_made_earlier(self):
        days = [date(2023, 1, 1) + count * DAY for count in range(1500)]
        for months in (1, 6, 18, 36):
            expiries = [shelf_life.expiry_of(day, months) for day in days]
            self.assertEqual(expiries, sorted(expiries))

    def test_a_printed_date_holds_and_a_typed_contradiction_does_not(self):
        made, calculated = date(2024, 3, 1), date(2027, 2, 28)
        for gap in range(-4, 5):
            typed = calculated + gap * DAY
            self.assertEqual(shelf_life.resolve_expiry(made, 36, "printed", typed), (typed, "printed"))
            if abs(gap) > 1:
                with self.assertRaises(shelf_life.ContradictionError):
                    shelf_life.resolve_expiry(made, 36, "production", typed)
            else:
                self.assertEqual(shelf_life.resolve_expiry(made, 36, "production", typed), (min(typed, calculated), "production"))

    def test_band_of_a_day_and_its_next_change_agree_on_random_lives(self):
        generator = random.Random(20261124)
        for _case in range(150):
            total = generator.choice((0, 90, 180, 365, 1095))
            bands = (
                shelf_life.Band("normal", "normal"),
                shelf_life.Band("near", "near", generator.randint(0, 12), "months", generator.choice((0.0, 0.3))),
                shelf_life.Band("stop", "stop", generator.randint(0, 60), "days", generator.choice((0.0, 0.1)), blocks_sale=True),
                shelf_life.Band("expired", "expired", blocks_sale=True, is_expired=True),
            )
            expiration_on = date(2027, 1, 1) + generator.randint(0, 700) * DAY
            plan = shelf_life.schedule(expiration_on, total, bands)
            self.assertLessEqual(plan.sale_stop_on, expiration_on + DAY)
            day = expiration_on - 420 * DAY
            band, next_on = shelf_life.band_on(plan, day)
            while day <= expiration_on + 3 * DAY:
                today, later = shelf_life.band_on(plan, day)
                if next_on and day < next_on:
                    self.assertEqual(today, band, "a band changed before the day it was said to")
                band, next_on = today, later
                self.assertTrue(next_on is None or next_on > day)
                self.assertEqual(today.code == "expired", day > expiration_on)
                if today.blocks_sale:
                    self.assertGreaterEqual(day, plan.sale_stop_on)
                day += DAY
            self.assertIsNone(next_on)

    def test_promise_and_remaining_days_are_two_sides_of_one_rule(self):
        generator = random.Random(7)
        for _case in range(300):
            day = date(2026, 1, 1) + generator.randint(0, 900) * DAY
            days, share, total = generator.randint(0, 400), generator.choice((0, 0.1, 1 / 3, 0.5)), generator.choice((0, 365, 1095))
            floor = shelf_life.promise_floor(day, days, share, total)
            self.assertGreaterEqual(shelf_life.remaining_days(floor, day), days)
            if total:
                self.assertGreaterEqual(shelf_life.remaining_ratio(floor, day, total) + 0.0001, share)
            if floor > day:
                before = floor - DAY
                kept = shelf_life.remaining_days(before, day) >= days
                kept_share = not total or shelf_life.remaining_ratio(before, day, total) >= round(share, 4)
                self.assertFalse(kept and kept_share, "an earlier date would have kept the promise as well")

    def test_price_stays_between_floor_and_full_price(self):
        generator = random.Random(11)
        for _case in range(1000):
            price = round(generator.uniform(1, 500), 2)
            cost = round(generator.uniform(0, 300), 2)
            percent, margin = generator.randint(0, 99), generator.randint(0, 40)
            marked, is_floored = band_price.marked_down(price, percent, cost, margin)
            self.assertLessEqual(marked, price)
            self.assertGreaterEqual(marked + 1e-9, min(price, cost * (100 + margin) / 100))
            self.assertEqual(round(marked, 2), marked)
            if not is_floored:
                self.assertAlmostEqual(marked, price * (100 - percent) / 100, delta=0.0051)
