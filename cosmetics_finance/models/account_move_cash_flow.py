from odoo import api, fields, models
from odoo.exceptions import ValidationError


class AccountMove(models.Model):
    _inherit = "account.move"

    cash_flow_ids = fields.One2many("cosmetics.cash.flow", "move_id", string="Cash Flows", readonly=True)

    def write(self, vals):
        changed = self.filtered(lambda move: move.state == "posted") if {"state", "date"}.intersection(vals) else self.browse()
        res = super().write(vals)
        self.env["cosmetics.cash.flow"]._forget(changed)
        return res


class AccountMoveLine(models.Model):
    """A journal item may name the row of the cash-flow statement by hand; anything that moves money drops what was worked out."""

    _inherit = "account.move.line"

    # What the cash flow of an entry is worked out from.
    CASH_FLOW_FIELDS = {
        *("account_id", "balance", "debit", "credit", "amount_currency", "move_id", "display_type", "tax_line_id", "cash_flow_row_id"),
    }

    cash_flow_row_id = fields.Many2one(
        "cosmetics.statement.row",
        string="Cash-Flow Item",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        domain="[('statement_id.kind', '=', 'cash_flow'), ('kind', '=', 'amount'), ('role', 'not in', ['opening_cash'])]",
        help="Row of the cash-flow statement for the money of this journal item. Empty: the rules of the statement decide.",
    )

    @api.constrains("cash_flow_row_id")
    def _check_cash_flow_row(self):
        for line in self.filtered("cash_flow_row_id"):
            row = line.cash_flow_row_id
            chart = line.company_id.root_id.chart_template
            if (
                row.kind != "amount"
                or row.role == "opening_cash"
                or (row.statement_id.kind, row.statement_id.chart) != ("cash_flow", chart)
            ):
                raise ValidationError(
                    self.env._(
                        "“%(row)s” takes no cash flow of this company. Choose a row of the company's own cash-flow statement that is "
                        "neither a heading nor a total.",
                        row=row.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        self.env["cosmetics.cash.flow"]._forget(lines.filtered(lambda line: line.parent_state == "posted").move_id)
        return lines

    def write(self, vals):
        if not self.CASH_FLOW_FIELDS.intersection(vals):
            return super().write(vals)
        before = {}
        if "cash_flow_row_id" in vals:
            self._check_cash_flow_open()
            before = self._get_cash_flow_names()
        moves = self.filtered(lambda line: line.parent_state == "posted").move_id
        res = super().write(vals)
        self.env["cosmetics.cash.flow"]._forget(moves)
        self._log_cash_flow_rows(before)
        return res

    def unlink(self):
        moves = self.filtered(lambda line: line.parent_state == "posted").move_id
        res = super().unlink()
        self.env["cosmetics.cash.flow"]._forget(moves.exists())
        return res

    def _check_cash_flow_open(self):
        """The cash-flow statement of a closed month has been handed in: its items stay."""
        for company, lines in self.filtered(lambda line: line.parent_state == "posted").grouped("company_id").items():
            self.env["cosmetics.period.close"]._check_open(company, min(lines.mapped("date")))

    def _get_cash_flow_names(self):
        return {line: line.cash_flow_row_id.name for line in self}

    def _log_cash_flow_rows(self, before):
        """Write into the history of the entries who named which row, and which it was before."""
        rules = self.env._("by the rules")
        for line, name in before.items():
            if line.parent_state == "posted" and line.cash_flow_row_id.name != name:
                line.move_id._message_log(
                    body=self.env._(
                        "Cash-flow item of %(account)s: %(before)s → %(after)s",
                        account=line.account_id.display_name,
                        before=name or rules,
                        after=line.cash_flow_row_id.name or rules,
                    )
                )


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        self.env["cosmetics.cash.flow"]._forget((partials.debit_move_id | partials.credit_move_id).move_id)
        return partials

    def unlink(self):
        moves = (self.debit_move_id | self.credit_move_id).move_id
        # Before the connection is cut, so that all who were near it are found.
        self.env["cosmetics.cash.flow"]._forget(moves)
        return super().unlink()


class AccountAccount(models.Model):
    _inherit = "account.account"

    def write(self, vals):
        res = super().write(vals)
        if {"code", "code_store"}.intersection(vals):
            self.env["cosmetics.cash.flow"]._forget_all()
        return res
