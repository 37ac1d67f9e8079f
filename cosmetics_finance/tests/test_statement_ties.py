"""Generated books: the statements tie to the cent, whatever was booked, and agree with SQL written another way."""

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from .common_statement import StatementCommon

YEARS = (2024, 2025, 2026)
CENTS = st.integers(min_value=1, max_value=9_999_999)
DAYS = st.builds(date, st.sampled_from(YEARS), st.integers(1, 5), st.integers(1, 28))
# Accounts that only banks, insurers and brokers use have no row in the form of general enterprises.
SMALL = ("1001", "1002", "1012", "1122", "1123", "1221", "1405", "1407", "1601", "1602", "1701", "1901", "2001", "2202", "2203", "2211")
SMALL += ("22210101", "22210107", "222102", "222106", "2241", "2401", "3001", "3101", "3104", "4101", "5001", "5051", "5111", "5301")
SMALL += ("5401", "540303", "5601", "560102", "5602", "5603", "560301", "5711", "5801")
LARGE = ("1001", "1002", "1004", "1012", "1122", "1123", "1131", "1221", "1231", "1405", "1471", "1601", "1602", "1721", "2001", "2202")
LARGE += ("2203", "2204", "2211", "2221", "2241", "2510", "4001", "4101", "4104", "4201", "5001", "6001", "6051", "6061", "6101", "6111")
LARGE += ("6115", "6301", "6401", "6403", "6411", "6601", "6602", "6603", "6701", "6711", "6721", "6801", "6901")


def entries(accounts):
    """Return a strategy of entries: (day, [(account, cents, partner number)]) that balance; negative pairs are storno."""
    side = st.tuples(st.sampled_from(accounts), CENTS, st.integers(0, 2))
    free = st.tuples(DAYS, st.lists(side, min_size=1, max_size=4), st.sampled_from(accounts), st.booleans())
    return free.map(_balance)


def _balance(drawn):
    day, sides, last, is_turned = drawn
    sign = -1 if is_turned else 1
    lines = [(account, sign * cents * (1 if index % 2 else -1), partner) for index, (account, cents, partner) in enumerate(sides)]
    return day, [*lines, (last, -sum(cents for _account, cents, _partner in lines), sides[0][2])]


class Ties(StatementCommon):
    """Posts what Hypothesis draws, closes some of the years, and compares."""

    accounts_used, result, profit, distribution = SMALL, "5", "3103", "3104"

    def _post_all(self, drawn, closed):
        partners = [self.env["res.partner"], self.partner, self.other]
        values = []
        for day, lines in drawn:
            entry = [(account, cents / 100, *([partners[partner]] if partner else [])) for account, cents, partner in lines]
            values.append(self._prepare_entry(day.isoformat(), *entry))
        self.books["account.move"].create(values).action_post()
        for year in closed:
            self._close_by_hand(year)

    def _close_by_hand(self, year):
        """Book what an accountant books at the end of a year: all results to 3103, then to 3104."""
        sums = self._sum_by_code(f"{year}-01-01", f"{year}-12-31")
        results = {code: amount for code, amount in sums.items() if code.startswith(self.result) and amount}
        total = sum(results.values())
        lines = [(code, float(-amount)) for code, amount in results.items()]
        if lines:
            self._enter(f"{year}-12-31", *lines, (self.profit, float(total)))
            self._enter(f"{year}-12-31", (self.profit, float(-total)), (self.distribution, float(total)))

    def _sum_by_code(self, begin, end):
        self.env.flush_all()
        self.env.cr.execute(
            """
            SELECT account.code_store ->> %s, SUM(debit)::numeric(16, 2)::text, SUM(credit)::numeric(16, 2)::text
              FROM account_move_line item JOIN account_account account ON account.id = item.account_id
             WHERE item.company_id = %s AND item.parent_state = 'posted' AND item.date >= %s AND item.date <= %s GROUP BY 1
            """,
            (str(self.company.id), self.company.id, begin, end),
        )
        return {code: Decimal(debit) - Decimal(credit) for code, debit, credit in self.env.cr.fetchall()}

    def _check_ties(self, drawn, closed):
        with self.env.cr.savepoint() as savepoint:
            self._post_all(drawn, closed)
            for vals in ({"month": "5"}, {"month": "2"}, {"period_kind": "year", "year": "2025"}):
                for check in self._create_report("balance", **vals)._get_checks():
                    self.assertTrue(check["is_met"], check["text"])
            self._compare()
            savepoint.rollback()
        self.env.invalidate_all()

    def _compare(self):
        """Overridden by the charts whose rows are summed another way."""


def ties(test):
    """Run a test on drawn books: sixteen examples, always the same ones."""
    quiet = settings(max_examples=16, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    return quiet(test)


@tagged("post_install", "-at_install")
@freeze_time("2026-05-28")
class TestSmallTies(Ties):
    @ties
    @given(st.lists(entries(SMALL), min_size=1, max_size=9), st.sets(st.sampled_from((2024, 2025))))
    def test_the_three_checks_hold_on_any_books(self, drawn, closed):
        self._check_ties(drawn, closed)

    def _compare(self):
        figures = self._create_report("balance")._get_figures()[0]
        expected = {
            "1": self._query("SELECT SUM(debit - credit) FROM items WHERE code ~ '^(1001|1002|1012)'"),
            "4": self._query(
                "SELECT SUM(GREATEST(owed, 0)) FROM (SELECT left(code, 4), partner_id, SUM(debit - credit) AS owed"
                " FROM items WHERE code ~ '^(1122|2203)' GROUP BY 1, 2) one"
            ),
            "33": self._query(
                "SELECT SUM(GREATEST(due, 0)) FROM (SELECT left(code, 4), partner_id, SUM(credit - debit) AS due"
                " FROM items WHERE code ~ '^(2202|1123)' GROUP BY 1, 2) one"
            ),
            "9": self._query("SELECT SUM(debit - credit) FROM items WHERE code ~ '^(140|1411|1421|4001|4101|44)'"),
            "51": self._query("SELECT SUM(credit - debit) FROM items WHERE code ~ '^(3103|3104|5)'"),
        }
        for code, amount in expected.items():
            self.assertEqual(figures[code][0], amount, code)

    def _query(self, select):
        self.env.flush_all()
        query = SQL(
            "WITH items AS (SELECT account.code_store ->> %s AS code, item.partner_id, item.debit, item.credit FROM account_move_line item"
            " JOIN account_account account ON account.id = item.account_id JOIN account_move move ON move.id = item.move_id"
            " WHERE move.state = 'posted' AND move.company_id = %s AND move.date < '2026-06-01')"
            " SELECT COALESCE((%s), 0)::numeric(16, 2)::text",
            str(self.company.id),
            self.company.id,
            SQL(select),
        )
        return Decimal(self.env.execute_query(query)[0][0])


@tagged("post_install", "-at_install")
@freeze_time("2026-05-28")
class TestLargeTies(Ties):
    chart = "cn_large_bis"
    accounts_used, result, profit, distribution = LARGE, "6", "4103", "4104"

    @ties
    @given(st.lists(entries(LARGE), min_size=1, max_size=9), st.sets(st.sampled_from((2024, 2025))))
    def test_the_three_checks_hold_on_any_books(self, drawn, closed):
        self._check_ties(drawn, closed)
