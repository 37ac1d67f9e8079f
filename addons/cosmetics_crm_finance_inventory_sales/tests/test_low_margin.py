"""Products that earn too little are told of once, to the person in charge."""

from datetime import timedelta

from freezegun import freeze_time
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestLowMargin(ProfitCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"margin_floor_percent": 50, "margin_user_id": cls.accountant.id})
        cls.kind = cls.env.ref("cosmetics_crm_finance_inventory_sales.mail_activity_type_margin")

    def _sell_at(self, price):
        self._invoice(self._sell((self.cream, 1, {"price_unit": price})))
        self.env.flush_all()

    def _run(self):
        """Let the night pass, and return what it has told about the cream."""
        self.env["cosmetics.profit"].with_user(self.env.ref("base.user_root"))._cron_tell_low_margins()
        template = self.cream.product_tmpl_id
        return self.env["mail.activity"].search([("activity_type_id", "=", self.kind.id), ("res_id", "=", template.id)])

    def test_a_low_margin_is_told_to_the_person_in_charge(self):
        self.accountant.lang = "en_US"
        self._sell_at(40)
        activity = self._run()
        self.assertEqual((activity.user_id, activity.summary), (self.accountant, "Margin 25.0 % in 30 days, floor 50 %"))

    def test_it_is_told_once_while_it_is_open(self):
        self._sell_at(40)
        self.assertEqual(self._run(), self._run())

    def test_it_is_told_again_after_somebody_dealt_with_it(self):
        self._sell_at(40)
        self._run().action_done()
        self.assertEqual(len(self._run()), 1)

    def test_a_good_margin_is_not_told(self):
        self._sell_at(100)
        self.assertFalse(self._run())

    def test_goods_that_have_not_left_yet_are_not_judged(self):
        self._invoice(self._sell((self.cream, 1, {"price_unit": 10}), deliver=False))
        self.env.flush_all()
        self.assertFalse(self._run())

    def test_without_a_floor_nobody_is_told(self):
        self.company.margin_floor_percent = 0
        self._sell_at(40)
        self.assertFalse(self._run())

    @mute_logger("odoo.sql_db")
    def test_a_floor_lies_below_a_hundred(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.margin_floor_percent = 100
            self.company.flush_recordset()

    def test_old_sales_are_not_judged(self):
        with freeze_time(self.today - timedelta(days=40)):
            self._sell_at(40)
        self.assertFalse(self._run())

    def test_the_settings_say_who_is_told_from_when_on(self):
        self.env["res.config.settings"].create({"margin_floor_percent": 35, "margin_user_id": self.reader.id}).execute()
        self.assertEqual((self.company.margin_floor_percent, self.company.margin_user_id), (35, self.reader))
        self._sell_at(40)
        self.assertEqual(self._run().user_id, self.reader)
