"""Payments with evidence: who submits, who confirms, what is refused."""

import base64

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import UniqueViolation

from .common import SalesCommon

PIXEL = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestCosmeticsPaymentProof(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls._create_user("test_proof_accountant", "account.group_account_invoice")
        cls.reviewer = cls._create_user("test_proof_reviewer", "cosmetics_sales.group_order_reviewer")
        cls.order = cls._create_order(cls.product)
        cls.total = cls.order.amount_total

    def _submit(self, amount, user=None, order=None, **vals):
        return (
            self.env["cosmetics.payment.proof"]
            .with_user(user or self.salesperson)
            .create(
                {
                    "reference": f"T{amount}",
                    "payer": "Test Customer",
                    "evidence": PIXEL,
                    "line_ids": [Command.create({"order_id": (order or self.order).id, "amount": amount})],
                    **vals,
                }
            )
        )

    def test_order_is_paid_in_parts(self):
        first, second = self._submit(self.total - 10), self._submit(10)
        self.assertEqual(self.order.proof_state, "none")
        first.with_user(self.accountant).action_confirm()
        self.assertEqual(self.order.proof_state, "partial")
        second.with_user(self.reviewer).action_confirm()
        self.assertEqual((self.order.proof_state, self.order.proof_amount), ("paid", self.total))

    def test_form_suggests_what_is_open_of_the_order(self):
        self._submit(10)
        form = Form(self.env["cosmetics.payment.proof"].with_user(self.salesperson))
        form.reference, form.payer, form.evidence = "T2", "Test Customer", PIXEL
        with form.line_ids.new() as line:
            line.order_id = self.order
        self.assertEqual(form.save().amount, self.total - 10)

    def test_amount_of_an_import_is_kept_and_a_missing_one_is_what_is_open(self):
        proof = self._submit(10)
        self.assertEqual(proof.amount, 10)
        vals = {"reference": "T2", "payer": "Test Customer", "evidence": PIXEL, "line_ids": [Command.create({"order_id": self.order.id})]}
        self.assertEqual(self.env["cosmetics.payment.proof"].with_user(self.salesperson).create(vals).amount, self.total - 10)

    def test_more_than_the_order_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "sum up to"), self.cr.savepoint():
            self._submit(self.total + 1)
        self._submit(self.total - 10)
        with self.assertRaisesRegex(ValidationError, "sum up to"), self.cr.savepoint():
            self._submit(11)

    def test_submitter_and_salesperson_do_not_confirm(self):
        with self.assertRaises(AccessError):
            self._submit(10).write({"state": "confirmed"})
        with self.assertRaisesRegex(AccessError, "somebody else"):
            self._submit(20, user=self.reviewer).action_confirm()
        self.assertEqual(self._submit(30, state="confirmed").state, "submitted")

    def test_evidence_is_a_picture_or_pdf(self):
        with self.assertRaisesRegex(ValidationError, "neither"):
            self._submit(10, evidence=base64.b64encode(b"MZ not a picture"))

    def test_same_payment_twice_is_refused(self):
        first = self._submit(10)
        with self.assertRaises(UniqueViolation), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._submit(11, reference="t10", payer="TEST customer")
        with self.assertRaisesRegex(UserError, "Say why"):
            first.with_user(self.accountant).action_refuse()
        first.with_user(self.accountant).write({"refusal_reason": "Not on the account"})
        first.with_user(self.accountant).action_refuse()
        self.env.flush_all()
        self.assertTrue(self._submit(12, reference="T10"))

    def test_decided_payment_stays(self):
        proof = self._submit(10)
        proof.with_user(self.accountant).action_confirm()
        for change in (
            lambda: proof.write({"payer": "Somebody"}),
            lambda: proof.line_ids.write({"amount": 1}),
            proof.with_user(self.accountant).action_refuse,
            proof.unlink,
        ):
            with self.assertRaises(UserError):
                change()

    def test_salesperson_pays_own_orders_only(self):
        foreign = self._create_order(self.product, user=self.colleague)
        with self.assertRaises(AccessError):
            self._submit(10, order=foreign)
        theirs = self._submit(10, user=self.colleague, order=foreign)
        self.assertFalse(theirs.with_user(self.salesperson).search([("id", "=", theirs.id)]))
