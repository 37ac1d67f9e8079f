"""A buyer brings along what the shops sold before: what counts, what is refused and why, and that nothing counts twice."""

from unittest import mock

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from .common_history import HEADER, HistoryCommon


@tagged("post_install", "-at_install")
class TestSalesHistoryImport(HistoryCommon):
    def test_a_gbk_sheet_of_months_is_kept(self):
        record = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31), ("LOTION", "Test Shop", "2025年4月", 30)))
        self.assertEqual(self._figures(), [("month", "2025-03-01", 31), ("month", "2025-04-01", 30)])
        self.assertEqual((record.state, record.new_count, record.file_quantity, record.taken_quantity), ("done", 2, 61, 61))

    def test_a_workbook_in_utf8_with_other_headers_is_kept(self):
        header = ("条码", "商品名称", "仓库", "销售日期", "销量", "销售金额")
        raw = self._xlsx(("6901234567892", "x", "TSHO", "2025-03-14", 2, 99.5), header=header)
        self._import(("old.xlsx", raw), self._csv(("", "Test Cream", "TSHO", "2025/3/15", 3, ""), header=header, encoding="utf-8"))
        self.assertEqual((self._figures(), self._figures(self.cream)), ([("day", "2025-03-14", 2)], [("day", "2025-03-15", 3)]))
        self.assertEqual(self.History.search([("product_id", "=", self.product.id)]).amount, 99.5)

    def test_checking_keeps_nothing_and_says_what_would_happen(self):
        record, verdicts = self._check(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        self.assertEqual((record.state, verdicts, self._figures()), ("checked", [("new", "")], []))

    def test_the_same_file_again_changes_nothing(self):
        raw = self._csv(("LOTION", "Test Shop", "2025-03", 31))
        first = self._import(raw)
        again = self._import(raw)
        self.assertEqual((again.same_count, again.new_count, again.changed_count), (1, 0, 0))
        self.assertEqual((self._figures(), self.History.search([]).import_id), ([("month", "2025-03-01", 31)], first))

    def test_newer_figures_replace_and_the_log_says_what_they_replaced(self):
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        newer = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 28)))
        figure = self.History.with_user(self.buyer).search([("product_id", "=", self.product.id)])
        self.assertEqual((figure.quantity, figure.import_id, newer.changed_count), (28, newer, 1))
        log = [(row.level, row.old_quantity, row.quantity) for row in figure.row_ids.sorted("id")]
        self.assertEqual(log, [("new", 0, 31), ("changed", 31, 28)])

    def test_tickets_of_a_day_add_up_and_returns_are_taken_off(self):
        header = ("商品编码", "门店", "日期", "数量")
        self._import(self._csv(*(("LOTION", "Test Shop", "2025-03-14", units) for units in (2, 3, -1)), header=header))
        self.assertEqual(self._figures(), [("day", "2025-03-14", 4)])

    def test_the_same_period_in_two_files_does_not_add_up(self):
        other = self._csv(("LOTION", "Test Shop", "2025-03", 7))
        record, verdicts = self._check(self._csv(("LOTION", "Test Shop", "2025-03", 31)), other)
        self.assertEqual([level for level, _reason in verdicts], ["new", "refused"])
        self.assertIn("sales0.csv", verdicts[1][1])
        with self.assertRaisesRegex(UserError, "Nothing was imported: 1 rows"):
            record.action_import()
        self.assertFalse(self._figures())

    def test_a_file_added_twice_is_told(self):
        raw = self._csv(("LOTION", "Test Shop", "2025-03", 31))
        _record, verdicts = self._check(raw, raw)
        self.assertEqual([level for level, _reason in verdicts], ["new", "refused"])

    def test_days_that_a_month_tells_already_are_refused(self):
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        header = ("商品编码", "门店", "日期", "数量")
        places = (("Test Shop", "2025-03-31"), ("Test Shop", "2025-04-01"), ("Test Other", "2025-03-31"))
        rows = [("LOTION", *place, 1) for place in places]
        _record, verdicts = self._check(self._csv(*rows, header=header))
        self.assertEqual([level for level, _reason in verdicts], ["refused", "new", "new"])
        self.assertIn("2025-03-01 – 2025-03-31", verdicts[0][1])

    def test_days_and_a_week_of_one_file_are_not_both_counted(self):
        header = ("商品编码", "门店", "期间", "数量")
        rows = (("LOTION", "Test Shop", "2025-03-14", 1), ("LOTION", "Test Shop", "2025W11", 1), ("LOTION", "Test Shop", "2025W12", 1))
        _record, verdicts = self._check(self._csv(*rows, header=header))
        self.assertEqual([level for level, _reason in verdicts], ["refused", "refused", "new"])

    def test_the_total_of_the_file_ties(self):
        rows = (("LOTION", "Test Shop", "2025-03", 31), ("CREAM", "Test Shop", "2025-03", 9))
        record, _verdicts = self._check(self._csv(*rows, ("合计", "", "", 40)))
        self.assertEqual((record.file_quantity, record.refused_count), (40, 0))
        record, verdicts = self._check(self._csv(*rows, ("合计", "", "", 41)))
        self.assertEqual(verdicts[0][0], "refused")
        self.assertRegex(verdicts[0][1], "total says 41, its rows come to 40")

    def test_each_bad_row_says_what_is_wrong(self):
        rows = (
            ("LOTION", "Test Shop", "2025-13", 1),
            ("LOTION", "Test Shop", "", 1),
            ("LOTION", "Test Shop", "2025-03", "两瓶"),
            ("", "Test Shop", "2025-03", 1),
            ("LOTION", "", "2025-03", 1),
            ("LOTION", "Test Shop", "2026-10", 1),
            ("6.90123E+12", "Test Shop", "2025-03", 1),
        )
        record, verdicts = self._check(self._csv(*rows))
        self.assertEqual({level for level, _reason in verdicts}, {"refused"})
        told = ("no day, week or month", "date is empty", "no quantity", "no product", "no shop", "not passed", "rounded")
        for (_level, reason), words in zip(verdicts, told, strict=True):
            self.assertIn(words, reason)
        self.assertEqual((record.left_quantity, record.taken_quantity), (6, 0))

    def test_files_that_are_none_are_told(self):
        for raw, words in ((b"%PDF-1.4", "no table"), (b"a,b\n1,2\n", "columns needed"), (self._csv(), "no row below"), (b" ", "empty")):
            _record, verdicts = self._check(raw)
            self.assertEqual(len(verdicts), 1)
            self.assertIn(words, verdicts[0][1])
        with self.assertRaisesRegex(UserError, "Add the sales"):
            self._check()

    def test_unknown_names_are_listed_assigned_once_and_hold_for_later_files(self):
        rows = (("OLD-1", "老店", "2025-03", 5), ("OLD-2", "Test Shop", "2025-03", 6))
        record, verdicts = self._check(self._csv(*rows))
        self.assertEqual({level for level, _reason in verdicts}, {"refused"})
        self.assertEqual(set(record.name_ids.mapped("told")), {"老店", "OLD-2"})
        record.name_ids.filtered(lambda name: name.kind == "shop").warehouse_id = self.shop
        record.name_ids.filtered(lambda name: name.kind == "product").is_ignored = True
        record.action_check()
        self.assertEqual(record.name_ids.mapped("told"), ["OLD-1"])
        record.name_ids.product_id = self.product
        self.assertEqual(record.name_count, 0)
        record.action_import()
        self.assertEqual((self._figures(), record.ignored_count, record.left_quantity), ([("month", "2025-03-01", 5)], 1, 6))
        self._import(self._csv(("OLD-1", "老店", "2025-04", 7)))
        self.assertEqual(self._figures()[1], ("month", "2025-04-01", 7))

    def test_a_name_of_several_products_is_to_be_assigned(self):
        self._create_ware("Test Cream")
        header = ("品名", "门店", "月份", "数量")
        _record, verdicts = self._check(self._csv(("Test Cream", "Test Shop", "2025-03", 5), header=header))
        self.assertIn("Several products", verdicts[0][1])

    def test_archived_goods_have_a_past_too_but_those_in_use_come_first(self):
        self.cream.active = False
        self._import(self._csv(("CREAM", "Test Shop", "2025-03", 5)))
        self.assertEqual(len(self._figures(self.cream)), 1)
        new = self._create_ware("Test Cream again", default_code="CREAM")
        self._import(self._csv(("CREAM", "Test Shop", "2025-04", 5)))
        self.assertEqual(len(self._figures(new)), 1)

    def test_a_file_without_shops_is_of_the_shop_that_was_chosen(self):
        raw = self._csv(("LOTION", "2025-03", 5), header=("商品编码", "月份", "数量"))
        _record, verdicts = self._check(raw)
        self.assertIn("choose the shop", verdicts[0][1])
        self._import(raw, warehouse_id=self.other.id)
        self.assertEqual(self.History.search([("product_id", "=", self.product.id)]).warehouse_id, self.other)

    def test_dates_can_stand_for_months(self):
        header = ("商品编码", "门店", "日期", "数量")
        self._import(self._csv(("LOTION", "Test Shop", "2025-03-01", 31), header=header), period="month")
        self.assertEqual(self._figures(), [("month", "2025-03-01", 31)])

    def test_a_month_in_progress_counts_until_yesterday(self):
        self._import(self._csv(("LOTION", "Test Shop", "2026-09", 22)))
        self.assertEqual(str(self.History.search([("product_id", "=", self.product.id)]).date_to), "2026-09-22")

    def test_other_files_are_to_be_checked_again(self):
        record, _verdicts = self._check(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        record.period = "week"
        self.assertEqual((record.state, len(record.row_ids)), ("draft", 0))

    def test_what_was_imported_stays_as_it_was(self):
        record = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        for change in ({"period": "day"}, {"attachment_ids": [(5,)]}, {"warehouse_id": self.shop.id}):
            with self.assertRaisesRegex(UserError, "imported already"):
                record.write(change)
        for action in (record.action_import, record.action_check):
            with self.assertRaisesRegex(UserError, "imported already"):
                action()
        with self.assertRaisesRegex(UserError, "stays in the list"):
            record.unlink()

    def test_an_import_is_taken_back_with_its_figures_alone(self):
        first = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31), ("CREAM", "Test Shop", "2025-03", 9)))
        self._import(self._csv(("CREAM", "Test Shop", "2025-03", 8)))
        first.action_withdraw()
        self.assertEqual((self._figures(), self._figures(self.cream)), ([], [("month", "2025-03-01", 8)]))
        self.assertEqual((first.state, self._demand()), ("withdrawn", {}))
        with self.assertRaisesRegex(UserError, "Only an import that was done"):
            first.action_withdraw()

    def test_the_state_is_nobodys_to_type(self):
        record = self._new(self._csv(("LOTION", "Test Shop", "2025-03", 31)), state="done")
        self.assertEqual(record.state, "draft")
        with self.assertRaisesRegex(UserError, "buttons"):
            record.state = "done"

    def test_the_forecast_follows_in_the_background(self):
        cron = type(self.env["ir.cron"])
        with mock.patch.object(cron, "_trigger", autospec=True) as trigger:
            self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        self.assertEqual(trigger.call_args.args[0], self.env.ref("cosmetics_inventory_forecast.ir_cron_replenishment"))

    def test_a_warehouse_manager_imports_too_and_others_do_not(self):
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)), user=self.chief)
        for user in (self.clerk, self.manager):
            for model in (self.Import, self.History, self.env["cosmetics.sales.history.name"]):
                with self.assertRaises(AccessError):
                    model.with_user(user).search([])

    def test_figures_and_verdicts_are_written_by_imports_alone(self):
        record = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        figure = self.History.search([("product_id", "=", self.product.id)])
        for user in (self.buyer, self.chief):
            for row in (figure, record.row_ids):
                with self.assertRaises(AccessError):
                    row.with_user(user).write({"quantity": 1})
                with self.assertRaises(AccessError):
                    row.with_user(user).unlink()

    def test_another_company_sees_nothing_of_it(self):
        record = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        company = self.env["res.company"].create({"name": "Test Other Company"})
        stranger = self._create_user("forecast_abroad", "cosmetics_inventory_purchase.group_buyer")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        for model in (self.History, self.Import, self.env["cosmetics.sales.history.row"]):
            self.assertFalse(model.with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            record.with_user(stranger).action_withdraw()

    def test_nothing_of_it_is_in_the_stock(self):
        before = self.env["stock.move"].search_count([])
        self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31)))
        self.assertEqual((self.env["stock.move"].search_count([]), self.product.qty_available), (before, 0))

    def test_the_screen_checks_and_opens_the_figures(self):
        with Form(self.Import.with_user(self.buyer)) as form:
            form.period = "month"
        record = self._import(self._csv(("LOTION", "Test Shop", "2025-03", 31), header=HEADER))
        action = record.action_open_history()
        self.assertEqual(self.env[action["res_model"]].with_user(self.buyer).search(action["domain"]).quantity, 31)

    def test_the_menus_show_for_buyers_and_warehouse_managers(self):
        menu = self.env.ref("cosmetics_inventory_forecast.cosmetics_sales_history_import_menu")
        for user in (self.buyer, self.chief):
            self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(user)._visible_menu_ids())
        self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(self.clerk)._visible_menu_ids())
