"""Days, companies, owners and locks: where the books of losses begin and end."""

from datetime import date

from freezegun import freeze_time
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger
from psycopg2 import IntegrityError

from .common import LossCommon


@tagged("post_install", "-at_install")
class TestStockLossEdges(LossCommon):
    def test_an_evening_in_utc_is_the_next_day_in_china(self):
        with freeze_time("2026-03-02 17:00:00"):
            self._dispose(1)
        loss = self._book()
        self.assertEqual((loss.date, loss.move_id.date), (date(2026, 3, 3), date(2026, 3, 3)))

    def test_the_first_day_begins_at_midnight_in_china(self):
        self.company.stock_loss_from = date(2026, 3, 3)
        with freeze_time("2026-03-02 15:59:59"):
            self._dispose(1)
        with freeze_time("2026-03-02 16:00:01"):
            self._dispose(2)
        self.assertEqual(self._book().quantity, 2)

    def test_without_a_first_day_nothing_is_booked(self):
        self.company.stock_loss_from = False
        self._dispose(2)
        self.assertFalse(self._book())

    def test_a_locked_month_sends_the_entry_to_the_first_open_day(self):
        self._dispose(2)
        self.company.fiscalyear_lock_date = date(2026, 3, 31)
        with freeze_time("2026-04-02 02:00:00"):
            loss = self._book()
        self.assertEqual((loss.state, loss.date), ("posted", date(2026, 3, 2)))
        self.assertGreater(loss.move_id.date, date(2026, 3, 31))

    def test_goods_without_value_are_no_loss(self):
        gift = self._create_product(name="Free Tester", is_storable=True, standard_price=0.0)
        lot = self._create_lot("FREE", product=gift)
        self._move(lot, self.supplier, self.stock, 5)
        self._dispose(2, lot=lot)
        self.losses.action_book_all()
        self.assertFalse(self.losses.search([("product_id", "=", gift.id)]))

    def test_goods_of_somebody_else_are_no_loss_of_ours(self):
        brand = self.env["res.partner"].create({"name": "Brand House"})
        self.env["stock.quant"]._update_available_quantity(self.product, self.stock, 3, lot_id=self.lot, owner_id=brand)
        values = {"product_id": self.product.id, "lot_id": self.lot.id, "location_id": self.stock.id, "scrap_qty": 1, "owner_id": brand.id}
        self.env["stock.scrap"].create(values).do_scrap()
        self.assertFalse(self._book())

    def test_a_zero_rate_and_a_fixed_tax_transfer_nothing(self):
        taxes = self.env["account.tax"].create(
            [
                {"name": "Test 0%", "amount": 0, "type_tax_use": "purchase"},
                {"name": "Test Fixed", "amount": 5, "amount_type": "fixed", "type_tax_use": "purchase"},
            ]
        )
        self.product.supplier_taxes_id = taxes
        self._dispose(2)
        self.assertEqual((self._book().vat_rate, self._book().vat_amount), (0, 0))

    def test_the_tax_of_another_company_does_not_count(self):
        company = self._create_large_company()
        tax = self.env["account.tax"].with_company(company).create(
            {"name": "Test 6%", "amount": 6, "type_tax_use": "purchase", "company_id": company.id}
        )  # fmt: skip
        self.product.supplier_taxes_id = self.company.account_purchase_tax_id + tax
        self.assertEqual(self.product._get_input_vat_rate(self.company), 13)
        self.assertEqual(self.product._get_input_vat_rate(company), 6)

    def test_a_shop_goes_before_the_web_shop_of_its_warehouse(self):
        self._create_store("Test Web Shop", kind="online", warehouse_id=self.shop.id, sequence=0)
        self._open_tester()
        self.assertEqual(self._book().store_id, self.store)

    def test_only_the_companies_at_work_are_booked(self):
        self._dispose(2)
        company = self._create_large_company()
        self.losses.with_context(allowed_company_ids=company.ids).action_book_all()
        self.assertFalse(self.losses.sudo().search([("company_id", "=", self.company.id), ("product_id", "=", self.product.id)]))

    def test_without_a_journal_the_accountant_is_told(self):
        self._dispose(2)
        self.company.account_stock_journal_id = False
        self.env["account.journal"].search([("type", "=", "general")]).active = False
        with self.assertRaisesRegex(UserError, "no journal for general entries"):
            self._book()

    def test_booked_rows_stay(self):
        self._dispose(2)
        with self.assertRaisesRegex(UserError, "What is booked stays"):
            self._book().sudo().unlink()

    def test_a_note_may_be_written_at_any_time(self):
        self._dispose(2)
        loss = self._book()
        loss.note = "Fridge broke down"
        self.assertEqual(loss.note, "Fridge broke down")

    def test_the_row_opens_its_entry(self):
        self._dispose(2)
        loss = self._book()
        action = loss.action_open_entry()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", loss.move_id.id))

    def test_the_menus_are_the_accountants(self):
        names = ("stock_loss_menu", "stock_writedown_menu", "cost_table_menu", "disposal_reason_menu_finance")
        menus = [self.env.ref(f"cosmetics_finance_inventory.cosmetics_{name}").id for name in names]
        seen = {user: self.env["ir.ui.menu"].with_user(user)._visible_menu_ids() for user in (self.accountant, self.keeper)}
        self.assertLessEqual(set(menus), set(seen[self.accountant]))
        self.assertFalse(set(menus) & set(seen[self.keeper]))

    def test_the_owner_of_the_settings_chooses_accounts(self):
        account = self._create_account("571199", "Test Extraordinary", "expense")
        settings = self.env["res.config.settings"].create({"stock_loss_account_id": account.id, "stock_selling_percent": 5})
        settings.execute()
        self.assertEqual((self.company.stock_loss_account_id, self.company.stock_selling_percent), (account, 5))

    def test_each_chart_has_its_accounts(self):
        large = self._create_large_company()
        uses = ("loss", "tester", "sample", "surplus", "vat")
        self.assertEqual([self.company._get_stock_account(use).code for use in uses], ["560204", "560105", "560106", "530100", "22210109"])
        codes = [large._get_stock_account(use).with_company(large).code[:4] for use in (*uses, "impairment", "provision", "cost")]
        self.assertEqual(codes, ["6602", "6601", "6601", "6602", "2221", "6701", "1471", "6401"])
        self.assertEqual((self.company._has_stock_provision(), large._has_stock_provision()), (False, True))

    def test_accountant_of_a_branch_alone_books_its_losses(self):
        branch = self.env["res.company"].create({"name": "Test Branch", "parent_id": self.company.id, "stock_loss_from": date(2026, 1, 1)})
        self.env.cr.precommit.run()  # core gives a branch its chart when it is kept
        own = {"company_id": branch.id, "company_ids": [Command.set(branch.ids)]}
        clerk = self._create_user("branch_accountant", "cosmetics_finance.group_accountant", **own)
        stock = self.env["stock.warehouse"].search([("company_id", "=", branch.id)], limit=1).lot_stock_id
        self.product.with_company(branch).standard_price = 30
        self._move(self.lot, self.supplier, stock, 5)
        scraps = self.env["stock.scrap"].with_company(branch)
        scraps.create({"product_id": self.product.id, "lot_id": self.lot.id, "location_id": stock.id, "scrap_qty": 2}).do_scrap()
        losses = self.losses.with_user(clerk).with_context(allowed_company_ids=branch.ids)
        losses.action_book_all()
        loss = losses.search([("company_id", "=", branch.id)])
        self.assertEqual(
            (loss.kind, loss.state, loss.move_id.line_ids.mapped("account_id.code")), ("scrap", "posted", ["560204", "140500"])
        )

    @mute_logger("odoo.sql_db")
    def test_a_rate_of_selling_costs_is_a_share(self):
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self.company.stock_selling_percent = 100
            self.company.flush_recordset()

    def test_a_tester_and_a_disposal_of_a_day_have_entries_of_their_own(self):
        self._dispose(1)
        self._open_tester()
        losses = self._book()
        self.assertEqual((len(losses), len(losses.move_id)), (2, 2))
        self.assertEqual([move.ref.split()[-1] for move in losses.move_id], [loss.document for loss in losses])

    def test_undoing_one_row_undoes_its_whole_document(self):
        other = self._create_lot("R2602")
        self._move(other, self.supplier, self.stock, 5)
        lines = [{"product_id": self.product.id, "lot_id": lot.id, "quantity": 1, "location_id": self.stock.id} for lot in self.lot + other]
        self._dispose(line_ids=[Command.create(line) for line in lines])
        losses = self._book()
        self.assertEqual(len(losses.move_id), 1)
        losses[0].action_undo()
        self.assertEqual(losses.mapped("state"), ["open", "open"])

    def test_the_night_leaves_an_adjustment_to_a_person(self):
        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)])
        quant.inventory_quantity = 12
        quant.action_apply_inventory()
        self.env["cosmetics.stock.loss"].with_user(self.env.ref("base.user_root"))._cron_book()
        self.assertEqual(self.losses.search([("product_id", "=", self.product.id)]).mapped("state"), ["open"])

    def test_the_large_standard_has_its_own_accounts(self):
        company = self._create_large_company()
        company.stock_loss_from = date(2026, 1, 1)
        place = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1).lot_stock_id
        self.product.with_company(company).standard_price = 30
        self.env["stock.quant"].with_company(company)._update_available_quantity(self.product, place, 4, lot_id=self.lot)
        values = {"product_id": self.product.id, "lot_id": self.lot.id, "location_id": place.id, "scrap_qty": 2, "company_id": company.id}
        self.env["stock.scrap"].with_company(company).create(values).do_scrap()
        losses = self.losses.with_context(allowed_company_ids=company.ids)
        losses.action_book_all()
        entry = losses.search([("product_id", "=", self.product.id)]).move_id
        codes = {line.account_id.with_company(company).code[:4]: line.balance for line in entry.line_ids}
        self.assertEqual(codes, {"6602": 60, company.account_stock_valuation_id.with_company(company).code[:4]: -60})
