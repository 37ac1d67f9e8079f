"""Sales as they arrive: odd names, odd quantities, midnight, two tills, goods sent later."""

from datetime import datetime, time, timedelta

from freezegun import freeze_time
from odoo import Command, fields
from odoo.tests import tagged

from .common import TillBatchCommon


@tagged("post_install", "-at_install")
class TestArrival(TillBatchCommon):
    def _midnight(self, days):
        """Return the moment (naive UTC) at which the day so many days from today begins in China."""
        return datetime.combine(self.today + timedelta(days=days), time()) - timedelta(hours=8)

    def test_names_are_taken_as_they_are(self):
        for name in ("old", " OLD", "OLD "):
            order = self._send(self._prepare_ticket(1, name))
            self.assertEqual(self._exceptions(order).code, "unknown", name)
        self.assertEqual(self._on_hand()["OLD"], 5)
        self.assertEqual(self.env["stock.lot"].search_count([("product_id", "=", self.cream.id)]), 3)

    def test_batch_of_another_product_is_unknown(self):
        serum = self._create_till_product(name="Serum", is_storable=True)
        self._create_batch("SERUM", 400, 5, product=serum)
        self.assertEqual(self._exceptions(self._send(self._prepare_ticket(1, "SERUM"))).code, "unknown")
        self.assertEqual(self._on_hand(serum), {"SERUM": 5})

    def test_same_name_on_two_products_moves_the_right_one(self):
        serum = self._create_till_product(name="Serum", is_storable=True)
        self._create_batch("OLD", 400, 5, product=serum)
        self._send(self._prepare_ticket(2, "OLD", product=serum))
        self.assertEqual((self._on_hand(serum), self._on_hand()["OLD"]), ({"OLD": 3}, 5))

    def test_product_archived_since_the_sale_still_leaves(self):
        sale = self._prepare_ticket(1, "OLD")
        self.cream.product_tmpl_id.active = False
        order = self._send(sale)
        self.assertEqual((order.picking_ids.state, self._on_hand()["OLD"]), ("done", 4))

    def test_parts_of_a_piece_leave_as_parts(self):
        self._send(self._prepare_ticket(0.5, "OLD"), self._prepare_ticket(0.25))
        self.assertAlmostEqual(self._on_hand()["OLD"], 4.25)

    def test_two_lines_beyond_one_batch_list_the_second(self):
        order = self._send(self._join(self._prepare_ticket(3, "OLD"), self._prepare_ticket(3, "OLD")))
        self.assertEqual(self._exceptions(order).mapped("code"), ["short"])
        self.assertEqual(self._exceptions(order).line_id, order.lines[1])
        self.assertEqual(self._on_hand()["OLD"], 2)

    def test_ticket_keeps_what_the_server_took(self):
        order = self._send(self._prepare_ticket(6, "OLD", "NEW"))
        packs = order.lines.pack_lot_ids
        self.assertEqual([(pack.lot_id, pack.quantity, pack.choice) for pack in packs], [(self.old, 5, "fefo"), (self.new, 1, "fefo")])
        faulty = self._send(self._prepare_ticket(1, "DEAD")).lines.pack_lot_ids
        self.assertEqual((faulty.lot_name, faulty.lot_id.id, faulty.quantity), ("DEAD", False, 0))

    def test_server_passes_over_held_and_stopped_batches(self):
        self._create_batch("STOP", 10, 5)
        self.old._set_quality_state("quarantine", "Test")
        order = self._send(self._prepare_ticket(1))
        self.assertEqual(order.lines.pack_lot_ids.lot_id, self.new)
        self.assertFalse(self._exceptions(order))

    def test_batch_is_sold_until_midnight_in_china_and_not_after(self):
        stop = (self.old.sale_stop_on - self.today).days
        with freeze_time(self._midnight(stop) - timedelta(seconds=1)):
            before = self._send(self._prepare_ticket(1))
            self.assertEqual(before.lines.pack_lot_ids.lot_id, self.old)
        with freeze_time(self._midnight(stop)):
            after = self._send(self._prepare_ticket(1), self._prepare_ticket(1, "OLD"))
        self.assertEqual(after[0].lines.pack_lot_ids.lot_id, self.new)
        self.assertEqual(self._exceptions(after).mapped("code"), ["stopped"])

    def test_sale_of_before_midnight_is_listed_with_its_time(self):
        """The till's clock can be set back: it explains the exception and lets nothing move."""
        expiry = (self.old.expiration_on - self.today).days + 1
        stop = (self.old.sale_stop_on - self.today).days
        with freeze_time(self._midnight(expiry) + timedelta(minutes=5)):
            in_time = {
                **self._prepare_ticket(1, "OLD"),
                "date_order": fields.Datetime.to_string(self._midnight(stop) - timedelta(minutes=2)),
            }
            late = self._prepare_ticket(1, "OLD")
            orders = self._send(in_time, late)
        first, second = self._exceptions(orders)
        self.assertEqual((first.code, second.code), ("expired", "expired"))
        self.assertIn(f"was sold on {self.old.sale_stop_on - timedelta(days=1)} 23:58", first.sentence)
        self.assertIn("had expired and was sold", second.sentence)
        self.assertEqual(self._on_hand()["OLD"], 5)

    def test_promise_of_the_shop_is_asked_of_a_batch_the_server_chose(self):
        self.env["cosmetics.shelf.life.promise"].create({"name": "Fresh only", "store_id": self.store.id, "min_days": 500})
        order = self._send(self._prepare_ticket(1))
        self.assertEqual(self._exceptions(order).code, "promise")
        self.assertEqual(self._on_hand(), {"OLD": 5, "NEW": 5, "DEAD": 5})

    def test_last_piece_sold_at_two_tills_of_the_shop(self):
        last = self._create_batch("LAST", 300, 1)
        first = self._send(self._prepare_ticket(1, "LAST"))
        self.till = self.till.copy({"name": "Second Till", "payment_method_ids": [Command.set(self.bank_method.ids)]})
        second = self._send(self._prepare_ticket(1, "LAST"))
        self.assertNotEqual(first.config_id, second.config_id)
        self.assertFalse(self._exceptions(first))
        self.assertEqual(self._exceptions(second).mapped("code"), ["unknown"])
        self.assertFalse(self.env["stock.quant"].search([("lot_id", "=", last.id), ("quantity", "<", 0)]))

    def test_goods_sent_later_leave_in_the_warehouse(self):
        later = fields.Date.to_string(self.today + timedelta(days=3))
        member = self.env["res.partner"].create({"name": "Test Member"})
        order = self._send({**self._prepare_ticket(1, "OLD"), "partner_id": member.id, "shipping_date": later})
        self.assertEqual(order.state, "paid")
        self.assertFalse(self._exceptions(order))
        self.assertEqual(self._on_hand()["OLD"], 5)
        self.env["cosmetics.till.exception"]._cron_record_undone()
        self.assertFalse(self._exceptions(order))

    def test_batch_of_another_shop_is_not_taken(self):
        other = self.env["stock.warehouse"].create({"name": "Other Shop", "code": "OTHR"})
        self._create_batch("ELSE", 100, 5, location=other.lot_stock_id)
        order = self._send(self._prepare_ticket(1), self._prepare_ticket(1, "ELSE"))
        self.assertEqual(order[0].lines.pack_lot_ids.lot_id, self.old)
        self.assertEqual(self._exceptions(order).mapped("code"), ["unknown"])
