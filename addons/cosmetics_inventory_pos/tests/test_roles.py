"""What a clerk may read of stock: the own shops."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestRoles(TillBatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["stock.warehouse"].create({"name": "Other Shop", "code": "OTHR"})
        cls.stranger = cls._create_user("test_stranger", "cosmetics_sales_pos.group_shop_clerk")
        cls._create_store(name="Other Shop", warehouse_id=cls.other.id, user_ids=[Command.set(cls.stranger.ids)])
        cls._create_batch("ELSE", 300, 5, location=cls.other.lot_stock_id)

    def _visible(self, user):
        quants = (
            self.env["stock.quant"].with_user(user).search([("product_id", "=", self.cream.id), ("location_id.usage", "=", "internal")])
        )
        return set(quants.sudo().mapped("lot_id.name"))

    def test_clerk_reads_the_stock_of_the_own_shop(self):
        self.assertEqual(self._visible(self.clerk), {"OLD", "NEW", "DEAD"})
        self.assertEqual(self._visible(self.stranger), {"ELSE"})

    def test_store_manager_and_keeper_see_what_they_saw_before(self):
        keeper = self._create_user("test_keeper", "cosmetics_inventory.group_warehouse_keeper")
        for user in (self.manager, keeper):
            self.assertEqual(self._visible(user), {"OLD", "NEW", "DEAD", "ELSE"})

    def test_clerk_reads_batches_and_changes_none(self):
        lot = self.old.with_user(self.clerk)
        self.assertEqual(lot.name, "OLD")
        with self.assertRaises(AccessError):
            lot.write({"name": "X"})
        with self.assertRaises(AccessError):
            self.env["stock.quant"].with_user(self.clerk).create({"product_id": self.cream.id, "location_id": self.shelf.id})

    def test_store_manager_takes_up_alerts_of_the_own_shops_only(self):
        vals = [{"kind": "out", "product_id": self.cream.id, "warehouse_id": place.id} for place in (self.till.warehouse_id, self.other)]
        own, foreign = self.env["cosmetics.stock.alert"].create(vals)
        self._assign_stores(self.manager, self.store)
        self.assertEqual(self.env["cosmetics.stock.alert"].with_user(self.manager).search([("id", "in", (own + foreign).ids)]), own)
        own.with_user(self.manager).action_handle()
        self.assertEqual((own.state, own.handled_by_id), ("handled", self.manager))
        with self.assertRaises(AccessError):
            foreign.with_user(self.manager).action_handle()
        with self.assertRaises(AccessError):
            own.with_user(self.clerk).action_handle()

    def test_a_ticket_asks_for_a_look_at_what_it_sold(self):
        requests = self.env["cosmetics.stock.alert.request"]
        requests.search([]).unlink()
        self._send(self._prepare_ticket(1, "OLD"))
        self.assertEqual(requests.search([]).product_id, self.cream)

    def _info(self, user, product=None):
        """Return {warehouse: figures} that the till shows of a product."""
        product = product or self.cream
        info = product.product_tmpl_id.with_user(user).get_product_info_pos(100, 1, self.till.id, product.id)
        names = ("available_quantity", "free_qty", "forecasted_quantity")
        return {place["id"]: tuple(place[name] for name in names) for place in info["warehouses"]}

    def test_a_clerk_who_counts_blind_sees_no_figure_at_the_till_and_sells_on(self):
        shop = self.till.warehouse_id
        before = self._info(self.clerk)[shop.id]
        self.assertEqual(before[0], 15)
        count = self.env["cosmetics.stock.count"].with_user(self.manager).create({"warehouse_id": shop.id, "product_ids": self.cream.ids})
        count.action_start()
        self.assertEqual(self._info(self.clerk)[shop.id], ("—", "—", "—"))
        self.assertNotIn("—", self._info(self.clerk)[self.other.id])
        self.assertEqual(self._info(self.manager)[shop.id], before)
        self.assertNotIn("—", self._info(self.clerk, self.product)[shop.id])
        ticket = self._send(self._prepare_ticket(1, "OLD"))
        self.assertEqual(ticket.state, "paid")
        self.assertEqual(self.old.sudo().product_qty, 4)
