"""What dates a batch has, whichever of them is given; what follows when the day changes."""

import random
from datetime import date, timedelta

from freezegun import freeze_time
from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import Form, tagged

from .lot_common import NOON, LotCommon, moment

DAY = timedelta(days=1)


@tagged("post_install", "-at_install")
class TestStockLot(LotCommon):
    def test_production_date_gives_all_other_dates(self):
        with freeze_time(NOON):
            lot = self._create_lot(production_date="2024-03-01")
        self.assertEqual((lot.expiration_on, lot.expiry_basis, lot.shelf_life_months), (date(2027, 2, 28), "production", 36))
        self.assertEqual(lot.expiration_date, moment("2027-02-28 15:59:59"))
        self.assertEqual(lot.use_date, moment("2026-08-27 15:59:59"))
        self.assertEqual(lot.alert_date, moment("2026-02-27 16:00:00"))
        self.assertEqual(lot.removal_date, moment("2027-01-13 15:59:59"))
        self.assertEqual((lot.total_life_days, lot.sale_stop_on), (1095, date(2027, 1, 14)))
        self.assertEqual((lot.band_id, lot.band_next_on), (self.bands["near"], date(2026, 11, 28)))

    def test_printed_use_by_date_alone_is_enough(self):
        lot = self._create_lot(expiration_on="2027-02-28")
        self.assertEqual((lot.expiry_basis, lot.production_date, lot.total_life_days), ("printed", False, 1095))
        self.assertEqual(lot.expiration_date, moment("2027-02-28 15:59:59"))

    def test_date_of_core_is_read_as_a_day_in_china(self):
        lots = self.env["stock.lot"].create(
            [
                {"name": "late", "product_id": self.cream.id, "expiration_date": "2027-02-28 15:59:59"},
                {"name": "midnight", "product_id": self.cream.id, "expiration_date": "2027-02-28 16:00:00"},
            ]
        )
        self.assertEqual(lots.mapped("expiration_on"), [date(2027, 2, 28), date(2027, 3, 1)])
        self.assertEqual(lots[1].expiration_date, moment("2027-03-01 15:59:59"))

    def test_printed_date_wins_when_the_label_says_so(self):
        lot = self._create_lot(production_date="2024-03-01", expiry_basis="printed", expiration_on="2026-12-31")
        self.assertEqual((lot.expiration_on, lot.total_life_days), (date(2026, 12, 31), 1036))

    def test_contradicting_dates_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "2027-02-28, not on 2027-03-02"):
            self._create_lot(production_date="2024-03-01", expiration_on="2027-03-02")

    def test_a_day_more_on_the_label_is_read_the_safe_way(self):
        lot = self._create_lot(production_date="2024-03-01", expiration_on="2027-03-01")
        self.assertEqual(lot.expiration_on, date(2027, 2, 28))

    def test_cosmetics_without_any_date_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "Batch B1 of “Test Cream” has no use-by date"):
            self._create_lot()

    def test_production_date_without_a_shelf_life_is_refused(self):
        product = self._create_product(name="Test Balm", is_storable=True, shelf_life_months=0)
        with self.assertRaisesRegex(ValidationError, "has no use-by date"):
            self._create_lot(product=product, production_date="2026-01-01")

    def test_impossible_production_dates_are_refused(self):
        with freeze_time(NOON), self.assertRaisesRegex(ValidationError, "lies in the future"):
            self._create_lot(production_date="2026-11-25")
        with self.assertRaisesRegex(ValidationError, "before it was made"):
            self._create_lot(production_date="2026-03-01", expiry_basis="printed", expiration_on="2026-02-28")

    def test_production_day_is_a_day_in_china(self):
        with freeze_time("2026-11-23 16:00:00"):  # the 24th has begun in China
            self.assertTrue(self._create_lot(production_date="2026-11-24"))

    def test_another_product_never_wipes_a_typed_date(self):
        other = self._create_product(name="Test Serum", is_storable=True, shelf_life_months=24)
        lot = self._create_lot(expiration_on="2027-02-28")
        lot.product_id = other
        self.assertEqual((lot.expiration_on, lot.expiration_date), (date(2027, 2, 28), moment("2027-02-28 15:59:59")))
        self.assertEqual(lot.shelf_life_months, 24)
        sponge_lot = self._create_lot(product=self.sponge, expiration_date="2027-01-01 00:00:00")
        sponge_lot.product_id = self.sponge.copy()
        self.assertEqual(sponge_lot.expiration_date, moment("2027-01-01 00:00:00"))

    def test_other_goods_keep_the_dates_of_core(self):
        with freeze_time(NOON):
            lot = self._create_lot(product=self.sponge)
        self.assertEqual(lot.expiration_date, fields.Datetime.to_datetime(NOON) + 100 * DAY)
        self.assertEqual((lot.expiration_on, lot.sale_stop_on, lot.band_id.id), (date(2027, 3, 4), date(2027, 3, 5), False))
        with freeze_time("2027-03-04 16:00:00"):
            self.assertEqual(lot._get_sale_obstacle(), {lot: "expired"})

    def test_goods_without_days_do_not_expire_on_arrival(self):
        self.sponge.expiration_time = 0
        self.assertFalse(self._create_lot(product=self.sponge).expiration_date)

    def test_derived_dates_cannot_be_written_by_hand(self):
        lot = self._create_lot(expiration_on="2027-02-28")
        lot.write({"sale_stop_on": "2040-01-01", "removal_date": "2040-01-01", "band_id": False, "is_held": True})
        self.assertEqual((lot.sale_stop_on, lot.removal_date), (date(2027, 1, 14), moment("2027-01-13 15:59:59")))
        self.assertEqual((bool(lot.band_id), lot.is_held), (True, False))
        forged = self._create_lot("B2", expiration_on="2027-02-28", sale_stop_on="2040-01-01", is_held=True)
        self.assertEqual((forged.sale_stop_on, forged.is_held), (date(2027, 1, 14), False))

    def test_form_shows_the_use_by_date_while_typing(self):
        form = Form(self.env["stock.lot"].with_user(self.keeper), view="stock.view_production_lot_form")
        form.name, form.product_id = "B9", self.cream
        form.production_date = "2024-03-01"
        self.assertEqual((form.shelf_life_months, form.expiration_on), (36, date(2027, 2, 28)))
        self.assertEqual(form.save().expiration_on, date(2027, 2, 28))

    def test_stock_follows_the_stop_of_the_sale(self):
        lot = self._create_lot(expiration_on="2027-02-28")
        self._put_in_stock(lot)
        self.assertEqual(lot.quant_ids.removal_date, lot.removal_date)

    def test_hundred_batches_cost_no_more_queries_than_one_but_their_messages(self):
        counts = {}
        for size in (1, 2, 100):
            self.env.invalidate_all()
            vals = [{"name": f"{size}-{n}", "product_id": self.cream.id, "expiration_on": date(2027, 1, 1) + n * DAY} for n in range(size)]
            before = self.cr.sql_log_count
            self.env["stock.lot"].with_context(tracking_disable=True).create(vals).flush_recordset()
            counts[size] = self.cr.sql_log_count - before
        self.assertLessEqual(counts[100], counts[1], counts)


@tagged("post_install", "-at_install")
class TestLotDays(LotCommon):
    def test_band_changes_at_midnight_in_china_and_not_before(self):
        with freeze_time("2027-01-13 15:59:59"):
            lot = self._create_lot(production_date="2024-03-01")
            self.assertEqual((lot.band_id.code, lot.remaining_days, lot._get_sale_obstacle()), ("clearance", 46, {}))
        with freeze_time("2027-01-13 16:00:00"):
            lot.invalidate_recordset(["remaining_days"])
            self.assertEqual((lot.remaining_days, lot._get_sale_obstacle()), (45, {lot: "stopped"}))
            self.assertFalse(lot._is_sellable())
            self.assertEqual(lot.band_id.code, "clearance", "only the job moves the band; the rule has not waited for it")
            self._run_daily_job()
            self.assertEqual((lot.band_id.code, lot.band_next_on), ("stop", date(2027, 3, 1)))
        with freeze_time("2027-02-28 15:59:59"):
            self.assertEqual(lot._get_sale_obstacle(), {lot: "stopped"})
        with freeze_time("2027-02-28 16:00:00"):
            self.assertEqual(lot._get_sale_obstacle(), {lot: "expired"})
            self._run_daily_job()
            self.assertEqual((lot.band_id.code, lot.band_next_on), ("expired", False))

    def test_a_batch_with_two_missed_days_goes_to_the_right_band(self):
        with freeze_time("2026-01-01"):
            lot = self._create_lot(production_date="2024-03-01")
        with freeze_time(NOON):
            self._run_daily_job()
        self.assertEqual(lot.band_id.code, "near")

    def test_daily_job_touches_only_batches_that_cross_a_limit(self):
        with freeze_time("2026-08-27"):
            crossing = self._create_lot("crossing", production_date="2024-03-01")
            staying = self._create_lot("staying", production_date="2024-04-01")
            self.env.flush_all()
        self.env.cr.execute("UPDATE stock_lot SET write_date = '2020-01-01' WHERE id = ANY(%s)", [(crossing + staying).ids])
        self.env.invalidate_all()
        with freeze_time("2026-08-28"):
            self._run_daily_job()
            self.env.flush_all()
            self.env.invalidate_all()
        self.assertEqual((crossing.band_id.code, staying.band_id.code), ("near", "watch"))
        self.assertEqual(staying.write_date, moment("2020-01-01 00:00:00"))
        self.assertNotEqual(crossing.write_date, moment("2020-01-01 00:00:00"))

    def test_obstacles_on_any_day(self):
        lot = self._create_lot(production_date="2024-03-01")
        days = {date(2027, 1, 13): {}, date(2027, 1, 14): {lot: "stopped"}, date(2027, 3, 1): {lot: "expired"}}
        self.assertEqual({day: lot._get_sale_obstacle(day) for day in days}, days)
        lot._set_quality_state("quarantine", "Carton was wet")
        self.assertEqual(lot._get_sale_obstacle(date(2026, 1, 1)), {lot: "quarantine"})
        self.assertEqual(lot._get_sale_obstacle(date(2027, 1, 14)), {lot: "quarantine"})
        self.assertEqual(lot._get_sale_obstacle(date(2027, 3, 1)), {lot: "expired"})

    def test_searches_find_what_a_look_at_every_batch_finds(self):
        generator = random.Random(19)
        with freeze_time(NOON):
            today = self.env["stock.lot"]._get_china_today()
            months = {
                product: product.shelf_life_months for product in (self.cream, self._create_product(is_storable=True, shelf_life_months=6))
            }
            lots = self.env["stock.lot"].create(
                [
                    {
                        "name": f"R{number}",
                        "product_id": generator.choice(list(months)).id,
                        "expiration_on": today + generator.randint(-200, 1200) * DAY,
                    }
                    for number in range(300)
                ]
            )
            lots += self.env["stock.lot"].create({"name": "R-none", "product_id": self.sponge.copy({"use_expiration_date": False}).id})
            own = [("id", "in", lots.ids)]
            dated = lots.filtered("expiration_on")
            compare = {"<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__}
            for days in (-1, 0, 45, 180, 365):
                for operator, is_true in compare.items():
                    found = lots.search([*own, ("remaining_days", operator, days)])
                    self.assertEqual(found, dated.filtered(lambda lot, t=is_true, d=days: t(lot.remaining_days, d)).sorted("name"))
            value = dated[0].remaining_days
            self.assertEqual(
                lots.search([*own, ("remaining_days", "=", value)]), dated.filtered(lambda lot: lot.remaining_days == value).sorted("name")
            )
            for share in (0.0, 0.1, 0.33, 0.5, 1.0):
                for operator in compare:
                    expected = dated.filtered(lambda lot, s=share, o=operator: getattr(lot.remaining_ratio, FLOAT[o])(s))
                    self.assertEqual(lots.search([*own, ("remaining_ratio", operator, share)]), expected.sorted("name"))

    def test_ratio_can_be_filtered_in_memory_as_well(self):
        with freeze_time(NOON):
            lots = self._create_lot("old", expiration_on="2027-02-28") + self._create_lot("new", expiration_on="2029-02-28")
            self.assertEqual(lots.filtered_domain([("remaining_ratio", "<", 0.33)]), lots[0])

    def test_sentence_explains_the_batch(self):
        with freeze_time(NOON):
            lot = self._create_lot(production_date="2024-03-01")
            self.assertEqual(
                lot.shelf_life_note, "Last usable day 2027-02-28 · 96 days left · now in band “Near Expiry” · sale stops on 2027-01-14"
            )


FLOAT = {"<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}
