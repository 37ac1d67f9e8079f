"""Figures as they come from people: several at once, late, twice, wrong."""

from datetime import timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common_quality import NOW
from .common_stock_count import StockCountCommon


@tagged("post_install", "-at_install")
class TestStockCountEntry(StockCountCommon):
    def setUp(self):
        super().setUp()
        self.count = self._create_count()

    def _entries(self):
        return self.env["cosmetics.stock.count.entry"].search([("count_id", "=", self.count.id)])

    def _refused(self, sentence, quantity, lot=None, user=None, **vals):
        """Assert that a figure is refused with a sentence, and that nothing is kept of it."""
        before = len(self._entries())
        answer = self._enter(self.count, quantity, lot, user, **vals)
        self.assertEqual(answer["state"], "refused")
        self.assertRegex(answer["message"], sentence)
        self.assertEqual(len(self._entries()), before)

    def _found(self):
        return self.count.sudo().line_ids.filtered("is_found")

    def test_what_two_people_count_adds_up(self):
        self._enter(self.count, 6, self.lot)
        self._enter(self.count, 4, self.lot, self.clerk2)
        self._enter(self.count, 5, self.lot2)
        self.count.action_review()
        self.assertEqual(self._line(self.count, self.lot).counted_quantity, 10)
        self.assertEqual(self._line(self.count, self.lot).counter_ids, self.clerk | self.clerk2)

    def test_what_is_sent_twice_is_counted_once(self):
        entry = self._prepare_entry(6, self.lot)
        first = self.count.with_user(self.clerk).enter([entry, entry])
        again = self.count.with_user(self.clerk).enter([entry])
        self.assertEqual([answer["state"] for answer in first + again], ["taken", "known", "known"])
        self.assertEqual(self._entries().mapped("quantity"), [6])

    def test_a_known_figure_is_acknowledged_after_the_count_is_over_and_a_new_one_refused(self):
        entry = self._prepare_entry(10, self.lot)
        self.count.with_user(self.clerk).enter([entry])
        self._enter(self.count, 5, self.lot2)
        self.count.action_review()
        late = self._prepare_entry(1, self.lot)
        answers = self.count.with_user(self.clerk).enter([entry, late])
        self.assertEqual([answer["state"] for answer in answers], ["known", "refused"])
        self.assertIn("not being counted any more", answers[1]["message"])

    @mute_logger("odoo.sql_db")
    def test_postgresql_takes_a_key_once(self):
        self._enter(self.count, 1, self.lot, key="the-same-key")
        entry = self._entries()
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            entry.sudo().create(entry.copy_data({"key": "the-same-key"})[0])

    def test_one_bad_figure_does_not_lose_the_others(self):
        entries = [self._prepare_entry(1, self.lot), self._prepare_entry(-1, self.lot), self._prepare_entry(2, self.lot2)]
        answers = self.count.with_user(self.clerk).enter(entries)
        self.assertEqual([answer["state"] for answer in answers], ["taken", "refused", "taken"])
        self.assertEqual(len(self._entries()), 2)

    def test_nonsense_is_refused_with_a_sentence(self):
        nonsense = (-1, float("nan"), float("inf"), 2_000_000, 1.234)
        for quantity in nonsense:
            with self.subTest(quantity):
                self._refused("Count again|as a number", quantity, self.lot)
        for quantity in ("5", None, True, [1]):
            with self.subTest(quantity):
                self._refused("as a number", quantity, self.lot)
        self._refused("no key of its own", 1, self.lot, key="")
        self._refused("scan or type the batch", 1, product_id=self.product.id)
        self._refused("is not of", 1, product_id=self._create_product(name="X", is_storable=True).id, lot_id=self.lot.id)

    def test_a_line_of_another_count_is_refused(self):
        self._put(self.lot, 1, self.stock)
        other = self._create_count(self.quality, warehouse_id=self.centre.id)
        self._refused("belongs to another count", 1, line_id=other.line_ids[0].id)

    def test_goods_outside_the_scope_are_refused(self):
        self.count.cancel_reason = "Test"
        self.count.action_cancel()
        self.count = self._create_count(product_ids=self.product.ids)
        other = self._create_lot("X1", self._create_product(name="Other", is_storable=True))
        self._refused("does not belong to", 1, other)
        self._refused("does not belong to", 1, self.lot, location_id=self.stock.id)

    def test_a_slip_is_taken_back_by_a_row_of_its_own(self):
        answer = self._enter(self.count, 60, self.lot)
        self.assertTrue(self.count.with_user(self.clerk).take_back(answer["key"]))
        self.assertFalse(self.count.with_user(self.clerk).take_back(answer["key"]), "once is enough")
        self._enter(self.count, 10, self.lot)
        self._enter(self.count, 5, self.lot2)
        self.count.action_review()
        self.assertEqual(self._line(self.count, self.lot).counted_quantity, 10)
        self.assertEqual(self._entries().mapped("quantity"), [5, 10, -60, 60])

    def test_a_line_whose_only_figure_was_taken_back_is_not_counted(self):
        answer = self._enter(self.count, 10, self.lot)
        self._enter(self.count, 5, self.lot2)
        self.count.with_user(self.clerk).take_back(answer["key"])
        self.assertEqual((self.count.counted_count, self.count.line_count), (1, 2))
        with self.assertRaisesRegex(UserError, r"R2601 .*is not counted yet \(1 lines"):
            self.count.action_review()

    def test_nobody_takes_back_the_figure_of_a_colleague(self):
        answer = self._enter(self.count, 10, self.lot)
        with self.assertRaisesRegex(UserError, "no such figure"):
            self.count.with_user(self.clerk2).take_back(answer["key"])

    def test_figures_are_never_changed_nor_deleted(self):
        self._enter(self.count, 10, self.lot)
        entry = self._entries()
        with self.assertRaisesRegex(UserError, "never changed"):
            entry.quantity = 3
        with self.assertRaisesRegex(UserError, "never deleted"):
            entry.unlink()
        with self.assertRaisesRegex(UserError, "screen for counting only"):
            entry.with_user(self.boss).create(entry.copy_data({"key": "another-key"})[0])

    def test_the_rest_is_zero_by_whoever_says_so(self):
        self._enter(self.count, 10, self.lot)
        self.count.action_count_rest_as_zero()
        entry = self._entries()[0]
        self.assertEqual((entry.lot_id, entry.quantity, entry.user_id), (self.lot2, 0, self.boss))
        self.count.action_review()
        self.assertEqual(self._line(self.count, self.lot2).difference_quantity, -5)

    # ------------------------------------------------------------------ moves while counting
    def test_a_figure_that_waited_for_the_network_is_of_the_moment_of_counting(self):
        with freeze_time(fields.Datetime.to_datetime(NOW) + timedelta(minutes=10)):
            self._move(self.lot, self.shelf, self.customer, 3)
        with freeze_time(fields.Datetime.to_datetime(NOW) + timedelta(minutes=12)):
            # Counted at minute 5, before the sale, and sent at minute 12.
            self._enter(self.count, 10, self.lot, age=7 * 60)
            self._enter(self.count, 5, self.lot2)
            self.count.action_review()
        line = self._line(self.count, self.lot)
        self.assertEqual((line.moved_quantity, line.difference_quantity), (0, 0))

    def test_a_clock_that_is_wrong_does_not_reach_behind_the_freeze(self):
        self._enter(self.count, 10, self.lot, age=10**9)
        self._enter(self.count, 5, self.lot2, age=float("nan"))
        self.assertEqual(set(self._entries().mapped("counted_at")), {fields.Datetime.to_datetime(NOW)})

    def test_goods_that_move_between_two_figures_are_counted_again_when_they_differ(self):
        self._enter(self.count, 5, self.lot)
        self._move(self.lot, self.shelf, self.customer, 1)
        self._enter(self.count, 5, self.lot, self.clerk2)
        self._enter(self.count, 5, self.lot2)
        self.count.action_review()
        line = self._line(self.count, self.lot)
        self.assertEqual((line.is_disturbed, line.difference_quantity, line.is_recount_needed), (True, 1, True))

    # ------------------------------------------------------------------ what the books did not know
    def test_a_known_batch_that_should_not_be_there_gets_a_line(self):
        lot = self._create_lot("R2603")
        self._enter(self.count, 2, lot)
        self._enter(self.count, 1, lot, self.clerk2)
        [line] = self._found()
        self.assertEqual((line.lot_id, line.book_quantity), (lot, 0))
        self._count_all(self.count, R2603=0)
        self.count.action_review()
        self.assertEqual((line.counted_quantity, line.difference_quantity), (3, 3))

    def test_an_unknown_batch_becomes_one_at_posting_with_its_date(self):
        found = {"product_id": self.product.id, "lot_name": "NEW-1", "expiration_on": "2028-05-31"}
        self._enter(self.count, 1, **found)
        self._enter(self.count, 1, user=self.clerk2, **{**found, "lot_name": "new-1"})
        [line] = self._found()
        self.assertFalse(line.lot_id)
        self._count_all(self.count, **{"NEW-1": 0})
        self.count.action_review()
        line.with_user(self.boss).reason_id = self.reason
        self.count.action_submit()
        self.count.with_user(self.quality).action_approve()
        self.assertEqual((line.lot_id.name, str(line.lot_id.expiration_on)), ("NEW-1", "2028-05-31"))
        self.assertEqual(self._on_hand(line.lot_id, self.shelf), 2)

    def test_a_batch_that_came_in_meanwhile_is_taken_at_posting(self):
        self._enter(self.count, 1, product_id=self.product.id, lot_name="NEW-2", expiration_on="2028-05-31")
        lot = self._create_lot("NEW-2")
        self._count_all(self.count)
        self.count.action_review()
        self.count.action_submit()
        self.count.with_user(self.quality).action_approve()
        self.assertEqual(self._found().lot_id, lot)

    def test_the_use_by_date_follows_from_the_production_date(self):
        self._enter(self.count, 1, product_id=self.product.id, lot_name="NEW-3", production_date="2026-01-01")
        self.assertEqual(str(self._found().expiration_on), "2028-12-31")

    def test_an_unknown_batch_without_a_date_is_refused(self):
        self._refused("has no date", 1, product_id=self.product.id, lot_name="NEW-4")
        self._refused("lies in the future", 1, product_id=self.product.id, lot_name="NEW-4", production_date="2027-01-01")

    def test_a_batch_with_another_date_is_refused(self):
        self._refused("is known with the date 2028-12-31", 1, self.lot, expiration_on="2028-10-31")
        self._enter(self.count, 1, product_id=self.product.id, lot_name="NEW-5", expiration_on="2028-05-31")
        self._refused("is known with the date 2028-05-31", 1, product_id=self.product.id, lot_name="NEW-5", expiration_on="2028-06-30")

    def test_goods_without_batches_are_found_too(self):
        tool = self._create_product(name="Brush", is_storable=True, cosmetic_kind="other", tracking="none", registration_no=False)
        self._enter(self.count, 4, product_id=tool.id)
        [line] = self._found()
        self.assertEqual((line.product_id, line.lot_id.id, line.lot_name), (tool, False, False))

    # ------------------------------------------------------------------ recounts
    def test_the_person_who_counted_does_not_recount(self):
        self._count_all(self.count, R2601=1)
        self.count.action_review()
        self.count.action_recount()
        self._refused("you counted this before", 1, self.lot)
        self.assertEqual(self._enter(self.count, 10, self.lot, self.clerk2)["state"], "taken")

    def test_the_database_layer_refuses_the_same_person_as_well(self):
        self._count_all(self.count, R2601=1)
        self.count.action_review()
        self.count.action_recount()
        entry = self._entries().filtered(lambda entry: entry.lot_id == self.lot)
        with self.assertRaisesRegex(ValidationError, "Somebody else must count it again"):
            entry.create(entry.copy_data({"key": "by-the-back-door", "round": 2})[0])

    def test_lines_that_are_not_recounted_take_no_figures(self):
        self._count_all(self.count, R2601=1)
        self.count.action_review()
        self.count.action_recount()
        self._refused("the first count stands", 1, self.lot2, self.clerk2)

    def test_no_more_than_two_hundred_figures_come_at_once(self):
        with self.assertRaisesRegex(UserError, "at most 200"):
            self.count.with_user(self.clerk).enter([self._prepare_entry(1, self.lot)] * 201)

    def test_two_unknown_batches_of_one_product_are_two_lines(self):
        for name in ("NEW-6", "NEW-7"):
            self._enter(self.count, 1, product_id=self.product.id, lot_name=name, expiration_on="2028-05-31")
        self.assertEqual(sorted(self._found().mapped("lot_name")), ["NEW-6", "NEW-7"])
