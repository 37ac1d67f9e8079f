"""The balance of a recall and the report for the authority."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecallReport(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.li = cls.env["res.partner"].create({"name": "Li", "phone": "029 1"})
        cls._move(cls.lot, cls.supplier, cls.stock, 20)

    def _print(self, recall, user=None):
        reports = self.env["ir.actions.report"].with_user(user or self.quality)
        return reports._render_qweb_html("cosmetics_inventory.cosmetics_recall_report", recall.ids)[0].decode()

    def _open(self, recall, term):
        """Return the sum of the moves that the button of a term opens."""
        return sum(self.env["stock.move.line"].search(recall.with_context(term=term).action_open_term()["domain"]).mapped("quantity"))

    # --- the balance
    def test_a_recall_without_batches_is_balanced(self):
        recall = self._create_recall(lots=[])
        self.assertEqual((recall.received_quantity, recall.difference, recall.is_balanced, recall.return_ratio), (0, 0, True, 0))

    def test_goods_in_transit_between_own_warehouses_are_on_hand(self):
        transit = self.env.company.internal_transit_location_id
        self._move(self.lot, self.stock, transit, 6)
        recall = self._create_recall()
        self.assertEqual((recall.on_hand_quantity, recall.is_balanced), (20, True))

    def test_the_share_that_came_back_is_of_what_was_delivered(self):
        sold = self._sell(self.lot, 8, self.li)
        self._move(self.lot, self.customer, self.stock, 2, self.li, origin=sold, picking_type=self.centre.in_type_id)
        recall = self._create_recall()
        self.assertEqual((recall.shipped_quantity, recall.returned_quantity, recall.return_ratio), (8, 2, 0.25))

    def test_counts_open_what_was_found_and_missed(self):
        loss = self.product.property_stock_inventory
        self._move(self.lot, loss, self.stock, 3, is_inventory=True)
        self._move(self.lot, self.stock, loss, 1, is_inventory=True)
        recall = self._create_recall()
        self.assertEqual((recall.counted_quantity, recall.scrapped_quantity), (2, 0))
        self.assertEqual((self._open(recall, "counted"), self._open(recall, "scrapped")), (4, 0))

    def test_testers_and_gifts_are_used_and_no_scrap(self):
        company = self.env.company
        self._move(self.lot, self.stock, company._get_shelf_life_location("tester"), 1)
        self._move(self.lot, self.stock, company._get_shelf_life_location("gift"), 2)
        recall = self._create_recall()
        self.assertEqual((recall.used_quantity, recall.scrapped_quantity, self._open(recall, "used")), (3, 0, 3))

    def test_a_term_without_a_name_opens_nothing(self):
        with self.assertRaisesRegex(UserError, "no moves of its own"):
            self._create_recall().action_open_term()

    def test_a_keeper_opens_the_moves_of_a_recall(self):
        recall = self._create_recall()
        self.assertEqual(self._open(recall.with_user(self.keeper), "received"), 20)

    def test_each_batch_has_its_own_line_of_the_balance(self):
        second = self._create_lot("R2602")
        self._move(second, self.supplier, self.stock, 5)
        self._sell(second, 2, self.li)
        lines = self._create_recall(self.lot | second).recall_lot_ids
        found = lines.mapped(lambda line: (line.received_quantity, line.delivered_quantity, line.on_hand_quantity, line.difference))
        self.assertEqual(found, [(20, 0, 20, 0), (5, 2, 3, 0)])

    def test_moves_that_are_only_planned_count_for_nothing(self):
        self._order(self.lot, 5, self.li)
        recall = self._create_recall()
        self.assertEqual((recall.shipped_quantity, recall.on_hand_quantity), (0, 20))

    # --- finding batches
    def test_batches_are_added_by_product_alone(self):
        other = self._create_lot("O1", self._create_product(name="Other Cream", is_storable=True))
        recall = self._create_recall(lots=[], product_ids=self.product.ids)
        recall.action_add_lots()
        self.assertEqual(recall.lot_ids, self.lot)
        self.assertNotIn(other, recall.lot_ids)

    def test_the_last_day_of_production_is_part_of_the_recall(self):
        lots = [self._create_lot(f"D{day}", production_date=f"2026-02-{day:02d}") for day in (1, 2, 3)]
        recall = self._create_recall(lots=[], product_ids=self.product.ids, produced_from="2026-02-02", produced_until="2026-02-03")
        recall.action_add_lots()
        self.assertEqual(recall.lot_ids, lots[1] | lots[2])

    def test_without_products_no_batches_are_added(self):
        with self.assertRaisesRegex(UserError, "Choose the products"):
            self._create_recall(lots=[]).action_add_lots()

    def test_a_recall_is_found_by_its_batch(self):
        recall = self._create_recall()
        self._create_recall(self._create_lot("R2602"))
        self.assertEqual(self.env["cosmetics.recall"].with_user(self.shop_user).search([("lot_ids", "in", self.lot.ids)]), recall)

    # --- disposing of what is left
    def test_nothing_left_is_nothing_to_dispose_of(self):
        self._sell(self.lot, 20, self.li)
        recall = self._create_recall()
        with self.assertRaisesRegex(UserError, "None of these batches"):
            recall.action_dispose()

    def test_what_is_left_is_listed_by_place(self):
        self._move(self.lot, self.stock, self.shelf, 6)
        lines = [line for _create, _id, line in self._create_recall().action_dispose()["context"]["default_line_ids"]]
        self.assertEqual({line["location_id"]: line["quantity"] for line in lines}, {self.stock.id: 14, self.shelf.id: 6})

    def test_disposals_of_the_recall_are_found_from_it(self):
        recall = self._create_recall()
        own = self._create_disposal(user=self.quality, recall_id=recall.id)
        self._create_disposal()
        found = self.env["cosmetics.disposal"].with_user(self.quality).search(recall.action_view_disposals()["domain"])
        self.assertEqual(found, own)

    def test_a_disposal_of_a_recall_of_no_store_is_for_those_who_see_all_stores(self):
        recall = self._create_recall()
        disposal = self._create_disposal(user=self.quality, recall_id=recall.id, store_id=False)
        everyday = self._create_disposal(user=self.quality, store_id=False)
        stranger = self._create_user("test_quality_stranger", "cosmetics_inventory.group_warehouse_keeper")
        self.assertEqual(
            self.env["cosmetics.disposal"].with_user(stranger).search([("id", "in", (disposal | everyday).ids)]),
            everyday,
        )

    # --- the report
    def test_the_report_says_what_is_missing_and_why(self):
        recall = self._create_recall()
        recall.action_freeze()
        recall.closing_note = "Fell off the lorry"
        self.assertNotIn("Fell off the lorry", self._print(recall), "nothing is missing")
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, -1, lot_id=self.lot)
        recall.invalidate_recordset()
        self.assertEqual(recall.difference, 1)
        self.assertIn("Fell off the lorry", self._print(recall))

    def test_the_report_names_strangers_without_a_name(self):
        self._sell(self.lot, 3)
        self._sell(self.lot, 2, self.li)
        recall = self._create_recall()
        recall.action_freeze()
        recall.action_notify()
        recall.line_ids.filtered("partner_id").action_mark_called()
        self.assertEqual(recall._get_buyer_summary(), {"known": 1, "told": 1, "known_quantity": 2, "unknown_quantity": 3})
        page = self._print(recall)
        self.assertIn("Li", page)
        self.assertNotIn("False", page)

    def test_the_report_is_for_those_who_may_see_buyers(self):
        recall = self._create_recall()
        self._sell(self.lot, 2, self.li)
        recall.action_refresh_buyers()
        with self.assertRaises(AccessError):
            self._print(recall, self.keeper)
        report = self.env.ref("cosmetics_inventory.cosmetics_recall_report")
        self.assertEqual(report.group_ids, self.env.ref("cosmetics_inventory.group_quality_manager"))

    def test_papers_for_the_authority_are_chinese_where_chinese_is_installed(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.assertEqual(self._create_recall()._get_report_language(), "zh_CN")
