"""The way of an advance: asked, approved, paid, cleared by claims, the rest returned; and the books tie."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_advance import AdvanceCommon


@tagged("post_install", "-at_install")
class TestAdvance(AdvanceCommon):
    def test_advance_is_asked_approved_paid_cleared_and_the_rest_returned(self):
        advance = self._create_advance(1000)
        self.assertRegex(advance.name, r"^JK\d{8}$")
        advance.action_submit()
        self.assertEqual(advance.state, "submitted")
        self._as(advance, self.manager).action_approve()
        self.assertEqual((advance.state, self._get_balance()), ("approved", 0))
        own = self._as(advance, self.accountant)
        self._move(own.action_pay())
        self.assertEqual((own.state, own.amount_open, self._get_balance()), ("open", 1000, 1000))
        claim = self._as(self._post(650.37), self.accountant)
        self.assertEqual((claim.state, own.amount_open, self._get_balance()), ("paid", 349.63, 349.63))
        self._move(own.action_return())
        self.assertEqual((own.state, own.amount_open, self._get_balance()), ("cleared", 0, 0))

    def test_payment_stands_on_other_receivables_of_the_employee(self):
        advance = self._pay_advance(800)
        lines = advance.payment_id.move_id.line_ids.sorted("balance")
        self.assertEqual(lines.mapped("balance"), [-800, 800])
        self.assertEqual(lines[1].account_id, self._find_account("1221"))
        self.assertEqual(lines.partner_id, self.employee.work_contact_id)

    def test_claim_above_the_advance_is_owed_the_rest(self):
        advance = self._pay_advance(300)
        claim = self._as(self._post(500), self.accountant)
        move = claim.expense_ids.account_move_id
        self.assertEqual((claim.state, move.amount_residual, advance.state), ("posted", 200, "cleared"))
        self._pay(move, 200, "2026-06-01")
        self.assertEqual(claim.state, "paid")

    def test_the_oldest_advance_is_cleared_first(self):
        first, second = self._pay_advance(300), self._pay_advance(300)
        self._post(400)
        self.assertEqual((first.amount_open, second.amount_open), (0, 200))

    def test_two_claims_never_clear_more_than_is_open(self):
        advance = self._pay_advance(500)
        claims = self._approve(400) | self._approve(400)
        self._as(claims, self.accountant).action_post()
        owed = self._as(claims, self.accountant).expense_ids.account_move_id.mapped("amount_residual")
        self.assertEqual((sorted(owed), advance.amount_open, self._get_balance()), ([0, 300], 0, 0))

    def test_database_keeps_more_from_being_cleared_than_is_open(self):
        advance = self._pay_advance(500)
        self._post(400)
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "amount_open_check"), self.env.cr.savepoint():
            advance.payment_id.move_id._reverse_moves(cancel=True)
            self.env.flush_all()

    def test_claim_of_another_employee_clears_nothing(self):
        advance = self._pay_advance(500)
        claim = self._post(400, user=self.other_clerk)
        self.assertEqual((claim.state, advance.amount_open), ("posted", 500))

    def test_claim_posted_before_the_payment_is_set_off_by_the_button(self):
        claim = self._as(self._post(400), self.accountant)
        with self.assertRaisesRegex(UserError, "holds no advance"):
            claim.action_clear()
        advance = self._pay_advance(1000)
        claim.invalidate_recordset()
        self.assertEqual(claim.advance_open, 1000)
        claim.action_clear()
        self.assertEqual((claim.state, advance.amount_open), ("paid", 600))

    def test_set_off_is_taken_back_before_the_claim_is_reversed(self):
        advance = self._pay_advance(1000)
        claim = self._as(self._post(400), self.accountant)
        for act in (claim.expense_ids.account_move_id.button_draft, claim.expense_ids.account_move_id._reverse_moves):
            with self.assertRaisesRegex(UserError, "Take Set-Off Back"):
                act()
        claim.action_unclear()
        self.assertEqual((claim.state, claim.is_cleared, advance.amount_open, self._get_balance()), ("posted", False, 1000, 1000))
        claim.expense_ids.account_move_id._reverse_moves([{"invoice_date": "2026-05-31"}], cancel=True)
        self.assertEqual(claim.state, "approved")

    def test_reversed_payment_leaves_the_advance_to_be_paid_again(self):
        advance = self._pay_advance(500)
        advance.payment_id.move_id._reverse_moves(cancel=True)
        self.assertEqual((advance.state, advance.amount_open, self._get_balance()), ("approved", 0, 0))
        self._move(advance.action_pay())
        self.assertEqual((advance.state, advance.amount_open), ("open", 500))

    def test_no_more_is_returned_than_is_open(self):
        advance = self._pay_advance(500)
        with self.assertRaisesRegex(UserError, "Lower the amount"):
            self._move(advance.action_return(), amount=500.01)
        with self.assertRaisesRegex(UserError, "how much was handed back"):
            self._move(advance.action_return(), amount=0)
        self._move(advance.action_return(), amount=120.5)
        self.assertEqual((advance.state, advance.amount_open), ("open", 379.5))

    def test_advance_is_paid_once_and_only_when_approved(self):
        for advance in (self._create_advance(), self._pay_advance()):
            with self.assertRaisesRegex(UserError, "not approved, or paid already"):
                self._as(advance, self.accountant).action_pay()
        with self.assertRaisesRegex(UserError, "Nothing is open"):
            self._as(self._approve_advance(), self.accountant).action_return()

    def test_open_advances_tie_to_the_account(self):
        for amount in (333.33, 1200, 0.01):
            self._pay_advance(amount)
        self._pay_advance(700, user=self.other_clerk)
        self._post(500.05)
        self._post(99.99, user=self.other_clerk)
        self.assertEqual(self._get_open(), self._get_balance())
        self.assertEqual(self._get_open(), 1633.30)

    def test_change_takes_the_approvals_back(self):
        advance = self._approve_advance()
        for vals in ({"amount": 1500}, {"return_on": "2026-07-01"}, {"note": "Trip"}):
            advance.write(vals)
            self.assertEqual((advance.state, len(advance.approval_ids)), ("draft", 0))
            advance.action_submit()
            self._as(advance, self.manager).action_approve()
        self._move(self._as(advance, self.accountant).action_pay())
        with self.assertRaisesRegex(UserError, "in the books"):
            advance.amount = 1
        with self.assertRaisesRegex(UserError, "in the books"):
            advance.action_draft()

    def test_advance_above_5000_asks_two(self):
        advance = self._create_advance(6000)
        advance.action_submit()
        self._as(advance, self.manager).action_approve()
        self.assertEqual((advance.state, advance._get_asked().sudo().approver_ids), ("submitted", self.approver))

    def test_refusal_is_read_by_the_employee(self):
        advance = self._create_advance()
        advance.action_submit()
        own = self._as(advance, self.manager)
        action = own.action_refuse()
        self._as(self.env[action["res_model"]], self.manager).with_context(**action["context"]).create({"reason": "Why?"}).action_confirm()
        self.assertEqual((advance.state, advance.approval_ids.note), ("refused", "Why?"))

    def test_amount_is_above_zero_and_the_day_of_return_ahead(self):
        with mute_logger("odoo.sql_db"), self.assertRaisesRegex(IntegrityError, "amount_check"), self.env.cr.savepoint():
            self._create_advance(0)
        late = self._create_advance(return_on="2026-05-09")
        with self.assertRaisesRegex(ValidationError, "passed already"):
            late.action_submit()

    def test_paper_has_capitals_and_approvals(self):
        advance = self._approve_advance(1005.3)
        reports = self.env["ir.actions.report"].with_user(self.clerk)
        html = reports._render_qweb_html("cosmetics_finance_expense.report_advance", advance.ids)[0].decode()
        for text in (advance.name, "壹仟零伍元叁角", "1,005.30", self.manager.name):
            self.assertIn(text, html)


@tagged("post_install", "-at_install")
class TestAdvanceRules(AdvanceCommon):
    def test_ceiling_counts_what_is_held_and_asked_for(self):
        self.company.advance_ceiling = 2000
        self._pay_advance(800)
        self._create_advance(700).action_submit()
        last = self._create_advance(500.01)
        with self.assertRaisesRegex(UserError, "is the ceiling"):
            last.action_submit()
        self._post(800)
        last.action_submit()
        self.assertEqual(last.state, "submitted")

    def test_days_until_return_are_those_of_the_company(self):
        self.company.advance_days = 10
        self.assertEqual(str(self._create_advance().return_on), "2026-05-20")

    def test_overdue_advance_stops_a_new_one_or_is_told(self):
        advance = self._pay_advance(500)
        self.assertFalse(advance.is_overdue)
        with self._after(40):
            advance.invalidate_recordset()
            self.assertEqual((advance.is_overdue, advance.age_days), (True, 40))
            self.assertEqual(advance.search([("is_overdue", "=", True), ("company_id", "=", self.company.id)]), advance)
            for rule, is_told in (("nothing", False), ("warn", True)):
                self.company.advance_overdue = rule
                told = self._create_advance()
                told.action_submit()
                self.assertEqual((told.state, advance.name in (told.overdue_note or "")), ("submitted", is_told), rule)
            self.company.advance_overdue = "stop"
            with self.assertRaisesRegex(UserError, advance.name):
                self._create_advance().action_submit()

    def test_chosen_account_is_taken(self):
        self.company.advance_account_id = self._find_account("1123")
        advance = self._pay_advance(500)
        self.assertEqual(advance.line_ids.account_id, self._find_account("1123"))

    def test_each_sees_the_own_advances_and_those_put_before_him(self):
        mine, other = self._create_advance(), self._create_advance(user=self.other_clerk)
        mine.action_submit()
        for user, seen in (
            (self.clerk, mine),
            (self.other_clerk, other),
            (self.manager, mine),
            (self.accountant, mine | other),
            (self.reader, mine | other),
        ):
            self.assertEqual(self._as(mine, user).search([("company_id", "=", self.company.id)]), seen, user.login)
        outsider = self._create_user("advance_foreign", "cosmetics_finance.group_accountant")
        self.assertFalse(mine.with_user(outsider).with_context(allowed_company_ids=outsider.company_ids.ids).search([]) & mine)

    def test_nobody_asks_for_another_or_approves_his_own(self):
        with self.assertRaises(AccessError):
            self._create_advance(employee_id=self.other_employee.id)
        advance = self._create_advance()
        advance.action_submit()
        with self.assertRaisesRegex(UserError, "Nobody approves"):
            advance.action_approve()

    def test_only_the_accountant_pays_and_takes_back(self):
        advance = self._approve_advance()
        for user in (self.clerk, self.manager):
            for name in ("action_pay", "action_return"):
                with self.assertRaisesRegex(AccessError, "by the accountant"):
                    getattr(self._as(advance, user), name)()
        for name in ("action_clear", "action_unclear"):
            with self.assertRaisesRegex(AccessError, "by the accountant"):
                getattr(self._create_claim(), name)()

    def test_nobody_writes_state_or_what_is_open(self):
        advance = self._create_advance()
        for vals in ({"approval_state": "approved"}, {"state": "open"}):
            with self.assertRaises(AccessError):
                advance.write(vals)
        with self.assertRaises(UserError):
            advance.write({"amount_open": 5})
