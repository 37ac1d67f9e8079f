"""What a shop must sell to pay its fixed costs; nothing of the ledger is dropped."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestBreakEven(ProfitCommon):
    """A cream of 30.00 that sells for 100.00 leaves 70.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_store = cls._create_store("Other Shop")
        accounts = cls.env["account.account"].with_company(cls.company)
        cls.rent, cls.freight = accounts.create(
            [
                {"name": name, "code": code, "account_type": "expense", "cost_behaviour": behaviour}
                for name, code, behaviour in (("Rent", "560299.01", "fixed"), ("Courier", "560199.01", "variable"))
            ]
        )
        cls.cash = cls.env["account.account"].search([("company_ids", "in", cls.company.ids), ("account_type", "=", "asset_cash")], limit=1)
        cls.journal = cls.env["account.journal"].search([("company_id", "=", cls.company.id), ("type", "=", "general")], limit=1)
        cls.month = cls.today.replace(day=1)

    def _spend(self, account, amount, **line):
        """Post an entry by hand of the accountant: a cost of today."""
        items = [{"account_id": account.id, "balance": amount, **line}, {"account_id": self.cash.id, "balance": -amount}]
        moves = self.env["account.move"].with_user(self.accountant)
        vals = {"journal_id": self.journal.id, "date": self.today, "line_ids": [Command.create(item) for item in items]}
        move = moves.create({"move_type": "entry", **vals})
        move.action_post()
        return move.line_ids[:1]

    def _row(self, store=None):
        """Return the row of this month of a shop, as the reader of the books sees it."""
        self.env.flush_all()
        rows = self.env["cosmetics.break.even"].with_user(self.reader)
        rows.invalidate_model()
        domain = [("day", "=", self.month), ("store_id", "=", store.id if store else False), ("company_id", "=", self.company.id)]
        return rows.search(domain)

    def _fixed(self, store=None):
        return self._row(store).fixed

    def _ledger(self, behaviour):
        """Return what the accounts of a behaviour say of this month."""
        domain = [
            ("account_id.cost_behaviour", "=", behaviour),
            ("parent_state", "=", "posted"),
            ("date", ">=", self.month),
            ("date", "<=", self.today),
            ("company_id", "=", self.company.id),
        ]
        return self.env["account.move.line"]._read_group(domain, [], ["balance:sum"])[0][0] or 0.0

    def test_shop_sees_what_it_must_sell(self):
        self._invoice(self._sell((self.cream, 10, {})))
        self._spend(self.rent, 350, store_id=self.store.id)
        self._spend(self.freight, 200, store_id=self.store.id)
        row = self._row(self.store)
        self.assertEqual((row.revenue, row.gross_profit, row.contribution, row.fixed), (1000, 700, 500, 350))
        figures = (row.contribution_percent, row.break_even, row.safety, row.safety_percent, row.result, row.state)
        self.assertEqual(figures, (50, 700, 300, 30, 150, "above"))

    def test_shop_without_sales_has_no_break_even(self):
        self._spend(self.rent, 350, store_id=self.other_store.id)
        row = self._row(self.other_store)
        self.assertEqual((row.fixed, row.break_even, row.result, row.state), (350, 0, -350, "none"))

    def test_cost_of_a_shop_carries_its_analytic_account(self):
        item = self._spend(self.rent, 350, store_id=self.other_store.id)
        self.assertEqual(item.analytic_distribution, {str(self.other_store.sudo().analytic_account_id.id): 100})

    def test_shared_rent_is_split_and_the_rest_belongs_to_no_shop(self):
        nobody, own = self._fixed(), self._fixed(self.store)
        shares = {str(self.store.analytic_account_id.id): 50, str(self.other_store.analytic_account_id.id): 30}
        self._spend(self.rent, 1000, analytic_distribution=shares)
        self.assertEqual((self._fixed(self.store) - own, self._fixed(self.other_store), self._fixed() - nobody), (500, 300, 200))

    def test_cost_without_a_shop_has_its_own_row(self):
        before = self._fixed()
        self._spend(self.rent, 80)
        self.assertEqual((self._fixed() - before, self._row().name), (80, "No Shop"))

    def test_project_beside_the_shop_splits_nothing_twice(self):
        plan = self.env["account.analytic.plan"].create({"name": "Projects"})
        project = self.env["account.analytic.account"].create({"name": "Opening", "plan_id": plan.id})
        own = self.other_store.analytic_account_id.id
        before = self._fixed()
        self._spend(self.rent, 100, analytic_distribution={f"{own},{project.id}": 60, str(own): 40, str(project.id): 40})
        self.assertEqual((self._fixed(self.other_store), self._fixed() - before), (100, 0))

    def test_rows_sum_up_to_the_ledger(self):
        self._spend(self.rent, 350, store_id=self.store.id)
        self._spend(self.rent, 99.99, analytic_distribution={str(self.other_store.analytic_account_id.id): 33.33})
        self._spend(self.freight, 12.34)
        self.env.flush_all()
        domain = [("day", "=", self.month), ("company_id", "=", self.company.id)]
        rows = self.env["cosmetics.break.even"].with_user(self.reader)
        fixed, variable, revenue = rows._read_group(domain, [], ["fixed:sum", "variable:sum", "revenue:sum"])[0]
        self.assertAlmostEqual(fixed, self._ledger("fixed"), 2)
        self.assertAlmostEqual(variable, self._ledger("variable"), 2)
        dates = [("date", ">=", self.month), ("company_id", "=", self.company.id)]
        profit = self.env["cosmetics.profit"].with_user(self.reader)._read_group(dates, [], ["revenue:sum"])[0][0] or 0.0
        self.assertAlmostEqual(revenue, profit, 2)

    def test_break_even_of_several_shops_is_that_of_their_sums(self):
        self._invoice(self._sell((self.cream, 10, {})))
        self._spend(self.rent, 350, store_id=self.store.id)
        self._spend(self.rent, 70, store_id=self.other_store.id)
        self.env.flush_all()
        domain = [("day", "=", self.month), ("store_id", "in", (self.store | self.other_store).ids)]
        names = [
            "revenue:sum",
            "contribution:sum",
            "fixed:sum",
            "break_even:avg",
            "contribution_percent:avg",
            "safety:avg",
            "safety_percent:avg",
        ]
        rows = self.env["cosmetics.break.even"].with_user(self.reader)._read_group(domain, [], names)[0]
        revenue, contribution, fixed, *rates = map(float, rows)
        expected = (fixed * revenue / contribution, 100 * contribution / revenue, revenue - fixed * revenue / contribution)
        for found, wanted in zip(rates, (*expected, 100 - 100 * fixed / contribution), strict=True):
            self.assertAlmostEqual(found, wanted, 4)

    def test_draft_costs_nothing(self):
        self._spend(self.rent, 350, store_id=self.other_store.id).move_id.button_draft()
        self.assertFalse(self._row(self.other_store))

    def test_entry_of_the_till_and_of_an_order_says_the_shop(self):
        invoice = self._invoice(self._sell((self.cream, 1, {})))
        self.assertEqual(invoice.invoice_line_ids.store_id, self.store)
        self.assertFalse(invoice.invoice_line_ids.analytic_distribution)

    def test_seller_sees_no_break_even(self):
        seller = self._create_user("test_break_even_seller", "sales_team.group_sale_salesman")
        with self.assertRaises(AccessError):
            self.env["cosmetics.break.even"].with_user(seller).search([])

    def test_shop_that_sells_below_its_costs_has_no_break_even(self):
        order = self._sell((self.cream, 5, {}))
        order.order_line.price_unit = 20
        self._invoice(order)
        self._spend(self.rent, 50, store_id=self.store.id)
        row = self._row(self.store)
        self.assertEqual((row.revenue, row.contribution, row.break_even, row.state), (100, -50, 0, "never"))

    def test_shop_short_of_its_fixed_costs_is_below(self):
        self._invoice(self._sell((self.cream, 5, {})))
        self._spend(self.rent, 700, store_id=self.store.id)
        row = self._row(self.store)
        self.assertEqual((row.break_even, row.safety, row.safety_percent, row.state), (1000, -500, -100, "below"))
        self.assertEqual((row.month, row.name), (f"{self.month:%Y-%m}", self.store.name))
