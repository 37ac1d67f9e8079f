"""Who may do what with settlements and payment confirmations, by every way a client has."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common_settlement import SettlementCommon
from .settlement_files import douyin
from .test_cosmetics_payment_proof import PIXEL

SETTLEMENT = ("cosmetics.settlement", "cosmetics.settlement.line", "cosmetics.settlement.match")
PUBLIC = {
    "cosmetics.settlement": {
        "action_read", "action_match", "action_confirm", "action_accept_suggestions", "action_reopen", "action_open_lines",
    },
    "cosmetics.settlement.line": set(),
    "cosmetics.settlement.match": set(),
    "cosmetics.payment.proof": {"action_confirm", "action_refuse"},
    "cosmetics.payment.proof.line": set(),
    "cosmetics.channel.fee": set(),
}  # fmt: skip
OF_CORE = {"create", "write"}
FORGED = {"file_total": 1, "repeated_total": 1, "date_to": "2026-01-01", "read_attachment_ids": [Command.clear()]}


class RightsCommon(SettlementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.keeper = cls._create_user("test_settle_keeper", "stock.group_stock_user")
        cls.nobody = cls._create_user("test_settle_nobody")
        cls.company_2 = cls.env["res.company"].create({"name": "Test Other Company"})
        abroad = {"company_ids": [Command.set(cls.company_2.ids)], "company_id": cls.company_2.id}
        cls.foreign_clerk = cls._create_user("test_settle_foreign", "cosmetics_sales.group_ecommerce_clerk", **abroad)
        cls.foreign_accountant = cls._create_user("test_settle_foreign_2", "account.group_account_invoice", **abroad)

    def _call(self, records, name, user, *args):
        """Call a method as a client does."""
        return call_kw(self.env[records._name].with_user(user), name, [records.ids, *args], {})

    def _own_methods(self, model):
        """Return the public methods that our sources give a model."""
        found = set()
        for cls in type(self.env[model]).mro():
            if cls.__module__.startswith("odoo.addons.cosmetics_sales."):
                found |= {name for name, _member in inspect.getmembers(cls, inspect.isfunction) if name in vars(cls)}
        return {name for name in found if not name.startswith("_")} - OF_CORE


@tagged("post_install", "-at_install")
class TestSettlementRights(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        clerk = cls.env(user=cls.ecommerce_clerk.id)
        upload = clerk["ir.attachment"].create({"name": "x.csv", "raw": douyin((1, "69001", 100, 0, -8))})
        cls.settlement = clerk["cosmetics.settlement"].create({"channel_id": cls.channel.id, "attachment_ids": [Command.link(upload.id)]})
        cls.settlement.action_read()
        cls.outsiders = cls.salesperson + cls.keeper + cls.nobody + cls.foreign_clerk + cls.foreign_accountant

    def test_no_public_method_is_forgotten_here(self):
        for model, names in PUBLIC.items():
            with self.subTest(model=model):
                self.assertEqual(self._own_methods(model), names)

    def test_outsiders_call_nothing(self):
        for user in self.outsiders:
            for name in PUBLIC["cosmetics.settlement"] - {"action_open_lines"}:
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._call(self.settlement, name, user)

    def test_outsiders_read_and_write_nothing(self):
        for user in self.outsiders:
            for records in (self.settlement, self.settlement.line_ids, self.settlement.match_ids):
                for name, args in (("read", (["display_name"],)), ("write", ({"order_id": False},)), ("unlink", ())):
                    refused = self.assertRaises(AccessError)
                    with self.subTest(user=user.login, model=records._name, name=name), refused, self.env.cr.savepoint():
                        self._call(records, name, user, *args)

    def test_people_of_another_company_find_nothing(self):
        for model in SETTLEMENT:
            for user in self.foreign_clerk + self.foreign_accountant:
                self.assertFalse(self.env[model].with_user(user).search_count([]), (model, user.login))

    def test_settlement_of_another_company_cannot_be_made(self):
        with self.assertRaises(AccessError):
            self.env["cosmetics.settlement"].with_user(self.foreign_clerk).create(
                {"channel_id": self.channel.id, "company_id": self.env.company.id}
            )

    def test_clerk_reviewer_and_accountant_each_settle_alone(self):
        for number, user in enumerate(self.ecommerce_clerk + self.reviewer + self.accountant):
            with self.subTest(user=user.login):
                order = self._create_sale(f"6910{number}")
                settlement = self._settle(douyin((f"r{number}", order.channel_order_ref, 100, 0, -8)), user=user)
                self._call(settlement.match_ids, "write", user, {"explanation": "fee", "note": "Campaign"})
                self._call(settlement, "action_match", user)
                self._call(settlement, "action_accept_suggestions", user)
                self._call(settlement, "action_confirm", user)
                self.assertEqual((settlement.state, order.settlement_state), ("confirmed", "settled"))
                self.assertTrue(self._call(settlement, "action_open_lines", user))

    def test_file_one_person_uploads_is_read_by_another(self):
        settlement = self._prepare(douyin(("other", "69001", 0, 0, -1)))
        settlement.with_user(self.accountant).action_read()
        self.assertEqual(settlement.line_count, 1)

    def test_file_of_somebody_else_is_not_taken_over(self):
        private = self.env["ir.attachment"].with_user(self.colleague).create({"name": "own.csv", "raw": b"a"})
        fresh = self.env["cosmetics.settlement"].with_user(self.ecommerce_clerk).create({"channel_id": self.channel.id})
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            fresh.attachment_ids = [Command.link(private.id)]
            fresh.action_read()
        self.assertFalse(private.res_id)

    def test_movements_are_read_from_files_only(self):
        line = self.settlement.line_ids[0]
        vals = {"settlement_id": self.settlement.id, "kind": "sale", "amount": 3, "reference": "INVENTED"}
        for user in self.ecommerce_clerk + self.reviewer + self.accountant:
            with self.subTest(user=user.login):
                for act in (
                    lambda user=user: self.env["cosmetics.settlement.line"].with_user(user).create(vals),
                    lambda user=user: line.with_user(user).write({"amount": 1}),
                    lambda user=user: line.with_user(user).write({"order_id": self.order.id}),
                    lambda user=user: line.with_user(user).unlink(),
                    lambda user=user: self.settlement.with_user(user).write({"line_ids": [Command.create(vals)]}),
                ):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        act()

    def test_sums_and_days_are_nobodys_to_type(self):
        for user in self.ecommerce_clerk + self.reviewer + self.accountant:
            for name, value in FORGED.items():
                with self.subTest(user=user.login, name=name), self.assertRaisesRegex(UserError, "come from its files"):
                    self.settlement.with_user(user).write({name: value})
        fresh = self.env["cosmetics.settlement"].with_user(self.ecommerce_clerk).create({"channel_id": self.channel.id, **FORGED})
        self.assertRecordValues(fresh, [{"file_total": 0, "repeated_total": 0, "date_to": False, "read_attachment_ids": []}])

    def test_difference_is_explained_and_not_typed_away(self):
        match = self.settlement.match_ids
        for name in ("difference", "receivable", "received_fee", "expected_fee", "order_id", "suggestion"):
            with self.subTest(name=name), self.assertRaisesRegex(UserError, "counted from its files"):
                match.with_user(self.ecommerce_clerk).write({name: False})
        with self.assertRaises(AccessError):
            match.with_user(self.ecommerce_clerk).unlink()
        with self.assertRaises(AccessError):
            self.env["cosmetics.settlement.match"].with_user(self.accountant).create(
                {"settlement_id": self.settlement.id, "order_ref": "INVENTED"}
            )

    def test_state_is_not_created_and_confirming_by_hand_meets_the_same_gate(self):
        fresh = self.env["cosmetics.settlement"].with_user(self.accountant).create({"channel_id": self.channel.id, "state": "confirmed"})
        self.assertEqual(fresh.state, "draft")
        with self.assertRaisesRegex(UserError, "has no lines"):
            self._call(fresh, "write", self.accountant, {"state": "confirmed"})
        with self.assertRaisesRegex(UserError, "not explained"):
            self._call(self.settlement, "write", self.ecommerce_clerk, {"state": "confirmed"})

    def test_clerk_does_not_reopen_the_others_do_with_a_reason(self):
        self.settlement.action_accept_suggestions()
        self.settlement.action_confirm()
        with self.assertRaises(AccessError):
            self.settlement.write({"state": "matched", "reopen_reason": "Mine"})
        self.settlement.reopen_reason = "Clerk asks for it"
        with self.assertRaises(AccessError):
            self._call(self.settlement, "action_reopen", self.ecommerce_clerk)
        self._call(self.settlement, "action_reopen", self.reviewer)
        self.assertEqual(self.settlement.state, "matched")
        self.settlement.action_confirm()
        with self.assertRaisesRegex(UserError, "Say why"):
            self._call(self.settlement, "action_reopen", self.accountant)

    def test_what_a_settlement_says_of_an_order_is_hidden_from_salespeople(self):
        own = self._create_order(self.product)
        self.assertEqual(self._call(own, "read", self.salesperson, ["settlement_state"])[0]["settlement_state"], "none")
        with self.assertRaises(AccessError):
            self._call(own, "read", self.salesperson, ["settlement_match_ids"])

    def test_copy_of_a_settlement_is_an_empty_draft(self):
        copied = self.settlement.copy()
        self.assertRecordValues(copied, [{"state": "draft", "line_count": 0, "file_total": 0, "attachment_ids": []}])

    def test_file_is_seen_by_whoever_sees_the_settlement_and_nobody_else(self):
        upload = self.settlement.attachment_ids
        self.assertTrue(upload.with_user(self.accountant).raw)
        for user in self.outsiders:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                upload.with_user(user).read(["raw"])


@tagged("post_install", "-at_install")
class TestPaymentProofRights(RightsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(cls.product)

    def _submit(self, user, amount=10, order=None, **vals):
        line = Command.create({"order_id": (order or self.order).id, "amount": amount})
        vals = {"reference": f"T{user.id}-{amount}", "payer": "Test Customer", "evidence": PIXEL, "line_ids": [line], **vals}
        return self.env["cosmetics.payment.proof"].with_user(user).create(vals)

    def test_nobody_decides_on_an_entry_of_their_own(self):
        for user in self.accountant + self.reviewer:
            for name in ("action_confirm", "action_refuse"):
                with self.subTest(user=user.login, name=name), self.assertRaisesRegex(AccessError, "somebody else"):
                    self._call(self._submit(user, refusal_reason="x", reference=f"{user.id}{name}"), name, user)

    def test_sellers_and_keepers_decide_on_none(self):
        proof = self._submit(self.accountant)
        for user in self.salesperson + self.ecommerce_clerk + self.keeper + self.nobody + self.foreign_accountant:
            for name in ("action_confirm", "action_refuse"):
                with self.subTest(user=user.login, name=name), self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._call(proof, name, user)
        self.assertEqual(proof.state, "submitted")

    def test_who_decides_changes_nothing_first(self):
        """Else a slip of 10 would be confirmed as one of 1,000 by one person alone."""
        proof = self._submit(self.salesperson)
        for user in self.accountant + self.reviewer:
            for act in (
                lambda own: own.write({"payer": "Somebody Else"}),
                lambda own: own.write({"evidence": PIXEL}),
                lambda own: own.line_ids.write({"amount": 20}),
                lambda own: own.write({"line_ids": [Command.update(own.line_ids.id, {"amount": 20})]}),
                lambda own: own.line_ids.create({"proof_id": own.id, "order_id": self._create_order(self.product).id, "amount": 1}),
                lambda own: own.line_ids.unlink(),
                lambda own: own.unlink(),
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError), self.env.cr.savepoint():
                    act(proof.with_user(user))
        proof.line_ids.write({"amount": 12})
        self._call(proof, "action_confirm", self.accountant)
        self.assertEqual((proof.state, proof.amount), ("confirmed", 12))

    def test_refusal_frees_the_amount_and_the_number(self):
        total = self.order.amount_total
        first = self._submit(self.salesperson, total)
        first.with_user(self.accountant).refusal_reason = "Another customer"
        self._call(first, "action_refuse", self.accountant)
        self.env.flush_all()
        second = self._submit(self.salesperson, total)
        self._call(second, "action_confirm", self.reviewer)
        self.assertEqual((first.state, second.state, self.order.proof_state), ("refused", "confirmed", "paid"))

    def test_one_slip_pays_several_orders_each_up_to_its_total(self):
        other = self._create_order(self.product)
        lines = [Command.create({"order_id": order.id, "amount": order.amount_total}) for order in self.order + other]
        proof = self._submit(self.salesperson, line_ids=lines)
        self.assertEqual(proof.amount, self.order.amount_total + other.amount_total)
        self._call(proof, "action_confirm", self.accountant)
        self.assertEqual((self.order + other).mapped("proof_state"), ["paid", "paid"])

    def test_payment_of_no_order_is_refused(self):
        with self.assertRaisesRegex(UserError, "belongs to an order"):
            self._submit(self.salesperson, line_ids=[], reference="None")
        proof = self._submit(self.salesperson)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            proof.write({"line_ids": [Command.clear()]})

    def test_order_of_another_company_is_not_paid(self):
        foreign = self._submit(self.ecommerce_clerk)
        with self.assertRaises(AccessError):
            foreign.with_user(self.foreign_clerk).read(["payer"])
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._submit(self.foreign_clerk)

    def test_submitted_payment_is_changed_and_withdrawn_by_who_submitted_it_only(self):
        proof = self._submit(self.salesperson)
        proof.payer = "Corrected"
        for user in self.ecommerce_clerk, self.colleague:
            with self.subTest(user=user.login), self.assertRaises(AccessError), self.env.cr.savepoint():
                proof.with_user(user).write({"payer": "Mine"})
        proof.unlink()
        self.assertFalse(proof.exists())
