"""The work on receivables and payables on the screen: forms and menus of each role, branches, and many partners at once."""

from lxml import etree
from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, freeze_time, tagged

from .common_due import DueCommon

READ_BY_READERS = (
    "cosmetics_credit_release_menu",
    "cosmetics_dunning_menu",
    "cosmetics_payment_plan_menu",
    "cosmetics_netting_menu",
    "cosmetics_finance_forecast_menu",
    "cosmetics_finance_turnover_menu",
    "cosmetics_finance_punctuality_menu",
)
ACCOUNTANTS_ALONE = ("res_partner_menu_credit", "cosmetics_dunning_level_menu")
MODELS = (
    "cosmetics.credit.release",
    "cosmetics.dunning",
    "cosmetics.dunning.level",
    "cosmetics.payment.plan",
    "cosmetics.netting",
    "cosmetics.finance.forecast",
    "cosmetics.finance.turnover",
    "cosmetics.finance.punctuality",
)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestScreens(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.dunning.level"].search([]).active = False
        companies = {"company_id": cls.company.id, "company_ids": [Command.set(cls.company.ids)]}
        cls.owner = cls._create_user("screen_owner", "cosmetics_finance.group_payment_approver", **companies)

    def _get_buttons(self, model, user):
        """Return the names of the buttons a user gets in a form."""
        arch = self.env[model].with_user(user).get_view(view_type="form")["arch"]
        return {node.get("name") for node in etree.fromstring(arch).iter("button")}

    def _visible(self, user):
        return self.env["ir.ui.menu"].with_user(user)._visible_menu_ids()

    def test_menus_are_the_roles(self):
        for name in READ_BY_READERS:
            self.assertIn(self.env.ref(f"cosmetics_finance.{name}").id, self._visible(self.reader), name)
        for name in ACCOUNTANTS_ALONE:
            menu = self.env.ref(f"cosmetics_finance.{name}").id
            self.assertIn(menu, self._visible(self.accountant), name)
            self.assertNotIn(menu, self._visible(self.reader), name)

    def test_an_employee_sees_none_of_the_menus(self):
        employee = self._create_user("screen_employee")
        visible = self._visible(employee)
        for name in READ_BY_READERS + ACCOUNTANTS_ALONE:
            self.assertNotIn(self.env.ref(f"cosmetics_finance.{name}").id, visible, name)

    def test_each_role_opens_each_list(self):
        for model in MODELS:
            for user in (self.reader, self.accountant, self.owner):
                records = self.env[model].with_user(user).with_context(allowed_company_ids=self.company.ids)
                for view in ("list", "search"):
                    self.assertIn(f"<{view}", records.get_view(view_type=view)["arch"], (model, user.login))
                records.search_read([], limit=1)

    def test_buttons_of_a_plan_are_those_of_the_role(self):
        accountant, owner = (self._get_buttons("cosmetics.payment.plan", user) for user in (self.accountant, self.owner))
        self.assertLess({"action_propose", "action_submit", "action_pay"}, accountant)
        self.assertNotIn("action_approve", accountant)
        self.assertEqual(owner & {"action_approve", "action_pay", "action_propose"}, {"action_approve"})

    def test_a_reader_gets_no_button_that_changes_anything(self):
        for model, changing in (
            ("cosmetics.netting", {"action_post", "action_cancel", "action_propose"}),
            ("cosmetics.credit.release", {"action_end"}),
            ("cosmetics.payment.plan", {"action_pay", "action_approve", "action_draft"}),
        ):
            self.assertFalse(self._get_buttons(model, self.reader) & changing, model)

    def test_a_release_is_entered_in_the_form(self):
        with Form(self.books["cosmetics.credit.release"]) as form:
            form.partner_id = self.books["res.partner"].browse(self.partner.id)
            form.reason = "The bank confirmed the transfer"
        self.assertEqual((form.record.user_id, str(form.record.valid_until)), (self.accountant, "2026-05-27"))

    def test_a_plan_is_made_in_the_form(self):
        bill = self._create_invoice("2026-04-01", 300, due="2026-05-10", move_type="in_invoice")
        with Form(self.books["cosmetics.payment.plan"]) as form:
            form.is_within_cash = False
        plan = form.record
        plan.action_propose()
        with Form(plan) as form, form.line_ids.edit(0) as line:
            self.assertEqual(line.open_amount, 300)
            line.amount = 120
        self.assertEqual((plan.line_ids.move_id, plan.amount, plan.name[:6]), (bill, 120, "FK2026"))

    def test_a_netting_is_made_in_the_form(self):
        self._create_invoice("2026-04-01", 100, partner=self.partner)
        self._create_invoice("2026-04-01", 70, partner=self.partner, move_type="in_invoice")
        with Form(self.books["cosmetics.netting"]) as form:
            form.partner_id = self.books["res.partner"].browse(self.partner.id)
        netting = form.record
        netting.action_propose()
        self.assertEqual((netting.amount, netting.name[:6]), (70, "DC2026"))

    def test_a_promise_is_entered_in_the_case(self):
        self.books["cosmetics.dunning.level"].create({"name": "Call", "days": 3, "company_id": self.company.id})
        self._create_invoice("2026-04-01", 300, due="2026-05-01")
        self.books["cosmetics.dunning"].action_run()
        case = self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)])
        with Form(case) as form, form.promise_ids.new() as promise:
            promise.amount = 300
            promise.promised_on = "2026-05-25"
            promise.note = "Ms Li"
        self.assertEqual((case.promise_ids.state, case.promise_ids.user_id), ("open", self.accountant))

    def test_credit_terms_are_entered_in_the_list(self):
        view = self.env.ref("cosmetics_finance.res_partner_view_list_credit")
        arch = self.books["res.partner"].get_view(view.id)["arch"]
        fields = {node.get("name") for node in etree.fromstring(arch).iter("field")}
        self.assertLess({"credit_limit", "credit_days", "credit_hold", "overdue_receivable"}, fields)

    def test_entries_behind_the_lists_open(self):
        bill = self._create_invoice("2026-05-01", 300, due="2026-06-10", move_type="in_invoice")
        forecast = self.env["cosmetics.finance.forecast"].with_user(self.reader).with_context(allowed_company_ids=self.company.ids)
        action = forecast.search([("company_id", "=", self.company.id)]).action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", bill.id))

    def test_defaults_of_a_context_are_no_state_and_no_approval(self):
        fakes = {"default_state": "done", "default_approved_by_id": self.owner.id, "default_amount_overdue": 9, "default_move_id": 1}
        for model, state in (("cosmetics.payment.plan", "draft"), ("cosmetics.netting", "draft"), ("cosmetics.dunning", "open")):
            values = self.books[model].with_context(**fakes).default_get(list(self.books[model]._fields))
            self.assertEqual(values.get("state"), state, model)
            self.assertFalse({"approved_by_id", "amount_overdue", "move_id"} & {name for name, value in values.items() if value}, model)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestBranches(DueCommon):
    """A company and its branches are one creditor."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.dunning.level"].search([]).active = False
        cls.branch = cls.env["res.company"].create({"name": "Test Branch", "parent_id": cls.company.id})
        cls.accountant.company_ids += cls.branch
        cls.partner.company_id = False
        level = {"name": "Stop", "days": 3, "stops_deliveries": True, "company_id": cls.company.id}
        cls.level = cls.books["cosmetics.dunning.level"].create(level)

    def _owe_to_branch(self, amount):
        """Post what the customer owes to the branch, in the journal of its company."""
        moves = self.books["account.move"].with_context(allowed_company_ids=(self.branch | self.company).ids)
        lines = self._prepare_entry("2026-05-01", ("1122", amount, self.partner), ("5001", -amount))
        move = moves.create({**lines, "company_id": self.branch.id})
        move.action_post()
        return move

    def test_what_is_owed_to_a_branch_counts_for_the_limit(self):
        self.company.account_use_credit_limit = True
        customer = self.books["res.partner"].browse(self.partner.id)
        customer.credit_limit = 250
        self._create_invoice("2026-04-01", 200, due="2026-06-01")
        self.assertFalse(customer.credit_hold)
        self._owe_to_branch(100)
        self.env.invalidate_all()
        self.assertEqual(customer.credit_hold, "limit")

    def test_a_branch_is_dunned_with_its_company_and_stopped_too(self):
        self._owe_to_branch(100)
        self.books["cosmetics.dunning"].action_run()
        case = self.books["cosmetics.dunning"].search([("partner_id", "=", self.partner.id)])
        self.assertEqual((case.company_id, case.amount_overdue), (self.company, 100))
        self.assertEqual(self.partner.with_company(self.branch)._get_credit_stopped(self.branch), {self.partner.id})


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20 04:00:00")
class TestMany(DueCommon):
    """Many partners cost no more questions than a few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cosmetics.dunning.level"].search([]).active = False
        cls.books["cosmetics.dunning.level"].create({"name": "Note", "days": 3, "company_id": cls.company.id})
        vals = [{"name": f"Customer {number}", "company_id": cls.company.id} for number in range(24)]
        cls.customers = cls.env["res.partner"].create(vals)

    def _count(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _invoice_all(self, customers):
        for customer in customers:
            self._create_invoice("2026-04-01", 300, due="2026-05-01", partner=customer)

    def test_standings_of_many_customers_are_asked_together(self):
        self._invoice_all(self.customers)
        self.customers.with_env(self.books).write({"credit_days": 5})
        few, many = self.customers[:2], self.customers
        few._get_credit_standings(self.company)
        one = self._count(lambda: few._get_credit_standings(self.company))
        all_ = self._count(lambda: many._get_credit_standings(self.company))
        self.assertLessEqual(all_, one + 2)
        self.assertEqual(set(many.with_env(self.books).mapped("credit_hold")), {"late"})

    def test_a_night_without_news_writes_nothing(self):
        self._invoice_all(self.customers[:6])
        dunning = self.books["cosmetics.dunning"]
        dunning.action_run()
        steps = dunning.search([("company_id", "=", self.company.id)]).step_ids
        dunning.action_run()
        again = dunning.search([("company_id", "=", self.company.id)]).step_ids
        self.assertEqual((len(steps), again), (6, steps))

    def test_a_plan_of_many_bills_makes_one_transfer_for_each_vendor(self):
        vendors = self.customers[:4]
        for vendor in [*vendors, *vendors, *vendors]:
            self._create_invoice("2026-04-01", 10, due="2026-05-01", partner=vendor, move_type="in_invoice")
        banks = [{"acc_number": f"62 {vendor.id}", "partner_id": vendor.id} for vendor in vendors]
        self.env["res.partner.bank"].create(banks)
        plan = self.books["cosmetics.payment.plan"].create({"is_within_cash": False, "due_until": "2026-05-31"})
        plan.action_propose()
        self.assertEqual((len(plan.line_ids), plan.amount), (12, 120))
        self.assertEqual(sorted(transfer.amount for transfer in plan._get_transfers()), [30, 30, 30, 30])

    def test_one_bad_line_stops_the_whole_plan(self):
        self._create_invoice("2026-04-01", 10, due="2026-05-01", partner=self.customers[0], move_type="in_invoice")
        plan = self.books["cosmetics.payment.plan"].create({"is_within_cash": False, "due_until": "2026-05-31"})
        plan.action_propose()
        with self.assertRaisesRegex(UserError, "enter the bank account of Customer 0"):
            plan.action_submit()
        self.assertEqual(plan.state, "draft")
