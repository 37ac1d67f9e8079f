"""Who may change the dates and the quality of a batch, and what is left behind."""

from datetime import date

from freezegun import freeze_time
from lxml import etree
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .lot_common import NOON, LotCommon


@tagged("post_install", "-at_install")
class TestLotCorrection(LotCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._create_lot(production_date="2026-03-01", expiration_on="2029-02-28")

    def test_typing_error_is_put_right_before_the_batch_moves(self):
        self.lot.with_user(self.keeper).production_date = "2026-03-02"
        self.assertEqual(self.lot.expiration_on, date(2029, 3, 1))

    def test_dates_of_a_received_batch_are_not_written_directly(self):
        self._move(self.lot)
        for user in (self.keeper, self.manager, self.quality_manager):
            for vals in (
                {"production_date": "2026-04-01"},
                {"expiry_basis": "printed", "expiration_on": "2029-06-30"},
                {"expiration_date": "2029-06-30 00:00:00", "expiry_basis": "printed"},
                {"shelf_life_months": 48},
            ):
                with self.subTest(user=user.login, vals=vals), self.assertRaisesRegex(UserError, "with “Correct Dates”"):
                    self.lot.with_user(user).write(vals)
        self.assertEqual(self.lot.expiration_on, date(2029, 2, 28))

    def test_other_fields_and_the_same_dates_are_written_freely(self):
        self._move(self.lot)
        self.lot.with_user(self.keeper).write({"ref": "X1", "expiration_on": "2029-02-28", "production_date": "2026-03-01"})
        self.assertEqual(self.lot.ref, "X1")

    def test_quality_manager_corrects_with_a_reason_and_a_trace(self):
        self._move(self.lot)
        self.cr.precommit.run()  # the messages of the receipt; those of the correction are looked at below
        form = Form(self.env["cosmetics.lot.correction"].with_user(self.quality_manager).with_context(default_lot_id=self.lot.id))
        self.assertEqual(form.production_date, date(2026, 3, 1))
        form.production_date = "2025-03-01"
        form.reason = "Read the wrong line"
        form.save().action_confirm()
        self.assertEqual((self.lot.production_date, self.lot.expiration_on), (date(2025, 3, 1), date(2028, 2, 29)))
        entry = self._log(self.lot, "correction")
        self.assertEqual((entry.reason, entry.user_id), ("Read the wrong line", self.quality_manager))
        for text in ("2026-03-01 → 2025-03-01", "2029-02-28 → 2028-02-29"):
            self.assertIn(text, entry.sentence)
        self.lot.flush_recordset()
        self.cr.precommit.run()
        self.assertIn("Read the wrong line", "".join(self.lot.message_ids.mapped("body")))

    def test_what_a_call_from_outside_leaves_out_stays_as_it_is(self):
        self._move(self.lot)
        wizard = self.env["cosmetics.lot.correction"].with_user(self.quality_manager)
        wizard.create({"lot_id": self.lot.id, "shelf_life_months": 24, "reason": "The pack says two years"}).action_confirm()
        self.assertEqual(self.lot.production_date, date(2026, 3, 1))
        self.assertEqual((self.lot.shelf_life_months, self.lot.expiration_on), (24, date(2028, 2, 29)))

    def test_printed_date_can_be_corrected(self):
        self._move(self.lot)
        self.lot.with_user(self.quality_manager)._correct_dates(
            {"expiry_basis": "printed", "expiration_on": "2028-12-31"}, "Label of the importer"
        )
        self.assertEqual((self.lot.expiration_on, self.lot.sale_stop_on), (date(2028, 12, 31), date(2028, 11, 16)))

    def test_others_do_not_correct(self):
        for user in (self.keeper, self.manager):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.env["cosmetics.lot.correction"].with_user(user).create({"lot_id": self.lot.id, "reason": "x"})
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.lot.with_user(user)._correct_dates({"production_date": "2025-03-01"}, "x")

    def test_correction_needs_a_reason_and_a_change(self):
        lot = self.lot.with_user(self.quality_manager)
        with self.assertRaisesRegex(UserError, "Say why"):
            lot._correct_dates({"production_date": "2025-03-01"}, "  ")
        with self.assertRaisesRegex(UserError, "Nothing has changed"):
            lot._correct_dates({"production_date": "2026-03-01"}, "Checked again")
        self.assertFalse(self._log(self.lot, "correction"))

    def test_missing_date_of_a_received_batch_may_be_filled_in(self):
        self._move(self.lot)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot SET expiration_on = NULL, expiration_date = NULL, production_date = NULL WHERE id = %s", [self.lot.id]
        )
        self.env.invalidate_all()
        self.lot.with_user(self.keeper).write({"expiration_on": "2029-02-28", "expiry_basis": "printed"})
        self.assertEqual(self.lot.expiration_on, date(2029, 2, 28))


@tagged("post_install", "-at_install")
class TestLotQuality(LotCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls._create_lot(expiration_on="2029-02-28")

    def _decide(self, user, state, reason="Carton was wet"):
        wizard = self.env["cosmetics.lot.quality"].with_user(user).with_context(active_model="stock.lot", active_ids=self.lot.ids)
        wizard.create({"state": state, "reason": reason}).action_confirm()

    def test_keeper_stops_a_batch_and_the_quality_manager_releases_it(self):
        self._decide(self.keeper, "quarantine")
        self.assertEqual((self.lot.quality_state, self.lot.is_held), ("quarantine", True))
        with self.assertRaisesRegex(AccessError, "Only the quality manager"):
            self._decide(self.keeper, "released")
        self._decide(self.quality_manager, "released", "Dry inside")
        self.assertEqual((self.lot.quality_state, self.lot.is_held), ("released", False))
        entries = self._log(self.lot, "quality").sorted("id")
        self.assertEqual(entries.mapped("reason"), ["Carton was wet", "Dry inside"])
        self.assertEqual(entries.mapped("code"), ["quarantine", "released"])
        self.assertIn("Released → Quarantine", entries[0].sentence)

    def test_keeper_does_not_weaken_a_rejection(self):
        self._decide(self.quality_manager, "rejected")
        with self.assertRaisesRegex(AccessError, "held already"):
            self._decide(self.keeper, "quarantine")

    def test_manager_of_the_warehouse_does_not_release(self):
        self._decide(self.keeper, "quarantine")
        with self.assertRaises(AccessError):
            self._decide(self.manager, "released")

    def test_quality_is_not_written_directly(self):
        for user in (self.keeper, self.quality_manager):
            with self.assertRaisesRegex(UserError, "with the buttons"):
                self.lot.with_user(user).quality_state = "rejected"
        self.assertEqual(self.lot.quality_state, "released")

    def test_reason_is_a_must(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.lot.with_user(self.quality_manager)._set_quality_state("rejected", " ")

    def test_same_quality_leaves_no_trace(self):
        self._decide(self.quality_manager, "released")
        self.assertFalse(self._log(self.lot, "quality"))

    def test_batch_without_a_date_is_not_released(self):
        self._decide(self.quality_manager, "quarantine")
        self.env.flush_all()
        self.env.cr.execute("UPDATE stock_lot SET expiration_on = NULL WHERE id = %s", [self.lot.id])
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "enter it before"):
            self._decide(self.quality_manager, "released")

    def test_user_without_rights_on_batches_changes_nothing(self):
        outsider = self._create_user("test_outsider")
        with self.assertRaises(AccessError):
            self.lot.with_user(outsider)._set_quality_state("quarantine", "No reason")

    def test_filters_of_the_list_find_the_batches(self):
        with freeze_time(NOON):
            near = self._create_lot("near", expiration_on="2027-02-28")
            stopped = self._create_lot("stopped", expiration_on="2026-12-01")
            expired = self._create_lot("expired", expiration_on="2026-11-23")
            self._decide(self.keeper, "quarantine")
            arch = self.env["stock.lot"].get_view(self.env.ref("stock.search_product_lot_filter").id, "search")["arch"]
            found = {name: self._search_by_filter(arch, name) for name in ("near", "stopped", "expired", "held", "third")}
        self.assertEqual(
            found,
            {"near": near, "stopped": stopped, "expired": expired, "held": self.lot, "third": near + stopped + expired},
        )

    def _search_by_filter(self, arch, name):
        domain = safe_eval(etree.fromstring(arch).xpath(f"//filter[@name='{name}']")[0].get("domain"))
        return self.env["stock.lot"].search([*domain, ("product_id", "=", self.cream.id)], order="id")
