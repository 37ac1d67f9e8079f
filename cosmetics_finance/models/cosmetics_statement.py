import csv

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import file_open

from ..tools import cash_flow, statement

ROWS = "cosmetics_finance/data/statement_rows.csv"


class CosmeticsStatement(models.Model):
    """A statutory statement of one chart of accounts: which rows it has and which accounts belong to each.

    Definitions are shared by all companies on the chart. The rows come with the module once; what an accountant changes stays.
    """

    _name = "cosmetics.statement"
    _description = "Statutory Statement"
    _order = "chart, sequence"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    chart = fields.Char(required=True, help="Technical name of the chart of accounts, for example cn.")
    kind = fields.Selection(
        [("balance", "Balance Sheet"), ("income", "Income Statement"), ("cash_flow", "Cash-Flow Statement")],
        string="Statement",
        required=True,
    )
    form_code = fields.Char(string="Form", translate=True, help="Number of the official form, printed at its top.")
    profit_accounts = fields.Char(
        string="Profit of the Year",
        help="Accounts that take the profit when a year is closed. An entry that posts there and on income or expense accounts is a "
        "closing entry: the income statement leaves it out.",
    )
    result_accounts = fields.Char(
        string="Income and Expenses",
        help="First digits of all accounts of income and expenses, for example 5: the income statement lists those that have no row.",
    )
    correction_accounts = fields.Char(
        string="Corrections of Past Years",
        help="Accounts of income and expenses that change undistributed profit and no profit of this year, for example 6901.",
    )
    row_ids = fields.One2many("cosmetics.statement.row", "statement_id", string="Rows")

    _chart_kind_uniq = models.Constraint("UNIQUE(chart, kind)", "A chart of accounts has one statement of each kind.")

    @api.model
    def _load_rows(self):
        """Create the rows of the official forms that are not there yet; rows that are stay as they are."""
        with file_open(ROWS) as source:
            records = [self._prepare_row_data(line) for line in csv.DictReader(source)]
        self.env["cosmetics.statement.row"]._load_records(records, update=True)

    @api.model
    def _prepare_row_data(self, line):
        values = {name: value or False for name, value in line.items() if name not in ("id", "statement")}
        values["statement_id"] = self.env.ref(f"cosmetics_finance.{line['statement']}").id
        values["is_credit"] = line["is_credit"] == "1"
        return {"xml_id": f"cosmetics_finance.{line['id']}", "values": values, "noupdate": True}

    @api.model
    def _get_of_company(self, company, kind):
        """Return the statement of a company; raise a sentence when its chart of accounts has none."""
        chart = company.root_id.chart_template
        found = self.search([("chart", "=", chart), ("kind", "=", kind)], limit=1)
        if not found:
            raise UserError(
                self.env._(
                    "There is no statutory statement for the chart of accounts of %(company)s. Choose a company that keeps its books by "
                    "the Accounting Standards for Small Enterprises or for Enterprises, or define the statement under Configuration.",
                    company=company.name,
                )
            )
        return found

    def _get_definition(self):
        """Return the rows as plain data, ready to compute (tools/statement.py)."""
        return statement.Definition([row._get_plain() for row in self.row_ids])

    def _get_rules(self):
        """Return the rules that place cash flows, as plain data (tools/cash_flow.py)."""
        return [row._get_rule() for row in self.row_ids if row.kind == "amount" and row.role != "opening_cash"]

    def _get_row(self, role):
        """Return the row with a role, for example the one with the total of assets; empty when nobody has named one."""
        return self.row_ids.filtered(lambda row: row.role == role)[:1]

    def _check_rows(self):
        """Raise one sentence about the first fault of the rows."""
        for record in self:
            faults = statement.find_faults([row._get_plain() for row in record.row_ids])
            if record.kind == "cash_flow":
                faults += cash_flow.find_faults(record._get_rules())
            if faults:
                raise ValidationError(record._get_fault_sentence(*faults[0]))

    def _get_fault_sentence(self, fault, subject):
        sentences = {
            "accounts": self.env._(
                "%(name)s: “%(subject)s” is not an account. Write the first digits of accounts, divided by blanks: 1001 D1122*."
            ),
            "twice": self.env._("%(name)s: accounts that begin with %(subject)s belong to two rows. Take them out of one."),
            "one_sided": self.env._(
                "%(name)s: %(subject)s is divided by debit and credit, so one row needs D%(subject)s and one C%(subject)s, "
                "both with * or both without."
            ),
            "total": self.env._("%(name)s: “%(subject)s” is not a sum. Write codes of rows with + and -: 18-19."),
            "unknown_row": self.env._("%(name)s: a total names the row %(subject)s, which does not exist."),
            "circle": self.env._("%(name)s: the row %(subject)s is part of its own total."),
        }
        return sentences[fault] % {"name": self.name, "subject": subject}
