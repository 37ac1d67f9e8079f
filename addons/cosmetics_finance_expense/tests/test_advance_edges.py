"""Advances: what no order of things breaks, the ways into them, and the settings."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_advance import AdvanceCommon

STEPS = ("pay", "claim", "return", "unclear", "clear")


@tagged("post_install", "-at_install")
class TestAdvanceFuzz(AdvanceCommon):
    def _step(self, name, cents):
        """Do one thing with what there is, as the accountant."""
        amount = cents / 100
        advances = self._as(self.env["cosmetics.expense.advance"], self.accountant).search([])
        claims = self._as(self.env["cosmetics.expense.claim"], self.accountant).search([])
        acts = {
            "pay": lambda: self._pay_advance(amount),
            "claim": lambda: self._post(amount),
            "return": lambda: self._move(advances[:1].action_return(), amount=amount),
            "unclear": claims[:1].action_unclear,
            "clear": claims[:1].action_clear,
        }
        acts[name]()

    @settings(
        deadline=None,
        max_examples=6,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    @given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 300000)), min_size=3, max_size=6))
    def test_after_any_steps_what_is_open_is_the_balance_of_the_account(self, steps):
        with self.cr.savepoint() as savepoint:
            for name, cents in [("pay", 100000), *steps]:
                try:
                    with self.cr.savepoint():
                        self._step(name, cents)
                        self.env.flush_all()
                except (UserError, ValueError):
                    continue
            self.assertEqual(self._get_open(), self._get_balance())
            self.assertGreaterEqual(self._get_open(), 0)
            savepoint.rollback()
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestAdvanceEdges(AdvanceCommon):
    def test_employee_fills_the_form(self):
        self._assign_stores(self.clerk, self.store)
        with Form(self._as(self.env["cosmetics.expense.advance"], self.clerk)) as form:
            form.note = "Fair"
            form.amount = 800
        advance = form.record
        self.assertEqual((advance.employee_id, advance.store_id, advance.state), (self.employee, self.store, "draft"))
        self.assertEqual(str(advance.return_on), "2026-06-09")

    def test_dialogue_of_the_payment_takes_the_whole_amount(self):
        advance = self._approve_advance(1000)
        action = self._as(advance, self.accountant).action_pay()
        moneys = self._as(self.env[action["res_model"]], self.accountant).with_context(**action["context"])
        with Form(moneys) as form:
            self.assertEqual(form.amount, 1000)
            form.journal_id = self.bank_journal
        form.record.amount = 1
        form.record.action_confirm()
        self.assertEqual((advance.amount_open, str(advance.paid_on)), (1000, "2026-05-10"))

    def test_dialogue_of_the_return_proposes_what_is_open(self):
        advance = self._pay_advance(1000)
        self._post(650.37)
        action = advance.action_return()
        moneys = self._as(self.env[action["res_model"]], self.accountant).with_context(**action["context"])
        self.assertEqual(Form(moneys).amount, 349.63)

    def test_second_confirmation_of_a_dialogue_pays_nothing(self):
        advance = self._approve_advance(1000)
        action = self._as(advance, self.accountant).action_pay()
        moneys = self._as(self.env[action["res_model"]], self.accountant).with_context(**action["context"])
        money = moneys.create({"journal_id": self.bank_journal.id})
        money.action_confirm()
        with self.assertRaisesRegex(UserError, "paid already"):
            money.action_confirm()
        self.assertEqual(self._get_balance(), 1000)

    def test_dialogue_is_the_accountants(self):
        self.assertFalse(self._as(self.env["cosmetics.expense.advance.money"], self.clerk).has_access("create"))
        advance = self._approve_advance(1000)
        action = self._as(advance, self.accountant).action_pay()
        moneys = self._as(self.env[action["res_model"]], self.accountant).with_context(**action["context"])
        money = moneys.create({"journal_id": self.bank_journal.id})
        self.assertFalse(self._as(money, self.second).search([("id", "=", money.id)]))

    def test_advance_changed_behind_its_approvals_is_not_paid(self):
        advance = self._approve_advance(1000)
        action = self._as(advance, self.accountant).action_pay()
        self.env.cr.execute("UPDATE cosmetics_expense_advance SET amount = 9000 WHERE id = %s", (advance.id,))
        advance.invalidate_recordset()
        with self.assertRaisesRegex(UserError, "changed since"):
            self._move(action)

    def test_employee_without_a_work_contact_is_told_of(self):
        advance = self._approve_advance(1000)
        self.employee.sudo().work_contact_id = False
        with self.assertRaisesRegex(UserError, "no work contact"):
            self._move(self._as(advance, self.accountant).action_pay())

    def test_company_without_the_account_is_told_of(self):
        advance = self._approve_advance(1000)
        for code, account in self.accounts.items():
            if code.startswith("1221"):
                account.sudo().with_company(self.company).code = f"9{code}"
        with self.assertRaisesRegex(UserError, "no account 1221"):
            self._move(self._as(advance, self.accountant).action_pay())

    def test_entries_of_the_advance_and_of_the_claim_are_opened(self):
        advance = self._pay_advance(1000)
        claim = self._as(self._post(400), self.accountant)
        moves = self._as(self.env["account.move"], self.accountant).search(advance.action_open_moves()["domain"])
        self.assertEqual(moves, advance.line_ids.move_id)
        self.assertEqual(len(moves), 2)
        shown = self._as(self.env["account.move"], self.accountant).search(claim.action_open_moves()["domain"])
        self.assertEqual(shown, claim.expense_ids.account_move_id | claim._get_clearing_moves())

    def test_set_off_names_claim_and_advance_and_is_matched_with_the_claim(self):
        advance = self._pay_advance(1000)
        claim = self._as(self._post(400), self.accountant)
        entry = claim._get_clearing_moves()
        for name in (claim.name, advance.name):
            self.assertIn(name, entry.ref)
        self.assertEqual(sorted(entry.line_ids.mapped("balance")), [-400, 400])
        self.assertEqual(entry.line_ids.filtered("advance_id").account_id, self._find_account("1221"))
        self.assertTrue(all(line.reconciled for line in entry.line_ids - entry.line_ids.filtered("advance_id")))

    def test_set_off_again_after_it_was_taken_back(self):
        advance = self._pay_advance(1000)
        claim = self._as(self._post(400), self.accountant)
        claim.action_unclear()
        claim.action_clear()
        self.assertEqual((claim.state, advance.amount_open, self._get_balance()), ("paid", 600, 600))

    def test_employee_sees_what_he_holds_on_his_claim(self):
        self._pay_advance(1000)
        self.assertEqual(self._create_claim(300).advance_open, 1000)
        self.assertEqual(self._create_claim(300, user=self.other_clerk).advance_open, 0)

    def test_advance_that_is_paid_is_not_deleted_and_a_draft_is(self):
        with self.assertRaisesRegex(UserError, "Only a draft"):
            self._pay_advance().unlink()
        draft = self._create_advance()
        draft.unlink()
        self.assertFalse(draft.exists())

    def test_copy_is_a_draft_without_a_payment(self):
        copy = self._pay_advance().copy()
        self.assertEqual((copy.state, copy.amount_open, copy.payment_id.ids, copy.approval_ids.ids), ("draft", 0, [], []))

    def test_settings_are_those_of_the_company(self):
        admin = self.env.ref("base.user_admin")
        admin.sudo().company_ids |= self.company
        values = self.env["res.config.settings"].with_user(admin).with_company(self.company)
        values.create({"advance_ceiling": 5000, "advance_days": 14, "advance_overdue": "stop"}).execute()
        self.assertEqual((self.company.advance_ceiling, self.company.advance_days, self.company.advance_overdue), (5000, 14, "stop"))

    def test_reader_of_the_books_changes_no_advance(self):
        advance = self._as(self._create_advance(), self.reader)
        for act in (advance.action_submit, advance.action_pay, advance.action_return, advance.action_draft):
            with self.assertRaises(AccessError):
                act()

    def test_approver_reads_the_approvals_of_the_advance_and_others_do_not(self):
        advance = self._create_advance()
        advance.action_submit()
        steps = advance.approval_ids
        self.assertEqual(self._as(steps, self.manager).mapped("state"), ["waiting"])
        with self.assertRaises(AccessError):
            self._as(steps, self.other_clerk).mapped("state")

    def test_advance_of_another_company_is_not_cleared(self):
        advance = self._pay_advance(500)
        branch = self.env["res.company"].create({"name": "Other", "country_id": self.env.ref("base.cn").id})
        # As if it had been entered there: the same person, other books.
        self.env.cr.execute("UPDATE cosmetics_expense_advance SET company_id = %s WHERE id = %s", (branch.id, advance.id))
        self.env.invalidate_all()
        self.assertEqual(self._as(self._post(100), self.accountant).state, "posted")

    def test_accountant_of_a_branch_alone_pays_an_advance_and_books_a_claim(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id})
        self.env.cr.precommit.run()  # core gives a branch its chart when it is kept
        for user, employee in ((self.clerk, self.employee), (self.manager, self.manager_employee), (self.accountant, None)):
            user.write({"company_ids": [Command.set(branch.ids)], "company_id": branch.id})
            if employee:
                employee.company_id = branch
        self.travel.with_company(branch).property_account_expense_id = self._find_account("5602")
        self.patch(type(self), "company", branch)
        advance = self._pay_advance(300)
        claim = self._as(self._post(100), self.accountant)
        self.assertEqual((claim.state, advance.amount_open), ("paid", 200))

    def test_claim_with_deductible_tax_clears_with_its_tax(self):
        tax = self.books["account.tax"].search(
            [("company_id", "=", self.company.id), ("type_tax_use", "=", "purchase"), ("amount", "=", 13)], limit=1
        )
        advance = self._pay_advance(1000)
        claim = self._as(self._approve(113), self.accountant)
        claim.expense_ids.tax_ids = tax
        claim.action_post()
        self.assertEqual((claim.state, advance.amount_open), ("paid", 887))

    def test_who_is_asked_is_told_once_and_done_with_the_answer(self):
        advance = self._create_advance()
        advance.action_submit()
        self.assertEqual(advance.sudo().activity_ids.user_id, self.manager)
        self._as(advance, self.manager).action_approve()
        self.assertFalse(advance.sudo().activity_ids)

    def test_menus_of_advances_lead_to_them_for_who_reads_the_books_and_who_approves(self):
        menu = self.env.ref("cosmetics_finance_expense.cosmetics_expense_advance_menu")
        for user, is_shown in ((self.accountant, True), (self.reader, True), (self.approver, True), (self.clerk, False)):
            self.assertEqual(menu.id in self.env["ir.ui.menu"].with_user(user)._visible_menu_ids(), is_shown, user.login)
