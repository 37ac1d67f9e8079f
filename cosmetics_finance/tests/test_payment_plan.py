"""Payment plans: proposed by one, approved by another, paid once, never otherwise than approved."""

import base64
import csv
import io
from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation, UniqueViolation

from ..tools.payment_plan import Transfer, choose, write_csv
from .common_due import DueCommon


class PlanCommon(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.owner = cls._create_user("plan_owner", "cosmetics_finance.group_payment_approver", **companies)
        cls.bank = cls._create_account(cls.other, "6222 0200 1234 5678 001")
        cls._enter("2026-01-05", ("1002", 1000), ("3001", -1000))

    @classmethod
    def _create_account(cls, partner, number):
        # Core lets only a person with that right trust an account.
        account = cls.env["res.partner.bank"].create({"acc_number": number, "partner_id": partner.id, "allow_out_payment": True})
        return account.with_env(cls.books)

    def _bill(self, amount=300, due="2026-05-10", **vals):
        return self._create_invoice("2026-04-01", amount, due=due, move_type="in_invoice", **vals)

    def _create_plan(self, **vals):
        plan = self.books["cosmetics.payment.plan"].create({"journal_id": self.bank_journal.id, "due_until": "2026-05-31", **vals})
        plan.action_propose()
        return plan

    def _approve(self, plan, user=None):
        plan.action_submit()
        plan.with_user(user or self.owner).action_approve()
        return plan


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestPaymentPlan(PlanCommon):
    # ------------------------------------------------------------------ proposal
    def test_what_is_due_is_proposed_with_the_account_of_the_vendor(self):
        bill = self._bill()
        self._bill(due="2026-06-10")
        plan = self._create_plan()
        self.assertEqual(plan.line_ids.move_id, bill)
        self.assertEqual((plan.amount, plan.line_ids.bank_account_id, plan.line_ids.due_on), (300, self.bank, date(2026, 5, 10)))

    def test_no_more_is_proposed_than_there_is(self):
        self.assertEqual(self._create_plan().cash, 1000)
        for amount in (700, 400, 200):
            self._bill(amount)
        self.assertEqual(self._create_plan().amount, 900)
        self.assertEqual(sorted(self._create_plan(is_within_cash=False).line_ids.mapped("amount")), [400])

    def test_a_bill_stands_in_one_plan_only(self):
        bill = self._bill()
        plan = self._create_plan()
        second = self._create_plan()
        self.assertFalse(second.line_ids)
        item = bill.line_ids.filtered("date_maturity")
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.cr.savepoint():
            second.line_ids = [Command.create({"move_line_id": item.id, "amount": 10})]
        plan.action_cancel()
        second.action_propose()
        self.assertEqual(second.line_ids.move_id, bill)

    def test_disputed_bills_and_foreign_ones_are_not_proposed(self):
        self._bill(is_disputed=True, dispute_reason="Goods were short")
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self._bill(currency_id=dollar.id)
        self.assertFalse(self._create_plan().line_ids)

    def test_a_credit_note_is_not_paid(self):
        self._create_invoice("2026-04-01", 50, move_type="in_refund")
        self.assertFalse(self._create_plan().line_ids)

    # ------------------------------------------------------------------ payment
    def test_bills_of_a_vendor_are_paid_by_one_transfer(self):
        bills = self._bill(300) | self._bill(200)
        plan = self._approve(self._create_plan())
        plan.action_pay()
        self.assertEqual((plan.state, bills.mapped("amount_residual"), len(plan.line_ids.payment_id)), ("done", [0, 0], 1))
        self.assertEqual((plan.line_ids.payment_id.amount, plan.line_ids.payment_id.partner_bank_id), (500, self.bank))

    def test_a_part_of_a_bill_leaves_the_rest_open(self):
        bill = self._bill(300)
        plan = self._create_plan()
        plan.line_ids.amount = 120
        self._approve(plan).action_pay()
        self.assertEqual((bill.amount_residual, plan.line_ids.payment_id.amount), (180, 120))

    def test_each_vendor_gets_its_own_transfer(self):
        vendor = self.env["res.partner"].create({"name": "Second Supplier", "company_id": self.company.id})
        account = self._create_account(vendor, "6222 9")
        self._bill(300)
        self._bill(200, partner=vendor)
        plan = self._approve(self._create_plan())
        plan.action_pay()
        found = sorted((payment.partner_id.name, payment.amount, payment.partner_bank_id) for payment in plan.line_ids.payment_id)
        self.assertEqual(found, [("Second Supplier", 200, account), ("Test Supplier", 300, self.bank)])

    def test_a_plan_is_paid_once(self):
        self._bill()
        plan = self._approve(self._create_plan())
        plan.action_pay()
        with self.assertRaisesRegex(UserError, "this needs"):
            plan.action_pay()

    def test_without_approval_nothing_is_paid_or_exported(self):
        self._bill()
        plan = self._create_plan()
        plan.action_submit()
        for act in (plan.action_pay, plan.action_export, plan.action_export_xlsx):
            with self.assertRaisesRegex(UserError, "this needs"):
                act()

    def test_a_bill_that_was_paid_meanwhile_is_not_paid_again(self):
        bill = self._bill()
        plan = self._approve(self._create_plan())
        self._pay(bill, 300, "2026-05-19")
        with self.assertRaisesRegex(UserError, "less is owed"):
            plan.action_pay()

    def test_a_line_pays_no_more_than_is_owed_to_an_account_that_is_known(self):
        self._bill()
        plan = self._create_plan()
        plan.line_ids.amount = 300.01
        with self.assertRaisesRegex(UserError, "less is owed"):
            plan.action_submit()
        plan.line_ids.write({"amount": 300, "bank_account_id": False})
        with self.assertRaisesRegex(UserError, "enter the bank account"):
            plan.action_submit()

    def test_money_never_goes_to_the_account_of_somebody_else(self):
        self._bill()
        plan = self._create_plan()
        stranger = self._create_account(self.partner, "6222 7")
        with self.assertRaisesRegex(UserError, "belongs to Test Customer"):
            plan.line_ids.bank_account_id = stranger

    def test_an_empty_plan_is_not_submitted_and_a_line_pays_something(self):
        plan = self._create_plan()
        with self.assertRaisesRegex(UserError, "pays nothing yet"):
            plan.action_submit()
        self._bill()
        plan.action_propose()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
            plan.line_ids.amount = 0

    # ------------------------------------------------------------------ file of the bank
    def test_the_file_has_the_transfers_and_their_total(self):
        self._bill(300, ref="B-1")
        self._bill(200, ref="B-2")
        plan = self._approve(self._create_plan())
        url = plan.action_export()["url"]
        attachment = self.env["ir.attachment"].browse(int(url.split("/")[3].split("?")[0]))
        rows = list(csv.reader(io.StringIO(base64.b64decode(attachment.datas).decode("utf-8-sig"))))
        self.assertEqual(rows[1], ["1", "Test Supplier", "6222020012345678001", "", "500.00", "B-1, B-2"])
        self.assertEqual(rows[2][:2] + rows[2][4:5], ["Total", "1", "500.00"])

    def test_the_file_of_a_paid_plan_is_that_of_the_approved_one(self):
        self._bill(300)
        self._bill(200).line_ids.filtered("date_maturity")
        plan = self._create_plan()
        plan.line_ids[0].amount = 100
        self._approve(plan)
        before = sorted(plan._get_transfers())
        plan.action_pay()
        self.assertEqual(sorted(plan._get_transfers()), before)

    def test_the_spreadsheet_can_be_made(self):
        self._bill()
        plan = self._approve(self._create_plan())
        report = plan.action_export_xlsx()
        content, kind = self.books["ir.actions.report"]._render(report["report_name"], plan.ids)
        self.assertEqual((content[:2], kind), (b"PK", "xlsx"))


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestPaymentPlanApproval(PlanCommon):
    def setUp(self):
        super().setUp()
        self.bill = self._bill()
        self.plan = self._create_plan()

    def test_an_approval_has_a_name_and_a_time(self):
        self._approve(self.plan)
        self.assertEqual((self.plan.state, self.plan.approved_by_id, bool(self.plan.approved_at)), ("approved", self.owner, True))

    def test_the_author_does_not_approve(self):
        self.accountant.group_ids += self.env.ref("cosmetics_finance.group_payment_approver")
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "of one's own"):
            self.plan.action_approve()

    def test_whoever_changed_a_line_does_not_approve(self):
        second = self._create_user(
            "plan_second", "cosmetics_finance.group_accountant,cosmetics_finance.group_payment_approver",
            company_id=self.company.id, company_ids=[Command.set(self.company.ids)],
        )  # fmt: skip
        self.plan.line_ids.with_user(second).amount = 299
        self.plan.action_submit()
        with self.assertRaisesRegex(UserError, "of one's own"):
            self.plan.with_user(second).action_approve()

    def test_an_accountant_alone_approves_nothing(self):
        self.plan.action_submit()
        for act in ("action_approve", "action_reject"):
            with self.assertRaises(AccessError):
                getattr(self.plan, act)()

    def test_state_and_approval_are_nobodys_to_type(self):
        for vals in ({"state": "approved"}, {"approved_by_id": self.owner.id}, {"author_ids": [Command.clear()]}):
            with self.assertRaises(UserError):
                self.plan.write(vals)
        plan = self.books["cosmetics.payment.plan"].with_context(default_state="approved", default_approved_by_id=self.owner.id)
        created = plan.create({"journal_id": self.bank_journal.id, "state": "approved"})
        self.assertEqual((created.state, created.approved_by_id.id), ("draft", False))

    def test_a_changed_amount_drops_the_approval(self):
        self._approve(self.plan)
        self.plan.line_ids.write({"amount": 1})
        self.assertEqual((self.plan.state, self.plan.approved_by_id.id), ("draft", False))

    def test_a_new_line_a_gone_line_and_another_journal_drop_the_approval(self):
        more = self._bill(50)
        changes = [
            {"line_ids": [Command.create({"move_line_id": more.line_ids.filtered("date_maturity").id, "amount": 50})]},
            {"line_ids": [Command.delete(self.plan.line_ids.id)]},
            {"date": "2026-05-25"},
        ]
        for change in changes:
            if self.plan.state == "draft":
                self._approve(self.plan)
            self.plan.write(change)
            self.assertEqual(self.plan.state, "draft", change)

    def test_a_changed_account_number_drops_the_approval_whoever_changes_it(self):
        self._approve(self.plan)
        # Core keeps the number of an account that is trusted.
        self.env["res.partner.bank"].browse(self.bank.id).allow_out_payment = False
        clerk = self._create_user("plan_clerk", "base.group_partner_manager", company_id=self.company.id)
        self.bank.with_user(clerk).acc_number = "6222 0000"
        self.assertEqual(self.plan.state, "draft")
        self.assertIn(clerk, self.plan.author_ids)

    def test_a_change_past_the_orm_is_not_paid(self):
        self._approve(self.plan)
        self.env.flush_all()
        self.env.cr.execute("UPDATE cosmetics_payment_plan_line SET amount = 200 WHERE plan_id = %s", [self.plan.id])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "has changed since it was approved"):
            self.plan.action_pay()

    def test_an_approver_sends_a_plan_back(self):
        self.plan.action_submit()
        self.plan.with_user(self.owner).action_reject()
        self.assertEqual(self.plan.state, "draft")

    def test_a_paid_plan_stays_what_it_is(self):
        self._approve(self.plan).action_pay()
        for act in (
            lambda: self.plan.line_ids.write({"amount": 1}),
            lambda: self.plan.write({"date": "2026-01-01"}),
            self.plan.line_ids.unlink,
            self.plan.unlink,
            self.plan.action_draft,
        ):
            with self.assertRaisesRegex(UserError, "this needs"), self.cr.savepoint():
                act()

    def test_a_reader_reads_plans_and_changes_none(self):
        self.assertEqual(self.plan.with_user(self.reader).amount, 300)
        for act in ("action_submit", "action_cancel", "action_propose"):
            with self.assertRaises(AccessError):
                getattr(self.plan.with_user(self.reader), act)()

    def test_another_company_sees_no_plan(self):
        outsider = self._create_user("plan_outsider", "cosmetics_finance.group_accountant")
        for records in (self.plan, self.plan.line_ids):
            self.assertFalse(self.env[records._name].with_user(outsider).search([("id", "in", records.ids)]))


@tagged("post_install", "-at_install")
class TestPaymentPlanTools(DueCommon):
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.lists(st.tuples(st.integers(0, 90), st.integers(1, 500)), max_size=12), st.integers(-50, 2000))
    def test_a_proposal_never_costs_more_than_there_is(self, bills, cash):
        items = [(day, key, amount) for key, (day, amount) in enumerate(bills)]
        chosen = choose(items, cash)
        total = sum(amount for _day, key, amount in items if key in chosen)
        self.assertLessEqual(total, max(cash, 0))
        left = [amount for _day, key, amount in items if key not in chosen]
        self.assertTrue(all(amount > cash - total for amount in left))

    @settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.lists(st.tuples(st.text(max_size=20), st.integers(1, 10**9)), max_size=8))
    def test_the_total_of_the_file_is_the_sum_of_its_rows_whatever_the_names(self, payees):
        transfers = [Transfer(name, "62 1", name, Decimal(cents) / 100, name) for name, cents in payees]
        rows = list(csv.reader(io.StringIO(write_csv(transfers).decode("utf-8-sig"))))
        self.assertEqual(len(rows), len(transfers) + 2)
        self.assertEqual(sum((Decimal(row[4]) for row in rows[1:-1]), Decimal(0)), Decimal(rows[-1][4]))
        self.assertFalse([row for row in rows[1:-1] if row[1][:1] in "=+-@" and row[1]])
