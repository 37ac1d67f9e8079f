"""Parcels, papers and receivers stay in the shops whose goods leave; picking lists tell batches and use-by dates."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import FRESH, NEAR, InventorySalesCommon


@tagged("post_install", "-at_install")
class TestParcels(InventorySalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sf = cls.env.ref("cosmetics_sales.carrier_shunfeng")
        cls.near = cls._create_batch("NEAR-1", NEAR, 3)
        cls.fresh = cls._create_batch("FRESH-1", FRESH, 30)
        cls.shop_batch = cls._create_batch("SHOP-1", FRESH, 30, location=cls.shop.lot_stock_id)
        cls.shop_keeper = cls._create_user("test_shop_keeper", "cosmetics_inventory.group_warehouse_keeper")
        stores = cls.env["cosmetics.store"]
        cls.centre_store = stores.create({"name": "Centre", "code": "PC1", "kind": "warehouse", "warehouse_id": cls.warehouse.id})
        cls.shop_store = stores.create({"name": "Shop", "code": "PS1", "warehouse_id": cls.shop.id})
        cls.centre_store.user_ids = cls.keeper
        cls.shop_store.user_ids = cls.shop_keeper
        cls.here, cls.there = cls._sold(cls.warehouse, "SF123456789012"), cls._sold(cls.shop, "SF123456789013")

    @classmethod
    def _sold(cls, warehouse, number, quantity=5):
        order = cls._create_order((cls.cream, quantity), partner=cls.anyone, user=cls.clerk, warehouse_id=warehouse.id)
        order.write({"receiver_name": "欧阳小满", "receiver_phone": "13709181234", "receiver_address": "小寨东路1号"})
        order.action_confirm()
        order._set_tracking(number, "顺丰速运")
        return order

    def _seen(self, model, user):
        field = {"cosmetics.parcel": "order_ids", "cosmetics.parcel.event": "parcel_id.order_ids", "cosmetics.order.event": "order_id"}
        records = self.env[model].with_user(user).search([(field[model], "in", (self.here + self.there).ids)])
        return records.sudo().mapped(field[model]).filtered(lambda order: order in self.here + self.there)

    def _values(self, name, records, user):
        return self.env[f"report.cosmetics_sales.{name}"].with_user(user)._get_report_values(records.ids)

    # ------------------------------------------------------------------ borders between shops
    def test_keeper_sees_what_leaves_the_own_shop(self):
        for parcel in (self.here + self.there).parcel_ids.sudo():
            parcel._apply_tracking({parcel.id: {"state": "in_transit", "events": [{"at": "2026-11-22 01:00:00", "text": "已揽收"}]}})
        for model in ("cosmetics.parcel", "cosmetics.parcel.event", "cosmetics.order.event"):
            with self.subTest(model=model):
                self.assertEqual(self._seen(model, self.keeper), self.here)
                self.assertEqual(self._seen(model, self.shop_keeper), self.there)
                for user in (self.manager, self.clerk):
                    self.assertEqual(self._seen(model, user), self.here + self.there)

    def test_keeper_changes_no_parcel_of_another_shop(self):
        parcel = self.there.parcel_ids.with_user(self.keeper)
        for act in (lambda: parcel.write({"tracking_no": "SF000000000000"}), parcel.unlink, lambda: parcel.read(["tracking_no"])):
            with self.assertRaises(AccessError):
                act()

    def test_warehouse_of_no_shop_is_everybodys(self):
        self.shop_store.warehouse_id = False
        self.assertEqual(self._seen("cosmetics.parcel", self.keeper), self.here + self.there)

    def test_who_changes_shops_sees_the_new_one_at_once(self):
        self.shop_store.user_ids = self.keeper + self.shop_keeper
        self.assertEqual(self._seen("cosmetics.parcel", self.keeper), self.here + self.there)
        self.shop_store.user_ids = self.shop_keeper
        self.assertEqual(self._seen("cosmetics.parcel", self.keeper), self.here)

    def test_labels_and_lists_of_another_shop_are_not_printed(self):
        for name in ("report_express_label", "report_picking_list"):
            with self.subTest(name=name):
                self._values(name, self.here.picking_ids, self.keeper)
                for pickings in (self.there.picking_ids, (self.here + self.there).picking_ids):
                    with self.assertRaisesRegex(AccessError, self.there.picking_ids.name):
                        self._values(name, pickings, self.keeper)
                self._values(name, (self.here + self.there).picking_ids, self.manager)

    def test_receiver_of_another_shops_delivery_is_not_told(self):
        self.assertEqual(self.here.picking_ids.with_user(self.keeper).receiver_name, "欧阳小满")
        self.assertFalse(self.there.picking_ids.with_user(self.keeper).receiver_name)
        self.assertEqual(self.there.picking_ids.with_user(self.manager).receiver_name, "欧阳小满")

    def test_keeper_scans_the_number_of_the_own_delivery(self):
        picking = self.here.picking_ids.with_user(self.keeper)
        picking.courier_number = "SF123456789099"
        self.assertEqual(picking.parcel_ids.warehouse_id, self.warehouse)

    # ------------------------------------------------------------------ picking lists
    def test_clerk_who_may_not_open_batches_prints_the_list_with_them(self):
        with self.assertRaises(AccessError):
            self.near.with_user(self.clerk).read(["name"])
        rows = self._values("report_picking_list_order", self.here, self.clerk)["rows"]
        self.assertEqual([(row["lot"], row["quantity"]) for row in rows], [("NEAR-1", "3"), ("FRESH-1", "2")])
        self.assertIn("2027", rows[0]["lot_note"])

    def test_document_shows_batch_and_date_to_clerk_and_keeper(self):
        for user in (self.clerk, self.keeper):
            with self.subTest(user=user.login):
                reports = self.env["ir.actions.report"].with_user(user).with_context(lang="en_US")
                html = reports._render_qweb_html("cosmetics_sales.report_picking_list", self.here.picking_ids.ids)[0].decode()
                self.assertIn("NEAR-1", html)
                self.assertIn("Use by 2027/04/30", html)

    def test_at_one_place_the_batch_that_expires_first_comes_first(self):
        self._create_batch("A-LATE", "2029-06-30", 1)
        order = self._create_order((self.cream, 31), partner=self.anyone, user=self.clerk)
        order.action_confirm()
        dates = [row["lot_note"] for row in self._values("report_picking_list_order", order + self.here, self.clerk)["rows"]]
        self.assertEqual(dates, sorted(dates, key=lambda note: note[-10:]))

    def test_shelves_follow_their_numbers(self):
        shelves = self.env["stock.location"].create(
            [{"name": name, "location_id": self.warehouse.lot_stock_id.id} for name in ("A-10", "A-2")]
        )
        mirror = self.env["product.product"].create({"name": "Mirror", "is_storable": True})
        for shelf in shelves:
            self.env["stock.quant"]._update_available_quantity(mirror, shelf, 2)
        order = self._create_order((mirror, 4), partner=self.anyone, user=self.clerk)
        order.action_confirm()
        places = [row["location"] for row in self._values("report_picking_list_order", order, self.clerk)["rows"]]
        self.assertEqual([place[-4:].strip("/") for place in places], ["A-2", "A-10"])

    def test_salesperson_prints_no_list_of_a_colleague(self):
        self.here.sudo().user_id = self.clerk
        with self.assertRaises(AccessError):
            self._values("report_picking_list", self.here.picking_ids, self.salesperson)

    def test_order_is_found_by_its_batch(self):
        found = self.env["sale.order"].with_user(self.clerk).search([("any_number", "ilike", "shop-1")])
        self.assertEqual(found & (self.here + self.there), self.there)
