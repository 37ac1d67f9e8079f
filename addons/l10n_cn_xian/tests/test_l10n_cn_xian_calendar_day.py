from freezegun import freeze_time
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools import retail_calendar


@tagged("post_install", "-at_install")
class TestL10nCnXianCalendarDay(TransactionCase):
    """Holidays, make-up working days and retail peaks as records."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.Days = cls.env["l10n_cn_xian.calendar.day"]
        cls.user = new_test_user(cls.env, "xian_reader", "base.group_user")
        cls.editor = new_test_user(cls.env, "xian_editor", "base.group_user,l10n_cn_xian.group_local_data")
        cls.far = next(year for year in range(2040, 2100) if not retail_calendar.is_known(year))

    def _days(self, year, **vals):
        domain = [("date_to", ">=", f"{year}-01-01"), ("date_to", "<=", f"{year}-12-31"), ("is_generated", "=", True)]
        return self.Days.search(domain + [(key, "=", value) for key, value in vals.items()])

    def test_the_installed_calendar_knows_2026(self):
        spring = self._days(2026, event="spring_festival", kind="holiday")
        self.assertEqual((str(spring.date_from), str(spring.date_to), spring.day_count), ("2026-02-15", "2026-02-23", 9))
        self.assertFalse(spring.is_provisional)
        self.assertEqual(len(self._days(2026, kind="workday")), 6)
        self.assertEqual(str(self._days(2026, event="qixi").date_to), "2026-08-19")

    def test_names_are_in_the_language_of_the_user(self):
        double = self._days(2026, event="double_11").with_context(lang="zh_CN")
        self.assertEqual(double.display_name, "双11")
        worked = self._days(2026, kind="workday", event="labour_day").with_context(lang="zh_CN")
        self.assertEqual(worked.display_name, "劳动节（调休上班）")
        found = self.Days.with_context(lang="zh_CN").search([("display_name", "ilike", "七夕")])
        self.assertEqual(set(found.mapped("event")), {"qixi"})

    def test_the_cron_fills_the_next_year_once(self):
        with freeze_time(f"{self.far - 1}-12-01"):
            self.Days._cron_generate()
            first = self._days(self.far)
            self.Days._cron_generate()
        self.assertEqual(len(first), 18)
        self.assertEqual(self._days(self.far), first)

    def test_an_unknown_year_is_provisional_for_holidays_and_sure_for_peaks(self):
        self.Days._generate_years([self.far])
        self.assertTrue(all(self._days(self.far, kind="holiday").mapped("is_provisional")))
        self.assertFalse(any(self._days(self.far, kind="peak").mapped("is_provisional")))
        self.assertFalse(self._days(self.far, kind="workday"))

    def test_a_provisional_holiday_becomes_final_when_the_notice_is_known(self):
        spring = self._days(2026, event="spring_festival", kind="holiday")
        spring.write({"is_provisional": True, "date_from": "2026-02-16", "date_to": "2026-02-19"})
        self._days(2026, kind="workday")._write({"is_generated": False})
        self.Days._generate_years([2026])
        self.assertEqual((str(spring.date_from), str(spring.date_to), spring.is_provisional), ("2026-02-15", "2026-02-23", False))

    def test_a_peak_that_a_user_has_moved_stays(self):
        peak = self._days(2026, event="double_11").with_user(self.editor)
        peak.write({"date_from": "2026-10-10", "date_to": "2026-11-12"})
        self.Days._generate_years([2026])
        self.assertEqual((str(peak.date_from), str(peak.date_to)), ("2026-10-10", "2026-11-12"))
        self.assertEqual(len(self._days(2026, event="double_11")), 1)

    def test_a_computed_day_is_not_deleted(self):
        with self.assertRaises(UserError):
            self._days(2026, event="qixi").with_user(self.editor).unlink()

    def test_an_own_event_needs_a_name_and_an_order_of_dates(self):
        vals = {"event": "other", "name": "店庆", "date_from": "2026-06-01", "date_to": "2026-06-03"}
        own = self.Days.with_user(self.editor).create(vals)
        self.assertEqual((own.display_name, own.day_count), ("店庆", 3))
        for wrong in ({"name": False}, {"date_to": "2026-05-30"}):
            with self.subTest(wrong), mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
                self.Days.with_user(self.editor).create({**vals, **wrong})
        own.unlink()

    def test_a_user_reads_and_does_not_write(self):
        day = self._days(2026, event="qixi").with_user(self.user)
        self.assertEqual(day.date_to.month, 8)
        with self.assertRaises(AccessError):
            day.note = "x"

    def test_a_day_of_another_company_is_hidden(self):
        other = self.env["res.company"].create({"name": "咸阳分公司"})
        vals = {"event": "other", "name": "咸阳店庆", "date_from": "2026-06-01", "date_to": "2026-06-03", "company_id": other.id}
        day = self.Days.create(vals)
        self.assertNotIn(day, self.Days.with_user(self.user).search([]))

    def test_a_day_of_the_own_company_is_seen_by_its_staff_only(self):
        mine, other = self.env.company, self.env["res.company"].create({"name": "咸阳分公司"})
        stranger = new_test_user(self.env, "xianyang_reader", "base.group_user", company_id=other.id, company_ids=[(6, 0, other.ids)])
        vals = {"event": "other", "name": "雁塔店庆", "date_from": "2026-06-01", "date_to": "2026-06-03", "company_id": mine.id}
        day = self.Days.with_user(self.editor).create(vals)
        self.assertIn(day, self.Days.with_user(self.user).search([]))
        self.assertNotIn(day, self.Days.with_user(stranger).search([]))
        self.assertTrue(self.Days.with_user(stranger).search_count([("is_generated", "=", True)]))
        with self.assertRaises(AccessError):
            day.with_user(stranger).read(["name"])

    def test_an_editor_cannot_plan_for_a_company_he_is_not_in(self):
        other = self.env["res.company"].create({"name": "咸阳分公司"})
        vals = {"event": "other", "name": "咸阳店庆", "date_from": "2026-06-01", "date_to": "2026-06-03", "company_id": other.id}
        with self.assertRaises(AccessError):
            self.Days.with_user(self.editor).create(vals)

    def test_a_user_neither_adds_nor_deletes(self):
        with self.assertRaises(AccessError):
            self.Days.with_user(self.user).create({"event": "qixi", "date_from": "2026-06-01", "date_to": "2026-06-03"})
        with self.assertRaises(AccessError):
            self._days(2026, event="qixi").with_user(self.user).unlink()

    def test_the_same_computed_day_is_refused_by_the_database(self):
        day = self._days(2026, event="qixi")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            day.copy({"is_generated": True}).flush_recordset()

    def test_every_event_and_kind_of_the_plain_calendar_can_be_kept(self):
        events, kinds = (dict(self.Days._fields[name].selection) for name in ("event", "kind"))
        for year in (2026, self.far):
            for day in retail_calendar.days_of_year(year):
                self.assertIn(day.event, events)
                self.assertIn(day.kind, kinds)

    def test_each_kind_has_a_colour_of_its_own_and_its_days_counted(self):
        days = self._days(2026)
        self.assertEqual(len({(day.kind, day.color) for day in days}), 3)
        self.assertTrue(all(day.day_count == (day.date_to - day.date_from).days + 1 for day in days))
        self.assertEqual(set(days.filtered(lambda day: day.kind == "workday").mapped("day_count")), {1})

    def test_a_search_that_excludes_a_name_is_left_to_core(self):
        found = self.Days.with_context(lang="zh_CN").search([("display_name", "not ilike", "店庆"), ("event", "=", "qixi")])
        self.assertTrue(found)
