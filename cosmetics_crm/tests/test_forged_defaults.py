"""What comes over RPC is written by whoever calls: no `default_…` and no later change decides what a button, a ledger or a consent does."""

from odoo.exceptions import AccessError, UserError
from odoo.service.model import get_public_method
from odoo.tests import tagged

from .common_stored import StoredCommon


@tagged("post_install", "-at_install")
class TestForgedDefaults(StoredCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls._create_stored_card()

    def _new(self, model, user, vals, **defaults):
        """Return a record as a caller makes it who fills the context."""
        context = {f"default_{name}": value for name, value in defaults.items()}
        return self.env[model].with_user(user).with_context(**context).create(vals)

    def _create_points_program(self):
        vals = {"name": "Test Points", "program_type": "loyalty", "trigger": "auto", "applies_on": "both"}
        return self.env["loyalty.program"].with_user(self.manager).create(vals)

    def test_refund_is_not_approved_by_a_default(self):
        vals = {"card_id": self.card.id, "reason": "operator"}
        refund = self._new("cosmetics.stored.refund", self.adviser, vals, state="approved", approved_by_id=self.approver.id)
        self.assertEqual((refund.state, refund.approved_by_id.id), ("draft", False))
        with self.assertRaisesRegex(UserError, "not due"):
            refund.action_pay()

    def test_refund_pays_what_the_ledger_says_not_a_default(self):
        self._move(self.card, "top_up", 100, "a")
        vals = {"card_id": self.card.id, "reason": "operator"}
        refund = self._new("cosmetics.stored.refund", self.adviser, vals, principal_back=9000, interest=900, amount=9900)
        self.assertEqual((refund.principal_back, refund.interest, refund.amount), (100, 0, 100))

    def test_refund_is_asked_for_by_who_asks_not_by_a_default(self):
        vals = {"card_id": self.card.id, "reason": "operator"}
        refund = self._new("cosmetics.stored.refund", self.approver, vals, requested_by_id=self.adviser.id)
        refund.action_submit()
        with self.assertRaisesRegex(UserError, "of their own"):
            refund.with_user(self.approver).action_approve()

    def test_new_card_holds_no_money_by_a_default(self):
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id}
        card = self._new("loyalty.card", self.manager, vals, points=50, stored_principal=50)
        self.assertEqual((card.points, self._held(card)), (0, (0, 0)))

    def test_new_card_is_in_use_whatever_a_default_says(self):
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id}
        card = self._new("loyalty.card", self.manager, vals, stored_state="closed", merged_into_id=self.card.id)
        self.assertEqual((card.stored_state, card.merged_into_id.id), ("active", False))

    def test_new_card_keeps_the_ledger_of_its_program_whatever_a_default_says(self):
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id}
        card = self._new("loyalty.card", self.manager, vals, stored_kind=False)
        self.assertEqual(card.stored_kind, "named")
        vals = {"program_id": self._create_points_program().id, "partner_id": self._create_member().id}
        self.assertTrue(self._new("loyalty.card", self.manager, vals, in_ledger=False).in_ledger)

    def test_new_card_has_no_points_by_a_default(self):
        vals = {"program_id": self._create_points_program().id, "partner_id": self._create_member().id}
        card = self._new("loyalty.card", self.manager, vals, points=500, points_pending=70)
        self.assertEqual((card.points, card.points_pending), (0, 0))

    def test_new_card_has_no_points_by_a_default_of_the_user(self):
        self.env["ir.default"].with_user(self.manager).set("loyalty.card", "points", 500, user_id=True)
        vals = {"program_id": self._create_points_program().id, "partner_id": self._create_member().id}
        self.assertEqual(self.env["loyalty.card"].with_user(self.manager).create(vals).points, 0)

    def test_coupon_outside_the_ledgers_keeps_its_default(self):
        program = self.env["loyalty.program"].with_user(self.manager).create({"name": "Test Coupon", "program_type": "coupons"})
        card = self._new("loyalty.card", self.manager, {"program_id": program.id}, points=1)
        self.assertEqual(card.points, 1)

    def test_nobody_becomes_a_member_by_a_default(self):
        colleague = self._create_user("test_forged_contacts", "base.group_partner_manager")
        for user in (colleague, self.manager):
            contact = self._new("res.partner", user, {"name": "赵晓兰", "phone": str(next(self._numbers))}, is_member=True)
            with self.subTest(user=user.login):
                self.assertFalse(contact.sudo().is_member or contact.sudo().consent_ids)

    def test_quickly_made_contact_is_no_member_by_a_default(self):
        partners = self.env["res.partner"].with_user(self.manager).with_context(default_is_member=True, default_phone="13912340000")
        contact_id, _name = partners.name_create("赵晓兰")
        self.assertFalse(partners.browse(contact_id).is_member)

    def test_consent_is_not_withdrawn_by_a_default(self):
        member = self._create_member()
        purpose = self.env["cosmetics.consent.purpose"].search([("code", "=", "sms")])
        vals = {"partner_id": member.id, "purpose_id": purpose.id, "how": "paper"}
        consent = self._new("cosmetics.consent", self.adviser, vals, withdrawn_at="2099-01-01 00:00:00")
        self.assertFalse(consent.withdrawn_at)

    def test_talk_is_in_the_name_of_who_writes_not_of_a_default(self):
        vals = {"partner_id": self.card.partner_id.id, "summary": "问价格"}
        talk = self._new("cosmetics.member.contact", self.adviser, vals, user_id=self.manager.id)
        self.assertEqual(talk.user_id, self.adviser)

    def test_talk_is_not_put_into_a_company_that_the_writer_does_not_work_in(self):
        company = self.env["res.company"].create({"name": "Test Company"})
        vals = {"partner_id": self.card.partner_id.id, "summary": "问价格"}
        with self.assertRaises(AccessError):
            self._new("cosmetics.member.contact", self.adviser, vals, company_id=company.id)

    def test_adjustment_is_not_done_by_a_default(self):
        card = self.env["loyalty.card"].create({"program_id": self._create_points_program().id, "partner_id": self.card.partner_id.id})
        vals = {"card_id": card.id, "points": 10, "reason": "x"}
        wish = self._new("cosmetics.points.adjustment", self.manager, vals, state="done", approved_by_id=self.approver.id)
        self.assertEqual((wish.state, wish.approved_by_id.id), ("draft", False))

    def test_adjustment_is_not_moved_to_a_member_of_another_store(self):
        program = self._create_points_program()
        own, foreign = (
            self.env["loyalty.card"].create({"program_id": program.id, "partner_id": self._create_member(member_store_id=store.id).id})
            for store in (self.store, self.other_store)
        )
        wish = self._new("cosmetics.points.adjustment", self.adviser, {"card_id": own.id, "points": 10, "reason": "x"})
        with self.assertRaises(AccessError):
            wish.card_id = foreign

    def test_ledger_is_out_of_reach_from_outside(self):
        for name in ("_stored_post", "_stored_absorb", "_set_stored_state", "_post_stored_opening", "_open_stored_ledger"):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.env["loyalty.card"], name)
        for model, name in (("cosmetics.consent", "_withdraw"), ("res.partner", "_join_member"), ("res.partner", "_close_membership")):
            with self.subTest(name), self.assertRaises(AccessError):
                get_public_method(self.env[model], name)
