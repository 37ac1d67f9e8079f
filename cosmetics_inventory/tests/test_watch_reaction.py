"""Cases of adverse reactions: deadlines, reminders, supplements, rights and the print-out."""

from datetime import date, timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .test_cosmetics_adverse_reaction import ReactionCommon

ACTIVITY = "cosmetics_inventory.mail_activity_type_adverse_reaction"


@tagged("post_install", "-at_install")
class TestWatchReactionDates(ReactionCommon):
    def test_deadlines_count_calendar_days_across_months_and_years(self):
        for kind, aware_on, due_on in (
            ("general", date(2026, 1, 31), date(2026, 3, 2)),
            ("general", date(2025, 12, 2), date(2026, 1, 1)),
            ("serious", date(2026, 2, 14), date(2026, 3, 1)),
            ("serious", date(2024, 2, 15), date(2024, 3, 1)),
            ("social", date(2026, 2, 26), date(2026, 3, 1)),
            ("social", date(2024, 2, 27), date(2024, 3, 1)),
        ):
            with self.subTest(kind=kind, aware_on=aware_on):
                self.assertEqual(self._create_case(kind=kind, aware_on=aware_on).due_on, due_on)

    def test_changed_day_of_knowing_changes_the_deadline(self):
        case = self._create_case()
        case.aware_on = date(2026, 2, 1)
        self.assertEqual(case.due_on, date(2026, 3, 3))
        self.assertEqual(case.days_left, 1)

    def test_days_left_stop_counting_on_the_day_of_the_report(self):
        case = self._create_case(aware_on=date(2026, 2, 1), submitted_on=date(2026, 3, 1), national_code="N-1")
        with freeze_time("2026-06-01 02:00:00"):
            case.invalidate_recordset()
            self.assertEqual(case.days_left, 2)

    def test_case_without_report_is_kept_from_the_day_of_knowing(self):
        case = self._create_case(aware_on=date(2024, 2, 29))
        self.assertEqual(case.keep_until, date(2027, 2, 28))
        case.submitted_on = date(2026, 3, 1)
        self.assertEqual(case.keep_until, date(2029, 3, 1))

    def test_closed_case_is_kept_all_the_same(self):
        case = self._create_case(user=self.quality, close_reason="No product of ours")
        case.action_close()
        with self.assertRaisesRegex(UserError, "must be kept until"):
            case.unlink()

    def test_number_of_new_years_morning_is_that_of_the_new_year(self):
        with freeze_time("2026-12-31 15:59:00"):
            self.assertTrue(self._create_case().name.startswith("BF2026-"))
        with freeze_time("2026-12-31 16:01:00"):
            self.assertTrue(self._create_case().name.startswith("BF2027-"))

    def test_company_with_numbers_of_its_own_counts_by_itself(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        self.env["ir.sequence"].create(
            {"name": "Own", "code": "cosmetics.adverse.reaction", "prefix": "SEC-", "padding": 3, "company_id": company.id}
        )
        self.quality.company_ids = [Command.link(company.id)]
        both = [self.env.company.id, company.id]
        cases = self.env["cosmetics.adverse.reaction"].with_user(self.quality).with_context(allowed_company_ids=both)
        made = cases.create([{"product_id": self.cream.id, "company_id": company_id} for company_id in both])
        self.assertTrue(made[0].name.startswith("BF2026-"))
        self.assertEqual(made[1].name, "SEC-001")
        self.assertFalse(cases.with_context(allowed_company_ids=[self.env.company.id]).search([("id", "=", made[1].id)]))

    def test_number_given_by_hand_is_refused_twice(self):
        first = self._create_case()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            self._create_case(name=first.name)


@tagged("post_install", "-at_install")
class TestWatchReactionSteps(ReactionCommon):
    def test_outcome_and_causality_may_follow_the_report(self):
        case = self._create_case(submitted_on=date(2026, 3, 2), national_code="N-1")
        case.action_report()
        case.write({"outcome": "cured", "causality": "probable"})
        self.assertEqual((case.state, case.outcome, case.causality), ("reported", "cured", "probable"))

    def test_reported_case_keeps_its_day_and_number(self):
        case = self._create_case(submitted_on=date(2026, 3, 2), national_code="N-1")
        case.action_report()
        for vals in ({"submitted_on": False}, {"national_code": False}):
            with self.subTest(vals), self.assertRaises(ValidationError):
                case.write(vals)

    def test_closed_case_cannot_lose_its_reason(self):
        case = self._create_case(close_reason="Same as another case")
        case.action_close()
        with self.assertRaises(ValidationError):
            case.close_reason = False

    def test_each_step_is_taken_once(self):
        case = self._create_case(close_reason="Same as another case")
        case.action_confirm()
        with self.assertRaisesRegex(UserError, "Reload"):
            case.action_confirm()
        with self.assertRaises(UserError):
            case.action_reopen()
        case.action_close()
        for act in (case.action_close, case.action_report, case.action_confirm):
            with self.assertRaises(UserError):
                act()
        case.action_reopen()
        self.assertEqual(case.state, "to_report")

    def test_supplement_of_a_supplement_belongs_to_the_first_case(self):
        case = self._create_case(submitted_on=date(2026, 3, 2), national_code="N-1", outcome="not_better")
        case.action_report()
        cases = self.env["cosmetics.adverse.reaction"]
        second = cases.browse(case.action_supplement()["res_id"]).with_user(self.nurse)
        third = cases.browse(second.action_supplement()["res_id"])
        self.assertEqual(case.follow_up_ids, second + third)
        self.assertEqual((third.submitted_on, third.national_code, third.state), (False, False, "draft"))
        self.assertEqual(case.state, "reported")

    def test_supplement_keeps_what_the_first_case_said_of_the_product(self):
        case = self._create_case()
        before = case.registration_no
        self.cream.registration_no = "陕G妆网备字2021000009"
        supplement = case.browse(case.action_supplement()["res_id"])
        self.assertEqual((supplement.registration_no, supplement.lot_name), (before, "NEAR"))

    def test_supplement_takes_no_photos_with_it(self):
        photo = self.env["ir.attachment"].with_user(self.nurse).create({"name": "face.png", "raw": b"x"})
        case = self._create_case(photo_ids=[Command.link(photo.id)])
        self.assertFalse(case.browse(case.action_supplement()["res_id"]).photo_ids)

    def test_first_case_with_supplements_is_not_deleted(self):
        case = self._create_case(user=self.quality, aware_on=self.today - timedelta(days=4000))
        case.action_supplement()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            case.unlink()
        self.assertTrue(case.exists())

    def test_cluster_leaves_out_supplements_other_products_and_other_companies(self):
        case = self._create_case()
        case.action_supplement()
        self._create_case(product_id=self.product.id, lot_id=False, lot_name="NEAR")
        company = self.env["res.company"].create({"name": "Second Company"})
        self.env["cosmetics.adverse.reaction"].create({"product_id": self.cream.id, "lot_name": "NEAR", "company_id": company.id})
        case.invalidate_recordset()
        self.assertEqual((case.same_lot_count, case.same_product_count), (0, 0))

    def test_typed_batch_counts_with_the_chosen_one_across_shops(self):
        self._create_case(user=self.quality, lot_id=False, lot_name="NEAR", store_id=self.other_store.id)
        self._create_case(user=self.quality, store_id=self.store.id)
        case = self._create_case()
        self.assertEqual(case.same_lot_count, 2)
        self.assertEqual(case.search_count([]), 1)  # the number is known, the cases of other shops stay closed

    def test_keeper_of_cases_holds_the_batch_once_and_does_not_release_it(self):
        case = self._create_case()
        case.action_quarantine_lot()
        self.assertEqual(self.near.quality_state, "quarantine")
        self.assertEqual(self.near.with_user(self.colleague)._get_sale_obstacle(), {self.near: "quarantine"})
        case.action_quarantine_lot()
        self.assertEqual(
            self.env["cosmetics.shelf.life.log"].search_count([("lot_res_id", "=", self.near.id), ("kind", "=", "quality")]), 1
        )
        with self.assertRaises(AccessError):
            self.near.with_user(self.nurse)._set_quality_state("released", "All well")

    def test_case_without_a_batch_opens_no_recall(self):
        with self.assertRaisesRegex(UserError, "Choose the batch first"):
            self._create_case(lot_id=False).action_open_recall()

    def test_who_sees_cases_but_is_not_quality_makes_no_recall(self):
        context = self._create_case().action_open_recall()["context"]
        with self.assertRaises(AccessError):
            self.env["cosmetics.recall"].with_user(self.nurse).with_context(**context).create({})

    def test_same_symptom_is_listed_once(self):
        symptoms = self.env["cosmetics.adverse.reaction.symptom"].with_user(self.quality)
        symptoms.create({"name": "Blisters of a test"})
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.env.cr.savepoint():
            symptoms.create({"name": "Blisters of a test"})
        with self.assertRaises(AccessError):
            symptoms.with_user(self.nurse).create({"name": "Another word"})

    def test_print_out_of_a_supplement_says_what_it_supplements(self):
        case = self._create_case(outcome="cured", causality="possible", description="Red cheeks after two days")
        supplement = case.browse(case.action_supplement()["res_id"])
        report = self.env["ir.actions.report"].with_user(self.nurse).with_context(lang="en_US")
        html = report._render_qweb_html("cosmetics_inventory.report_adverse_reaction", supplement.ids)[0].decode()
        for words in ("Supplementary Report", case.name, supplement.name, "Cured", "Possible", "Red cheeks", self.env.company.name):
            self.assertIn(words, html)
        self.assertNotIn("Supplementary", report._render_qweb_html("cosmetics_inventory.report_adverse_reaction", case.ids)[0].decode())


@tagged("post_install", "-at_install")
class TestWatchReactionReminders(ReactionCommon):
    def _remind(self, moment):
        """Run the daily job at a moment."""
        with freeze_time(moment):
            self.env["cosmetics.adverse.reaction"]._cron_remind()

    def _activities(self, case):
        return case.sudo().activity_ids.filtered(lambda activity: activity.activity_type_id == self.env.ref(ACTIVITY))

    def test_each_kind_is_told_three_days_before_its_day(self):
        for kind, quiet, soon in (("general", "2026-03-28", "2026-03-29"), ("serious", "2026-03-13", "2026-03-14")):
            with self.subTest(kind):
                case = self._create_case(kind=kind)
                self._remind(f"{quiet} 02:00:00")
                self.assertFalse(case.reminder_stage)
                self._remind(f"{soon} 02:00:00")
                self.assertEqual((case.reminder_stage, self._activities(case).date_deadline), ("soon", case.due_on))

    def test_new_reminder_takes_the_place_of_the_one_before(self):
        case = self._create_case(kind="social")
        for moment in ("2026-03-02 03:00:00", "2026-03-05 02:00:00"):
            self._remind(moment)
            self.assertEqual(self._activities(case).user_id, self.nurse)
            self.assertEqual(len(self._activities(case)), 1)

    def test_late_case_is_told_to_each_quality_manager_once(self):
        self.quality.lang, case = "en_US", self._create_case(kind="social")
        self._remind("2026-03-06 02:00:00")
        self._remind("2026-03-07 02:00:00")
        told = self._activities(case).mapped("user_id.login")
        self.assertEqual(len(told), len(set(told)))
        self.assertIn(self.quality.login, told)
        self.assertIn("overdue", self._activities(case).filtered(lambda activity: activity.user_id == self.quality).summary)

    def test_case_of_somebody_who_left_goes_to_quality_at_once(self):
        case = self._create_case()
        self.nurse.active = False
        self._remind("2026-03-29 02:00:00")
        self.assertEqual(case.reminder_stage, "soon")
        self.assertIn(self.quality, self._activities(case).user_id)
        self.assertNotIn(self.nurse, self._activities(case).user_id)

    def test_quality_manager_of_another_company_hears_of_no_case(self):
        company = self.env["res.company"].create({"name": "Second Company"})
        stranger = self._create_user(
            "test_watch_stranger",
            "cosmetics_inventory.group_quality_manager",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )
        case = self._create_case(kind="social")
        self._remind("2026-03-06 02:00:00")
        self.assertNotIn(stranger, self._activities(case).user_id)
        with self.assertRaises(AccessError):
            case.with_user(stranger).read(["patient_phone"])

    def test_closing_ends_the_reminders_of_everybody(self):
        case = self._create_case(kind="social")
        self._remind("2026-03-06 02:00:00")
        self.assertGreater(len(self._activities(case)), 1)
        case.close_reason = "Same as another case"
        case.action_close()
        self.assertFalse(self._activities(case))

    def test_reopened_case_is_reminded_of_again(self):
        case = self._create_case(kind="social", close_reason="Same as another case")
        self._remind("2026-03-06 02:00:00")
        case.action_close()
        case.action_reopen()
        self._remind("2026-03-08 02:00:00")
        self.assertEqual(case.reminder_stage, "overdue")
        self.assertTrue(self._activities(case))

    def test_reminder_is_written_in_the_language_of_its_reader(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.nurse.lang, case = "zh_CN", self._create_case(kind="social")
        with freeze_time("2026-03-05 02:00:00"):
            chinese = case.with_context(lang="zh_CN")._get_reminder("due")
            self.env["cosmetics.adverse.reaction"]._cron_remind()
        self.assertEqual(self._activities(case).summary, chinese)
        self.assertIn(case.name, chinese)


@tagged("post_install", "-at_install")
class TestWatchReactionRights(ReactionCommon):
    def test_employee_without_rights_is_refused_at_every_button(self):
        case = self._create_case(close_reason="Same as another case")
        for user in (self.shop_user, self.manager):
            for name in (
                "action_confirm",
                "action_report",
                "action_close",
                "action_supplement",
                "action_quarantine_lot",
                "action_open_recall",
                "action_view_same_lot",
            ):
                with self.subTest(user=user.login, button=name), self.assertRaises(AccessError):
                    getattr(case.with_user(user), name)()
        self.assertEqual((case.state, self.near.quality_state), ("draft", "released"))

    def test_patient_is_exported_sorted_and_grouped_by_nobody_else(self):
        case = self._create_case()
        cases = case.with_user(self.manager)
        exporter = self._create_user("test_watch_exporter", "base.group_allow_export", "cosmetics_inventory.group_warehouse_manager")
        for act in (
            lambda: cases.with_user(exporter).export_data(["patient_phone"]),
            lambda: cases.search([], order="patient_initials"),
            lambda: cases.formatted_read_group([], ["kind"], ["patient_age:sum"]),
            lambda: self.env["stock.lot"].with_user(self.manager).search([("adverse_reaction_count", ">", 0)]),
        ):
            with self.assertRaises(AccessError):
                act()

    def test_messages_of_a_case_are_closed_with_it(self):
        case = self._create_case()
        message = case.message_post(body="She is called Wang Li")
        with self.assertRaises(AccessError):
            message.with_user(self.manager).read(["body"])
        self.assertFalse(self.env["mail.message"].with_user(self.manager).search([("id", "=", message.id)]))

    def test_photo_is_closed_to_case_workers_of_another_shop(self):
        photo = self.env["ir.attachment"].with_user(self.quality).create({"name": "face.png", "raw": b"x"})
        self._create_case(user=self.quality, store_id=self.other_store.id, photo_ids=[Command.link(photo.id)])
        with self.assertRaises(AccessError):
            photo.with_user(self.nurse).read(["raw"])
        self.assertFalse(photo.public)

    def test_photo_goes_with_the_case(self):
        photo = self.env["ir.attachment"].with_user(self.quality).create({"name": "face.png", "raw": b"x"})
        case = self._create_case(user=self.quality, aware_on=self.today - timedelta(days=4000), photo_ids=[Command.link(photo.id)])
        case.unlink()
        self.assertFalse(photo.exists())

    def test_case_worker_sees_the_cases_of_the_own_shop(self):
        self.nurse.store_ids = [Command.set(self.store.ids)]
        mine = self._create_case(user=self.quality, store_id=self.store.id)
        theirs = self._create_case(user=self.quality, store_id=self.other_store.id)
        found = mine.with_user(self.nurse).search([("id", "in", (mine + theirs).ids)])
        self.assertEqual(found, mine)
        with self.assertRaises(AccessError):
            theirs.with_user(self.nurse).action_close()

    def test_case_is_not_handed_to_somebody_without_the_right(self):
        case = self._create_case()
        with self.assertRaisesRegex(ValidationError, "may not see adverse reaction cases"):
            case.user_id = self.manager
        case.user_id = self.quality
        self.assertEqual(case.user_id, self.quality)

    def test_batch_counts_cases_without_supplements_and_opens_them(self):
        case = self._create_case()
        case.action_supplement()
        lot = self.near.with_user(self.nurse)
        self.assertEqual(lot.adverse_reaction_count, 1)
        action = lot.action_view_adverse_reactions()
        self.assertIn(case, case.search(action["domain"]))
        new = case.with_context(**action["context"]).create({})
        self.assertEqual((new.product_id, new.lot_id), (self.cream, self.near))
