"""What stands on a label, on which paper, and who may print it."""

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_tracking import TrackingCommon

ADDRESS = "陕西省西安市雁塔区小寨路街道小寨东路1号长安国际中心3栋1908室"


@tagged("post_install", "-at_install")
class TestExpressLabel(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._confirmed()
        cls.order.write({"receiver_name": "欧阳小满", "receiver_phone": "13709181234", "receiver_address": ADDRESS})
        cls.picking = cls.order.picking_ids
        cls.picking.with_user(cls.keeper).courier_number = "SF123456789012"

    def _values(self, pickings=None, user=None):
        report = self.env["report.cosmetics_sales.report_express_label"].with_user(user or self.keeper)
        return report._get_report_values((pickings or self.picking).ids)

    def _html(self, pickings=None, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.keeper)
        return reports._render_qweb_html("cosmetics_sales.report_express_label", (pickings or self.picking).ids)[0].decode()

    # ------------------------------------------------------------------ paper
    def test_paper_is_that_of_the_company_unless_the_courier_has_its_own(self):
        self.assertEqual(self._values()["labels"][0]["size"], "100x150")
        self.env.company.label_size = "100x180"
        self.assertEqual(self._values()["labels"][0]["size"], "100x180")
        self.sf.label_size = "76x130"
        self.assertEqual(self._values()["labels"][0]["size"], "76x130")

    def test_label_without_a_courier_has_the_paper_of_the_company(self):
        self.sf.label_size = "76x130"
        self.assertEqual([label["size"] for label in self._values(self._confirmed().picking_ids)["labels"]], ["100x150"])

    def test_couriers_with_different_papers_print_in_one_document(self):
        self.sf.label_size = "76x130"
        other = self._confirmed()
        other.picking_ids.with_user(self.keeper).write({"courier_number": "YT1234567890123", "courier_id": self.yto.id})
        html = self._html(self.picking + other.picking_ids)
        for rule in ("size: 76mm 130mm", "size: 100mm 150mm"):
            self.assertIn(rule, " ".join(html.split()))
        self.assertNotIn("size: 100mm 180mm", " ".join(html.split()))
        self.assertEqual(html.count('class="article'), 1)
        self.assertIn('data-report-css-pages="True"', html)

    def test_stub_of_the_long_paper_repeats_the_number(self):
        self.assertEqual(self._html().count('class="o_label_bars"'), 1)
        self.sf.label_size = "100x180"
        self.assertEqual(self._html().count('class="o_label_bars"'), 2)

    def test_paper_format_follows_the_company_for_engines_that_do_not_listen(self):
        report = self.env.ref("cosmetics_sales.stock_picking_report_express_label")
        for size, (width, height) in {"76x130": (76, 130), "100x150": (100, 150), "100x180": (100, 180)}.items():
            with self.subTest(size=size):
                self.env.company.label_size = size
                paper = report.get_paperformat()
                self.assertEqual((paper.page_width, paper.page_height), (width, height))
        picking_list = self.env.ref("cosmetics_sales.stock_picking_report_picking_list")
        self.assertEqual(picking_list.get_paperformat(), self.env.ref("cosmetics_sales.paperformat_picking_list"))

    # ------------------------------------------------------------------ content
    def test_barcodes_are_drawn_and_nothing_is_fetched(self):
        html = self._html()
        self.assertNotIn("/report/barcode", html)
        self.assertEqual(html.count("<svg"), 2)
        self.assertIn("SF123456789012", html)

    def test_no_number_no_bars(self):
        (label,) = self._values(self._confirmed().picking_ids)["labels"]
        self.assertEqual((label["number"], label["number_code"]), ("", None))

    def test_goods_that_do_not_fit_are_counted(self):
        self.sf.label_size = "76x130"
        for number in range(8):
            product = self.env["product.product"].create({"name": f"Mirror {number}", "is_storable": True})
            self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, 5)
            self.order.write({"order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": 1})]})
        (label,) = self._values()["labels"]
        self.assertEqual(len(label["goods"]), 6)
        self.assertIn("3", label["more"])

    def test_cancelled_delivery_has_no_label(self):
        order = self._confirmed()
        order.with_context(disable_cancel_warning=True).action_cancel()
        self.assertEqual(self._values(order.picking_ids)["labels"], [])
        self.assertNotIn("o_label_part o_label_to", self._html(order.picking_ids))

    def test_hidden_receiver_is_said_on_the_label(self):
        self.order.is_receiver_masked = True
        self.assertTrue(self._values()["labels"][0]["is_masked"])

    def test_shop_of_the_channel_sends(self):
        values = {"name": "Tmall", "code": "LBL", "kind": "marketplace", "shop_name": "长安妆集旗舰店"}
        channel = self.env["cosmetics.channel"].create(values)
        self.assertEqual(self._values()["labels"][0]["shop"], self.env.company.name)
        self.order.channel_id = channel
        self.assertEqual(self._values()["labels"][0]["shop"], "长安妆集旗舰店")

    def test_labels_come_in_the_order_of_the_deliveries_and_numbers(self):
        other = self._confirmed()
        other.picking_ids.with_user(self.keeper).courier_number = "SF000000000002, SF000000000001"
        numbers = [label["number"] for label in self._values(self.picking + other.picking_ids)["labels"]]
        self.assertEqual(numbers, ["SF123456789012", "SF000000000002", "SF000000000001"])

    def test_two_hundred_labels_cost_as_many_queries_as_twenty(self):
        pickings = self.env["stock.picking"].union(*[self._confirmed().picking_ids for _i in range(12)])
        self.env.flush_all()
        self._count(pickings)
        self.assertEqual(self._count(pickings), self._count(pickings[:3]))

    def _count(self, pickings):
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self._values(pickings)
        return self.env.cr.sql_log_count - before

    # ------------------------------------------------------------------ who prints
    def test_salesperson_prints_labels_of_own_orders_only(self):
        own, foreign = self._create_order(self.goods), self._create_order(self.goods, user=self.colleague)
        (own + foreign).sudo().action_confirm()
        self.assertEqual(len(self._values(own.sudo().picking_ids, self.salesperson)["labels"]), 1)
        for pickings in (foreign.sudo().picking_ids, (own + foreign).sudo().picking_ids):
            with self.assertRaisesRegex(AccessError, foreign.sudo().picking_ids.name):
                self._values(pickings, self.salesperson)

    def test_accountant_prints_no_labels(self):
        with self.assertRaises(AccessError):
            self._values(user=self.biller)

    def test_ids_given_in_the_address_are_checked_like_any_other(self):
        foreign = self._create_order(self.goods, user=self.colleague)
        foreign.sudo().action_confirm()
        report = self.env["report.cosmetics_sales.report_express_label"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            report._get_report_values(None, {"whole_ids": foreign.sudo().picking_ids.ids})
        orders = self.env["report.cosmetics_sales.report_express_label_order"].with_user(self.salesperson)
        with self.assertRaises(AccessError):
            orders._get_report_values(None, {"whole_ids": foreign.ids})

    def test_labels_of_another_company_are_closed(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        picking = self.env["stock.picking"].with_company(company).create({"picking_type_id": warehouse.out_type_id.id})
        for user in (self.keeper, self.ecommerce_clerk):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._values(picking, user)
