"""An update makes one parcel of what an earlier version kept twice, and loses nothing of it."""

import importlib.util
from pathlib import Path

from odoo.tests import tagged
from odoo.tools import SQL
from odoo.tools.misc import file_path

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestParcelMigration(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orders = cls._confirmed() + cls._confirmed()
        for order, number in zip(cls.orders, ("SF123456789012", "YT1234567890123"), strict=True):
            order.picking_ids.with_user(cls.keeper).courier_number = number
        cls.parcels = cls.orders.picking_ids.parcel_ids.sorted("id")
        events = cls.env["cosmetics.parcel.event"].sudo()
        vals = {"text": "快件已揽收", "at": "2026-11-20 02:00:00"}
        events.create([{**vals, "parcel_id": parcel.id} for parcel in cls.parcels])
        events.create({"parcel_id": cls.parcels[1].id, "text": "快件已到达西安", "at": "2026-11-21 02:00:00"})
        cls.env.flush_all()

    def _migrate(self, name):
        path = Path(file_path(f"cosmetics_sales/migrations/19.0.1.3.0/{name}.py"))
        spec = importlib.util.spec_from_file_location(name.replace("-", "_"), path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        module.migrate(self.cr, "19.0.1.2.0")
        self.env.invalidate_all()

    def _as_before(self):
        """Bring the tables to what the earlier version held: one number twice, deliveries in a column only."""
        self.cr.execute("DROP INDEX cosmetics_parcel_number_uniq")
        self.cr.execute(SQL("UPDATE cosmetics_parcel SET tracking_no = 'SF123456789012' WHERE id IN %s", tuple(self.parcels.ids)))
        self.cr.execute("DELETE FROM cosmetics_parcel_stock_picking_rel")
        self.env.invalidate_all()

    def test_doubles_become_one_with_all_orders_and_each_news_once(self):
        self._as_before()
        self._migrate("pre-parcels")
        left = self.parcels.exists()
        self.assertEqual(len(left), 1)
        self.assertEqual(left.order_ids, self.orders)
        self.assertEqual(sorted(left.event_ids.mapped("text")), ["快件已到达西安", "快件已揽收"])
        self.cr.execute("CREATE UNIQUE INDEX again ON cosmetics_parcel (company_id, tracking_no)")

    def test_single_parcels_stay_as_they_are(self):
        self._migrate("pre-parcels")
        self.assertEqual(self.parcels.exists(), self.parcels)
        self.assertEqual(self.parcels[0].order_ids, self.orders[0])

    def test_delivery_of_the_column_is_in_the_parcel(self):
        self._as_before()
        self._migrate("post-parcels")
        self.assertEqual([parcel.picking_ids for parcel in self.parcels], [parcel.picking_id for parcel in self.parcels])
        self.assertTrue(all(parcel.picking_id for parcel in self.parcels))
        self._migrate("post-parcels")
        self.assertEqual([len(parcel.picking_ids) for parcel in self.parcels], [1, 1])
