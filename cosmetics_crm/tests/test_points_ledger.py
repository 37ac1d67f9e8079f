"""The ledger of points: what every way in obeys."""

from datetime import date

from freezegun import freeze_time
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import Error as DatabaseError

from ..tools.points_act import Act
from .common_points import PointsCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")  # noon in Xi'an
class TestPointsLedger(PointsCommon):
    def _kinds(self, card):
        return card.points_move_ids.sorted("id").mapped(lambda move: (move.kind, move.points))

    def _batches(self, card):
        return card.points_batch_ids.sorted("id").mapped(lambda batch: (batch.issued, batch.remaining))

    # ------------------------------------------------------------------ earn and spend
    def test_points_earned_can_be_spent_once(self):
        self._post(self.card, "earn", 100, "a")
        self._post(self.card, "spend", 60, "b")
        self.assertEqual(self.card.points, 40)
        self.assertEqual(self._kinds(self.card), [("earn", 100), ("spend", -60)])
        self.assertEqual(self._differences(), [])

    def test_act_of_the_same_key_does_nothing_the_second_time(self):
        self._post(self.card, "earn", 100, "a")
        self.assertTrue(self._post(self.card, "earn", 100, "a").is_replay)
        self.assertEqual(self.card.points, 100)

    def test_act_of_the_same_key_in_one_posting_does_nothing_either(self):
        results = self.card._points_post([Act(self.card, "earn", 5, "a"), Act(self.card, "earn", 5, "a")])
        self.assertEqual([result.is_replay for result in results], [False, True])
        self.assertEqual(self.card.points, 5)

    def test_more_points_than_there_are_cannot_be_spent(self):
        self._post(self.card, "earn", 100, "a")
        with self.assertRaisesRegex(UserError, "100"):
            self._post(self.card, "spend", 100.01, "b")
        self.assertEqual(self._kinds(self.card), [("earn", 100)])

    def test_late_till_spends_what_there_is_and_hears_what_is_missing(self):
        self._post(self.card, "earn", 30, "a")
        result = self._post(self.card, "spend", 50, "b", is_partial=True)
        self.assertEqual((result.points, result.missing), (-30, 20))
        self.assertEqual(self.card.points, 0)

    def test_late_till_that_found_nothing_takes_nothing_when_it_asks_again(self):
        self.assertEqual(self._post(self.card, "spend", 50, "b", is_partial=True).missing, 50)
        self._post(self.card, "earn", 30, "a")
        self.assertTrue(self._post(self.card, "spend", 50, "b", is_partial=True).is_replay)
        self.assertEqual(self.card.points, 30)

    def test_pending_points_cannot_be_spent(self):
        self._post(self.card, "earn", 100, "a", available_on=None)
        self._post(self.card, "earn", 100, "b", available_on=date(2026, 5, 2))
        self.assertEqual((self.card.points, self.card.points_pending), (0, 200))
        with self.assertRaises(UserError):
            self._post(self.card, "spend", 1, "c")

    def test_points_that_expire_first_are_spent_first(self):
        for key, day in (("a", date(2027, 1, 31)), ("b", date(2026, 12, 31)), ("c", None)):
            self._post(self.card, "earn", 10, key, expires_on=day)
        self._post(self.card, "spend", 15, "d")
        self.assertEqual(self._batches(self.card), [(10, 5), (10, 0), (10, 10)])

    def test_expired_points_are_gone_although_the_night_has_not_come(self):
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 5, 1))
        with freeze_time("2026-05-01 16:00:00"):  # midnight in Xi'an
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self._post(self.card, "spend", 1, "b")
            self._post(self.card, "earn", 1, "c")
            self.assertEqual(self._kinds(self.card), [("earn", 10), ("expire", -10), ("earn", 1)])
        self.assertEqual(self._differences(), [])

    def test_validity_of_the_program_gives_the_last_day(self):
        for validity, day in (
            ("never", False),
            ("months", date(2027, 4, 30)),
            ("year", date(2026, 12, 31)),
            ("next_year", date(2027, 12, 31)),
        ):
            self.program.points_validity = validity
            self._post(self.card, "earn", 1, validity)
            self.assertEqual(self.card.points_batch_ids.sorted("id")[-1].expires_on, day)

    def test_hundreds_of_cards_cost_no_more_statements_than_one(self):
        partners = self.env["res.partner"].create([{"name": f"Member {number}"} for number in range(200)])
        cards = self.env["loyalty.card"].create([{"program_id": self.program.id, "partner_id": partner.id} for partner in partners])
        self.env.flush_all()
        counts = []
        for number, chosen in enumerate((cards[:2], cards)):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            cards._points_post([Act(card, "earn", 5, f"{number},{card.id}") for card in chosen])
            cards._points_post([Act(card, "spend", 2, f"spend,{number},{card.id}") for card in chosen])
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLess(counts[1], counts[0] + 12)
        self.assertEqual(sum(cards.mapped("points")), 3 * 202)

    def test_nonsense_is_refused(self):
        coupon = self.env["loyalty.card"].create({"program_id": self.env["loyalty.program"].create({"name": "Test Coupons"}).id})
        for act in (Act(coupon, "earn", 5, "a"), Act(self.card, "earn", -5, "b"), Act(self.card, "steal", 5, "c")):
            with self.assertRaises(ValueError):
                self.card._points_post([act])

    # ------------------------------------------------------------------ take back and give back
    def test_part_of_a_refund_takes_back_its_share_and_the_parts_make_the_whole(self):
        origin = self.card.partner_id
        self.card._points_earn(origin, 100, "earn")
        for number, part in enumerate((1, 2, 3)):
            self.card._points_take_back(origin, f"refund {number}", part=part, whole=3)
        self.assertEqual(self._kinds(self.card), [("earn", 100), ("take_back", -33.33), ("take_back", -33.34), ("take_back", -33.33)])
        self.assertEqual(self._differences(), [])

    def test_no_more_is_taken_back_than_was_earned(self):
        origin = self.card.partner_id
        self.card._points_earn(origin, 100, "earn")
        result = self.card._points_take_back(origin, "refund", points=150)
        self.assertEqual((result.points, result.missing), (-100, 50))

    def test_points_spent_meanwhile_are_owed_and_paid_by_the_next(self):
        origin = self.card.partner_id
        self.card._points_earn(origin, 100, "earn")
        self._post(self.card, "spend", 80, "spend")
        self.card._points_take_back(origin, "refund", points=100)
        self.assertEqual((self.card.points, self.card.points_debt), (0, 80))
        self._post(self.card, "earn", 100, "next")
        self.assertEqual((self.card.points, self.card.points_debt), (20, 0))
        self.assertEqual(self._differences(), [])

    def test_points_are_taken_back_from_their_own_earning_first(self):
        other, origin = self.env["res.partner"].create([{"name": "Order 1"}, {"name": "Order 2"}])
        self.card._points_earn(other, 50, "other", expires_on=date(2026, 6, 30))
        self.card._points_earn(origin, 50, "own")
        self.card._points_take_back(origin, "refund", points=50)
        self.assertEqual(self._batches(self.card), [(50, 50), (50, 0)])

    def test_points_given_back_return_to_where_they_came_from(self):
        origin = self.card.partner_id
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 12, 31))
        self._post(self.card, "earn", 10, "b")
        self.card._points_spend(origin, 15, "spend")
        self.card._points_give_back(origin, "refund", part=1, whole=3)
        self.assertEqual(self._batches(self.card), [(10, 0), (10, 10)])
        self.card._points_give_back(origin, "refund 2", part=3, whole=3)
        self.assertEqual(self._batches(self.card), [(10, 10), (10, 10)])
        self.assertEqual(self.card._points_give_back(origin, "refund 3", points=1).missing, 1)

    def test_points_given_back_after_their_last_day_get_some_days_of_grace(self):
        origin = self.card.partner_id
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 5, 31))
        self.card._points_spend(origin, 10, "spend")
        with freeze_time("2026-06-10 04:00:00"):
            self.card._points_give_back(origin, "refund", points=10)
            self.assertEqual(self.card.points, 10)
            self.assertEqual(self.card.points_batch_ids.expires_on, date(2026, 7, 10))

    def test_points_spent_again_after_they_were_given_back_come_back_again(self):
        origin = self.card.partner_id
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 12, 31))
        self.card._points_spend(origin, 10, "spend")
        self.card._points_give_back(origin, "back", points=10)
        self._post(self.card, "earn", 10, "b", expires_on=date(2026, 11, 30))
        self.card._points_spend(origin, 10, "spend again")
        self.card._points_give_back(origin, "back again", points=10)
        self.assertEqual(self._batches(self.card), [(10, 10), (10, 10)])

    def test_points_that_have_expired_are_not_taken_back_once_more(self):
        origin = self.card.partner_id
        self.card._points_earn(origin, 100, "earn", expires_on=date(2026, 5, 31))
        self._post(self.card, "spend", 30, "spend")
        with freeze_time("2026-06-10 04:00:00"):
            self.assertEqual(self.card._points_take_back(origin, "refund", points=100).points, -30)
            self.assertEqual(self._kinds(self.card)[2:], [("expire", -70), ("take_back", -30)])
        self.assertEqual(self.card.points_debt, 30)

    # ------------------------------------------------------------------ rows are final
    def test_rows_cannot_be_changed_or_removed_by_anybody(self):
        self._post(self.card, "earn", 10, "a")
        move = self.card.points_move_ids
        for record in (move, move.with_user(self.manager), move.sudo()):
            with self.assertRaises(UserError):
                record.write({"points": 20})
            with self.assertRaises(UserError):
                record.unlink()

    def test_rows_cannot_be_changed_or_removed_by_sql(self):
        self._post(self.card, "earn", 10, "a")
        self.env.flush_all()
        for statement in (
            "UPDATE cosmetics_points_move SET points = 20",
            "DELETE FROM cosmetics_points_move",
            "TRUNCATE cosmetics_points_move CASCADE",
        ):
            with self.assertRaisesRegex(DatabaseError, "final"), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_rows_cannot_be_written_past_the_ledger(self):
        vals = {"card_id": self.card.id, "kind": "earn", "points": 5, "act": "x", "key": "x", "moved_at": "2026-05-01", "user_id": 1}
        with self.assertRaises(UserError):
            self.env["cosmetics.points.move"].with_user(self.manager).create(vals)
        self._post(self.card, "earn", 10, "a")
        with self.assertRaises(UserError):
            self.card.points_batch_ids.with_user(self.manager).remaining = 5

    def test_database_refuses_a_negative_balance(self):
        for column in ("points", "points_pending", "points_debt"):
            with self.assertRaises(DatabaseError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                self.env.cr.execute(f"UPDATE loyalty_card SET {column} = -1 WHERE id = %s", (self.card.id,))  # noqa: S608
        self._post(self.card, "earn", 10, "a")
        self.env.flush_all()
        with self.assertRaises(DatabaseError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE cosmetics_points_batch SET remaining = -1 WHERE card_id = %s", (self.card.id,))

    def test_card_with_movements_is_not_deleted(self):
        self._post(self.card, "earn", 10, "a")
        with self.assertRaises(UserError):
            self.card.unlink()
        empty = self._create_card()
        empty.unlink()
        self.assertFalse(empty.exists())

    def test_check_finds_what_does_not_add_up(self):
        self._post(self.card, "earn", 10, "a")
        self.assertEqual(self._differences(), [])
        self.env.cr.execute("UPDATE cosmetics_points_batch SET remaining = 9 WHERE card_id = %s", (self.card.id,))
        self.env.cr.execute("UPDATE loyalty_card SET points = 8 WHERE id = %s", (self.card.id,))
        self.env.invalidate_all()
        self.assertEqual(sorted(self._differences()), [("batch", 10, 9), ("batches", 10, 8)])
        with self.assertLogs("odoo.addons.cosmetics_crm.models.cosmetics_ledger_check", "ERROR"):
            self.env["cosmetics.points.difference"]._cron_check()

    def test_rows_tell_the_balance_after_each(self):
        self._post(self.card, "earn", 100, "a")
        self._post(self.card, "earn", 50, "b", available_on=None)
        self._post(self.card, "spend", 30, "c")
        self.assertEqual(self.card.points_move_ids.sorted("id").mapped("balance"), [100, 150, 120])

    def test_customer_sees_one_line_a_document(self):
        origin = self.card.partner_id
        self.card._points_post([Act(self.card, "earn", 100, "a", origin, "Purchase"), Act(self.card, "spend", 30, "b", origin, "Purchase")])
        line = self.card.history_ids
        self.assertEqual((line.issued, line.used, line.order_model, line.order_id), (100, 30, "res.partner", origin.id))

    def test_document_of_a_movement_can_be_opened(self):
        self.card._points_earn(self.card.partner_id, 5, "a")
        self._post(self.card, "earn", 5, "b")
        bare, named = self.card.points_move_ids.with_user(self.manager)
        self.assertEqual(named.action_open_origin()["res_id"], self.card.partner_id.id)
        with self.assertRaises(UserError):
            bare.action_open_origin()
