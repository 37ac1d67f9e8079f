"""The bank account of the demo company: what its screens show to whoever tries them."""

from odoo.tests import Form, tagged

from ..plan import bank
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoBank(DemoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.books = cls.env(user=cls._find("user", "accountant"))
        cls.journal = cls.books["account.journal"].browse(cls.env.ref(f"account.{cls.company.id}_bank").id)
        cls.lines = cls.books["account.bank.statement.line"].search([("journal_id", "=", cls.journal.id)], order="internal_index")

    def test_the_files_are_read_and_all_their_sums_tie(self):
        imports = self._find("bank_import", "past") | self._find("bank_import", "today")
        self.assertEqual(set(imports.mapped("state")), {"done"})
        self.assertEqual(set(imports.file_ids.mapped("level")), {"ok"})
        self.assertEqual(imports.file_ids.journal_id.ids, self.journal.ids)
        self.assertTrue(all(self.lines.statement_id.mapped("is_complete")))

    def test_what_was_paid_by_transfer_is_at_the_bank_and_reconciled(self):
        paid = [("bill", row) for row in self.plan["purchases"] if row["state"] == "paid"]
        paid += [("invoice", row) for row in self.plan["sales"] if row["state"] == "paid" and row["channel"] == "wholesale"]
        expected = [self._find(kind, row["ref"]) for kind, row in paid]
        done = self.lines.filtered("is_reconciled")
        self.assertEqual(
            sorted(done.mapped("amount")),
            sorted([move.amount_total * (-1 if move.is_purchase_document() else 1) for move in expected] + self._of_the_bank()),
        )
        for move in expected:
            self.assertEqual(move.payment_state, "paid", move.name)
            self.assertTrue(all(move.matched_payment_ids.mapped("is_matched")), move.name)

    def _of_the_bank(self):
        return [amount for _days, amount, _memo in bank.BANKS_OWN]

    def test_two_movements_wait_one_of_them_beyond_doubt(self):
        waiting = self.lines.filtered(lambda line: not line.is_reconciled)
        self.assertEqual(len(waiting), 2)
        waiting.action_reconcile_certain()
        self.assertEqual(waiting.mapped("is_reconciled"), [True, False])
        self.assertEqual(waiting[1].partner_name, bank.UNKNOWN[0])

    def test_the_list_of_what_is_open_has_both_sides(self):
        kinds = set(self.books["cosmetics.bank.open"].search([("journal_id", "=", self.journal.id)]).mapped("kind"))
        self.assertEqual(kinds, {"bank_in", "book_in"})

    def test_bank_and_books_meet(self):
        form = Form(self.books["cosmetics.bank.balance"])
        form.journal_id, form.date = self.journal, max(self.lines.mapped("date"))
        sheet = form.save()
        self.assertEqual(sheet.difference, 0)
        self.assertEqual(sheet.bank_balance, self.lines[-1].bank_balance)
