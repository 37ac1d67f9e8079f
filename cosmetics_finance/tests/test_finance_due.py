"""The due list: what is open, how late, whose."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..tools.due import BANDS, find_band
from .common_due import DueCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestFinanceDue(DueCommon):
    def test_an_unpaid_invoice_is_open_in_full(self):
        self._create_invoice("2026-04-01", 300, due="2026-05-01")
        due = self._get_due()
        self.assertEqual((due.kind, due.partner_id, due.amount, due.days_overdue, due.band), ("receivable", self.partner, 300, 19, "1_30"))

    def test_a_part_payment_leaves_the_rest_open(self):
        invoice = self._create_invoice("2026-04-01", 300)
        self._pay(invoice, 120, "2026-04-10")
        self.assertEqual(self._get_due(move_id=invoice.id).amount, 180)

    def test_a_paid_invoice_is_gone(self):
        self._pay(self._create_invoice("2026-04-01", 300), 300, "2026-04-10")
        self.assertFalse(self._get_due())

    def test_a_draft_is_not_in_the_list(self):
        self._create_invoice("2026-04-01", 300).button_draft()
        self.assertFalse(self._get_due())

    def test_what_is_due_today_is_not_overdue(self):
        self._create_invoice("2026-04-01", 300, due="2026-05-20")
        due = self._get_due()
        self.assertEqual((due.days_overdue, due.band, due.amount_overdue), (0, "not_due", 0))

    def test_days_are_counted_in_the_time_zone_of_the_reader(self):
        self._create_invoice("2026-04-01", 300, due="2026-05-20")
        with freeze_time("2026-05-20 16:30:00"):  # half past midnight of the 21st in Xi'an
            self.assertEqual(self._get_due().days_overdue, 1)

    def test_a_vendor_bill_is_a_positive_payable(self):
        self._create_invoice("2026-04-01", 500, due="2026-04-30", move_type="in_invoice")
        due = self._get_due()
        self.assertEqual((due.kind, due.partner_id, due.amount, due.amount_overdue), ("payable", self.other, 500, 500))

    def test_an_open_credit_note_lowers_what_the_customer_owes(self):
        self._create_invoice("2026-04-01", 300)
        self._create_invoice("2026-04-02", 50, move_type="out_refund")
        self.assertEqual(sorted(self._get_due().mapped("amount")), [-50, 300])

    def test_each_instalment_is_an_item_with_its_own_due_date(self):
        halves = [Command.create({"value": "percent", "value_amount": 50, "nb_days": days}) for days in (0, 30)]
        term = self.books["account.payment.term"].create({"name": "Halves", "line_ids": halves})
        self._create_invoice("2026-05-01", 300, invoice_payment_term_id=term.id)
        due = self._get_due()
        self.assertEqual(due.mapped("due_on"), [date(2026, 5, 1), date(2026, 5, 31)])
        self.assertEqual(due.mapped("band"), ["1_30", "not_due"])

    def test_an_entry_without_a_due_date_is_due_on_its_day(self):
        move = self._enter("2026-02-01", ("1122", 80, self.partner), ("5001", -80))
        move.line_ids.date_maturity = False
        due = self._get_due()
        self.assertEqual((due.due_on, due.days_overdue, due.band), (date(2026, 2, 1), 108, "91_180"))

    def test_the_salesperson_of_the_invoice_is_in_the_list(self):
        seller = self._create_user("due_seller", company_id=self.company.id, company_ids=[Command.set(self.company.ids)])
        self._create_invoice("2026-04-01", 300, invoice_user_id=seller.id)
        self.assertEqual(self._get_due().user_id, seller)

    def test_accounts_that_are_neither_receivable_nor_payable_stay_out(self):
        self._enter("2026-04-01", ("1002", 80), ("5001", -80))
        self.assertFalse(self._get_due())

    def test_the_list_adds_up_to_the_balance_of_the_accounts(self):
        for day, amount in (("2026-01-05", 111.11), ("2026-03-05", 222.22), ("2026-05-05", 333.33)):
            self._pay(self._create_invoice(day, amount), 100.01, day)
        lines = self.books["account.move.line"].search([("account_type", "=", "asset_receivable"), ("company_id", "=", self.company.id)])
        self.assertAlmostEqual(sum(self._get_due(kind="receivable").mapped("amount")), sum(lines.mapped("balance")), 2)

    def test_ages_of_the_query_are_those_of_the_tool(self):
        days = [0, 1, 30, 31, 60, 61, 90, 91, 180, 181, -40]
        for late in days:
            due = date(2026, 5, 20) - timedelta(days=late)
            self._create_invoice(min(due, date(2026, 5, 20)).isoformat(), 10, due=due.isoformat())
        found = {due.days_overdue: due.band for due in self._get_due()}
        self.assertEqual(found, {late: find_band(late) for late in days})

    def test_each_age_has_a_name(self):
        selection = dict(self.env["cosmetics.finance.due"]._fields["band"].selection)
        self.assertEqual(list(selection), [code for code, _last in BANDS])

    def test_a_row_opens_its_entry(self):
        invoice = self._create_invoice("2026-04-01", 300)
        action = self._get_due().action_open()
        self.assertEqual((action["res_model"], action["res_id"]), ("account.move", invoice.id))

    def test_the_partner_shows_what_is_overdue(self):
        self._create_invoice("2026-04-01", 300, due="2026-05-01")
        self._create_invoice("2026-04-01", 70, due="2026-06-01")
        self._create_invoice("2026-04-01", 40, due="2026-05-01", partner=self.partner, move_type="in_invoice")
        partner = self.books["res.partner"].browse(self.partner.id)
        self.assertEqual((partner.overdue_receivable, partner.overdue_payable), (300, 40))

    def test_the_figure_is_that_of_the_companies_chosen_now(self):
        self.partner.company_id = False
        self._create_invoice("2026-04-01", 300)
        partner = self.books["res.partner"].browse(self.partner.id)
        self.assertEqual(partner.overdue_receivable, 300)
        other = self.env["res.company"].create({"name": "Test Other Books"})
        self.accountant.company_ids += other
        self.assertEqual(partner.with_context(allowed_company_ids=other.ids).overdue_receivable, 0)

    def test_an_address_shows_the_figure_of_its_company(self):
        self.partner.is_company = True
        address = self.env["res.partner"].create({"name": "Branch", "parent_id": self.partner.id, "type": "delivery"})
        self._create_invoice("2026-04-01", 300, partner=address)
        self.assertEqual(self.books["res.partner"].browse(address.id).overdue_receivable, 300)
        action = self.books["res.partner"].browse(address.id).action_open_due()
        self.assertEqual(self.books["cosmetics.finance.due"].search(action["domain"]).amount, 300)

    def test_a_figure_follows_the_payment_at_once(self):
        invoice = self._create_invoice("2026-04-01", 300)
        self.assertEqual(self._get_due().amount, 300)
        self._pay(invoice, 100, "2026-05-01")
        self.env.invalidate_all()
        self.assertEqual(self._get_due().amount, 200)

    def test_others_do_not_read_the_list(self):
        employee = self._create_user("due_employee")
        with self.assertRaises(AccessError):
            self.env["cosmetics.finance.due"].with_user(employee).search([])
        with self.assertRaises(AccessError):
            self.partner.with_user(employee).read(["overdue_receivable"])

    def test_another_company_does_not_see_the_items(self):
        self._create_invoice("2026-04-01", 300)
        outsider = self._create_user("due_outsider", "account.group_account_readonly")
        dues = self.env["cosmetics.finance.due"].with_user(outsider)
        self.assertFalse(dues.search([("partner_id", "=", self.partner.id)]))

    def test_open_items_are_found_by_the_index_among_many_closed_ones(self):
        line = self._create_invoice("2026-04-01", 300).line_ids.filtered("date_maturity")
        self._insert_closed_copies(line, 5000)
        query = self.env["cosmetics.finance.due"]._search([("partner_id", "=", self.partner.id)]).select()
        plan = "\n".join(row[0] for row in self.env.execute_query(SQL("EXPLAIN %s", query)))
        self.assertIn("account_move_line_open_item_idx", plan)

    def _insert_closed_copies(self, line, count):
        """Insert settled copies of an item, as years of trade leave them."""
        self.env.flush_all()
        names = [
            name for name, field in line._fields.items() if field.store and field.column_type and name not in ("id", "amount_residual")
        ]
        columns = SQL(", ").join(SQL.identifier(name) for name in names)
        self.env.cr.execute(
            SQL(
                """INSERT INTO account_move_line (amount_residual, %s)
                   SELECT 0, %s FROM account_move_line, generate_series(1, %s) WHERE id = %s""",
                columns,
                SQL(", ").join(SQL.identifier("account_move_line", name) for name in names),
                count,
                line.id,
            )
        )
        self.env.cr.execute("ANALYZE account_move_line")


@tagged("post_install", "-at_install")
class TestBands(DueCommon):
    @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
    @given(st.integers(-1000, 3000), st.integers(0, 500))
    def test_an_older_item_is_never_in_a_younger_band(self, days, more):
        order = [code for code, _last in BANDS]
        self.assertLessEqual(order.index(find_band(days)), order.index(find_band(days + more)))
