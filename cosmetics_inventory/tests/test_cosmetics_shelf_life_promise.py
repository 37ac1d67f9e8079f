from datetime import timedelta

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common_move import MoveCommon


@tagged("post_install", "-at_install")
class TestCosmeticsShelfLifePromise(MoveCommon):
    """How fresh goods are, for whom."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.near = cls._create_lot("NEAR", 200)
        cls.group = cls.env["res.partner.category"].create({"name": "Wholesale"})

    def _promise(self, **vals):
        return self.env["cosmetics.shelf.life.promise"].with_user(self.manager).create({"name": "Test", **vals})

    def _floor_days(self, **facts):
        """Return the promised days for these facts, or None."""
        floor = self.env["cosmetics.shelf.life.promise"]._get_floor(self.product, facts, self.today)
        return floor and (floor - self.today).days

    def test_the_most_specific_promise_decides_alone(self):
        self.customer.category_id = [Command.set(self.group.ids)]
        self.product.categ_id = self.env["product.category"].create({"name": "Creams"})
        facts = {"partner": self.customer, "store": self.store}
        self.assertIsNone(self._floor_days(**facts))
        expected = 500
        for vals in (
            {},
            {"product_category_id": self.product.categ_id.id},
            {"store_id": self.store.id},
            {"partner_category_id": self.group.id},
            {"partner_id": self.customer.id},
        ):
            expected -= 50
            self._promise(min_days=expected, **vals)
            self.assertEqual(self._floor_days(**facts), expected, vals)
        self.assertEqual(self._floor_days(), 400, "nobody in particular: category")

    def test_a_contact_is_promised_what_its_company_is_promised(self):
        contact = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        self._promise(min_days=90, partner_id=self.customer.id)
        self.assertEqual(self._floor_days(partner=contact), 90)
        self.assertIsNone(self._floor_days(partner=self.env["res.partner"].create({"name": "Other"})))

    def test_a_share_counts_the_shelf_life_of_the_product(self):
        self._promise(min_share=0.5)
        self.assertAlmostEqual(self._floor_days(), 548, delta=1)

    def test_changed_archived_and_deleted_promises_count_at_once(self):
        promise = self._promise(min_days=90)
        self.assertEqual(self._floor_days(), 90)
        promise.min_days = 100
        self.assertEqual(self._floor_days(), 100)
        promise.active = False
        self.assertIsNone(self._floor_days())
        promise.active = True
        promise.unlink()
        self.assertIsNone(self._floor_days())

    def test_orders_reserve_only_what_keeps_the_promise(self):
        self.assertEqual(self._create_order_move(1).move_line_ids.lot_id, self.near)
        self._promise(min_days=365, partner_id=self.customer.id)
        self.assertEqual(self._create_order_move(1).move_line_ids.lot_id, self.fresh)

    def test_goods_that_break_the_promise_do_not_leave(self):
        self._promise(min_days=365, partner_id=self.customer.id)
        move = self._create_move(self.stock, self.customers, self.near)
        with self.assertRaisesRegex(ValidationError, "earlier than promised"):
            move.picking_id.button_validate()
        self._create_move(self.stock, self.shelf, self.near)._action_done()
        self.assertEqual(self._quantity(self.near, self.shelf), 1, "a shop is no customer")

    def test_a_fresher_batch_is_not_asked_a_reason_when_the_first_breaks_the_promise(self):
        self._promise(min_days=365, partner_id=self.customer.id)
        move = self._create_move(self.stock, self.customers, self.fresh)
        move.move_line_ids.fefo_reason = False
        move._action_done()
        self.assertEqual(move.state, "done")

    def test_two_persons_let_less_fresh_goods_through(self):
        self._promise(min_days=365, partner_id=self.customer.id)
        first = self._create_user("test_first", "cosmetics_inventory.group_quality_manager")
        override = (
            self.env["cosmetics.shelf.life.override"]
            .with_user(first)
            .create(
                {
                    "lot_id": self.near.id,
                    "kind": "promise",
                    "reason": "Customer agreed by phone",
                    "quantity": 2,
                    "valid_until": self.today + timedelta(days=3),
                }
            )
        )
        override.with_user(self.manager).action_approve()
        self._create_move(self.stock, self.customers, self.near, quantity=2)._action_done()
        self.assertEqual(self._quantity(self.near, self.customers), 2)
        self.assertEqual(override.sudo().state, "used")

    def test_a_promise_promises_something(self):
        for vals in ({}, {"min_days": -1}, {"min_share": 1.5}):
            with self.subTest(vals), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation):
                self._promise(**vals).flush_recordset()

    def test_keepers_read_promises_and_do_not_write_them(self):
        promise = self._promise(min_days=90)
        self.assertEqual(promise.with_user(self.keeper).min_days, 90)
        with self.assertRaises(AccessError):
            promise.with_user(self.keeper).min_days = 10

    def test_promises_of_other_companies_do_not_count(self):
        other = self.env["res.company"].create({"name": "Other Company"})
        self.env["cosmetics.shelf.life.promise"].create({"name": "Other", "min_days": 400, "company_id": other.id})
        self.assertIsNone(self._floor_days())
