"""The ledger of stored value: what it posts, what it refuses."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger
from psycopg2 import IntegrityError
from psycopg2.errors import RaiseException

from ..tools.gate import points_gate
from ..tools.stored_act import StoredAct
from .common_stored import StoredCommon


@tagged("post_install", "-at_install")
class TestStoredLedger(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()

    def test_top_up_keeps_principal_and_bonus_apart(self):
        self._move(self.card, "top_up", 1000, "a")
        self.assertEqual(self._held(self.card), (1000, 200))
        self.assertEqual(self.card.points, 1200)
        batch = self.card.stored_batch_ids
        self.assertEqual((batch.principal_paid, batch.bonus_given, batch.lpr_rate, batch.deposit_rate), (1000, 200, 3.0, 1.5))

    def test_small_top_up_gets_no_bonus(self):
        self._move(self.card, "top_up", 999.99, "a")
        self.assertEqual(self._held(self.card), (999.99, 0))

    def test_purchase_uses_principal_and_bonus_pro_rata(self):
        self._move(self.card, "top_up", 1000, "a")
        result = self._move(self.card, "spend", 600, "b")
        self.assertEqual((result.principal, result.bonus), (-500, -100))
        self.assertEqual(self._held(self.card), (500, 100))

    def test_program_may_use_principal_first(self):
        self.stored_program.stored_use = "principal_first"
        self._move(self.card, "top_up", 1000, "a")
        self._move(self.card, "spend", 600, "b")
        self.assertEqual(self._held(self.card), (400, 200))

    def test_nobody_pays_more_than_there_is(self):
        self._move(self.card, "top_up", 100, "a")
        with self.assertRaisesRegex(UserError, "100.01 is to be paid, 100.00 is on the card"):
            self._move(self.card, "spend", 100.01, "b")
        self.assertEqual(self._held(self.card), (100, 0))

    def test_what_is_gone_already_is_taken_as_far_as_it_goes(self):
        self._move(self.card, "top_up", 100, "a")
        self.assertEqual(self._move(self.card, "spend", 130, "b", is_partial=True).missing, 30)
        self.assertEqual(self._held(self.card), (0, 0))

    def test_same_act_twice_moves_once(self):
        self._move(self.card, "top_up", 100, "a")
        self.assertTrue(self._move(self.card, "top_up", 100, "a").is_replay)
        self.assertEqual(self._held(self.card), (100, 0))

    def test_returned_purchase_goes_back_to_its_top_ups(self):
        sale = self.card.partner_id
        self._move(self.card, "top_up", 1000, "a")
        self._move(self.card, "top_up", 500, "b")
        self._move(self.card, "spend", 1300, "c", origin=sale)
        self.assertEqual(self._held(self.card), (400, 0))
        self._move(self.card, "give_back", 650, "d", origin=sale)
        first, second = self.card.stored_batch_ids.sorted("id")
        self.assertEqual((first.principal_left, first.bonus_left, second.principal_left), (500, 100, 450))
        self.assertEqual(self._move(self.card, "give_back", 800, "e", origin=sale).missing, 150)
        self.assertEqual(self._held(self.card), (1500, 200))

    def test_top_up_is_undone_while_it_is_whole(self):
        sale = self.card.partner_id
        self._move(self.card, "top_up", 1000, "a", origin=sale)
        self._move(self.card, "take_back", 1000, "b", origin=sale)
        self.assertEqual(self._held(self.card), (0, 0))

    def test_top_up_that_was_spent_is_not_undone(self):
        sale = self.card.partner_id
        self._move(self.card, "top_up", 1000, "a", origin=sale)
        self._move(self.card, "spend", 120, "b")
        with self.assertRaisesRegex(UserError, "100.00 of this top-up has been spent"):
            self._move(self.card, "take_back", 1000, "c", origin=sale)

    def test_customer_sees_the_movements_in_the_history_of_the_card(self):
        self._move(self.card, "top_up", 1000, "a", reason="Order 1")
        self._move(self.card, "spend", 600, "b")
        self.assertEqual(
            self.card.history_ids.sorted("id").mapped(lambda line: (line.description, line.issued, line.used)),
            [("Order 1", 1200, 0), ("Paid With", 0, 600)],
        )

    def test_balances_are_the_sums_of_the_rows(self):
        self._move(self.card, "top_up", 1000, "a")
        self._move(self.card, "spend", 333.33, "b")
        self.assertFalse(self._stored_differences())
        self.env.cr.execute(SQL("UPDATE cosmetics_stored_batch SET principal_left = principal_left - 1 WHERE card_id = %s", self.card.id))
        self.assertEqual(self._stored_differences(), [("batch", 722.22, 721.22)])
        with self.assertLogs("odoo.addons.cosmetics_crm.models.cosmetics_ledger_check", "ERROR"):
            self.env["cosmetics.stored.difference"]._cron_check()

    def test_statements_do_not_grow_with_the_cards(self):
        cards = self.env["loyalty.card"].union(*(self._create_stored_card() for _number in range(6)))

        def post(some, key):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some._stored_post([StoredAct(card, "top_up", 10, f"{key},{card.id}") for card in some])
            return self.env.cr.sql_log_count - before

        post(cards[:1], "warm")
        self.assertLessEqual(post(cards, "six") - post(cards[:1], "one"), 12)


@tagged("post_install", "-at_install")
class TestStoredGate(StoredCommon):
    def setUp(self):
        super().setUp()
        self.card = self._create_stored_card()
        self._move(self.card, "top_up", 1000, "a")

    def test_nobody_writes_a_balance(self):
        vals = ({"points": 5000}, {"stored_principal": 5000}, {"stored_bonus": 1}, {"stored_state": "closed"}, {"stored_kind": False})
        for user in (self.manager, self.approver, self.env.ref("base.user_root")):
            for changed in vals:
                with self.subTest(user=user.login, changed=changed), self.assertRaises(UserError):
                    self.card.with_user(user).write(changed)
        self.assertEqual(self._held(self.card), (1000, 200))

    def test_context_from_outside_opens_nothing(self):
        for mark in (True, 1, "points_gate", {"x": 1}):
            with self.assertRaises(UserError):
                self.card.with_user(self.manager).with_context(**{points_gate.key: mark}).write({"points": 9})

    def test_adviser_writes_neither_cards_nor_rows(self):
        card = self.card.with_user(self.adviser)
        with self.assertRaises(UserError):
            card.write({"code": "1"})
        for model in ("cosmetics.stored.move", "cosmetics.stored.batch"):
            row = self.env[model].with_user(self.adviser).search([("card_id", "=", card.id)], limit=1)
            self.assertTrue(row)
            with self.assertRaises(UserError):
                row.write({"user_id": self.adviser.id})
            with self.assertRaises(UserError):
                self.env[model].with_user(self.adviser).create({"card_id": card.id})

    def test_rows_are_final_even_for_the_system(self):
        with self.assertRaises(UserError):
            self.card.stored_move_ids.write({"reason": "x"})
        with self.assertRaises(UserError):
            self.card.stored_move_ids.unlink()
        with self.assertRaises(UserError):
            self.card.stored_batch_ids.unlink()
        with self.assertRaises(UserError):
            self.card.unlink()

    def test_rows_are_final_for_sql(self):
        for statement in ("UPDATE cosmetics_stored_move SET principal = 1", "DELETE FROM cosmetics_stored_move"):
            with self.subTest(statement), self.assertRaises(RaiseException), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env.cr.execute(statement)

    def test_database_refuses_a_negative_or_a_lone_balance(self):
        for statement in (
            "UPDATE loyalty_card SET stored_principal = -1, points = 199 WHERE id = %s",
            "UPDATE loyalty_card SET points = 7 WHERE id = %s",
        ):
            with self.subTest(statement), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.env.cr.execute(statement, [self.card.id])

    def test_card_does_not_change_its_program(self):
        with self.assertRaises(UserError):
            self.card.with_user(self.manager).program_id = self._create_stored_program()

    def test_new_card_is_empty(self):
        with self.assertRaisesRegex(UserError, "sell a top-up"):
            self._create_stored_card(self._create_holder()).with_user(self.manager).copy({"points": 50})
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id, "points": 50}
        with self.assertRaisesRegex(UserError, "sell a top-up"):
            self.env["loyalty.card"].with_user(self.manager).create(vals)

    def test_approver_brings_balances_of_before_within_the_limit(self):
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id}
        card = self.env["loyalty.card"].with_user(self.approver).create({**vals, "points": 300})
        self.assertEqual((self._held(card), card.stored_move_ids.kind), ((300, 0), "opening"))
        with self.assertRaisesRegex(UserError, "the law allows 5000"):
            self.env["loyalty.card"].with_user(self.approver).create({**vals, "partner_id": self._create_holder().id, "points": 5001})

    def test_figures_in_the_values_of_a_new_card_are_not_taken(self):
        vals = {"program_id": self.stored_program.id, "partner_id": self._create_holder().id}
        card = self.env["loyalty.card"].with_user(self.manager).create({**vals, "stored_principal": 9, "stored_state": "closed"})
        self.assertEqual((self._held(card), card.stored_state), ((0, 0), "active"))


@tagged("post_install", "-at_install")
class TestStoredProgram(StoredCommon):
    def test_law_caps_what_a_program_may_allow(self):
        for vals in (
            {"stored_limit": 5000.01},
            {"stored_identity_from": 1},
            {"stored_transfer_person": 50001},
            {"stored_transfer_entity": 5001},
        ):
            with self.subTest(vals), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                self.stored_program.with_user(self.manager).write(vals)
                self.env.flush_all()

    def test_bearer_cards_have_limits_of_their_own(self):
        program = self._create_stored_program("bearer")
        self.assertEqual((program.stored_limit, program.stored_identity_from, program.stored_years), (1000, 10000, 3))
        for vals in ({"stored_limit": 1001}, {"stored_years": 2}, {"stored_identity_from": 10001}):
            with self.subTest(vals), self.assertRaises(IntegrityError), mute_logger("odoo.sql_db"), self.cr.savepoint():
                program.write(vals)
                self.env.flush_all()

    def test_named_cards_are_wallets(self):
        with self.assertRaises(ValidationError):
            self._create_stored_program("named", program_type="gift_card")

    def test_a_yuan_is_a_yuan(self):
        with self.assertRaises(ValidationError):
            self.stored_program.reward_ids.discount = 1.2
        with self.assertRaises(ValidationError):
            self.stored_program.rule_ids.reward_point_amount = 2

    def test_top_up_product_has_no_tax(self):
        tax = self.env["account.tax"].create({"name": "Test 13%", "amount": 13})
        with self.assertRaisesRegex(ValidationError, "A top-up is not taxed"):
            self.stored_program.rule_ids.product_ids.taxes_id = tax
        self.assertFalse(self.top_up_product.taxes_id)

    def test_program_with_money_stays_what_it_is(self):
        self._move(self._create_stored_card(), "top_up", 10, "a")
        with self.assertRaises(UserError):
            self.stored_program.with_user(self.approver).stored_kind = False

    def test_wallets_of_before_open_with_what_they_hold(self):
        program = self._create_stored_program("named", stored_kind=False)
        card = self._create_stored_card(program=program, points=123.45)
        with self.assertRaises(UserError):
            program.with_user(self.manager).stored_kind = "named"
        program.with_user(self.approver).stored_kind = "named"
        self.assertEqual((self._held(card), card.points, card.stored_move_ids.kind), ((123.45, 0), 123.45, "opening"))
        self.assertFalse(self._stored_differences())
