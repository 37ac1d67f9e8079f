"""Many entries posted together become the same rows as one after the other, with queries that hardly grow."""

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

DAY = "2026-03-31"


@tagged("post_install", "-at_install")
@freeze_time("2026-03-31 04:00:00")
class TestAccountMoveBulk(CosmeticsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_accountant", "cosmetics_finance.group_accountant")
        cls.customer = cls.env["res.partner"].create({"name": "Test Customer"})
        cls.product = cls._create_product()
        cls.terms = cls.env.ref("account.account_payment_term_30days")
        cls.halves = cls.env["account.payment.term"].create(
            {
                "name": "Half now, half later",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 50, "nb_days": 45}),
                ],
            }
        )

    def _drafts(self, count, **vals):
        """Return draft customer invoices of 10, 20, 30 … of the accountant, undated unless told."""
        line = {"product_id": self.product.id, "tax_ids": [Command.set(self.env.company.account_sale_tax_id.ids)]}
        defaults = {"move_type": "out_invoice", "partner_id": self.customer.id}
        return (
            self.env["account.move"]
            .with_user(self.accountant)
            .create(
                [
                    {**defaults, "invoice_line_ids": [Command.create({**line, "price_unit": 10.0 * number})], **vals}
                    for number in range(1, count + 1)
                ]
            )
        )

    def _rows(self, moves):
        """Return what must be the same however the entries were posted; numbers as the steps between them."""
        first = moves[0].sequence_number
        return [
            (
                move.state,
                move.sequence_prefix,
                move.sequence_number - first,
                str(move.invoice_date),
                str(move.date),
                str(move.invoice_date_due),
                move.is_manually_modified,
                move.made_sequence_gap,
                sorted((line.display_type, line.balance, str(line.date_maturity), line.move_name == move.name) for line in move.line_ids),
            )
            for move in moves
        ]

    def _assert_the_same(self, **vals):
        single, together = self._drafts(4, **vals), self._drafts(4, **vals)
        for move in single:
            move.action_post()
        together.action_post()
        self.assertEqual(self._rows(together), self._rows(single))
        self.assertEqual(together[0].sequence_number, single[-1].sequence_number + 1)
        return together

    def test_undated_invoices_get_the_day_and_the_next_numbers(self):
        together = self._assert_the_same()
        self.assertEqual(set(map(str, together.mapped("invoice_date"))), {DAY})
        self.assertEqual(len(set(together.mapped("name"))), 4)

    def test_due_dates_follow_the_terms(self):
        together = self._assert_the_same(invoice_payment_term_id=self.terms.id)
        self.assertEqual(set(map(str, together.mapped("invoice_date_due"))), {"2026-04-30"})

    def test_terms_in_parts_keep_their_parts(self):
        together = self._assert_the_same(invoice_payment_term_id=self.halves.id)
        dues = together[0].line_ids.filtered(lambda line: line.display_type == "payment_term").mapped("date_maturity")
        self.assertEqual(sorted(map(str, dues)), [DAY, "2026-05-15"])

    def test_typed_dates_stay(self):
        together = self._assert_the_same(invoice_date="2026-03-05")
        self.assertEqual(set(map(str, together.mapped("invoice_date"))), {"2026-03-05"})

    def test_credit_notes_are_numbered_as_alone(self):
        self._assert_the_same(move_type="out_refund")

    def test_bills_without_a_date_are_refused_as_alone(self):
        bills = self._drafts(2, move_type="in_invoice")
        with self.assertRaises(UserError):
            bills.action_post()
        self.assertEqual(bills.mapped("invoice_date"), [False, False])

    def test_two_days_and_two_kinds_in_one_batch(self):
        self._drafts(1).action_post()
        moves = (
            self._drafts(2, invoice_date="2026-01-20")
            + self._drafts(2)
            + self._drafts(2, move_type="out_refund")
            + self._drafts(2, invoice_date="2026-01-20")
        )
        moves.action_post()
        for (prefix, journal), group in moves.grouped(lambda move: (move.sequence_prefix, move.journal_id)).items():
            numbers = sorted(group.mapped("sequence_number"))
            self.assertEqual(numbers, list(range(numbers[0], numbers[0] + len(numbers))), (prefix, journal.name))
        self.assertEqual(len(set(moves.mapped("name"))), 8)
        self.assertEqual(set(moves.mapped("made_sequence_gap")), {False})

    def test_rate_set_by_hand_survives(self):
        currency = self.env.ref("base.USD")
        currency.active = True
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "name": "2026-01-01", "inverse_company_rate": 7.0},
                {"currency_id": currency.id, "name": "2026-03-31", "inverse_company_rate": 8.0},
            ]
        )
        moves = self._drafts(2, currency_id=currency.id)
        moves[0].invoice_currency_rate = 0.2
        moves.action_post()
        self.assertAlmostEqual(moves[0].invoice_currency_rate, 0.2)
        self.assertAlmostEqual(moves[1].invoice_currency_rate, 1 / 8.0)

    def test_batch_of_another_moment_begins_from_the_database(self):
        first = self._drafts(2)
        first.action_post()
        second = self._drafts(2)
        second.action_post()
        self.assertEqual(second[0].sequence_number, first[1].sequence_number + 1)

    def test_memo_by_rpc_is_none(self):
        moves = self._drafts(2).with_context(number_memo={"a": "INV/1"})
        moves.action_post()
        self.assertNotIn("INV/1", moves.mapped("name"))

    def test_queries_of_an_invoice_among_many(self):
        self._drafts(2).action_post()
        counts = []
        for number in (5, 25):
            moves = self._drafts(number)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves.action_post()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
        # One by one it takes about sixty.
        self.assertLess((counts[1] - counts[0]) / 20, 3, counts)

    def test_employee_posts_nothing(self):
        moves = self._drafts(2)
        with self.assertRaises(AccessError):
            moves.with_user(self._create_user("test_employee")).action_post()
        self.assertEqual(moves.mapped("state"), ["draft", "draft"])
        self.assertEqual(moves.mapped("invoice_date"), [False, False])
