"""A tax invoice is claimed once: by one expense or one bill."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import ExpenseCommon

NUMBER, OTHER = "26612000000000012345", "26612000000000054321"


@tagged("post_install", "-at_install")
class TestClaimFapiao(ExpenseCommon):
    def _bill(self, number):
        return self._create_invoice("2026-05-10", 100, move_type="in_invoice", fapiao=number)

    def test_number_is_stored_as_the_tax_platform_writes_it(self):
        claim = self._create_claim(expense={"fapiao": " ２６６１ 2000 0000 0001 2345"})
        self.assertEqual(claim.expense_ids.fapiao, NUMBER)
        claim.expense_ids.fapiao = "6100231130 01234567"
        self.assertEqual(claim.expense_ids.fapiao, "6100231130-01234567")

    def test_what_is_no_number_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no number of a tax invoice"):
            self._create_claim(expense={"fapiao": "12345"})

    def test_second_expense_with_a_number_is_refused(self):
        self._create_claim(expense={"fapiao": NUMBER})
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"):
            self._create_claim(user=self.other_clerk, expense={"fapiao": NUMBER})

    def test_refused_claim_lets_its_number_go(self):
        claim = self._submit(expense={"fapiao": NUMBER})
        self._as(claim, self.manager)._refuse("Wrong shop")
        self.env.flush_all()
        self.assertEqual(self._create_claim(user=self.other_clerk, expense={"fapiao": NUMBER}).expense_ids.fapiao, NUMBER)

    def test_eight_digits_alone_repeat(self):
        self._create_claim(expense={"fapiao": "01234567"})
        self.assertTrue(self._create_claim(user=self.other_clerk, expense={"fapiao": "01234567"}))

    def test_number_of_a_bill_is_not_claimed(self):
        self._bill(NUMBER).ref = "BILL-1"
        with self.assertRaisesRegex(ValidationError, "BILL-1"):
            self._create_claim(expense={"fapiao": NUMBER})

    def test_number_of_a_claim_is_not_billed(self):
        claim = self._create_claim(expense={"fapiao": NUMBER})
        with self.assertRaisesRegex(ValidationError, claim.name):
            self._bill(NUMBER)
        self.assertTrue(self._bill(OTHER))

    def test_own_entry_does_not_block_its_number(self):
        claim = self._post(expense={"fapiao": NUMBER})
        own = self._as(claim, self.accountant)
        own.expense_ids.account_move_id.fapiao = NUMBER
        self.assertEqual((own.state, own.expense_ids.account_move_id.fapiao), ("posted", NUMBER))

    def test_more_than_the_invoice_is_not_claimed(self):
        with self.assertRaisesRegex(ValidationError, "comes to .*99.00 only"):
            self._create_claim(100, expense={"fapiao": NUMBER, "fapiao_amount": 99})
        self.assertTrue(self._create_claim(100, expense={"fapiao": OTHER, "fapiao_amount": 100}))

    def test_invoice_of_the_register_counts(self):
        registered = (
            self.books["cosmetics.fapiao"]
            .with_company(self.company)
            .create({"number": NUMBER, "direction": "received", "day": "2026-05-10", "amount": 90, "tax": 0, "company_id": self.company.id})
        )
        claim = self._create_claim(100, expense={"fapiao": NUMBER})
        with self.assertRaisesRegex(ValidationError, "comes to .*90.00 only"):
            claim.action_submit()
        claim.expense_ids.total_amount_currency = 50
        registered.state = "void"
        with self.assertRaisesRegex(ValidationError, "void"):
            claim.action_submit()

    def test_invoice_of_the_register_is_linked_with_the_entry(self):
        registered = (
            self.books["cosmetics.fapiao"]
            .with_company(self.company)
            .create(
                {"number": NUMBER, "direction": "received", "day": "2026-05-10", "amount": 100, "tax": 0, "company_id": self.company.id}
            )
        )
        claim = self._as(self._post(100, expense={"fapiao": NUMBER}), self.accountant)
        self.assertEqual(registered.link_ids.move_id, claim.expense_ids.account_move_id)
        self.assertEqual(registered.match_state, "matched")
