"""Cases of adverse reactions: in time, kept, and closed to everybody else."""

from base64 import b64encode
from datetime import date, timedelta

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common_watch import WatchCommon


class ReactionCommon(WatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nurse = cls._create_user("test_nurse", "cosmetics_inventory.group_adverse_reaction", "stock.group_stock_user", name="Nurse")
        cls.near = cls._stock_lot("NEAR", 100, 10)

    def _create_case(self, user=None, **vals):
        """Return a case taken down by somebody who may see cases."""
        values = {"product_id": self.cream.id, "lot_id": self.near.id, "patient_initials": "W.L.", "patient_phone": "13800000000", **vals}
        return self.env["cosmetics.adverse.reaction"].with_user(user or self.nurse).create(values)


@tagged("post_install", "-at_install")
class TestCosmeticsAdverseReaction(ReactionCommon):
    def test_case_gets_a_number_and_its_deadline(self):
        cases = self._create_case() + self._create_case(kind="serious") + self._create_case(kind="social")
        self.assertRegex(cases[0].name, r"^BF2026-\d{4}$")
        self.assertEqual(len(set(cases.mapped("name"))), 3)
        self.assertEqual(cases.mapped("due_on"), [date(2026, 4, 1), date(2026, 3, 17), date(2026, 3, 5)])

    def test_day_of_knowing_is_the_day_of_china(self):
        with freeze_time("2026-03-02 16:30:00"):
            self.assertEqual(self._create_case().aware_on, date(2026, 3, 3))

    def test_product_and_batch_are_kept_as_they_were(self):
        case = self._create_case()
        before = (case.product_name, case.registration_no, case.lot_name, case.expiration_on)
        self.assertEqual(before[1:], (self.cream.registration_no, "NEAR", self.near.expiration_on))
        self.cream.name = "Renamed"
        self.cream.registration_no = "陕G妆网备字2021000009"
        self.assertEqual((case.product_name, case.registration_no, case.lot_name, case.expiration_on), before)

    def test_batch_the_shop_never_had_is_typed(self):
        case = self._create_case(lot_id=False, lot_name="FOREIGN-1")
        self.assertEqual((case.lot_name, case.expiration_on), ("FOREIGN-1", False))
        with self.assertRaises(UserError):
            case.action_quarantine_lot()
        with self.assertRaises(ValidationError):
            self._create_case(lot_id=self.lot.id)  # a batch of another product

    def test_report_needs_day_and_number(self):
        case = self._create_case()
        case.action_confirm()
        with self.assertRaises(ValidationError):
            case.action_report()
        case.write({"submitted_on": date(2026, 3, 2), "national_code": "N-1"})
        case.action_report()
        case.action_close()
        self.assertEqual(case.state, "closed")
        case.action_reopen()
        self.assertEqual(case.state, "reported")
        with self.assertRaises(UserError):
            case.action_confirm()

    def test_case_without_report_ends_with_a_reason_only(self):
        case = self._create_case()
        with self.assertRaises(ValidationError):
            case.action_close()
        case.close_reason = "Same as another case"
        case.action_close()
        self.assertEqual(case.state, "closed")

    def test_wrong_dates_and_ages_are_refused(self):
        for vals in (
            {"aware_on": date(2026, 3, 3)},
            {"submitted_on": date(2026, 3, 3)},
            {"aware_on": date(2026, 3, 1), "submitted_on": date(2026, 2, 28)},
            {"use_start_on": date(2026, 2, 2), "use_stop_on": date(2026, 2, 1)},
            {"patient_age": 131},
        ):
            with self.subTest(vals), self.assertRaises(ValidationError):
                self._create_case(**vals)

    def test_case_is_kept_three_years_from_the_report(self):
        case = self._create_case(user=self.quality, submitted_on=date(2026, 3, 2))
        self.assertEqual(case.keep_until, date(2029, 3, 2))
        with self.assertRaises(UserError):
            case.unlink()
        with freeze_time("2029-03-02 15:00:00"), self.assertRaises(UserError):
            case.unlink()
        with freeze_time("2029-03-03 02:00:00"):
            case.unlink()
        self.assertFalse(case.exists())

    def test_supplement_has_its_own_number_and_deadline(self):
        case = self._create_case()
        with freeze_time("2026-04-20 02:00:00"):
            action = case.action_supplement()
        supplement = self.env["cosmetics.adverse.reaction"].browse(action["res_id"])
        self.assertEqual((supplement.follow_up_of_id, supplement.due_on, supplement.state), (case, date(2026, 5, 20), "draft"))
        self.assertNotEqual(supplement.name, case.name)
        self.assertEqual((supplement.lot_id, case.same_lot_count), (self.near, 0))

    def test_other_cases_of_the_batch_are_counted_across_shops(self):
        self._create_case(user=self.quality, store_id=self.other_store.id)
        self._create_case(user=self.quality, lot_id=False, lot_name="OTHER")
        case = self._create_case()
        self.assertEqual((case.same_lot_count, case.same_product_count), (1, 2))

    def test_batch_is_held_from_the_case(self):
        case = self._create_case(user=self.quality)
        case.action_quarantine_lot()
        self.assertEqual(self.near.quality_state, "quarantine")
        self.assertTrue(
            self.env["cosmetics.shelf.life.log"].search_count([("lot_res_id", "=", self.near.id), ("reason", "like", case.name)])
        )

    def test_recall_form_opens_filled_in_without_the_patient(self):
        case = self._create_case(user=self.quality, reporter="Wang Li")
        context = case.action_open_recall()["context"]
        recall = self.env["cosmetics.recall"].with_user(self.quality).with_context(**context).create({})
        self.assertEqual((recall.recall_lot_ids.lot_id, recall.state), (self.near, "draft"))
        self.assertNotIn("W.L.", str(context) + recall.reason)

    def test_print_out_holds_what_the_authority_asks(self):
        case = self._create_case(
            symptom_ids=[Command.link(self.env.ref("cosmetics_inventory.symptom_itching").id)], hospital="First Hospital"
        )
        report = self.env["ir.actions.report"].with_user(self.nurse)
        html = report._render_qweb_html("cosmetics_inventory.report_adverse_reaction", case.ids)[0].decode()
        for words in (case.name, "W.L.", "NEAR", "First Hospital", self.cream.registration_no):
            self.assertIn(words, html)


@tagged("post_install", "-at_install")
class TestAdverseReactionReminder(ReactionCommon):
    def _remind(self, moment):
        """Run the daily job; return who has an activity on the case."""
        with freeze_time(moment):
            self.env["cosmetics.adverse.reaction"]._cron_remind()

    def _told(self, case):
        return case.sudo().activity_ids.user_id

    def test_reminders_come_before_on_and_after_the_last_day(self):
        case = self._create_case()  # due on 1 April
        self._remind("2026-03-28 02:00:00")
        self.assertFalse(self._told(case))
        self._remind("2026-03-28 16:30:00")  # the 29th in China
        self.assertEqual((self._told(case), case.reminder_stage), (self.nurse, "soon"))
        self._remind("2026-04-01 02:00:00")
        self.assertEqual((self._told(case), case.reminder_stage), (self.nurse, "due"))
        self._remind("2026-04-01 16:30:00")
        self.assertEqual(case.reminder_stage, "overdue")
        self.assertLessEqual(self.nurse + self.quality, self._told(case))

    def test_second_run_of_a_day_reminds_of_nothing(self):
        case = self._create_case(kind="social")
        self._remind("2026-03-02 02:00:00")
        activity = case.sudo().activity_ids
        self.assertEqual(len(activity), 1)
        self._remind("2026-03-02 12:00:00")
        self.assertEqual(case.sudo().activity_ids, activity)

    def test_graver_type_reminds_anew(self):
        case = self._create_case()
        self._remind("2026-03-30 02:00:00")
        case.kind = "serious"
        self.assertFalse(case.reminder_stage)
        self._remind("2026-03-30 03:00:00")
        self.assertEqual(case.reminder_stage, "overdue")

    def test_reported_case_is_quiet_and_text_names_no_patient(self):
        case = self._create_case(kind="social")
        self._remind("2026-03-04 02:00:00")
        activity = case.sudo().activity_ids
        self.assertNotIn("W.L.", f"{activity.summary} {activity.note}")
        case.write({"submitted_on": date(2026, 3, 2), "national_code": "N-1"})
        case.action_report()
        self.assertFalse(case.sudo().activity_ids)
        self._remind("2026-03-20 02:00:00")
        self.assertFalse(case.sudo().activity_ids)


@tagged("post_install", "-at_install")
class TestAdverseReactionPrivacy(ReactionCommon):
    def test_nobody_else_reads_a_patient_in_any_way(self):
        case = self._create_case()
        for user in (self.keeper, self.manager, self.shop_user):
            cases = self.env["cosmetics.adverse.reaction"].with_user(user)
            with self.subTest(user.login):
                for act in (
                    lambda cases=cases: cases.browse(case.id).read(["patient_phone"]),
                    lambda cases=cases: cases.search([("patient_phone", "=", "13800000000")]),
                    lambda cases=cases: cases.search_count([]),
                    lambda cases=cases: cases.formatted_read_group([], ["patient_initials"], ["__count"]),
                    lambda cases=cases: cases._read_group([], ["patient_phone"], ["__count"]),
                    lambda cases=cases: cases.name_search("BF"),
                    lambda cases=cases: cases.create({"product_id": self.cream.id}),
                ):
                    with self.assertRaises(AccessError):
                        act()

    def test_batch_shows_its_cases_only_to_those_who_may(self):
        self._create_case()
        self.assertEqual(self.near.with_user(self.nurse).adverse_reaction_count, 1)
        with self.assertRaises(AccessError):
            self.near.with_user(self.keeper).read(["adverse_reaction_count"])
        self.assertNotIn("adverse_reaction_count", self.near.with_user(self.keeper).fields_get())

    def test_cases_of_another_shop_are_out_of_sight_except_the_own(self):
        other = self._create_case(user=self.quality, store_id=self.other_store.id)
        found = self.env["cosmetics.adverse.reaction"].with_user(self.nurse).search([("id", "=", other.id)])
        self.assertFalse(found)
        other.user_id = self.nurse
        self.assertEqual(self.env["cosmetics.adverse.reaction"].with_user(self.nurse).search([("id", "=", other.id)]), other)

    def test_only_who_may_see_cases_is_responsible(self):
        with self.assertRaises(ValidationError):
            self._create_case(user_id=self.keeper.id)

    def test_photo_follows_the_case_and_is_not_taken_from_elsewhere(self):
        photo = self.env["ir.attachment"].with_user(self.nurse).create({"name": "face.png", "raw": b"x"})
        case = self._create_case(photo_ids=[Command.link(photo.id)])
        self.assertEqual((photo.res_model, photo.res_id), (case._name, case.id))
        self.assertEqual(case.with_user(self.quality).photo_ids.raw, b"x")
        with self.assertRaises(AccessError):
            photo.with_user(self.keeper).read(["raw"])
        secret = self.env["ir.attachment"].create(
            {"name": "secret", "datas": b64encode(b"s"), "res_model": "res.users", "res_id": self.env.uid}
        )
        with self.assertRaises(ValidationError):
            case.photo_ids = [Command.link(secret.id)]

    def test_clerk_of_the_group_deletes_nothing(self):
        case = self._create_case(aware_on=self.today - timedelta(days=4000))
        with self.assertRaises(AccessError):
            case.unlink()
        case.with_user(self.quality).unlink()
        self.assertFalse(case.exists())
