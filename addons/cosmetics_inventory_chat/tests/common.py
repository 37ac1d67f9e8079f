"""A robot of each service in the group of a shop, and a stand-in that answers for both."""

from unittest.mock import patch

from odoo.addons.cosmetics_inventory_purchase.tests.common import PurchaseCommon

from ..models import cosmetics_notify_channel
from .stand_in import DINGTALK_SECRET, DINGTALK_TOKEN, WECOM_KEY, Robots


class ChatCommon(PurchaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.notify.channel"].search([]).active = False
        cls.env["cosmetics.notify.message"].search([]).unlink()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.admin = cls._create_user("test_chat_admin", "base.group_system")
        cls.manager = cls._create_user("test_chat_manager", "cosmetics_inventory.group_warehouse_manager")
        cls.wecom = cls._create_channel()
        cls.dingtalk = cls._create_channel(provider="dingtalk", key=DINGTALK_TOKEN, secret=DINGTALK_SECRET)

    def setUp(self):
        super().setUp()
        self.robots = Robots()
        self.addCleanup(self.robots.close)
        hosts = {"wecom": self.robots.url, "dingtalk": self.robots.url}
        self.enterContext(patch.object(cosmetics_notify_channel, "HOSTS", hosts))

    @classmethod
    def _create_channel(cls, **vals):
        """Return a robot, made by the administrator: of WeCom unless told otherwise."""
        channels = cls.env["cosmetics.notify.channel"].with_user(cls.admin)
        return channels.create({"name": "Test Group", "provider": "wecom", "key": WECOM_KEY, **vals})

    def _notify(self, title="News", lines=("One", "Two"), topic="stock_alert", warehouse=None):
        return self.env["cosmetics.notify.channel"]._notify(topic, warehouse or self.warehouse, title, list(lines))

    def _send(self):
        self.env["cosmetics.notify.message"]._cron_send()
