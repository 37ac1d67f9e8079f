"""A count from its start to the stock: what is frozen, what is posted, and what stays."""

from datetime import date

from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import Error
from psycopg2.errors import CheckViolation, UniqueViolation

from .common_stock_count import StockCountCommon


@tagged("post_install", "-at_install")
class TestStockCount(StockCountCommon):
    def test_a_start_freezes_what_the_books_say_of_every_batch(self):
        count = self._create_count()
        self.assertEqual(count.state, "counting")
        self.assertEqual({line.lot_id: line.book_quantity for line in count.line_ids}, {self.lot: 10, self.lot2: 5})
        self.assertEqual(count.started_by_id, self.boss)

    def test_packages_and_owners_are_lines_of_their_own(self):
        package = self.env["stock.package"].create({"name": "Box 1"})
        owner = self.env["res.partner"].create({"name": "Consignor"})
        self._put(self.lot, 3, package_id=package)
        self._put(self.lot, 4, owner_id=owner)
        count = self._create_count()
        lines = self._line(count, self.lot)
        self.assertEqual(
            {(line.package_id, line.owner_id): (line.book_quantity, line.unit_cost) for line in lines},
            {
                (self.env["stock.package"], self.env["res.partner"]): (10, 30),
                (package, self.env["res.partner"]): (3, 30),
                (self.env["stock.package"], owner): (4, 0),
            },
        )

    def test_the_scope_chooses_products_and_places(self):
        brand = self._create_brand("Counted Brand")
        other = self._create_product(name="Other Cream", is_storable=True, brand_id=brand.id)
        other_lot = self._create_lot("O1", other)
        self._put(other_lot, 7)
        self.assertEqual(self._create_count(brand_ids=brand.ids).line_ids.lot_id, other_lot)
        self.assertEqual(self._create_count(product_ids=self.product.ids).line_ids.product_id, self.product)

    def test_a_place_of_another_warehouse_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "no storage location of"):
            self._create_count(start=False, location_ids=self.stock.ids)

    def test_an_empty_scope_does_not_start(self):
        brand = self._create_brand("Nothing Here")
        with self.assertRaisesRegex(UserError, "nothing lies there"):
            self._create_count(brand_ids=brand.ids)

    def test_goods_are_never_in_two_open_counts(self):
        first = self._create_count(product_ids=self.product.ids)
        with self.assertRaisesRegex(UserError, f"is being counted in {first.name} already"):
            self._create_count()
        first.cancel_reason = "Wrong day"
        first.action_cancel()
        self.assertEqual(self._create_count().state, "counting")

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_the_same_goods_in_two_open_counts(self):
        line = self._line(self._create_count(), self.lot)
        other = self._create_count(start=False)
        with self.assertRaises(UniqueViolation), self.env.cr.savepoint():
            self.env.cr.execute(
                "INSERT INTO cosmetics_stock_count_line (count_id, product_id, lot_id, location_id, is_open, book_quantity,"
                " moved_quantity, difference_quantity, counted_quantity) VALUES (%s, %s, %s, %s, true, 0, 0, 0, 0)",
                (other.id, line.product_id.id, line.lot_id.id, line.location_id.id),
            )

    def test_a_difference_is_posted_as_an_adjustment_of_odoo(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        self.assertEqual(count.state, "posted")
        self.assertEqual((self._on_hand(self.lot, self.shelf), self._on_hand(self.lot2, self.shelf)), (9, 5))
        move = self._line(count, self.lot).move_ids
        self.assertTrue(move.is_inventory)
        self.assertEqual((move.quantity, move.location_dest_id.usage), (1, "inventory"))
        self.assertEqual(move.stock_count_reason_id, self.reason)
        self.assertFalse(self._line(count, self.lot2).move_ids, "what was right moves nothing")

    def test_what_is_too_many_comes_in(self):
        count = self._create_count()
        self._finish(count, R2602=6)
        self.assertEqual(self._on_hand(self.lot2, self.shelf), 6)
        self.assertEqual((count.difference_value, count.gross_value, count.difference_count), (30, 30, 1))

    def test_a_count_without_differences_closes_at_once(self):
        count = self._create_count()
        self._count_all(count)
        count.action_review()
        count.action_submit()
        self.assertEqual(count.state, "posted")
        self.assertFalse(count.approved_by_id)

    def test_a_sale_after_the_freeze_is_no_difference(self):
        count = self._create_count()
        self._move(self.lot, self.shelf, self.customer, 3)
        self._finish(count, R2601=7)
        line = self._line(count, self.lot)
        self.assertEqual((line.book_quantity, line.moved_quantity, line.counted_quantity, line.difference_quantity), (10, -3, 7, 0))
        self.assertEqual(self._on_hand(self.lot, self.shelf), 7)

    def test_a_sale_after_counting_leaves_the_difference_as_it_is(self):
        count = self._create_count()
        self._count_all(count, R2601=9)
        self._move(self.lot, self.shelf, self.customer, 4)
        count.action_review()
        count.action_submit()
        count.with_user(self.quality).action_approve()
        self.assertEqual(self._line(count, self.lot).difference_quantity, -1)
        self.assertEqual(self._on_hand(self.lot, self.shelf), 5, "counted 9, sold 4 since")

    def test_a_receipt_during_the_count_is_no_difference(self):
        count = self._create_count()
        self._move(self.lot2, self.supplier, self.shelf, 20)
        self._finish(count, R2602=25)
        self.assertEqual((self._line(count, self.lot2).moved_quantity, count.difference_count), (20, 0))

    def test_an_expired_batch_that_is_counted_stays_in_its_place(self):
        old = self._create_lot("OLD", expiration_on=date(2026, 2, 1))
        self._put(old, 2)
        count = self._create_count()
        self._finish(count, OLD=3)
        self.assertEqual(self._on_hand(old, self.shelf), 3)

    def test_a_reserved_unit_that_is_gone_is_freed(self):
        partner = self.env["res.partner"].create({"name": "Buyer"})
        self._put(self.lot, 4, self.stock)
        picking = self._order(self.lot, 4, partner)
        count = self._create_count(self.quality, warehouse_id=self.centre.id)
        self._count_all(count, self.keeper, R2601=3)
        count.action_review()
        count.action_submit()
        count.with_user(self.env.ref("base.user_admin")).action_approve()
        self.assertEqual(self._on_hand(self.lot, self.stock), 3)
        self.assertLessEqual(sum(picking.move_ids.mapped("quantity")), 3)

    def test_lines_are_final_after_posting(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        line = self._line(count, self.lot)
        with self.assertRaisesRegex(UserError, "stay as they are"):
            line.counted_quantity = 10
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            line.unlink()
        with self.assertRaisesRegex(UserError, "cannot be deleted"):
            count.unlink()

    @mute_logger("odoo.sql_db")
    def test_postgresql_keeps_posted_figures_and_entries(self):
        count = self._create_count()
        self._finish(count, R2601=9)
        self.env.flush_all()
        for query in (
            "UPDATE cosmetics_stock_count_line SET counted_quantity = 10, difference_quantity = 0 WHERE id = %s",
            "DELETE FROM cosmetics_stock_count_line WHERE id = %s",
            "UPDATE cosmetics_stock_count_entry SET quantity = 10 WHERE line_id = %s",
            "DELETE FROM cosmetics_stock_count_entry WHERE line_id = %s",
        ):
            with self.assertRaisesRegex(Error, "are final"), self.env.cr.savepoint():
                self.env.cr.execute(query, (self._line(count, self.lot).id,))

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_figures_that_do_not_tie_out(self):
        line = self._line(self._create_count(), self.lot)
        with self.assertRaises(CheckViolation), self.env.cr.savepoint():
            self.env.cr.execute("UPDATE cosmetics_stock_count_line SET counted_quantity = 11 WHERE id = %s", (line.id,))

    def test_cancelling_needs_a_reason_and_moves_nothing(self):
        count = self._create_count()
        self._count_all(count, R2601=0)
        with self.assertRaisesRegex(UserError, "Reason for Cancelling"):
            count.action_cancel()
        count.cancel_reason = "Counted the wrong shelf"
        count.action_cancel()
        self.assertEqual((count.state, self._on_hand(self.lot, self.shelf)), ("cancelled", 10))
        with self.assertRaisesRegex(UserError, "closed already"):
            count.action_cancel()

    def test_nobody_writes_state_figures_or_scope_by_hand(self):
        count = self._create_count()
        for vals in ({"state": "posted"}, {"started_by_id": self.clerk.id}, {"gross_value": 0}, {"round": 2}):
            with self.subTest(vals), self.assertRaisesRegex(UserError, "buttons only"):
                count.write(vals)
        with self.assertRaisesRegex(UserError, "keeps its scope"):
            count.product_ids = self.product
        with self.assertRaisesRegex(UserError, "come from counting only"):
            count.line_ids[0].book_quantity = 1
        with self.assertRaisesRegex(UserError, "come from the stock"):
            self.env["cosmetics.stock.count.line"].with_user(self.boss).create({"count_id": count.id, "product_id": self.product.id})

    def test_values_of_the_system_are_not_taken_at_creation(self):
        count = self._create_count(start=False, state="posted", approved_by_id=self.quality.id)
        self.assertEqual((count.state, count.approved_by_id.id), ("draft", False))
        self.assertRegex(count.name, r"^PD/\d{4}/\d{4}$")

    def test_a_lot_shows_the_counts_in_which_it_was(self):
        self._create_count()
        self.assertEqual(self.lot.with_user(self.quality).stock_count_count, 1)
        self.assertEqual(self.lot.with_user(self.quality).action_view_stock_counts()["domain"], [("lot_id", "=", self.lot.id)])
