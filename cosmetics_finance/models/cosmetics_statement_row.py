from odoo import api, fields, models

from ..tools import cash_flow, statement


class CosmeticsStatementRow(models.Model):
    """A row of a statutory statement. The rows of a cash-flow statement are the items a movement of money can belong to."""

    _name = "cosmetics.statement.row"
    _description = "Row of a Statutory Statement"
    _order = "statement_id, sequence, id"

    statement_id = fields.Many2one("cosmetics.statement", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="By this name the totals of the statement speak of the row.")
    number = fields.Char(string="Row No.", help="Printed beside the row; empty for forms without numbers.")
    name = fields.Char(required=True, translate=True)
    indent = fields.Integer(help="How many steps the name stands to the right.")
    kind = fields.Selection(
        [("heading", "Heading"), ("amount", "Amount"), ("of_which", "Of Which"), ("total", "Total")],
        required=True,
        default="amount",
        help="“Of which” repeats a part of a row above: it is not counted again.",
    )
    is_credit = fields.Boolean(string="Credit Side", help="The row shows credit balances (or payments) as positive amounts.")
    page_side = fields.Selection([("left", "Left"), ("right", "Right")], help="Where the row stands in a balance sheet.")
    accounts = fields.Char(
        help="First digits of the accounts, divided by blanks; the longest one that fits an account wins. D1122 takes only debit balances, "
        "C1122 only credit balances, and with * each partner is judged alone: D1122* C2203*."
    )
    total = fields.Char(string="Sum of Rows", help="Codes of other rows with + and -, for example 18-19.")
    inflow_accounts = fields.Char(help="First digits of the accounts that money in this row comes from.")
    outflow_accounts = fields.Char(help="First digits of the accounts that money in this row is paid for.")
    role = fields.Selection(
        [
            ("cash", "Cash"),
            ("assets", "Total of Assets"),
            ("funding", "Total of Liabilities and Equity"),
            ("retained", "Undistributed Profit"),
            ("net_profit", "Net Profit"),
            ("net_cash", "Net Increase in Cash"),
            ("opening_cash", "Opening Cash"),
            ("closing_cash", "Closing Cash"),
            ("other", "Other Cash"),
        ],
        help="What the checks of the statements compare.",
    )

    _code_uniq = models.Constraint("UNIQUE(statement_id, code)", "Each row of a statement has a code of its own.")

    @api.constrains("statement_id", "code", "kind", "accounts", "total", "inflow_accounts", "outflow_accounts", "role")
    def _check_statement(self):
        self.statement_id._check_rows()

    @api.model_create_multi
    def create(self, vals_list):
        rows = super().create(vals_list)
        self.env["cosmetics.cash.flow"]._forget_all()
        return rows

    def write(self, vals):
        res = super().write(vals)
        if {"inflow_accounts", "outflow_accounts", "kind", "role", "accounts"}.intersection(vals):
            self.env["cosmetics.cash.flow"]._forget_all()
        return res

    def unlink(self):
        statements = self.statement_id
        res = super().unlink()
        statements._check_rows()
        self.env["cosmetics.cash.flow"]._forget_all()
        return res

    def _get_plain(self):
        return statement.Row(self.code, self.kind, self.is_credit, self.accounts or "", self.total or "")

    def _get_rule(self):
        is_other = self.role == "other"
        return cash_flow.Rule(self.id, self.inflow_accounts or "", self.outflow_accounts or "", is_other, self.is_credit)
