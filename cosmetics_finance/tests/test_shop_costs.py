"""Shops have analytic accounts, their costs carry them, and accounts say how their costs behave."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import SQL

from .common_budget import BudgetCommon


@tagged("post_install", "-at_install")
class TestShopCosts(BudgetCommon):
    def _bill(self, prefix="5602", **line):
        vals = {"name": "Rent", "account_id": self._find_account(prefix).id, "price_unit": 100, "tax_ids": [Command.clear()], **line}
        return self._create_invoice("2026-05-10", 100, move_type="in_invoice", invoice_line_ids=[Command.create(vals)]).invoice_line_ids

    def _get_analytic(self, store):
        return store.sudo().analytic_account_id

    def test_shop_has_an_account_of_its_company_in_the_plan_of_shops(self):
        account = self._get_analytic(self.store)
        self.assertEqual((account.name, account.code, account.company_id), (self.store.name, self.store.code, self.company))
        self.assertEqual(account.plan_id, self.env.ref("cosmetics_finance.analytic_plan_store"))

    def test_shops_of_two_companies_have_two_accounts(self):
        other = self._create_store("Elsewhere")
        self.assertNotEqual(self._get_analytic(other).company_id, self._get_analytic(self.store).company_id)

    def test_renamed_shop_renames_its_account(self):
        self.store.name = "Bell Tower"
        self.assertEqual(self._get_analytic(self.store).name, "Bell Tower")

    def test_shops_that_were_there_before_get_their_account_once(self):
        before = self._get_analytic(self.store)
        self.store.sudo().analytic_account_id = False
        for _time in range(2):
            self.env["cosmetics.store"]._add_missing_analytic_accounts()
            self.env.flush_all()
        fresh = self._get_analytic(self.store)
        self.assertTrue(fresh and fresh != before)
        self.assertFalse(self.env["cosmetics.store"].sudo().search([("analytic_account_id", "=", False)]))

    def test_nobody_chooses_the_account_of_a_shop(self):
        keeper = self._create_user("store_keeper", "base.group_system", company_id=self.company.id, company_ids=self.company.ids)
        with self.assertRaises(UserError):
            self._as(self.store, keeper).write({"analytic_account_id": False})

    def test_bill_of_a_shop_carries_its_account(self):
        item = self._bill(store_id=self.store.id)
        own = self._get_analytic(self.store)
        self.assertEqual(item.analytic_distribution, {str(own.id): 100})
        self.assertEqual(item.sudo().analytic_line_ids.mapped("amount"), [-100])

    def test_cost_shared_by_hand_stays_shared(self):
        other = self._create_store("Second", company_id=self.company.id)
        shares = {str(self._get_analytic(self.store).id): 60, str(self._get_analytic(other).id): 40}
        self.assertEqual(self._bill(analytic_distribution=shares).analytic_distribution, shares)

    def test_account_of_the_balance_sheet_carries_no_shop(self):
        self.assertFalse(self._bill("1405", store_id=self.store.id).analytic_distribution)

    def test_accounts_of_the_small_chart_behave_as_their_names_say(self):
        behaviours = {
            "540303": "variable",
            "560102": "fixed",
            "560103": "variable",
            "560104": "margin",
            "560201": "fixed",
            "571101": "apart",
            "5801": "apart",
        }
        for prefix, expected in behaviours.items():
            with self.subTest(prefix):
                self.assertEqual(self._find_account(prefix).cost_behaviour, expected)
        self.assertEqual([self._find_account(prefix).cost_behaviour for prefix in ("5401", "5001", "1405")], ["margin", False, False])

    def test_accounts_of_the_large_chart_behave_as_their_names_say(self):
        company = self.env["res.company"].create({"name": "Large Books", "country_id": self.env.ref("base.cn").id})
        self.env["account.chart.template"].try_loading("cn_large_bis", company, install_demo=False)
        accounts = self.env["account.account"].with_company(company).search([("company_ids", "in", company.ids)])
        expected = {"6401": "margin", "6403": "variable", "6601": "fixed", "6602": "fixed", "6701": "apart", "6801": "apart"}
        found = {prefix: accounts.filtered(lambda account, prefix=prefix: account.code.startswith(prefix))[:1] for prefix in expected}
        self.assertEqual({prefix: account.cost_behaviour for prefix, account in found.items()}, expected)

    def test_accountant_marks_an_account_otherwise(self):
        account = self._find_account("560102")
        account.cost_behaviour = "variable"
        self.assertEqual(account.cost_behaviour, "variable")

    def test_draft_that_moves_to_another_shop_moves_its_account(self):
        other = self._create_store("Second", company_id=self.company.id)
        item = self._bill(store_id=self.store.id)
        item.move_id.button_draft()
        item.store_id = other
        self.assertEqual(item.analytic_distribution, {str(self._get_analytic(other).id): 100})

    def test_entry_by_hand_carries_the_account_of_its_shop(self):
        values = self._prepare_entry("2026-05-31", ("5602", 100), ("2211", -100))
        values["line_ids"][0][2]["store_id"] = self.store.id
        move = self.books["account.move"].create(values)
        move.action_post()
        shares = [line.analytic_distribution for line in move.line_ids.sorted("balance", reverse=True)]
        self.assertEqual(shares, [{str(self._get_analytic(self.store).id): 100}, False])

    def _get_shares(self, item):
        """Return {shop id or None: share} of an item, as reports read it."""
        self.env.flush_all()
        query = SQL(
            "SELECT shared.store_id, shared.share FROM account_move_line item CROSS JOIN LATERAL (%s) shared(store_id, share)"
            " WHERE item.id = %s AND shared.share <> 0",
            self.env["account.move.line"]._get_store_shares_sql(),
            item.id,
        )
        return {store: float(share) for store, share in self.env.execute_query(query)}

    def test_shares_of_an_item_always_add_up_to_one(self):
        other = self._create_store("Second", company_id=self.company.id)
        first, second = (str(self._get_analytic(store).id) for store in (self.store, other))
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        vals = {"name": "Opening", "plan_id": plan.id, "company_id": self.company.id}
        project = str(self.env["account.analytic.account"].create(vals).id)
        cases = {
            "no shop": ({}, {None: 1}),
            "shop": ({"store_id": self.store.id}, {self.store.id: 1}),
            "shared": ({"analytic_distribution": {first: 60, second: 40}}, {self.store.id: 0.6, other.id: 0.4}),
            "in part": ({"analytic_distribution": {first: 25}}, {self.store.id: 0.25, None: 0.75}),
            "project": ({"analytic_distribution": {project: 100}}, {None: 1}),
            "both": ({"analytic_distribution": {f"{first},{project}": 50, second: 50}}, {self.store.id: 0.5, other.id: 0.5}),
        }
        for name, (line, expected) in cases.items():
            with self.subTest(name):
                self.assertEqual(self._get_shares(self._bill(**line)), expected)
