"""Picking lists and express labels, printed for many deliveries at once."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestTrackingReports(TrackingCommon):
    def _values(self, name, records, user=None):
        report = self.env[f"report.cosmetics_sales.{name}"].with_user(user or self.keeper)
        return report._get_report_values(records.ids)

    def test_same_goods_of_many_deliveries_are_one_row(self):
        one, two = self._confirmed(quantity=2), self._confirmed(quantity=3)
        values = self._values("report_picking_list", (one + two).picking_ids)
        (row,) = values["rows"]
        self.assertEqual((row["quantity"], values["missing"]), ("5", []))
        self.assertEqual(set(row["shares"].split(", ")), {f"{one.name} × 2", f"{two.name} × 3"})

    def test_rows_follow_the_places_and_batches(self):
        batches = self.env["product.product"].create({"name": "Batch Thing", "is_storable": True, "tracking": "lot"})
        shelf = self.env["stock.location"].create({"name": "A-01", "location_id": self.warehouse.lot_stock_id.id})
        for name, place in (("L2", self.warehouse.lot_stock_id), ("L1", shelf)):
            lot = self.env["stock.lot"].create({"name": name, "product_id": batches.id})
            self.env["stock.quant"]._update_available_quantity(batches, place, 2, lot_id=lot)
        order = self._create_order(batches, quantity=5, user=self.ecommerce_clerk)
        order.action_confirm()
        values = self._values("report_picking_list_order", order, self.ecommerce_clerk)
        self.assertEqual([row["lot"] for row in values["rows"]], ["L2", "L1"])
        self.assertEqual(len(values["missing"]), 1)
        self.assertIn("Batch Thing, 1", values["missing"][0])

    def test_done_deliveries_are_not_picked_again(self):
        order = self._confirmed()
        self._ship(order)
        self.assertFalse(self._values("report_picking_list", order.picking_ids)["rows"])

    def test_label_says_who_gets_what_from_whom(self):
        order = self._confirmed()
        order.write({"receiver_name": "张三", "receiver_phone": "13912345678", "receiver_address": "西安市雁塔区1号", "buyer_note": "轻放"})
        order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        (label,) = self._values("report_express_label", order.picking_ids)["labels"]
        self.assertEqual(
            (label["name"], label["phone"], label["address"], label["number"], label["goods"], label["buyer_note"]),
            ("张三", "13912345678", "西安市雁塔区1号", "SF123456789012", ["Make-up Mirror × 2"], "轻放"),
        )
        self.env.company.label_phone_masked = True
        (label,) = self._values("report_express_label_order", order, self.ecommerce_clerk)["labels"]
        self.assertEqual(label["phone"], "139****5678")

    def test_each_parcel_has_its_label(self):
        order = self._confirmed()
        order.picking_ids.with_user(self.keeper).courier_number = "SF123456789012, SF123456789013"
        labels = self._values("report_express_label", order.picking_ids)["labels"]
        self.assertEqual({label["number"] for label in labels}, {"SF123456789012", "SF123456789013"})

    def test_labels_of_foreign_orders_are_not_printed(self):
        order = self._create_order(self.goods, user=self.colleague)
        with self.assertRaises(AccessError):
            self._values("report_express_label_order", order, self.salesperson)

    def test_documents_render_as_the_roles(self):
        orders = self._confirmed() + self._confirmed()
        orders[0].picking_ids.with_user(self.keeper).courier_number = "SF123456789012"
        render = self.env["ir.actions.report"].with_user(self.keeper)._render_qweb_html
        for name in ("report_picking_list", "report_express_label"):
            html = render(f"cosmetics_sales.{name}", orders.picking_ids.ids)[0].decode()
            self.assertIn(orders[0].name, html)
            self.assertIn("Make-up Mirror", html)
