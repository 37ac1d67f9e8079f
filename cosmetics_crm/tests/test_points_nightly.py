"""Points as the days pass: they begin to count, members are told, they expire."""

import re
from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .common_points import PointsCommon


@tagged("post_install", "-at_install")
class TestPointsNightly(PointsCommon):
    def _run(self, name, day):
        self.commits = []
        progress = lambda _self, *args, **kwargs: self.commits.append(args) or 60.0  # noqa: E731 - the place of Odoo's own
        with freeze_time(f"{day} 00:30:00"), patch.object(type(self.env["ir.cron"]), "_commit_progress", progress):
            getattr(self.env["loyalty.card"], name)()

    def _night(self, day):
        self._run("_cron_points_nightly", day)

    def _earn(self, points, key, available_on, expires_on=None):
        with freeze_time("2026-05-01 04:00:00"):
            self._post(self.card, "earn", points, key, available_on=available_on, expires_on=expires_on)

    def test_pending_points_count_from_their_day_on(self):
        self._earn(10, "a", date(2026, 5, 8))
        self._night("2026-05-07")
        self.assertEqual((self.card.points, self.card.points_pending), (0, 10))
        self._night("2026-05-08")
        self.assertEqual((self.card.points, self.card.points_pending), (10, 0))

    def test_points_without_a_day_wait_for_it(self):
        self._earn(10, "a", None)
        self._night("2027-05-07")
        self.assertEqual((self.card.points, self.card.points_pending), (0, 10))

    def test_day_that_becomes_known_starts_their_life(self):
        self._earn(10, "a", None)
        batch = self.card.points_batch_ids
        with patch.object(type(batch), "_get_available_days", lambda batches: dict.fromkeys(batches, date(2027, 1, 2))):
            self._night("2027-01-03")
        self.assertEqual((batch.available_on, batch.expires_on, self.card.points), (date(2027, 1, 2), date(2028, 12, 31), 10))

    def test_expired_points_are_written_off_once(self):
        self._earn(10, "a", date(2026, 5, 1), date(2026, 5, 31))
        self._earn(5, "b", date(2026, 5, 1))
        self._night("2026-05-31")
        self.assertEqual(self.card.points, 15)
        for _time in range(2):
            self._night("2026-06-01")
            self.assertEqual(self.card.points, 5)
        self.assertEqual(self.card.points_move_ids.filtered(lambda move: move.kind == "expire").mapped("points"), [-10])
        self.assertEqual(self._differences(), [])

    def test_night_touches_nobody_whose_points_stay(self):
        self._earn(10, "a", date(2026, 5, 1), date(2026, 5, 31))
        self._night("2026-05-02")
        self.assertEqual(self.commits, [()])

    def test_member_is_told_once_before_points_expire(self):
        self.card.partner_id.email = "member@example.com"
        self._earn(10, "a", date(2026, 5, 1), date(2026, 6, 30))
        self._earn(7, "b", date(2026, 5, 1), date(2026, 6, 15))
        self._run("_cron_points_notice", "2026-05-15")
        self.assertFalse(self._mails())
        for _time in range(2):
            self._run("_cron_points_notice", "2026-06-01")
            mail = self._mails()
            self.assertEqual(len(mail), 1)
        self.assertIn("17", mail.subject)
        self.assertEqual(set(self.card.points_batch_ids.mapped("noticed_on")), {date(2026, 6, 1)})

    def _mails(self):
        return self.env["mail.mail"].search([("model", "=", "loyalty.card"), ("res_id", "=", self.card.id)])

    def test_notices_are_data_for_other_ways_of_telling(self):
        self._earn(10, "a", date(2026, 5, 1), date(2026, 6, 30))
        with freeze_time("2026-06-20 04:00:00"):
            notices = [notice for notice in self.env["loyalty.card"]._get_points_notices() if notice["card"] == self.card]
        batch = self.card.points_batch_ids
        self.assertEqual(notices, [{"card": self.card, "points": 10.0, "expires_on": date(2026, 6, 30), "batch_ids": batch.ids}])

    def test_member_page_shows_the_points(self):
        self._earn(10, "a", date(2026, 5, 1))
        self._earn(5, "b", None)
        partner = self.card.partner_id.with_user(self.manager)
        self.assertEqual((partner.points_available, partner.points_pending, partner.points_debt), (10, 5, 0))
        action = partner.action_view_points()
        self.assertEqual(self.env[action["res_model"]].with_user(self.manager).search(action["domain"]), self.card.points_move_ids)
        self.assertEqual(self.card.with_user(self.manager).action_view_points_moves()["domain"], [("card_id", "in", self.card.ids)])


@tagged("post_install", "-at_install")
@freeze_time("2026-05-01 04:00:00")
class TestPointsMerge(PointsCommon):
    """Two contacts who are one member."""

    def _merge(self, src, dst):
        self.env["base.partner.merge.automatic.wizard"].create({})._merge((src | dst).ids, dst)

    def test_merged_members_keep_their_points_and_their_days(self):
        other = self._create_card()
        self._post(self.card, "earn", 10, "a", expires_on=date(2026, 12, 31))
        self._post(other, "earn", 20, "b", expires_on=date(2026, 6, 30))
        self._post(other, "earn", 5, "c", available_on=None)
        self._merge(other.partner_id, self.card.partner_id)
        self.assertEqual((self.card.points, self.card.points_pending), (30, 5))
        left = self.card.points_batch_ids.filtered("remaining").mapped(lambda batch: (batch.remaining, batch.expires_on))
        self.assertEqual(set(left), {(10, date(2026, 12, 31)), (20, date(2026, 6, 30)), (5, False)})
        self.assertEqual((other.points, other.points_pending, other.active, other.merged_into_id), (0, 0, False, self.card))
        self.assertEqual(self._differences(), [])

    def test_debt_of_one_is_paid_by_the_points_of_the_other(self):
        other = self._create_card(points=-30)
        self._post(self.card, "earn", 100, "a")
        self._merge(other.partner_id, self.card.partner_id)
        self.assertEqual((self.card.points, self.card.points_debt, other.points_debt), (70, 0, 0))
        self.assertEqual(self._differences(), [])

    def test_member_without_a_card_gets_that_of_the_other(self):
        member = self.env["res.partner"].create({"name": "Test Twin"})
        self._post(self.card, "earn", 100, "a")
        self._merge(self.card.partner_id, member)
        self.assertEqual((self.card.partner_id, self.card.points, self.card.active), (member, 100, True))

    def test_refund_after_the_merger_finds_the_points(self):
        other, origin = self._create_card(), self.env["res.partner"].create({"name": "Sale"})
        self._post(other, "earn", 50, "old", expires_on=date(2026, 12, 31))
        other._points_spend(origin, 40, "spend")
        other._points_earn(origin, 60, "earn")
        self._merge(other.partner_id, self.card.partner_id)
        self.assertEqual(self.card.points, 70)
        other._points_give_back(origin, "back", part=1, whole=1)
        self.card._points_take_back(origin, "taken", part=1, whole=1)
        self.assertEqual((self.card.points, self.card.points_debt), (50, 0))
        self.assertEqual(set(self.card.points_batch_ids.filtered("remaining").mapped("expires_on")), {date(2026, 12, 31)})
        self.assertEqual(self._differences(), [])

    def test_other_cards_are_merged_as_core_does(self):
        program = self.env["loyalty.program"].create({"name": "Test Wallet", "program_type": "ewallet", "applies_on": "future"})
        partners = self.env["res.partner"].create([{"name": "One"}, {"name": "Other"}])
        cards = self.env["loyalty.card"].create(
            [{"program_id": program.id, "partner_id": partner.id, "points": 10} for partner in partners]
        )
        self._merge(partners[1], partners[0])
        self.assertEqual(cards.mapped("points"), [20, 0])


@tagged("post_install", "-at_install")
class TestPointsLists(PointsCommon):
    """The lists of the menu show what they promise."""

    def _find(self, name):
        arch = self.env.ref("cosmetics_crm.cosmetics_points_batch_view_search").arch
        domain = re.search(rf'name="{name}"[^>]*domain="([^"]*)"', arch).group(1).replace("&lt;", "<").replace("&gt;", ">")
        return self.env["cosmetics.points.batch"].with_user(self.manager).search([("card_id", "=", self.card.id), *safe_eval(domain)])

    def test_filters_find_what_expires_soon_and_what_is_pending(self):
        today = self.env["loyalty.card"]._points_today()
        for points, days in ((1, 10), (2, 60), (3, 120)):
            self._post(self.card, "earn", points, f"{days}", expires_on=today + timedelta(days=days))
        self._post(self.card, "earn", 4, "pending", available_on=None)
        self.assertEqual(self._find("expiring").mapped("remaining"), [1])
        self.assertEqual(self._find("expiring_90").mapped("remaining"), [1, 2])
        self.assertEqual(self._find("pending").mapped("remaining"), [4])
        self._post(self.card, "spend", 6, "spend")
        self.assertEqual(self._find("left").mapped("remaining"), [4])

    def test_every_list_opens_for_the_manager(self):
        self._post(self.card, "earn", 1, "a")
        for model in ("cosmetics.points.move", "cosmetics.points.batch", "cosmetics.points.adjustment", "cosmetics.points.difference"):
            for kind in ("list", "search"):
                self.assertTrue(self.env[model].with_user(self.manager).get_view(view_type=kind)["arch"])
        self.assertIn("points_move_ids", self.card.with_user(self.manager).get_view(view_type="form")["arch"])
