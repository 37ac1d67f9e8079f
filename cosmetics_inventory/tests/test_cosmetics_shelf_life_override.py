from datetime import timedelta

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestCosmeticsShelfLifeOverride(MoveCommon):
    """Two persons let a stopped batch through; nobody else does, and nothing else is let through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._create_user("test_first", "cosmetics_inventory.group_quality_manager")
        cls.second = cls.manager
        cls.blocked = cls._create_blocked_lots()
        cls.stopped = cls.blocked["stopped"]

    def _ask(self, lot=None, user=None, **vals):
        """Return a release asked for by the first person."""
        values = {
            "lot_id": (lot or self.stopped).id,
            "reason": "The customer uses it up this week",
            "quantity": 2,
            "valid_until": self.today + timedelta(days=5),
            **vals,
        }
        return self.env["cosmetics.shelf.life.override"].with_user(user or self.first).create(values)

    def _approved(self, **vals):
        override = self._ask(**vals)
        override.with_user(self.second).action_approve()
        return override.sudo()

    def _deliver(self, lot=None, quantity=1.0):
        self._create_move(self.stock, self.customers, lot or self.stopped, quantity=quantity).picking_id.button_validate()

    def test_a_release_of_two_persons_lets_goods_through_and_is_logged(self):
        override = self._approved()
        self._create_move(self.stock, self.customers, self.stopped)._action_done()
        self.assertEqual((override.quantity_left, override.state), (1.0, "approved"))
        self._create_move(self.stock, self.customers, self.stopped)._action_done()
        self.assertEqual((override.quantity_left, override.state), (0.0, "used"))
        entries = self.env["cosmetics.shelf.life.log"].search([("lot_res_id", "=", self.stopped.id), ("kind", "=", "override")])
        self.assertEqual(len(entries), 2)
        self.assertEqual(entries.mapped("user_id"), self.keeper)
        self.assertIn(self.first.name, entries[0].sentence)
        self.assertIn(self.second.name, entries[0].sentence)
        self.assertEqual(entries[0].reason, "The customer uses it up this week")
        with self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._deliver()

    def test_one_person_cannot_do_both(self):
        override = self._ask()
        self.assertFalse(override.can_approve)
        with self.assertRaisesRegex(UserError, "yourself"):
            override.action_approve()
        with self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._deliver()

    def test_not_even_the_system_writes_the_same_person_twice(self):
        override = self._ask()
        with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
            override.sudo().write({"state": "approved", "approved_by_id": self.first.id})
            override.flush_recordset()

    def test_not_even_the_owner_alone(self):
        owner = self._create_user("test_owner", "cosmetics_inventory.group_quality_manager", "cosmetics_inventory.group_warehouse_manager")
        with self.assertRaises(UserError):
            self._ask(user=owner).action_approve()

    def test_nobody_creates_or_writes_an_approved_release(self):
        override = self._ask(state="approved", approved_by_id=self.second.id, requested_by_id=self.second.id)
        self.assertEqual((override.state, override.requested_by_id), ("requested", self.first))
        self.assertFalse(override.approved_by_id)
        with self.assertRaises(AccessError):
            override.with_user(self.second).write({"state": "approved", "approved_by_id": self.second.id})
        with self.assertRaises(AccessError):
            override.with_user(self.second).write({"quantity": 1000})
        with self.assertRaises(AccessError):
            override.with_user(self.second).unlink()

    def test_a_keeper_neither_asks_nor_approves(self):
        override = self._ask()
        with self.assertRaises(AccessError):
            override.with_user(self.keeper).action_approve()
        with self.assertRaises(AccessError):
            self._ask(user=self.keeper)

    def test_expired_and_held_goods_are_released_by_nobody(self):
        for code in ("quarantine", "rejected", "recalled"):
            override = self._ask(lot=self.blocked[code])
            with self.assertRaisesRegex(UserError, "nobody releases"):
                override.with_user(self.second).action_approve()
        with self.assertRaisesRegex(ValidationError, "nobody releases expired goods"):
            self._ask(lot=self.blocked["expired"])

    def test_a_release_ends_with_the_batch(self):
        override = self._approved()
        self.env.cr.execute(
            "UPDATE stock_lot SET expiration_on = %s, sale_stop_on = %s WHERE id = %s",
            (self.today - timedelta(days=1), self.today - timedelta(days=30), self.stopped.id),
        )
        self.stopped.invalidate_recordset()
        with self.assertRaisesRegex(ValidationError, "expired after"):
            self._deliver()
        self.assertEqual(override.state, "approved")

    def test_a_release_covers_its_quantity_and_no_more(self):
        self._approved()
        with self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._deliver(quantity=3.0)
        self.assertEqual(self._quantity(self.stopped, self.customers), 0)

    def test_a_release_for_one_transfer_is_none_for_another(self):
        move = self._create_move(self.stock, self.customers, self.stopped)
        self._approved(picking_id=move.picking_id.id)
        with self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._deliver()
        move._action_done()
        self.assertEqual(self._quantity(self.stopped, self.customers), 1)

    def test_a_release_that_ran_out_or_was_refused_lets_nothing_through(self):
        self._approved(valid_until=self.today - timedelta(days=1))
        refused = self._ask()
        refused.with_user(self.second).action_refuse()
        with self.assertRaisesRegex(UserError, "decided already"):
            refused.with_user(self.second).action_approve()
        with self.assertRaisesRegex(ValidationError, "no longer sold"):
            self._deliver()

    def test_looking_does_not_use_a_release_up(self):
        override = self._approved()
        move = self._create_move(self.stock, self.customers, self.stopped)
        move.move_line_ids._check_shelf_life()
        self.assertEqual(override.quantity_left, 2.0)

    def test_the_form_asks_and_approves(self):
        with Form(self.env["cosmetics.shelf.life.override"].with_user(self.first)) as form:
            form.lot_id = self.stopped
            form.reason = "Agreed"
        override = form.record.with_user(self.second)
        self.assertTrue(override.can_approve)
        override.action_approve()
        self.assertEqual(override.approved_by_id, self.second)
