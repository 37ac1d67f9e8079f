"""A shop that sells a cream, its manager, and what watches its stock."""

from datetime import timedelta

from odoo import fields

from .common_watch import WatchCommon


class AlertCommon(WatchCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Alert = cls.env["cosmetics.stock.alert"]
        cls.Threshold = cls.env["cosmetics.stock.threshold"]
        # Whatever else the database holds is not this test's matter.
        cls.Threshold.search([]).unlink()
        cls.Alert.search([]).unlink()
        cls.env["cosmetics.stock.alert.request"].search([]).unlink()
        cls.threshold = cls._create_threshold(minimum=5, warehouse_id=cls.shop.id, product_id=cls.cream.id)
        cls.lot = cls._stock_lot("FRESH", 700, 10)

    @classmethod
    def _create_threshold(cls, **vals):
        """Return a threshold of the warehouse manager that tells of shortage only, unless `vals` say otherwise."""
        values = {"cover_days": 0, "idle_days": 0, "expiry_days": 0, **vals}
        return cls.Threshold.with_user(cls.manager).create(values).sudo()

    def _sell_at(self, quantity, lot=None, warehouse=None):
        """Sell of a batch at the shop (or another warehouse)."""
        warehouse = warehouse or self.shop
        return self._move(lot or self.lot, warehouse.lot_stock_id, self.customer, quantity)

    def _run(self):
        """Run the job as the system does; return the alerts that are new."""
        before = self.Alert.search([])
        self.Alert._cron_alert()
        return self.Alert.search([]) - before

    def _look(self):
        """Look at everything, whenever that was done last; return the alerts that are new."""
        self.env["cosmetics.stock.alert.request"].search([]).unlink()
        return self._run()

    def _activities(self, user):
        return self.env["mail.activity"].search(
            [
                ("user_id", "=", user.id),
                ("activity_type_id", "=", self.env.ref("cosmetics_inventory.mail_activity_type_stock_alert").id),
            ]
        )

    def _later(self, **span):
        return fields.Datetime.now() + timedelta(**span)
