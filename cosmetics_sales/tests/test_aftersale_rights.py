"""Who may do what with after-sales, by every way a client has; the two sides of the counter and another company."""

import inspect

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import tagged

from .common_aftersale import AftersaleCommon

# Which of the steps are whose; everybody else is turned away, whatever the state.
CLERK = {"action_approve", "action_draft", "action_refuse", "action_cancel", "action_refund", "action_send"}
KEEPER = {"action_receive", "action_receive_all", "action_inspect"}
ACCOUNTANT = {"action_refunded"}
# The state in which each step is due, so that only the right decides.
DUE = {
    "action_approve": "draft", "action_draft": "waiting", "action_refuse": "waiting", "action_cancel": "waiting",
    "action_receive": "waiting", "action_receive_all": "waiting", "action_inspect": "received", "action_refund": "inspected",
    "action_send": "inspected", "action_refunded": "refunding",
}  # fmt: skip


@tagged("post_install", "-at_install")
class TestAftersaleRights(AftersaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.nobody = cls._create_user("test_aftersale_nobody")
        cls.company_2 = cls.env["res.company"].create({"name": "Test Other Company"})
        abroad = {"company_ids": [Command.set(cls.company_2.ids)], "company_id": cls.company_2.id}
        groups = ("cosmetics_sales.group_ecommerce_clerk", "stock.group_stock_user", "account.group_account_invoice")
        cls.foreigner = cls._create_user("test_aftersale_foreign", *groups, **abroad)
        cls.order_1 = cls._create_sold((cls.mirror, 5), user=cls.salesperson)

    def _call(self, records, name, user, *args):
        """Call a method as a client does."""
        return call_kw(self.env[records._name].with_user(user), name, [records.ids, *args], {})

    def _in_state(self, state, kind="return"):
        case = self._create_aftersale(self.order_1, (self.order_1.order_line, 1), kind=kind, close_reason="Used up")
        case.line_ids.sudo().write({"seal_state": "intact", "result": "supplier", "received_quantity": 1})
        case.sudo().write({"state": state})
        return case

    def test_every_step_is_turned_down_to_those_it_is_not_for(self):
        others = {
            **dict.fromkeys(CLERK, self.keeper + self.accountant + self.nobody + self.colleague + self.foreigner),
            **dict.fromkeys(KEEPER, self.ecommerce_clerk + self.accountant + self.nobody + self.colleague + self.foreigner),
            **dict.fromkeys(ACCOUNTANT, self.ecommerce_clerk + self.keeper + self.nobody + self.colleague + self.foreigner),
        }
        for name, users in others.items():
            case = self._in_state(DUE[name], "exchange" if name == "action_send" else "return")
            for user in users:
                with self.subTest(name=name, user=user.login), self.assertRaises(AccessError), self.env.cr.savepoint():
                    self._call(case, name, user)
            self.assertEqual(case.state, DUE[name])
            case.sudo().write({"state": "cancelled"})

    def test_all_steps_are_in_the_table(self):
        ours = [cls for cls in type(self.env["cosmetics.aftersale"]).mro() if cls.__module__.startswith("odoo.addons.cosmetics_sales.")]
        found = {name for cls in ours for name, member in vars(cls).items() if inspect.isfunction(member) and not name.startswith("_")}
        self.assertEqual(found - {"create", "write", "default_get"}, CLERK | KEEPER | ACCOUNTANT)

    def test_people_of_another_company_and_without_a_role_read_nothing(self):
        case = self._in_state("draft")
        for user in self.foreigner + self.nobody:
            for records in (case, case.line_ids):
                for name, args in (("read", (["display_name"],)), ("write", ({"note": "x"},)), ("unlink", ())):
                    refused = self.assertRaises(AccessError)
                    with self.subTest(user=user.login, model=records._name, name=name), refused, self.env.cr.savepoint():
                        self._call(records, name, user, *args)
        self.assertFalse(self.env["cosmetics.aftersale"].with_user(self.foreigner).search_count([]))
        with self.assertRaises(AccessError):
            self._create_aftersale(self.order_1, (self.order_1.order_line, 1), user=self.foreigner)

    def test_line_is_opened_by_whoever_sees_it(self):
        case = self._in_state("received")
        self.assertEqual(self._call(case.line_ids, "action_open", self.keeper)["res_id"], case.line_ids.id)
        with self.assertRaises(AccessError):
            self._call(case.line_ids, "action_open", self.nobody)

    def test_what_only_the_buttons_know_is_typed_by_nobody(self):
        case = self._in_state("draft")
        for vals in (
            {"state": "done"},
            {"name": "SH1"},
            {"approved_by_id": self.ecommerce_clerk.id},
            {"received_at": "2026-11-23 00:00:00"},
            {"refunded_at": "2026-11-23 00:00:00"},
            {"is_from_channel": True},
        ):
            for user in self.ecommerce_clerk + self.reviewer:
                with self.subTest(vals=vals, user=user.login), self.assertRaisesRegex(UserError, "buttons only"):
                    self._call(case, "write", user, vals)
        with self.assertRaisesRegex(UserError, "Who inspected"):
            self._call(case.line_ids, "write", self.keeper, {"inspected_by_id": self.keeper.id})

    def test_new_case_is_a_draft_whatever_is_sent(self):
        sent = {"state": "done", "approved_by_id": self.reviewer.id, "refunded_at": "2026-11-23 00:00:00", "is_from_channel": True}
        case = self._create_aftersale(self.order_1, (self.order_1.order_line, 1), **sent)
        self.assertRecordValues(case, [{"state": "draft", "approved_by_id": False, "refunded_at": False, "is_from_channel": False}])

    def test_credit_note_is_the_accountants(self):
        case = self._create_aftersale(self.order_1, (self.order_1.order_line, 1))
        self._bring_back(case)
        case.action_refund()
        credit = case.sudo().credit_note_ids
        for user in self.keeper + self.nobody:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                credit.with_user(user).action_post()
        with self.assertRaises(AccessError):
            self._call(case, "action_refunded", self.ecommerce_clerk)
        credit.with_user(self.accountant).action_post()
        self._call(case, "action_refunded", self.accountant)
        self.assertEqual(case.state, "done")

    def test_reviewer_approves_what_is_too_much_for_a_clerk_and_no_write_goes_around_it(self):
        self.company.aftersale_approval_amount = 50
        case = self._create_aftersale(self.order_1, (self.order_1.order_line, 2))
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._call(case, "action_approve", self.ecommerce_clerk)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._call(case, "write", self.ecommerce_clerk, {"state": "approved"})
        self._call(case, "action_approve", self.reviewer)
        # Agreed on is agreed on: the clerk cannot make it more afterwards.
        with self.assertRaises(UserError):
            self._call(case.line_ids, "write", self.ecommerce_clerk, {"amount": 1})
        with self.assertRaises(UserError):
            self._call(case, "write", self.ecommerce_clerk, {"line_ids": [Command.update(case.line_ids.id, {"quantity": 3})]})

    def test_reasons_are_set_by_the_reviewer(self):
        for user in self.ecommerce_clerk + self.keeper + self.salesperson:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.mind.with_user(user).name = "Mine"
        self.mind.with_user(self.reviewer).sequence = 11
        self.assertEqual(self.mind.sequence, 11)

    def test_photos_are_seen_by_whoever_sees_the_case(self):
        case = self._in_state("received")
        photo = self.env["ir.attachment"].with_user(self.keeper).create({"name": "seal.jpg", "raw": b"x"})
        case.line_ids.with_user(self.keeper).photo_ids = [Command.link(photo.id)]
        self.assertEqual(photo.with_user(self.ecommerce_clerk).raw, b"x")
        with self.assertRaises(AccessError):
            photo.with_user(self.foreigner).read(["raw"])
