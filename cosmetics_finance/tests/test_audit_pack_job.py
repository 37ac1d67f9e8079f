"""Who asks for a pack and gets it, and what becomes of the job."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..models.cosmetics_audit_pack_run import ATTEMPTS
from .common_audit_pack import AuditPackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackJob(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What goes into a pack is tested in test_audit_pack.
        cls.packs = type(cls.env["cosmetics.audit.pack"])
        cls.startClassPatcher(patch.object(cls.packs, "_get_parts", lambda self: [("Chart", "_pack_accounts")]))

    def _break_off(self):
        """Let the job end in the middle, as a machine without power does: nothing it did not commit stays."""
        with patch.object(self.packs, "_pack_control", side_effect=MemoryError):
            try:  # assertRaises would undo what a real job has committed by then
                self._run_job()
            except MemoryError:
                self.env.invalidate_all()
            else:
                self.fail("the job went on")

    # ------------------------------------------------------------------ asking
    def test_any_days_of_the_months_mean_whole_months(self):
        pack = self._ask()
        self.assertEqual((f"{pack.date_begin}", f"{pack.date_end}", pack.state), ("2026-01-01", "2026-03-31", "waiting"))
        self.assertEqual((pack.user_id, pack.name), (self.auditor, "Test Books 2026-01 – 2026-03"))

    def test_the_year_of_the_last_month_is_proposed(self):
        ask = self.env["cosmetics.audit.pack.make"].with_user(self.auditor).new({})
        self.assertEqual((f"{ask.date_begin}", f"{ask.date_end}"), ("2026-01-01", "2026-03-31"))

    def test_periods_of_no_month_and_of_more_than_three_years_are_refused(self):
        for days in (("2026-03-01", "2026-02-01"), ("2023-03-01", "2026-03-01")):
            with self.assertRaises(ValidationError):
                self._ask(date_begin=days[0], date_end=days[1])
        self.assertTrue(self._ask(date_begin="2023-04-01", date_end="2026-03-01"))

    def test_a_pack_at_work_is_not_asked_for_twice(self):
        self.assertEqual(self._ask(user=self.accountant), self._ask())
        self._run_job()
        self.assertNotEqual(self._ask(), self._ask(date_end="2026-02-01"))

    def test_readers_of_the_books_neither_ask_nor_see(self):
        pack = self._build()
        with self.assertRaises(AccessError):
            self._ask(user=self.reader)
        with self.assertRaises(AccessError):
            pack.with_user(self.reader).action_download()
        with self.assertRaises(AccessError):
            pack.attachment_id.with_user(self.reader).read(["raw"])

    def test_auditor_and_accountant_download_what_either_asked_for(self):
        pack = self._build()
        for user in (self.auditor, self.accountant):
            self.assertEqual(pack.with_user(user).action_download()["url"], f"/web/content/{pack.attachment_id.id}?download=true")
            self.assertTrue(pack.attachment_id.with_user(user).raw)

    def test_nobody_writes_or_deletes_a_pack(self):
        pack = self._build()
        for record, field in ((pack, "note"), (pack.file_ids[0], "name"), (pack.attachment_id, "name")):
            for user in (self.auditor, self.accountant):
                with self.assertRaises(AccessError):
                    record.with_user(user).write({field: "mine"})
                with self.assertRaises(AccessError):
                    record.with_user(user).unlink()

    def test_packs_of_other_companies_stay_closed(self):
        pack = self._build()
        other = self._create_user("other_auditor", "cosmetics_finance.group_auditor")
        self.assertNotIn(self.company, other.company_ids)
        self.assertFalse(self.env["cosmetics.audit.pack"].with_user(other).search([("id", "=", pack.id)]))
        with self.assertRaises(AccessError):
            self._ask(user=other)

    def test_menu_is_there_for_who_may_build(self):
        menu = self.env.ref("cosmetics_finance.cosmetics_audit_pack_menu")
        for user, is_there in ((self.auditor, True), (self.accountant, True), (self.reader, False)):
            self.assertEqual(menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids(), is_there, user.login)

    # ------------------------------------------------------------------ the job
    def test_pack_says_who_built_it_and_when(self):
        pack = self._build()
        self.assertEqual((pack.user_id, f"{pack.built_at}", pack.progress), (self.auditor, "2026-04-20 04:00:00", 100))
        self.assertEqual((pack.attachment_id.res_id, pack.attachment_id.name), (pack.id, "Audit Pack 2026-01 to 2026-03.zip"))

    def test_bar_moves_while_the_job_is_at_work(self):
        seen = []
        tell = self.packs._tell

        def watch(record, *args):
            tell(record, *args)
            record.env.cr.execute("SELECT progress, step FROM cosmetics_audit_pack WHERE id = %s", [record.id])
            seen.append(record.env.cr.fetchone())

        parts = [("Chart", "_pack_accounts"), ("Open", "_pack_open_items")]
        with patch.object(self.packs, "_tell", watch), patch.object(self.packs, "_get_parts", lambda self: parts):
            self._build()
        self.assertEqual(seen, [(0, "Chart"), (50, "Open")])

    def test_work_broken_off_leaves_no_file_and_is_begun_anew(self):
        pack = self._ask()
        self._break_off()
        self.assertEqual((pack.state, pack.attempts, pack.attachment_id.id, len(pack.file_ids)), ("running", 1, False, 0))
        self._run_job()
        self.assertEqual((pack.state, pack.attempts), ("done", 2))

    def test_work_that_is_always_broken_off_ends(self):
        pack = self._ask()
        for _time in range(ATTEMPTS):
            self._break_off()
        self._run_job()
        self.assertEqual(pack.state, "failed")
        self.assertIn("broken off 3 times", pack.problem)

    def test_a_pack_too_large_for_a_file_says_so_at_once(self):
        with patch("odoo.addons.cosmetics_finance.models.cosmetics_audit_pack_run.LARGEST", 100):
            self.assertIn("Ask for fewer months at a time", self._build_without("size"))
        self.assertEqual(self.env["cosmetics.audit.pack"].search([], limit=1).attempts, 1)

    def test_an_audit_that_is_over_gets_nothing_any_more(self):
        pack = self._ask()
        self.auditor.audit_until = "2026-04-19"
        self._run_job()
        pack = pack.with_user(self.accountant)
        self.assertEqual(pack.state, "failed")
        self.assertIn("may not build audit packs any more", pack.problem)

    def test_a_pack_that_failed_is_built_again_by_another(self):
        pack = self._ask()
        self.auditor.active = False
        self._run_job()
        with self.assertRaises(UserError):
            pack.with_user(self.accountant).action_download()
        pack.with_user(self.accountant).action_build_again()
        self._run_job()
        self.assertEqual((pack.state, pack.user_id, pack.problem), ("done", self.accountant, False))
        with self.assertRaises(UserError):
            pack.with_user(self.accountant).action_build_again()

    def test_a_reader_does_not_build_again(self):
        pack = self._ask()
        self.auditor.active = False
        self._run_job()
        with self.assertRaises(AccessError):
            pack.with_user(self.reader).action_build_again()

    def test_one_pack_that_fails_holds_up_no_other(self):
        first, second = self._ask(), self._ask(user=self.accountant, date_end="2026-02-01")
        self.auditor.active = False
        self._run_job()
        self.assertEqual((first.state, second.state), ("failed", "done"))

    def test_asking_wakes_the_scheduler(self):
        cron = self.env.ref("cosmetics_finance.ir_cron_audit_pack")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        self._ask()
        self.assertEqual(self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)]), before + 1)

    def test_the_scheduler_builds_what_waits(self):
        pack = self._ask()
        with self.enter_registry_test_mode():
            self.env.ref("cosmetics_finance.ir_cron_audit_pack").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((pack.state, pack.attempts), ("done", 1))

    def test_a_scheduler_without_time_leaves_the_rest_to_its_next_run(self):
        first, second = self._ask(), self._ask(date_end="2026-02-01")
        answers = iter((60.0, 60.0, 0.0))
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *args, **kwargs: next(answers)):
            self._run_job()
        self.assertEqual((first.state, second.state), ("done", "waiting"))
        self._run_job()
        self.assertEqual(second.state, "done")

    def test_nobody_calls_the_job_but_the_scheduler(self):
        pack = self._ask()
        with self.assertRaises(AccessError):
            self._run_job(user=self.accountant)
        self.assertEqual(pack.state, "waiting")

    def test_an_auditor_with_other_roles_still_builds(self):
        self.auditor.group_ids += self.env.ref("cosmetics_finance.group_accountant")
        self.assertEqual(self._build().user_id, self.auditor)

    def test_a_limit_below_nothing_is_refused(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._ask(voucher_limit=-1)

    def test_another_company_of_the_user_may_be_chosen(self):
        other = self.env["res.company"].create({"name": "Second Books", "country_id": self.env.ref("base.cn").id})
        self.auditor.company_ids += other
        env = self.env(user=self.auditor, context={"lang": "en_US", "allowed_company_ids": [self.company.id, other.id]})
        vals = {"company_id": other.id, "date_begin": "2026-01-01", "date_end": "2026-01-01"}
        action = env["cosmetics.audit.pack.make"].create(vals).action_build()
        self.assertEqual(env["cosmetics.audit.pack"].browse(action["res_id"]).company_id, other)

    def test_one_fills_in_a_dialogue_of_ones_own(self):
        env = self.env(user=self.auditor, context={"allowed_company_ids": self.company.ids})
        ask = env["cosmetics.audit.pack.make"].create({"company_id": self.company.id})
        with self.assertRaises(AccessError):
            ask.with_user(self.accountant).action_build()

    def test_part_of_an_extension_is_in_the_pack(self):
        def pack_more(pack_record, pack):
            pack.add("12_more.txt", [b"more"])
            return [], ["More is in it."]

        parts = [("Chart", "_pack_accounts"), ("More", "_pack_more")]
        more = patch.object(self.packs, "_pack_more", pack_more, create=True)
        with more, patch.object(self.packs, "_get_parts", lambda self: parts):
            pack = self._build()
        self.assertEqual(pack.note, "More is in it.")
        self.assertIn("12_more.txt", self._open(pack).namelist())
