"""Stock alerts and late orders reach the group, once, in the words of the shop."""

from odoo.tests import freeze_time, tagged

from .common import ChatCommon


@tagged("post_install", "-at_install")
class TestNews(ChatCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["stock.warehouse"].create({"name": "Chat Shop", "code": "CHAT"})
        cls.sponge = cls._create_product(name="Sponge", is_storable=True, cosmetic_kind="other", tracking="none")
        cls.env["cosmetics.stock.threshold"].create({"product_id": cls.sponge.id, "warehouse_id": cls.shop.id, "minimum": 5})
        cls.wecom.warehouse_ids = cls.dingtalk.warehouse_ids = cls.shop

    def _look(self):
        self.env["cosmetics.stock.alert"]._look(self.sponge)

    def test_a_new_stock_alert_is_told_in_the_group_once(self):
        self.env["stock.quant"]._update_available_quantity(self.sponge, self.shop.lot_stock_id, 3)
        self._look()
        self._look()
        self._send()
        self.assertEqual([service for service, _text in self.robots.taken], ["wecom", "dingtalk"])
        text = self.robots.taken[0][1]
        self.assertIn("Chat Shop", text)
        self.assertIn("Sponge", text)

    def test_nothing_wrong_is_no_news(self):
        self.env["stock.quant"]._update_available_quantity(self.sponge, self.shop.lot_stock_id, 50)
        self._look()
        self._send()
        self.assertEqual(self.robots.calls, 0)

    def test_a_group_reads_ten_lines_and_how_many_there_are(self):
        products = self.sponge
        for number in range(11):
            products |= self._create_product(name=f"Puff {number}", is_storable=True, cosmetic_kind="other", tracking="none")
        self.env["cosmetics.stock.threshold"].create(
            [{"product_id": product.id, "warehouse_id": self.shop.id, "minimum": 5} for product in products - self.sponge]
        )
        self.env["cosmetics.stock.alert"]._look(products)
        message = self.env["cosmetics.notify.message"].search([("channel_id", "=", self.wecom.id)])
        self.assertEqual(len(message.text.split("\n")), 11)
        self.assertIn("2", message.text.split("\n")[-1])

    def test_a_shop_without_a_robot_is_told_by_e_mail_alone(self):
        (self.wecom | self.dingtalk).active = False
        self._look()
        self.assertTrue(self.env["cosmetics.stock.alert"].search([("product_id", "=", self.sponge.id)]))
        self.assertFalse(self.env["cosmetics.notify.message"].search([]))

    def test_a_late_order_is_told_in_the_group_of_the_shop_that_waits(self):
        with freeze_time("2026-03-02 04:00:00"):
            order = self._create_order(self.sponge)
            order.picking_type_id = self.shop.in_type_id
            order.order_line.date_planned = "2026-03-10 04:00:00"
            order.button_confirm()
        with freeze_time("2026-03-11 04:00:00"):
            self.env["purchase.order"]._cron_late()
            self.env["purchase.order"]._cron_late()
        messages = self.env["cosmetics.notify.message"].search([("topic", "=", "late_order")])
        self.assertEqual(messages.channel_id, self.wecom | self.dingtalk)
        self.assertEqual(len(messages), 2)
        self.assertIn(order.name, messages[0].title)
        self.assertIn("10", messages[0].text)
