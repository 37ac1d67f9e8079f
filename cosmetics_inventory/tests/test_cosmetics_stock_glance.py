"""What lies where, and how it is found."""

from datetime import timedelta

from odoo.tests import tagged

from .common_watch import WatchCommon


@tagged("post_install", "-at_install")
class TestCosmeticsStockGlance(WatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.cream.with_context(lang="zh_CN").name = "乐游滋养霜"
        cls.cream.barcode = "6901234567892"
        cls.lot = cls._stock_lot("GLANCE-1", 700, 10)
        cls.near = cls._stock_lot("GLANCE-2", 100, 30)
        cls.Glance = cls.env["cosmetics.stock.glance"]

    def _row(self, place=None, user=None):
        self.Glance.invalidate_model()
        domain = [("product_id", "=", self.cream.id), ("warehouse_id", "=", (place or self.shop).id)]
        return self.Glance.with_user(user or self.manager).search(domain)

    def _finds(self, text):
        return self.cream in self.Glance.with_user(self.manager).search([("find", "ilike", text)]).product_id

    def test_row_says_on_hand_free_and_near_expiry(self):
        self.env["stock.quant"]._update_reserved_quantity(self.cream, self.shelf, 4, lot_id=self.lot)
        row = self._row()
        self.assertEqual((row.quantity, row.free_quantity, row.near_expiry_quantity, row.near_expiry_share), (40, 36, 30, 0.75))

    def test_held_and_stopped_goods_are_on_hand_and_not_free(self):
        self._stock_lot("HELD", 700, 5, state="quarantine")
        self._stock_lot("EXPIRED", -1, 7)
        self.assertEqual((self._row().quantity, self._row().free_quantity), (52, 40))

    def test_goods_on_the_way_count_where_they_go(self):
        move = self.env["stock.move"].create(
            {
                "product_id": self.cream.id,
                "product_uom_qty": 24,
                "location_id": self.stock.id,
                "location_dest_id": self.shelf.id,
                "picking_type_id": self.centre.int_type_id.id,
            }
        )
        move._action_confirm()
        self.assertEqual((self._row().incoming_quantity, self._row(self.centre).incoming_quantity), (24, 0))

    def test_a_place_without_the_goods_says_nothing_is_there(self):
        row = self._row(self.other_shop)
        self.assertEqual((len(row), row.quantity, row.near_expiry_share), (1, 0, 0))

    def test_goods_are_found_by_barcode_name_initials_and_batch(self):
        for text in ("6901234567892", "乐游", "lyzys", "LYZ", "glance-2"):
            self.assertTrue(self._finds(text), text)
        for text in ("6901234567885", "yyzys", "glance-3", "美白"):
            self.assertFalse(self._finds(text), text)

    def test_initials_follow_the_name(self):
        self.cream.with_context(lang="zh_CN").name = "清润水"
        self.assertEqual(self.cream.name_initials, "qrs")

    def test_keeper_sees_the_own_stores(self):
        self.assertTrue(self._row(user=self.colleague))
        self.assertFalse(self._row(self.other_shop, self.colleague))
        self.assertTrue(self._row(self.other_shop))

    def test_row_opens_its_batches_and_moves(self):
        row = self._row(user=self.colleague)
        quants = self.env["stock.quant"].with_user(self.colleague).search(row.action_view_stock()["domain"])
        self.assertEqual(quants.lot_id, self.lot + self.near)
        self._move(self.near, self.shelf, self.customer, 1)
        lines = self.env["stock.move.line"].with_user(self.colleague).search(row.action_view_moves()["domain"])
        self.assertEqual(lines.lot_id, self.near)

    def test_a_page_is_two_queries(self):
        glance = self.Glance.with_user(self.manager)
        names = {"product_id": {}, "warehouse_id": {}, "quantity": {}, "free_quantity": {}}
        glance.web_search_read([], names, limit=80)
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            glance.web_search_read([], names, limit=80)

    def test_expiry_band_of_today_counts(self):
        self.near.expiration_on = self.today + timedelta(days=900)
        self.assertEqual(self._row().near_expiry_quantity, 0)
