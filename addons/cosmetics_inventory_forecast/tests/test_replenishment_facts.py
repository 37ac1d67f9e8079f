"""What suggestions rest on: vendors, shelf lives, centres, and what was asked for already."""

from datetime import date, timedelta

from odoo import Command
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2.errors import CheckViolation

from .common import TODAY, ForecastCommon


@tagged("post_install", "-at_install")
class TestReplenishmentFacts(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cheap = cls.env["res.partner"].create({"name": "Cheap Vendor", "is_company": True})

    def _terms(self, product=None, warehouse=None):
        product = product or self.product
        return self.Row._get_terms(product, warehouse or self.shop, self.Row._get_sellers(product, self.company), {})

    def _add_line(self, **vals):
        values = {"product_tmpl_id": self.product.product_tmpl_id.id, "partner_id": self.vendor.id, "min_qty": 1, "price": 20, "delay": 7}
        return self.env["product.supplierinfo"].create({**values, **vals})

    # ------------------------------------------------------------------ vendors
    def test_the_smallest_line_of_a_vendor_is_the_minimum_and_the_others_are_price_breaks(self):
        self._add_line(min_qty=100, price=15)
        terms = self._terms()
        self.assertEqual((terms.minimum, terms.lead_days, terms.breaks), (1, 7, ((1, 20), (100, 15))))

    def test_the_first_vendor_counts_and_no_other(self):
        self._add_line(partner_id=self.cheap.id, price=1, sequence=99)
        self.assertEqual(self.Row._get_sellers(self.product, self.company).partner_id, self.vendor)

    def test_prices_of_other_days_do_not_count(self):
        self._add_line(min_qty=50, price=1, date_end=TODAY - timedelta(days=1))
        self._add_line(min_qty=60, price=1, date_start=TODAY + timedelta(days=1))
        self.assertEqual(self._terms().breaks, ((1, 20),))

    def test_prices_of_another_company_do_not_count(self):
        company = self.env["res.company"].create({"name": "Test Other Company"})
        self._add_line(min_qty=50, price=1, company_id=company.id)
        self.assertEqual(self._terms().breaks, ((1, 20),))

    def test_prices_of_another_variant_do_not_count(self):
        other = self._create_ware("Test Other Shade")
        self._add_line(min_qty=50, price=1, product_id=other.id, product_tmpl_id=other.product_tmpl_id.id)
        self.assertEqual(self._terms().breaks, ((1, 20),))

    def test_a_discount_is_taken_off(self):
        self.product.seller_ids.discount = 10
        self.assertAlmostEqual(self._terms().price_of(1), 18)

    def test_foreign_prices_are_converted(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].create({"currency_id": dollar.id, "name": date(2026, 1, 1), "rate": 0.14})
        self.product.seller_ids.currency_id = dollar
        factor = self.company.currency_id == dollar or 1 / 0.14
        self.assertAlmostEqual(self._terms().price_of(1), 20 * factor, places=1)

    def test_without_a_vendor_the_cost_counts_and_any_quantity_is_delivered(self):
        self.product.seller_ids.unlink()
        self.product.standard_price = 12
        terms = self._terms()
        self.assertEqual((terms.minimum, terms.pack, terms.lead_days, terms.price_of(5)), (0, 1, 0, 12))

    # ------------------------------------------------------------------ shelf life
    def _create_cream(self, **vals):
        return self._create_ware("Test Cream", cosmetic_kind="ordinary", **{"shelf_life_months": 36, **vals})

    def test_what_has_no_shelf_life_keeps_for_ever(self):
        self.assertIsNone(self._terms().sell_days)
        self.assertIsNone(self._terms(self._create_cream(shelf_life_months=0)).sell_days)

    def test_without_an_agreement_a_share_of_the_life_is_left_at_receipt(self):
        cream = self._create_cream()
        self.company.replenishment_life_share = 0.5
        less = self._terms(cream).sell_days
        self.company.replenishment_life_share = 0.8
        self.assertAlmostEqual(self._terms(cream).sell_days - less, 0.3 * 1095, delta=1)
        self.assertLess(less, 0.5 * 1095)

    def test_the_stricter_of_promise_and_stop_of_the_sale_ends_it(self):
        cream = self._create_cream()
        self.env["cosmetics.shelf.life.promise"].search([]).unlink()
        promise = self.env["cosmetics.shelf.life.promise"].create({"name": "Test", "min_days": 1})
        stop = self._terms(cream).sell_days
        promise.min_days = 300
        self.assertEqual(self._terms(cream).sell_days, int(0.6 * 1095) - 300)
        self.assertLess(self._terms(cream).sell_days, stop)

    def test_the_promise_of_one_store_shortens_no_other(self):
        cream = self._create_cream()
        self.env["cosmetics.shelf.life.promise"].search([]).unlink()
        self.env["cosmetics.shelf.life.promise"].create({"name": "Test", "min_days": 300, "store_id": self.store.id})
        self.assertLess(self._terms(cream).sell_days, self._terms(cream, self.other).sell_days)

    # ------------------------------------------------------------------ centres
    def test_a_warehouse_buys_for_itself_or_its_centre_does(self):
        third = self.env["stock.warehouse"].create({"name": "Test Third", "code": "TTHI", "resupply_wh_ids": [Command.set(self.shop.ids)]})
        self.shop.resupply_wh_ids = [Command.set(self.other.ids)]
        roots = self.Row._get_roots()
        self.assertEqual({roots[place.id] for place in (self.shop, self.other, third)}, {self.other.id})

    def test_two_warehouses_that_fill_each_other_end_somewhere(self):
        self.shop.resupply_wh_ids = [Command.set(self.other.ids)]
        self.other.resupply_wh_ids = [Command.set(self.shop.ids)]
        self.assertIn(self.Row._get_roots()[self.shop.id], (self.shop | self.other).ids)

    # ------------------------------------------------------------------ stock
    def test_goods_that_are_reserved_are_not_there(self):
        self._put(self.product, self.shop, 10)
        move = self.env["stock.move"].create(
            {
                "product_id": self.product.id,
                "product_uom": self.product.uom_id.id,
                "product_uom_qty": 4,
                "location_id": self.shop.lot_stock_id.id,
                "location_dest_id": self.customer.id,
            }
        )
        move._action_confirm()
        move._action_assign()
        self.env.flush_all()
        self.assertEqual(self.Row._get_shelf()[self.product.id, self.shop.id], [(None, 6)])

    def test_held_batches_are_not_there(self):
        cream = self._create_cream()
        lot = self.env["stock.lot"].create(
            {"name": "HELD", "product_id": cream.id, "expiry_basis": "printed", "expiration_on": TODAY + timedelta(days=500)}
        )
        self._put(cream, self.shop, 10, lot)
        self.env.flush_all()
        self.assertEqual(len(self.Row._get_shelf()[cream.id, self.shop.id]), 1)
        lot.quality_state = "quarantine"
        self.env.flush_all()
        self.assertNotIn((cream.id, self.shop.id), self.Row._get_shelf())

    def test_a_request_counts_until_it_is_ordered(self):
        line = Command.create({"product_id": self.product.id, "product_qty": 6})
        request = self.env["purchase.request"].with_user(self.clerk).create({"line_ids": [line]})
        key = (self.product.id, self.shop.id)
        self.assertEqual(self.Row._get_coming()[key], 6)
        request.line_ids.cancelled = True
        self.assertEqual(self.Row._get_coming()[key], 0)

    def test_a_cancelled_order_no_longer_counts(self):
        line = Command.create({"product_id": self.product.id, "product_qty": 6})
        values = {"partner_id": self.vendor.id, "picking_type_id": self.shop.in_type_id.id, "order_line": [line]}
        order = self.env["purchase.order"].with_user(self.buyer).create(values)
        key = (self.product.id, self.shop.id)
        self.assertEqual(self.Row._get_coming()[key], 6)
        order.button_cancel()
        self.assertEqual(self.Row._get_coming()[key], 0)

    # ------------------------------------------------------------------ settings
    def test_settings_that_make_no_sense_are_refused(self):
        for values in (
            {"replenishment_service": 1.0},
            {"replenishment_service": 0.4},
            {"replenishment_life_share": 0.0},
            {"replenishment_review_days": 0},
            {"replenishment_cover_days": 400},
            {"replenishment_transfer_days": -1},
        ):
            with self.subTest(values), mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.cr.savepoint():
                self.company.write(values)
                self.company.flush_recordset()

    def test_a_higher_service_level_asks_for_more(self):
        self._add_weeks(self.product, self.shop, 14)
        careful = self._suggest().quantity
        self.company.replenishment_service = 0.6
        self.assertLess(self._suggest().quantity, careful)
