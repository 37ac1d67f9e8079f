"""Who looks at the profit, and what they see of it."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestProfitRoles(ProfitCommon):
    def test_who_reads_the_books_groups_by_every_dimension(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self.env.flush_all()
        profit = self.env["cosmetics.profit"].with_user(self.reader)
        names = ("product_id", "brand_id", "series_id", "categ_id", "lot_id", "store_id", "channel_id", "tier_id", "source", "date:month")
        for name in names:
            groups = profit.formatted_read_group([("product_id", "=", self.cream.id)], [name], ["profit:sum", "margin_percent:avg"])
            self.assertEqual(sum(group["profit:sum"] for group in groups), 140, name)

    def test_who_reads_the_books_reads_the_rows(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self.env.flush_all()
        profit = self.env["cosmetics.profit"].with_user(self.reader)
        spec = {name: {} for name in ("date", "source", "revenue", "cost", "profit", "margin_percent")}
        spec.update({name: {"fields": {"display_name": {}}} for name in ("product_id", "lot_id", "store_id", "channel_id")})
        rows = profit.web_search_read([("product_id", "=", self.cream.id)], spec)["records"]
        self.assertEqual({row["source"] for row in rows}, {"invoice", "delivery"})
        self.assertEqual({row["lot_id"]["display_name"] for row in rows}, {"P1"})

    def test_rows_have_ids_of_their_own_that_stay(self):
        second = self._stock(self.cream, "P2", 10)
        self._invoice(self._sell((self.cream, 15, {})))
        self.env.flush_all()
        profit = self.env["cosmetics.profit"].with_user(self.reader)
        rows = profit.search([("product_id", "=", self.cream.id)])
        self.assertEqual((len(rows), len(set(rows.ids)), max(rows.ids) < 2**53), (4, 4, True))
        self.assertEqual(rows.lot_id, self.lot + second)
        self.assertEqual(profit.search([("product_id", "=", self.cream.id)]), rows)

    def test_sellers_do_not_see_what_goods_cost(self):
        for user in (self.clerk, self.manager):
            with self.assertRaises(AccessError):
                self.env["cosmetics.profit"].with_user(user).search([])

    def test_an_accountant_of_another_company_sees_none(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self.env.flush_all()
        other = self.env["res.company"].create({"name": "Test Elsewhere"})
        stranger = self._create_user(
            "test_profit_stranger", "cosmetics_finance.group_accountant", company_id=other.id, company_ids=[Command.set(other.ids)]
        )
        self.assertFalse(self.env["cosmetics.profit"].with_user(stranger).search([("product_id", "=", self.cream.id)]))

    def test_the_menu_is_there_for_who_reads_the_books(self):
        menu = self.env.ref("cosmetics_crm_finance_inventory_sales.cosmetics_profit_menu")
        self.assertIn(menu.id, self.env["ir.ui.menu"].with_user(self.accountant)._visible_menu_ids())
        self.assertNotIn(menu.id, self.env["ir.ui.menu"].with_user(self.clerk)._visible_menu_ids())
