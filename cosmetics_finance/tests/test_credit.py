"""Credit terms: how a customer stands, who sets the terms, who releases."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from ..tools.credit import Standing, find_hold, uncover
from .common_due import DueCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestCredit(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.account_use_credit_limit = True
        cls.customer = cls.books["res.partner"].browse(cls.partner.id)

    def _get_hold(self):
        self.env.invalidate_all()
        return self.customer.credit_hold

    def _release(self, user=None, **vals):
        releases = self.env["cosmetics.credit.release"].with_user(user or self.accountant).with_company(self.company)
        return releases.create({"partner_id": self.partner.id, "reason": "Transfer seen", **vals})

    def _invoice(self, amount=300, due="2026-05-01", **vals):
        return self._create_invoice("2026-04-01", amount, due=due, **vals)

    # ------------------------------------------------------------------ holds
    def test_without_terms_nothing_is_held(self):
        self._invoice(due="2025-01-01")
        self.assertFalse(self._get_hold())

    def test_owing_the_limit_is_allowed_and_a_cent_more_is_not(self):
        self.customer.credit_limit = 300
        self._invoice(300)
        self.assertFalse(self._get_hold())
        self._invoice(0.01)
        self.assertEqual(self._get_hold(), "limit")

    def test_a_limit_counts_only_where_the_company_uses_limits(self):
        self.customer.credit_limit = 100
        self._invoice(300)
        self.company.account_use_credit_limit = False
        self.assertFalse(self._get_hold())

    def test_the_last_allowed_day_is_no_hold(self):
        self.customer.credit_days = 19
        self._invoice(due="2026-05-01")
        self.assertFalse(self._get_hold())
        with freeze_time("2026-05-21"):
            self.assertEqual(self._get_hold(), "late")

    def test_money_not_matched_yet_pays_the_oldest_invoice(self):
        self.customer.credit_days = 10
        self._invoice(300, due="2026-04-01")
        self._invoice(100, due="2026-05-19")
        self._enter("2026-05-18", ("1002", 300), ("1122", -300, self.partner))
        self.assertFalse(self._get_hold())

    def test_a_disputed_invoice_is_not_late_but_still_owed(self):
        self.customer.write({"credit_days": 10, "credit_limit": 1000})
        invoice = self._invoice(300, due="2026-04-01")
        self.assertEqual(self._get_hold(), "late")
        invoice.write({"is_disputed": True, "dispute_reason": "Ten jars were broken"})
        self.assertFalse(self._get_hold())
        self.assertEqual(self.customer._get_credit_standings(self.company)[self.customer.id].owed, 300)

    def test_a_dispute_needs_its_reason(self):
        invoice = self._invoice()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            invoice.write({"is_disputed": True, "dispute_reason": " "})

    def test_invoices_of_an_address_count_for_its_company(self):
        self.partner.is_company = True
        address = self.env["res.partner"].create({"name": "Branch", "parent_id": self.partner.id, "type": "delivery"})
        self.customer.credit_limit = 100
        self._invoice(300, partner=address)
        self.assertEqual(self._get_hold(), "limit")
        self.assertEqual(self.books["res.partner"].browse(address.id).credit_hold, "limit")

    def test_terms_of_one_company_do_not_bind_another(self):
        self.partner.company_id = False
        self.customer.credit_days = 1
        self._invoice()
        other = self.env["res.company"].create({"name": "Test Other Books"})
        self.assertEqual(self._get_hold(), "late")
        self.assertFalse(self.partner.with_company(other).credit_hold)

    # ------------------------------------------------------------------ who sets terms
    def test_terms_are_the_accountants_alone(self):
        seller = self._create_user("credit_seller", "base.group_partner_manager", company_id=self.company.id)
        for name, value in (("credit_days", 90), ("credit_limit", 1e6)):
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.partner.with_user(seller).write({name: value})
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.env["res.partner"].with_user(seller).create({"name": "New", name: value})

    def test_a_reader_of_the_books_who_keeps_contacts_sets_no_terms(self):
        self.reader.group_ids += self.env.ref("base.group_partner_manager")
        with self.assertRaises(AccessError):
            self.partner.with_user(self.reader).credit_limit = 1e6

    def test_who_keeps_contacts_still_adds_an_address_to_a_customer_on_credit(self):
        self.customer.write({"credit_limit": 300, "credit_days": 5, "is_company": True})
        seller = self._create_user("credit_seller", "base.group_partner_manager", company_id=self.company.id)
        address = self.env["res.partner"].with_user(seller).create({"name": "Dock", "parent_id": self.partner.id, "type": "delivery"})
        self.assertEqual(address.commercial_partner_id, self.partner)

    # ------------------------------------------------------------------ releases
    def test_a_release_lifts_the_hold_until_its_last_day(self):
        self.customer.credit_days = 1
        self._invoice()
        release = self._release(valid_until=date(2026, 5, 22))
        self.assertEqual((release.hold, release.user_id, release.is_in_force), ("late", self.accountant, True))
        self.assertFalse(self._get_hold())
        with freeze_time("2026-05-22"):
            self.assertFalse(self._get_hold())
        with freeze_time("2026-05-23"):
            self.assertEqual(self._get_hold(), "late")

    def test_an_ended_release_holds_again(self):
        self.customer.credit_days = 1
        self._invoice()
        release = self._release()
        release.action_end()
        self.assertEqual(self._get_hold(), "late")
        self.assertEqual((release.ended_by_id, bool(release.ended_at)), (self.accountant, True))
        self.assertFalse(release.search([("is_in_force", "=", True)]))

    def test_a_release_is_neither_changed_nor_deleted(self):
        release = self._release()
        with self.assertRaises(AccessError):
            release.write({"valid_until": "2027-01-01"})
        with self.assertRaises(AccessError):
            release.unlink()

    def test_a_release_names_who_gave_it_whatever_the_values_say(self):
        release = self._release(user_id=self.reader.id, hold="limit")
        self.assertEqual((release.user_id, release.hold), (self.accountant, False))

    def test_a_release_needs_a_reason_and_a_day_to_come(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            self._release(reason="  ")
        with self.assertRaisesRegex(UserError, "over already"):
            self._release(valid_until=date(2026, 5, 19))

    def test_a_reader_reads_releases_and_gives_none(self):
        release = self._release()
        self.assertEqual(release.with_user(self.reader).reason, "Transfer seen")
        with self.assertRaises(AccessError):
            self._release(user=self.reader)
        with self.assertRaises(AccessError):
            release.with_user(self.reader).action_end()

    def test_another_company_does_not_read_releases(self):
        release = self._release()
        outsider = self._create_user("credit_outsider", "cosmetics_finance.group_accountant")
        self.assertFalse(self.env["cosmetics.credit.release"].with_user(outsider).search([("id", "=", release.id)]))

    def test_the_button_of_the_customer_opens_a_release_for_it(self):
        action = self.customer.action_release_credit()
        self.assertEqual((action["res_model"], action["context"]), ("cosmetics.credit.release", {"default_partner_id": self.partner.id}))


@tagged("post_install", "-at_install")
class TestCreditTools(DueCommon):
    amounts = st.integers(-100_000, 100_000).map(lambda cents: cents / 100)

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.lists(st.tuples(st.integers(-100, 400), amounts), max_size=12))
    def test_what_is_uncovered_sums_to_what_is_owed(self, items):
        left, total = uncover(items), sum(amount for _days, amount in items)
        self.assertAlmostEqual(sum(amount for _days, amount in left), max(total, 0.0), delta=0.01 * len(items) + 0.01)
        self.assertEqual([days for days, _amount in left], sorted((days for days, _amount in left), reverse=True))

    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.integers(0, 90), st.integers(0, 90), st.floats(0, 1e6), st.floats(0, 1e6))
    def test_a_release_always_lets_pass_and_no_terms_hold_nothing(self, late, allowed, owed, limit):
        self.assertIsNone(find_hold(Standing(owed=owed, limit=limit, days_late=late, days_allowed=allowed, is_released=True)))
        self.assertIsNone(find_hold(Standing(owed=owed, days_late=late)))
