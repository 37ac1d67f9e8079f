"""Stored-value cards as the roles work with them: limits, loss, replacement, merging."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common_stored import StoredCommon


@tagged("post_install", "-at_install")
class TestStoredLimits(StoredCommon):
    def test_named_card_holds_at_most_5000_with_its_bonus(self):
        card = self._create_stored_card()
        self._move(card, "top_up", 4800, "a")
        self.assertEqual(self._held(card), (4800, 200))
        with self.assertRaisesRegex(UserError, "5000.01 would be on card"):
            self._move(card, "top_up", 0.01, "b")

    def test_bearer_card_holds_at_most_1000(self):
        card = self._create_stored_card(self.env["res.partner"], self._create_stored_program("bearer"))
        self._move(card, "top_up", 1000, "a")
        with self.assertRaisesRegex(UserError, "the law allows 1000"):
            self._move(card, "top_up", 1, "b")

    def test_holder_of_a_named_card_is_known(self):
        card = self._create_stored_card(self._create_member())
        with self.assertRaisesRegex(UserError, "identity of who buys this card"):
            self._move(card, "top_up", 10, "a")
        self.assertEqual(self._held(card), (0, 0))

    def test_buyer_of_bearer_cards_is_known_from_10000_on(self):
        card = self._create_stored_card(self.env["res.partner"], self._create_stored_program("bearer"))
        self._move(card, "top_up", 500, "a", total=9999.99)
        with self.assertRaisesRegex(UserError, "identity"):
            self._move(card, "top_up", 500, "b", total=10000)

    def test_companies_pay_no_5000_in_cash(self):
        vals = {"name": "西安某公司", "is_company": True, "phone": "029-88888888"}
        company = self.env["res.partner"].create({**vals, "identity_kind": "company", "identity_number": "91110000600037341L"})
        card = self._create_stored_card(company)
        with self.assertRaisesRegex(UserError, "bank transfer, not in cash"):
            self._move(card, "top_up", 100, "a", total=5000, is_cash=True)
        self._move(card, "top_up", 100, "b", total=5000, is_cash=False)
        self._move(card, "top_up", 100, "c", total=4999, is_cash=True)

    def test_persons_pay_no_50000_in_cash(self):
        card = self._create_stored_card()
        self._move(card, "top_up", 100, "a", total=49999, is_cash=True)
        with self.assertRaisesRegex(UserError, "From 50000"):
            self._move(card, "top_up", 100, "b", total=50000, is_cash=True)

    def test_money_taken_already_is_posted_with_the_rules_it_breaks(self):
        card = self._create_stored_card()
        result = self._move(card, "top_up", 6000, "a", is_partial=True)
        self.assertEqual((len(result.broken), self._held(card)), (1, (6000, 200)))

    def test_named_card_never_expires(self):
        card = self._create_stored_card()
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            card.with_user(self.manager).expiration_date = date(2030, 1, 1)
            self.env.flush_all()

    def test_bearer_card_lives_three_years_and_is_activated_again(self):
        card = self._create_stored_card(self.env["res.partner"], self._create_stored_program("bearer"))
        with freeze_time("2026-05-01 04:00:00"):
            self._move(card, "top_up", 100, "a")
        self.assertEqual(card.expiration_date, date(2029, 5, 1))
        with self.assertRaises(ValidationError):
            card.with_user(self.manager).expiration_date = date(2027, 1, 1)
        with freeze_time("2029-05-02 04:00:00"):
            with self.assertRaisesRegex(UserError, "has expired"):
                self._move(card, "spend", 10, "b")
            self.assertEqual(self._held(card), (100, 0))
            card.with_user(self.manager).action_reactivate()
            self._move(card, "spend", 10, "c")
        self.assertEqual((card.expiration_date, self._held(card)), (date(2032, 5, 2), (90, 0)))

    def test_one_card_for_each_member_and_program(self):
        member = self._create_holder()
        self._create_stored_card(member)
        with self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
            self._create_stored_card(member)

    def test_identity_number_must_be_right(self):
        member = self._create_member()
        member.write({"identity_kind": "id_card", "identity_number": "11010519491231002X"})
        with self.assertRaisesRegex(ValidationError, "Compare it with the document"):
            member.identity_number = "110105194912310021"

    def test_filing_is_due_30_days_after_the_first_card(self):
        company = self.env.company
        company.stored_started_on = "2026-03-01"
        self.assertIn("2026-03-31", company.stored_filing_note)
        company.stored_filed_on = "2026-03-20"
        self.assertIn("2026-03-20", company.stored_filing_note)


@tagged("post_install", "-at_install")
class TestLostCards(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a")
        self._move(self.card, "spend", 600, "b", origin=self.card.partner_id)

    def test_lost_card_pays_nothing_until_it_is_found(self):
        card = self.card.with_user(self.adviser)
        card.action_report_lost()
        self.assertEqual((card.stored_state, card.active), ("lost", False))
        with self.assertRaisesRegex(UserError, "reported lost"):
            self._move(self.card, "spend", 1, "c")
        card.action_found()
        self._move(self.card, "spend", 1, "d")

    def test_archiving_by_hand_does_not_unblock(self):
        self.card.with_user(self.adviser).action_report_lost()
        self.card.with_user(self.manager).active = True
        with self.assertRaisesRegex(UserError, "reported lost"):
            self._move(self.card, "spend", 1, "c")

    def test_replacement_takes_over_everything_by_rows(self):
        card = self.card.with_user(self.adviser)
        card.action_report_lost()
        new = self.env["loyalty.card"].browse(card.action_replace()["res_id"])
        self.assertEqual((self._held(self.card), self._held(new)), ((0, 0), (500, 100)))
        self.assertEqual((self.card.stored_state, new.stored_state, new.partner_id), ("replaced", "active", self.card.partner_id))
        self.assertNotEqual(new.code, self.card.code)
        self.assertEqual((new.stored_move_ids.kind, self.card.stored_move_ids[0].kind), ("transfer", "transfer"))
        self.assertFalse(self._stored_differences())
        # What comes back of a purchase with the old card is on the new one.
        self._move(self.card, "give_back", 600, "e", origin=self.card.partner_id)
        self.assertEqual(self._held(new), (1000, 200))
        self.assertFalse(self._stored_differences())

    def test_purchase_that_emptied_the_old_card_comes_back_to_the_new_one(self):
        self._move(self.card, "spend", 600, "c", origin=self.adviser.partner_id)
        self.card.with_user(self.adviser).action_report_lost()
        new = self.env["loyalty.card"].browse(self.card.with_user(self.adviser).action_replace()["res_id"])
        self._move(new, "give_back", 600, "e", origin=self.adviser.partner_id)
        self.assertEqual(self._held(new), (500, 100))

    def test_bearer_card_is_not_reported_lost(self):
        card = self._create_stored_card(self.env["res.partner"], self._create_stored_program("bearer"))
        with self.assertRaisesRegex(UserError, "Only named cards"):
            card.with_user(self.manager).action_report_lost()

    def test_only_a_lost_card_is_replaced(self):
        with self.assertRaises(UserError):
            self.card.with_user(self.adviser).action_replace()

    def test_adviser_of_another_store_neither_sees_nor_blocks(self):
        other = self._create_user("test_other_adviser", "cosmetics_crm.group_member_adviser")
        self._assign_stores(other, self.other_store)
        for model, domain in (
            ("loyalty.card", [("id", "=", self.card.id)]),
            ("cosmetics.stored.move", [("card_id", "=", self.card.id)]),
            ("cosmetics.stored.batch", [("card_id", "=", self.card.id)]),
        ):
            self.assertFalse(self.env[model].with_user(other).search(domain))
            self.assertTrue(self.env[model].with_user(self.adviser).search(domain))
        with self.assertRaises(AccessError):
            self.card.with_user(other).action_report_lost()

    def test_advisers_and_books_open_the_form_of_a_card(self):
        reader = self._create_user("test_stored_form", "account.group_account_readonly")
        for user in (self.adviser, reader):
            self.env.invalidate_all()
            form = Form(self.card.with_user(user), "cosmetics_crm.loyalty_card_view_form_stored")
            self.assertEqual((form.stored_principal, form.program_id.display_name), (500, self.stored_program.name))

    def test_books_read_and_change_nothing(self):
        reader = self._create_user("test_stored_books", "account.group_account_readonly")
        self.assertEqual(self.card.with_user(reader).stored_principal, 500)
        self.assertEqual(len(self.env["cosmetics.stored.move"].with_user(reader).search([("card_id", "=", self.card.id)])), 2)
        with self.assertRaises(UserError):
            self.card.with_user(reader).action_report_lost()

    def test_books_see_principal_and_bonus_that_paid(self):
        partner = self.card.partner_id
        self._move(self.card, "give_back", 60, "c", origin=partner)
        self.assertEqual(self.env["cosmetics.stored.move"]._get_stored_used(partner), {partner.id: (450, 90)})

    def test_member_shows_the_balance_and_opens_the_card(self):
        member = self.card.partner_id.with_user(self.adviser)
        self.assertEqual((member.stored_balance, member.stored_principal, member.stored_bonus), (600, 500, 100))
        self.assertEqual(member.action_open_stored_card()["res_id"], self.card.id)
        self.assertEqual(self.env["loyalty.card"].with_user(self.adviser).search(member.action_view_stored_cards()["domain"]), self.card)

    def test_card_is_found_by_the_tail_of_the_telephone(self):
        tail = self.card.partner_id.member_phone[-4:]
        found = self.env["loyalty.card"].with_user(self.adviser).search([("partner_id", "ilike", tail)])
        self.assertIn(self.card, found)

    def test_merged_members_have_their_money_on_one_card(self):
        other = self._create_stored_card()
        self._move(other, "top_up", 50, "c")
        kept, gone = self.card.partner_id, other.partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)
        vals = {"partner_ids": [Command.set((kept | gone).ids)], "dst_partner_id": kept.id, "state": "selection"}
        wizard.create(vals).action_merge()
        self.assertEqual((self._held(self.card), self._held(other)), ((550, 100), (0, 0)))
        self.assertEqual((other.stored_state, self.card.partner_id), ("replaced", kept))
        self.assertFalse(self._stored_differences())

    def test_terms_are_printed_with_what_the_law_asks_for(self):
        report = self.env["ir.actions.report"].with_user(self.adviser)
        html = report._render_qweb_html("cosmetics_crm.report_stored_card", self.card.ids)[0].decode()
        for text in (self.card.code, self.card.partner_id.name, "never expires", "seven days", "5,000.00"):
            self.assertIn(text, html)
