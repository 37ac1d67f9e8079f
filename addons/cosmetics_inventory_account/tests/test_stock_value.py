"""What the stock was worth, how often it turned, and what the books say of it."""

from datetime import date, time

from odoo import Command
from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import freeze_time, tagged

DAY = date(2026, 3, 2)


class StockValueCommon(CosmeticsCommon):
    """Two sponges at 10 and 20 in a shop of its own company; moves are made at moments of the test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.manager = cls._create_user("test_value_manager", "cosmetics_inventory.group_warehouse_manager")
        cls.warehouse = cls.env["stock.warehouse"].create({"name": "Value Shop", "code": "VALU"})
        cls.shelf = cls.warehouse.lot_stock_id
        cls.suppliers, cls.customers = cls.env.ref("stock.stock_location_suppliers"), cls.env.ref("stock.stock_location_customers")
        brush = {"is_storable": True, "cosmetic_kind": "other", "tracking": "none"}
        cls.sponge = cls._create_product(name="Sponge", standard_price=10, **brush)
        cls.puff = cls._create_product(name="Puff", standard_price=20, **brush)
        cls.days = cls.env["cosmetics.stock.value.day"]
        cls.company = cls.env.company

    @classmethod
    def _move(cls, product, source, target, quantity, moment, **vals):
        """Do a move at a moment (UTC)."""
        with freeze_time(moment):
            places = {"location_id": source.id, "location_dest_id": target.id}
            move = cls.env["stock.move"].create({"product_id": product.id, "product_uom_qty": quantity, **places})
            move._action_confirm()
            move.move_line_ids = [Command.clear(), Command.create({"product_id": product.id, "quantity": quantity, **places, **vals})]
            move.picked = True
            move._action_done()
        return move

    @classmethod
    def _receive(cls, product, quantity, moment, **vals):
        return cls._move(product, cls.suppliers, cls.shelf, quantity, moment, **vals)

    @classmethod
    def _sell(cls, product, quantity, moment):
        return cls._move(product, cls.shelf, cls.customers, quantity, moment)

    def _rows(self, day=DAY):
        rows = self.days.with_user(self.manager).search([("warehouse_id", "=", self.warehouse.id), ("day", "=", day)])
        return {row.product_id: (row.quantity, row.value) for row in rows}

    @freeze_time("2026-04-02 04:00:00")
    def _backfill(self, first=DAY, last=DAY):
        self.days._backfill(self.company, first, last)


@tagged("post_install", "-at_install")
class TestStockValueDay(StockValueCommon):
    def test_a_day_holds_what_lay_there_at_its_end_in_china(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._sell(self.sponge, 3, "2026-03-02 15:59:59")
        self._sell(self.sponge, 2, "2026-03-02 16:00:00")
        self._backfill()
        self.assertEqual(self._rows(), {self.sponge: (7, 70)})

    def test_a_day_gives_the_same_figures_whenever_it_is_worked_out(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._backfill()
        first = self._rows()
        self._sell(self.sponge, 10, "2026-03-05 04:00:00")
        self._receive(self.puff, 4, "2026-03-06 04:00:00")
        self._backfill()
        self.assertEqual(self._rows(), first)
        self.assertEqual(self.days.search_count([("warehouse_id", "=", self.warehouse.id), ("day", "=", DAY)]), 1)

    def test_goods_between_two_warehouses_are_counted_where_they_lie(self):
        other = self.env["stock.warehouse"].create({"name": "Other Shop", "code": "OTHR"})
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._move(self.sponge, self.shelf, other.lot_stock_id, 4, "2026-03-02 04:00:00")
        self._backfill()
        self.assertEqual(self._rows(), {self.sponge: (6, 60)})
        self.assertEqual(self.days.search([("warehouse_id", "=", other.id)]).quantity, 4)

    def test_goods_of_somebody_else_are_worth_nothing_to_the_company(self):
        owner = self.env["res.partner"].create({"name": "Consignor"})
        self._receive(self.sponge, 5, "2026-03-01 04:00:00", owner_id=owner.id)
        self._backfill()
        self.assertEqual(self._rows(), {})

    def test_what_is_only_planned_moves_nothing(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        places = {"location_id": self.shelf.id, "location_dest_id": self.customers.id}
        self.env["stock.move"].create({"product_id": self.sponge.id, "product_uom_qty": 4, **places})._action_confirm()
        self._backfill()
        self.assertEqual(self._rows(), {self.sponge: (10, 100)})

    def test_goods_moved_within_a_warehouse_are_there_once(self):
        drawer = self.env["stock.location"].create({"name": "Drawer", "location_id": self.shelf.id})
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._move(self.sponge, self.shelf, drawer, 6, "2026-03-05 04:00:00")
        self._backfill()
        self.assertEqual(self._rows(), {self.sponge: (10, 100)})

    def test_what_was_sold_out_at_the_end_of_the_day_has_no_row(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._sell(self.sponge, 10, "2026-03-02 04:00:00")
        self._receive(self.sponge, 5, "2026-03-03 04:00:00")
        self._backfill()
        self.assertEqual(self._rows(), {})

    def test_goods_sold_before_they_were_booked_in_are_worth_less_than_nothing(self):
        self._sell(self.sponge, 2, "2026-03-01 04:00:00")
        self._backfill()
        self.assertEqual(self._rows(), {self.sponge: (-2, -20)})

    def test_before_its_first_price_a_product_is_worth_that_price(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self.sponge.standard_price = 12
        self.assertEqual(self.sponge.with_context(to_date="2026-03-02").total_value, 100, "as core closes a month of the past")
        with freeze_time("2026-02-01 04:00:00"):
            free = self._create_product(name="Free Sample", standard_price=5, is_storable=True, cosmetic_kind="other", tracking="none")
            free.standard_price = 0
        self._receive(free, 10, "2026-03-01 04:00:00")
        self.assertEqual(free.with_context(to_date="2026-03-02").total_value, 0, "a price that was taken away is none")

    def test_a_day_that_is_not_over_has_no_value(self):
        with freeze_time("2026-03-02 15:00:00"), self.assertRaisesRegex(UserError, "end with yesterday"):
            self.days._backfill(self.company, DAY, DAY)

    def test_the_job_makes_up_for_the_nights_it_missed_and_does_nothing_twice(self):
        self.days.search([]).unlink()
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        with freeze_time("2026-03-01 16:10:00"):
            self.days._cron_snapshot()
        with freeze_time("2026-03-04 16:10:00"):
            self.days._cron_snapshot()
            self.days._cron_snapshot()
        found = self.days.search([("product_id", "=", self.sponge.id)], order="day").mapped("day")
        self.assertEqual(found, [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 4)])

    def test_keepers_see_no_value_and_nobody_writes_one(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._backfill()
        keeper = self._create_user("test_value_keeper", "cosmetics_inventory.group_warehouse_keeper")
        for model in ("cosmetics.stock.value.day", "cosmetics.stock.turnover", "cosmetics.stock.ledger"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(keeper).search([])
        row = self.days.search([("product_id", "=", self.sponge.id)], limit=1)
        for call in (lambda: row.with_user(self.manager).write({"value": 1}), lambda: row.with_user(self.manager).unlink()):
            with self.assertRaises(AccessError):
                call()

    def test_values_of_another_company_are_not_seen(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._backfill()
        other = self.env["res.company"].create({"name": "Other Trading"})
        manager = self._create_user(
            "test_value_other", "cosmetics_inventory.group_warehouse_manager", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        for model in ("cosmetics.stock.value.day", "cosmetics.stock.turnover", "cosmetics.stock.ledger"):
            self.assertFalse(self.env[model].with_user(manager).search([("company_id", "=", self.company.id)]))


@tagged("post_install", "-at_install")
class TestStockTurnover(StockValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.days.search([]).unlink()
        cls._receive(cls.sponge, 20, "2026-02-20 04:00:00")
        cls._receive(cls.puff, 10, "2026-02-20 04:00:00")
        cls._sell(cls.sponge, 10, "2026-03-11 04:00:00").value = 100
        with freeze_time("2026-04-02 04:00:00"):
            cls.days._backfill(cls.company, date(2026, 3, 1), date(2026, 3, 20))

    def _group(self, *groupby):
        names = ["average_value:avg", "sold_cost:sum", "turnover:avg", "cover_days:avg", "selling_share:avg"]
        domain = [("warehouse_id", "=", self.warehouse.id), ("month", "=", date(2026, 3, 1))]
        return self.env["cosmetics.stock.turnover"].with_user(self.manager)._read_group(domain, groupby, names)

    def test_a_product_turns_by_its_cost_of_sales_and_average_value(self):
        rows = {product: figures for product, *figures in self._group("product_id")}
        # ten days with 200, ten days with 100: 150 on average; 100 sold in twenty days
        value, cost, turnover, cover, share = rows[self.sponge.with_user(self.manager)]
        self.assertAlmostEqual(value, 150)
        self.assertAlmostEqual(cost, 100)
        self.assertAlmostEqual(turnover, 100 / 150 * 365 / 20, 4)
        self.assertAlmostEqual(cover, 150 / (100 / 20), 4)
        self.assertEqual(share, 1)

    def test_what_did_not_sell_turns_not_at_all(self):
        rows = {product: figures for product, *figures in self._group("product_id")}
        _value, cost, turnover, cover, share = rows[self.puff.with_user(self.manager)]
        self.assertEqual((cost, turnover, cover, share), (0, 0, False, 0), "it would last for ever")

    def test_a_group_divides_sums_and_averages_no_ratios(self):
        [[value, cost, turnover, _cover, share]] = self._group()
        self.assertAlmostEqual(value, 350)
        self.assertAlmostEqual(turnover, cost / value * 365 / 20, 4)
        self.assertEqual(share, 0.5)

    def test_the_average_of_several_months_is_that_of_their_days(self):
        with freeze_time("2026-04-12 04:00:00"):
            self.days._backfill(self.company, date(2026, 3, 21), date(2026, 4, 10))
        self._sell(self.sponge, 10, "2026-04-06 04:00:00").value = 100
        turnover = self.env["cosmetics.stock.turnover"].with_user(self.manager)
        domain = [("warehouse_id", "=", self.warehouse.id), ("month", ">=", date(2026, 3, 1)), ("month", "<=", date(2026, 4, 1))]
        days = self.days.search([("warehouse_id", "=", self.warehouse.id)])
        self.assertEqual(len(set(days.mapped("day"))), 41)
        for product in (self.sponge, self.puff, self.sponge | self.puff):
            [[value]] = turnover._read_group([*domain, ("product_id", "in", product.ids)], [], ["average_value:avg"])
            lie = days.filtered(lambda day, product=product: day.product_id in product)
            self.assertAlmostEqual(value, sum(lie.mapped("value")) / 41, 2)

    def test_what_customers_return_is_taken_off(self):
        self._move(self.sponge, self.customers, self.shelf, 4, "2026-03-12 04:00:00").value = 40
        [[_value, cost, *_ratios]] = self._group()
        self.assertAlmostEqual(cost, 60)

    def test_what_was_sold_on_days_that_nobody_wrote_down_is_left_out(self):
        self._sell(self.sponge, 1, "2026-03-20 15:59:59").value = 10
        [[value, cost, turnover, *_ratios]] = self._group()
        self.assertAlmostEqual(cost, 110)
        self._sell(self.sponge, 5, "2026-03-20 16:00:00").value = 50
        self.assertEqual(self._group()[0][:3], (value, cost, turnover))

    def test_the_report_shows_its_rows_to_who_keeps_the_warehouses(self):
        turnover = self.env["cosmetics.stock.turnover"].with_user(self.manager)
        names = {name: {} for name in ("month", "average_value", "sold_cost", "turnover", "cover_days")}
        [row] = turnover.web_search_read([("product_id", "=", self.sponge.id), ("warehouse_id", "=", self.warehouse.id)], names)["records"]
        self.assertEqual((row["month"], row["average_value"], row["sold_cost"], row["cover_days"]), (date(2026, 3, 1), 150, 100, 30))

    def test_a_sale_after_midnight_in_china_is_one_of_the_next_month(self):
        self._sell(self.puff, 1, "2026-03-31 16:00:00").value = 20
        [[_value, cost, *_ratios]] = self._group()
        self.assertAlmostEqual(cost, 100)


@tagged("post_install", "-at_install")
class TestStockLedger(StockValueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["account.account"].create({"name": "Stock", "code": "140599", "account_type": "asset_current"})
        cls.against = cls.env["account.account"].create({"name": "Opening", "code": "300199", "account_type": "equity"})
        cls.company.account_stock_valuation_id = cls.account
        cls.journal = cls.env["account.journal"].create({"name": "Test", "type": "general", "code": "TSTV"})
        cls.accountant = cls._create_user("test_value_accountant", "account.group_account_invoice")

    def _post(self, day, amount, post=True):
        lines = [(self.account, amount), (self.against, -amount)]
        entry = self.env["account.move"].create(
            {
                "journal_id": self.journal.id,
                "date": day,
                "line_ids": [Command.create({"account_id": account.id, "balance": balance}) for account, balance in lines],
            }
        )
        if post:
            entry.action_post()

    def test_closing_a_month_counts_its_last_day_whole(self):
        before = self.company.stock_value(at_date=date(2026, 3, 31))[self.account]
        self._receive(self.sponge, 10, "2026-03-31 01:00:00")
        self._sell(self.sponge, 3, "2026-03-31 15:59:59")
        self._sell(self.sponge, 2, "2026-03-31 16:00:00")
        self.assertAlmostEqual(self.company.stock_value(at_date=date(2026, 3, 31))[self.account], before + 70)

    def test_what_was_scrapped_on_the_last_day_is_in_the_entry_of_the_month(self):
        loss = self.env["account.account"].create({"name": "Loss", "code": "560298", "account_type": "expense"})
        bin_ = self.env["stock.location"].create({"name": "Bin", "usage": "inventory", "valuation_account_id": loss.id})
        self.sponge.categ_id = self.env["product.category"].create({"name": "Tools", "property_valuation": "periodic"})
        self._receive(self.sponge, 10, "2026-03-01 01:00:00")
        self._move(self.sponge, self.shelf, bin_, 4, "2026-03-31 14:00:00")
        lines = self.company._get_location_valuation_vals(date(2026, 3, 31))
        self.assertEqual([line["debit"] for line in lines if line["account_id"] == loss.id], [40])

    def _row(self, day=DAY):
        self.env.flush_all()
        return (
            self.env["cosmetics.stock.ledger"].with_user(self.accountant).search([("company_id", "=", self.company.id), ("day", "=", day)])
        )

    def test_shelves_and_books_are_set_side_by_side(self):
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._backfill()
        before = self._row()
        self._post("2026-03-02", 80)
        self._post("2026-03-02", 999, post=False)
        self._post("2026-03-03", 500)
        after = self._row()
        after.invalidate_recordset()
        self.assertEqual(after.ledger_value, 80, "of posted entries up to the day")
        self.assertAlmostEqual(after.difference, after.stock_value - 80)
        self.assertEqual(before, after)

    def test_accounts_of_product_categories_are_accounts_of_stock(self):
        own = self.env["account.account"].create({"name": "Stock of Tools", "code": "140598", "account_type": "asset_current"})
        self._receive(self.sponge, 10, "2026-03-01 04:00:00")
        self._backfill()
        before = self._row().ledger_value
        self.account = own
        self._post("2026-03-02", 30)
        self.assertEqual(self._ledger(), before, "no account of stock yet")
        self.sponge.categ_id = self.env["product.category"].create({"name": "Tools", "property_stock_valuation_account_id": own.id})
        self.assertAlmostEqual(self._ledger(), before + 30)

    def _ledger(self):
        row = self._row()
        row.invalidate_recordset()
        return row.ledger_value

    def test_the_value_is_that_of_all_warehouses(self):
        self._backfill()
        base = sum(self.days.search([("company_id", "=", self.company.id), ("day", "=", DAY)]).mapped("value"))
        self._receive(self.puff, 3, "2026-03-01 04:00:00")
        self._backfill()
        self.assertAlmostEqual(self._row().stock_value, base + 60, 2)

    def test_screens_open_for_who_reads_the_books(self):
        for name in ("cosmetics_stock_value_day", "cosmetics_stock_turnover", "cosmetics_stock_ledger"):
            action = self.env.ref(f"cosmetics_inventory_account.{name}_action")
            for mode in action.view_mode.split(","):
                self.env[action.res_model].with_user(self.accountant).get_view(view_type=mode)

    def test_the_job_runs_at_ten_past_midnight_in_china(self):
        job = self.env.ref("cosmetics_inventory_account.cron_stock_value")
        self.assertEqual((job.interval_type, job.nextcall.time()), ("days", time(16, 10)))
