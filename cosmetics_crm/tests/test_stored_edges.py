"""Stored value where two rules meet: wrong acts, wrong cards, other companies, other hands."""

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from ..tools.stored_act import StoredAct
from .common_stored import StoredCommon


@tagged("post_install", "-at_install")
class TestStoredEdges(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()

    def test_acts_that_make_no_sense_are_an_error_of_the_program(self):
        for vals in (("fly", 1, {}), ("top_up", -1, {}), ("top_up", 1, {"bonus": -1})):
            kind, amount, more = vals
            with self.subTest(vals), self.assertRaises(ValueError):
                self._move(self.card, kind, amount, "a", **more)

    def test_card_without_stored_value_is_an_error_of_the_program(self):
        program = self._create_stored_program(stored_kind=False)
        with self.assertRaises(ValueError):
            self._move(self._create_stored_card(program=program), "top_up", 1, "a")

    def test_nothing_to_do_does_nothing(self):
        self.assertEqual(self.env["loyalty.card"]._stored_post([]), [])
        self.assertEqual(self.env["loyalty.card"]._stored_post([StoredAct(self.env["loyalty.card"], "spend", 1, "a")]), [])

    def test_act_that_found_nothing_stays_done(self):
        sale = self.card.partner_id
        self.assertEqual(self._move(self.card, "give_back", 10, "a", origin=sale).missing, 10)
        self._move(self.card, "top_up", 100, "b")
        self._move(self.card, "spend", 10, "c", origin=sale)
        self.assertTrue(self._move(self.card, "give_back", 10, "a", origin=sale).is_replay)
        self.assertEqual(self._held(self.card), (90, 0))

    def test_acts_of_one_posting_follow_each_other(self):
        sale = self.card.partner_id
        kinds = (("top_up", 100, None), ("spend", 60, sale), ("give_back", 20, sale))
        acts = [StoredAct(self.card, kind, amount, kind, origin) for kind, amount, origin in kinds]
        self.card.with_user(self.adviser)._stored_post(acts)
        self.assertEqual(self._held(self.card), (60, 0))
        self.assertEqual(self.card.stored_move_ids.sorted("id").mapped("balance"), [100, 40, 60])
        self.assertFalse(self._stored_differences())

    def test_one_refused_act_undoes_the_posting(self):
        other = self._create_stored_card()
        acts = [StoredAct(other, "top_up", 100, "a"), StoredAct(self.card, "spend", 1, "b")]
        with self.assertRaises(UserError), self.cr.savepoint():
            self.env["loyalty.card"]._stored_post(acts)
        self.assertEqual((self._held(other), self._held(self.card)), ((0, 0), (0, 0)))

    def test_purchase_over_two_top_ups_has_a_row_for_each(self):
        self._move(self.card, "top_up", 1000, "a")
        self._move(self.card, "top_up", 100, "b")
        self._move(self.card, "spend", 1250, "c", list_amount=1500)
        rows = self.card.stored_move_ids.filtered(lambda move: move.kind == "spend").sorted("id")
        self.assertEqual(rows.mapped(lambda row: (row.principal, row.bonus, row.list_amount)), [(-1000, -200, -1440), (-50, 0, -60)])
        self.assertEqual(rows.mapped("act"), ["c", "c"])

    def test_largest_offer_that_is_reached_counts_once(self):
        self.stored_program.with_user(self.manager).stored_offer_ids = [Command.create({"amount": 2000, "bonus": 500})]
        for amount, bonus in ((999, 0), (1000, 200), (1999.99, 200), (2000, 500), (4000, 500)):
            self.assertEqual(self.stored_program._get_stored_bonus(amount), bonus)

    def test_offers_are_more_than_nothing_and_one_an_amount(self):
        offers = self.env["cosmetics.stored.offer"].with_user(self.manager)
        for vals in ({"amount": 0, "bonus": 1}, {"amount": 1, "bonus": 0}, {"amount": 1000, "bonus": 1}):
            with self.subTest(vals), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                offers.create({"program_id": self.stored_program.id, **vals})

    def test_adviser_sets_no_offers(self):
        with self.assertRaises(AccessError):
            self.stored_program.stored_offer_ids.with_user(self.adviser).write({"bonus": 5000})

    def test_offer_that_breaks_the_limit_is_refused_at_the_top_up(self):
        self.stored_program.stored_offer_ids.bonus = 4500
        with self.assertRaisesRegex(UserError, "5500.00 would be on card"):
            self._move(self.card, "top_up", 1000, "a")

    def test_program_may_be_stricter_than_the_law(self):
        self.stored_program.with_user(self.manager).stored_limit = 500
        with self.assertRaisesRegex(UserError, "the law allows 500"):
            self._move(self.card, "top_up", 501, "a")

    def test_identity_without_a_way_to_reach_the_person_is_none(self):
        partner = self.env["res.partner"].create({"name": "Test", "identity_kind": "passport", "identity_number": "E1"})
        self.assertFalse(partner._has_identity())
        partner.phone = "13912345678"
        self.assertTrue(partner._has_identity())
        self.assertFalse(self.env["res.partner"]._has_identity())

    def test_credit_code_of_a_company_must_be_right(self):
        with self.assertRaises(ValidationError):
            self.env["res.partner"].create({"name": "Test", "identity_kind": "company", "identity_number": "91110000600037341X"})

    def test_who_is_no_adviser_sees_no_identity(self):
        stranger = self._create_user("test_identity_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            self.card.partner_id.with_user(stranger).read(["identity_number"])

    def test_adviser_opens_a_card_for_own_members_only(self):
        self.env["loyalty.program"].search([("stored_kind", "=", "named")]).filtered(
            lambda program: program != self.stored_program
        ).stored_kind = False
        member = self._create_holder("李晓梅")
        card = self.env["loyalty.card"].browse(member.with_user(self.adviser).action_open_stored_card()["res_id"])
        self.assertEqual((card.partner_id, card.stored_kind, card.points), (member, "named", 0))
        self.assertEqual(member.with_user(self.adviser).action_open_stored_card()["res_id"], card.id)
        other = self._create_holder("Other", member_store_id=self.other_store.id)
        with self.assertRaises(AccessError):
            other.with_user(self.adviser).action_open_stored_card()

    def test_without_a_program_nobody_opens_a_card(self):
        self.env["loyalty.program"].search([("stored_kind", "=", "named")]).active = False
        with self.assertRaisesRegex(UserError, "no program of named cards"):
            self._create_holder().with_user(self.adviser).action_open_stored_card()

    def test_balance_of_core_s_dialog_is_not_for_these_cards(self):
        with self.assertRaisesRegex(UserError, "follows from its ledger"):
            self.card.with_user(self.manager).action_loyalty_update_balance()

    def test_history_of_the_card_is_not_typed(self):
        self._move(self.card, "top_up", 100, "a")
        with self.assertRaises(UserError):
            self.env["loyalty.history"].with_user(self.manager).create({"card_id": self.card.id, "description": "x", "issued": 5})
        with self.assertRaises(UserError):
            self.card.history_ids.with_user(self.manager).write({"issued": 5})

    def test_document_behind_a_row_is_opened(self):
        self._move(self.card, "top_up", 100, "a", origin=self.card.partner_id)
        self._move(self.card, "spend", 10, "b")
        topped, spent = self.card.with_user(self.adviser).stored_move_ids.sorted("id")
        self.assertEqual(topped.action_open_origin()["res_id"], self.card.partner_id.id)
        with self.assertRaises(UserError):
            spent.action_open_origin()

    def test_buttons_of_a_card_lead_to_its_rows_and_its_refund(self):
        card = self.card.with_user(self.adviser)
        self.assertEqual(card.action_view_stored_moves()["domain"], [("card_id", "in", card.ids)])
        self.assertEqual(card.action_refund_card()["context"], {"default_card_id": card.id})

    def test_company_keeps_sensible_rates(self):
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self.env.company.stored_lpr_rate = -1
            self.env.flush_all()

    def test_wallet_below_zero_does_not_open_the_ledger(self):
        program = self._create_stored_program(stored_kind=False)
        self._create_stored_card(program=program).points = -5
        with self.assertRaisesRegex(UserError, "below zero"):
            program.with_user(self.approver).stored_kind = "named"

    def test_top_up_products_are_known_after_they_change(self):
        programs = self.env["loyalty.program"]
        before = programs._get_stored_products()[self.stored_program.id]
        product = self.env["product.product"].create({"name": "Test Other Top-Up", "type": "service", "taxes_id": [Command.clear()]})
        self.stored_program.rule_ids.product_ids = product
        self.assertEqual(programs._get_stored_products()[self.stored_program.id], frozenset(product.ids))
        self.assertNotEqual(before, frozenset(product.ids))

    def test_refund_of_another_company_s_card_is_refused(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        self.stored_program.company_id = company
        with self.assertRaises(UserError):
            self.env["cosmetics.stored.refund"].with_user(self.adviser).create({"card_id": self.card.id, "reason": "operator"})

    def test_refund_of_a_card_without_stored_value_is_refused(self):
        card = self._create_stored_card(program=self._create_stored_program(stored_kind=False))
        with self.assertRaisesRegex(UserError, "holds no stored value"):
            self.env["cosmetics.stored.refund"].with_user(self.manager).create({"card_id": card.id, "reason": "operator"})

    def test_only_a_draft_of_a_refund_is_deleted(self):
        refund = self.env["cosmetics.stored.refund"].with_user(self.adviser).create({"card_id": self.card.id, "reason": "operator"})
        refund.action_submit()
        with self.assertRaises(UserError):
            refund.unlink()
