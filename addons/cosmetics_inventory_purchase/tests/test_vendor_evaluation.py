"""What is known of a vendor, and what becomes of it."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_evaluation import FIRST, EvaluationCommon


@tagged("post_install", "-at_install")
class TestVendorFacts(EvaluationCommon):
    def test_goods_that_come_late_or_not_at_all_count(self):
        punctual = self._buy("2026-01-05", "2026-01-15")
        self._receive(punctual, "2026-01-15", 6)
        self._receive(punctual, "2026-01-16", 2)
        facts = self._facts()
        self.assertAlmostEqual(facts["on_time"], 0.6)
        self.assertAlmostEqual(facts["quantity"], 0.8)

    def test_more_than_ordered_makes_up_for_nothing(self):
        self._receive(self._buy("2026-01-05", "2026-01-15"), "2026-01-10", 15)
        self._buy("2026-01-05", "2026-01-20")
        self.assertAlmostEqual(self._facts()["quantity"], 0.5)

    def test_the_quarter_begins_and_ends_at_midnight_in_china(self):
        order = self._buy("2026-01-05", "2026-01-15")
        for moment, is_in in (
            ("2025-12-31 15:59:59", False),
            ("2025-12-31 16:00:00", True),
            ("2026-03-31 15:59:59", True),
            ("2026-03-31 16:00:00", False),
        ):
            order.order_line.date_planned = moment
            self.assertEqual("on_time" in self._facts(), is_in, moment)

    def test_a_receipt_after_midnight_in_china_is_a_day_late(self):
        order = self._buy("2026-01-05", "2026-01-15")
        picking = self._receive(order, "2026-01-15")
        picking.move_line_ids.sudo().date = "2026-01-15 16:00:01"
        self.assertEqual(self._facts()["on_time"], 0)

    def test_remaining_life_is_that_at_receipt(self):
        self._receive(self._buy("2026-01-05", "2026-01-15"), "2026-01-15", expiration_on="2027-07-15")
        facts = self._facts()
        record = self.env["cosmetics.inspection.record"].search([("product_id", "=", self.product.id)])
        self.assertAlmostEqual(facts["life"], (date(2027, 7, 15) - date(2026, 1, 15)).days / record.life_days, 4)

    def test_a_batch_counts_as_passed_once_its_record_is_complete(self):
        self._receive(self._buy("2026-01-05", "2026-01-15"), "2026-01-15")
        self.assertEqual(self._facts()["quality"], 0, "the address of the vendor is missing")
        record = self.env["cosmetics.inspection.record"].search([("product_id", "=", self.product.id)])
        quality = self._create_user("test_evaluation_quality", "cosmetics_inventory.group_quality_manager")
        record.with_user(quality).write({"supplier_address": "1 Gaoxin Road", "supplier_contact": "029-88880000"})
        self.assertEqual(record.state, "done", record.missing)
        self.assertEqual(self._facts()["quality"], 1)

    def test_prices_are_compared_product_by_product_with_the_year_before(self):
        self._buy("2025-06-01", "2025-06-10", 10, 20)
        self._buy("2025-07-01", "2025-07-10", 30, 24)
        self._buy("2026-01-05", "2026-01-15", 5, 25.3)
        self.assertAlmostEqual(self._facts()["price"], 0.1)

    def test_without_a_price_before_there_is_no_trend(self):
        self._buy("2026-01-05", "2026-01-15")
        self.assertNotIn("price", self._facts())

    def test_the_answer_is_measured_from_the_order(self):
        order = self._buy("2026-01-05", "2026-01-15")
        self.assertNotIn("answer", self._facts())
        with freeze_time("2026-01-06 10:00:00"):
            order.action_vendor_answer()
        self.assertAlmostEqual(self._facts()["answer"], 30)

    def test_what_contacts_of_a_vendor_deliver_is_that_of_the_vendor(self):
        order = self._buy("2026-01-05", "2026-01-15")
        order.sudo().partner_id = self.env["res.partner"].create({"name": "Depot", "parent_id": self.vendor.id})
        self.assertIn("on_time", self._facts())

    def test_another_company_is_another_matter(self):
        self._buy("2026-01-05", "2026-01-15")
        other = self.env["res.company"].create({"name": "Other Trading"})
        self.assertFalse(self.evaluations._get_facts(other, FIRST, date(2026, 4, 1)))


@tagged("post_install", "-at_install")
@freeze_time("2026-04-02 04:00:00")
class TestVendorEvaluation(EvaluationCommon):
    def test_an_evaluation_keeps_its_facts_and_their_points(self):
        order = self._buy("2026-01-05", "2026-01-15")
        self._receive(order, "2026-01-15", 8)
        evaluation = self._evaluate()
        lines = {line.kind: line for line in evaluation.line_ids}
        self.assertEqual((lines["on_time"].points, lines["on_time"].fact_text), (80, "80.0%"))
        self.assertEqual(lines["on_time"].weight, 25)
        self.assertNotIn("answer", lines, "what is not known takes no part")
        self._receive(order, "2026-01-16", 2)
        self.assertEqual(lines["quantity"].points, 80)
        evaluation.action_refresh()
        self.assertEqual({line.kind: line.points for line in evaluation.line_ids}["quantity"], 100)

    def test_the_judgement_of_the_buyer_counts_by_its_weight(self):
        self._buy("2026-01-05", "2026-01-15")
        evaluation = self._evaluate(manual_score="100")
        # on time 0 (25), quantity 0 (15), judgement 100 (10)
        self.assertEqual((evaluation.score, evaluation.grade), (20, "D"))
        evaluation.manual_score = False
        self.assertEqual(evaluation.score, 0)
        self.assertEqual(evaluation.display_name, "Test Vendor 2026-Q1")

    def test_the_limits_of_the_grades_are_the_companys(self):
        evaluation = self._evaluate(manual_score="80")
        self.assertEqual(evaluation.grade, "B")
        self.env.company.grade_a_from = 80
        evaluation.action_refresh()
        self.assertEqual(evaluation.grade, "A")
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env.company.grade_c_from = 95

    def test_weights_are_changed_by_managers_of_purchasing(self):
        criterion = self.env.ref("cosmetics_inventory_purchase.vendor_criterion_manual")
        with self.assertRaises(AccessError):
            criterion.with_user(self.buyer).weight = 0
        criterion.with_user(self.chief).weight = 0
        self.assertFalse(self._evaluate(manual_score="100").grade)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
            criterion.weight = -1

    def test_managers_confirm_and_a_confirmed_evaluation_stays(self):
        evaluation = self._evaluate(manual_score="80")
        with self.assertRaises(AccessError):
            evaluation.action_confirm()
        evaluation.with_user(self.chief).action_confirm()
        self.assertEqual((evaluation.state, evaluation.confirmed_by_id), ("done", self.chief))
        for change in (
            lambda: evaluation.write({"manual_score": "100"}),
            lambda: evaluation.action_refresh(),
            lambda: evaluation.with_user(self.chief).action_confirm(),
            lambda: evaluation.with_user(self.chief).unlink(),
        ):
            with self.assertRaisesRegex(UserError, "is confirmed"), self.cr.savepoint():
                change()

    def test_nothing_known_is_no_grade(self):
        evaluation = self._evaluate()
        self.assertFalse(evaluation.grade)
        with self.assertRaisesRegex(UserError, "enter a judgement"):
            evaluation.with_user(self.chief).action_confirm()

    def test_no_way_over_rpc_writes_points(self):
        evaluation = self._evaluate(manual_score="30", score=100, grade="A", state="done")
        self.assertEqual((evaluation.state, evaluation.grade), ("draft", "D"))
        for vals in ({"score": 100}, {"grade": "A"}, {"state": "done"}, {"line_ids": [(5, 0, 0)]}, {"confirmed_by_id": self.buyer.id}):
            with self.assertRaises(AccessError):
                evaluation.write(vals)
        with self.assertRaises(AccessError):
            evaluation.line_ids.with_user(self.buyer).points = 100

    def test_the_job_drafts_the_last_quarter_once(self):
        self._buy("2026-01-05", "2026-01-15")
        self.evaluations._cron_evaluate()
        self.evaluations._cron_evaluate()
        [draft] = self.evaluations.search([("partner_id", "=", self.vendor.id)])
        self.assertEqual((draft.starts_on, draft.ends_on, draft.state), (FIRST, date(2026, 3, 31), "draft"))

    def test_the_last_quarter_is_that_of_china(self):
        for moment, first in (
            ("2026-03-31 15:59:59", date(2025, 10, 1)),
            ("2026-03-31 16:00:00", FIRST),
            ("2026-12-31 00:00:00", date(2026, 7, 1)),
        ):
            with freeze_time(moment):
                self.assertEqual(self.evaluations._get_last_quarter(), first)

    def test_a_quarter_begins_on_its_first_day_and_is_evaluated_once(self):
        self._evaluate(manual_score="80")
        for vals in ({}, {"starts_on": "2026-02-01"}, {"starts_on": "2026-04-02"}):
            with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError), self.cr.savepoint():
                self._evaluate(**vals)

    def test_keepers_and_shops_read_no_evaluation(self):
        evaluation = self._evaluate(manual_score="80")
        for user in (self.clerk, self.manager, self._create_user("test_grade_keeper", "cosmetics_inventory.group_warehouse_keeper")):
            with self.assertRaises(AccessError):
                evaluation.with_user(user).read(["score"])

    def test_the_form_works_the_score_out_for_the_buyer(self):
        with Form(self.evaluations.with_user(self.buyer)) as form:
            form.partner_id, form.manual_score = self.vendor, "60"
        self.assertEqual((form.record.starts_on, form.record.grade), (FIRST, "C"))
        self.assertEqual(form.record.line_ids.fact_text, "Fair")
