"""Whatever is open: what is called certain ties to the cent, is claimed once, and does not depend on the order of things."""

from hypothesis import given, settings
from hypothesis import strategies as st
from odoo.tests import BaseCase, tagged

from ..tools.certain import Item, Movement, certain, in_parts, numbers_in

QUICK = settings(max_examples=200, deadline=None, derandomize=True, database=None)
amounts = st.sampled_from([-300, -100, 100, 200, 300])
partners = st.sampled_from([0, 7, 8])
names = st.sampled_from(["INV/2026/00001", "INV/2026/00002", "S00042", "BILL/2026/00001"])
movement_lists = st.lists(st.tuples(amounts, partners, st.lists(names, max_size=2)), max_size=6).map(
    lambda rows: [Movement(100 + number, amount, partner, "付 ".join(text)) for number, (amount, partner, text) in enumerate(rows)]
)
item_lists = st.lists(st.tuples(amounts, partners, st.lists(names, max_size=1)), max_size=8).map(
    lambda rows: [Item(number, amount, partner, tuple(text)) for number, (amount, partner, text) in enumerate(rows)]
)


@tagged("post_install", "-at_install")
class TestCertainProperties(BaseCase):
    @QUICK
    @given(movement_lists, item_lists)
    def test_what_is_certain_ties_to_the_cent(self, movements, items):
        residuals = {item.id: item.residual for item in items}
        amount_of = {movement.id: movement.amount for movement in movements}
        for movement, group in certain(movements, items).items():
            self.assertEqual(sum(residuals[item] for item in group), amount_of[movement])
            self.assertTrue(group)

    @QUICK
    @given(movement_lists, item_lists)
    def test_no_item_is_claimed_twice(self, movements, items):
        claimed = [item for group in certain(movements, items).values() for item in group]
        self.assertEqual(len(claimed), len(set(claimed)))

    @QUICK
    @given(movement_lists, item_lists)
    def test_the_order_of_things_does_not_matter(self, movements, items):
        self.assertEqual(certain(movements, items), certain(movements[::-1], items[::-1]))

    @QUICK
    @given(movement_lists, item_lists)
    def test_money_never_goes_to_another_partner_than_the_bank_names(self, movements, items):
        partner_of = {item.id: item.partner for item in items}
        known = {movement.id: movement.partner for movement in movements if movement.partner}
        for movement, group in certain(movements, items).items():
            self.assertEqual(len({partner_of[item] for item in group}), 1)
            if movement in known:
                self.assertEqual({partner_of[item] for item in group}, {known[movement]})

    @QUICK
    @given(movement_lists, item_lists)
    def test_incoming_money_settles_nothing_that_is_owed(self, movements, items):
        residuals = {item.id: item.residual for item in items}
        for movement in movements:
            for item in certain(movements, items).get(movement.id, ()):
                self.assertEqual(residuals[item] > 0, movement.amount > 0)

    @QUICK
    @given(movement_lists, item_lists)
    def test_money_that_names_open_items_settles_no_other(self, movements, items):
        for movement in movements:
            fitting = [item for item in items if (item.residual > 0) == (movement.amount > 0)]
            named = {item.id for item in fitting if numbers_in(movement.text) & numbers_in(" ".join(item.names))}
            group = set(certain(movements, items).get(movement.id, ()))
            self.assertTrue(group <= named or not named)

    @QUICK
    @given(item_lists)
    def test_without_name_and_number_nothing_is_certain(self, items):
        self.assertEqual(certain([Movement(100, 100, 0, "货款")], items), {})

    @QUICK
    @given(movement_lists, item_lists)
    def test_parts_never_come_to_more_than_the_payout(self, movements, items):
        way = [item._replace(days=(0, 7)) for item in items]
        residuals = {item.id: item.residual for item in way}
        amount_of = {movement.id: movement.amount for movement in movements}
        sums = {}
        for movement, item in in_parts(movements, way).items():
            self.assertEqual(amount_of[movement] > 0, residuals[item] > 0)
            sums[item] = sums.get(item, 0) + amount_of[movement]
        for item, total in sums.items():
            self.assertLessEqual(abs(total), abs(residuals[item]))
        self.assertEqual(in_parts(movements, items), {}, "a document is not paid in parts without the accountant")

    @QUICK
    @given(movement_lists, item_lists, st.integers(0, 20))
    def test_money_on_its_way_is_told_by_its_amount_in_its_days_only(self, movements, items, day):
        way = [item._replace(days=(5, 12), names=()) for item in items]
        found = certain([movement._replace(day=day) for movement in movements], way)
        self.assertEqual(found, certain(movements, [item._replace(days=()) for item in way]) if 5 <= day <= 12 else {})

    def test_numbers_stand_apart_from_chinese_and_punctuation(self):
        cases = {
            "付INV/2026/00001货款": {"INV/2026/00001"},
            "（S00042）": {"S00042"},
            "s00042, inv/2026/00001.": {"S00042", "INV/2026/00001"},
            "货款 1234": set(),
            "ABCDEFG": set(),
            "": set(),
        }
        for text, expected in cases.items():
            with self.subTest(text):
                self.assertEqual(numbers_in(text), expected)

    def test_a_longer_number_is_another_number(self):
        items = [Item(1, 100, 7, ("S00042",))]
        self.assertEqual(certain([Movement(10, 100, 0, "S000421")], items), {})
        self.assertEqual(certain([Movement(10, 100, 0, "S00042")], items), {10: [1]})
