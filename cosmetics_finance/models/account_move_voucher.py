from decimal import Decimal

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.voucher import in_capitals, paginate

WORD = "记"


class AccountMove(models.Model):
    """The number of the voucher (凭证字号): 记-0001 and on, anew in each month, over all journals of a company.

    Numbers are given to a whole month at once, by date, not at posting: a number without gaps would make all who post wait for each
    other. Until the month is closed it can be numbered again.
    """

    _inherit = "account.move"

    voucher_month = fields.Char(string="Month of the Voucher", copy=False, readonly=True)
    voucher_number = fields.Integer(copy=False, readonly=True)
    voucher_code = fields.Char(string="Voucher No.", compute="_compute_voucher_code", search="_search_voucher_code")

    _voucher_uniq = models.UniqueIndex(
        "(company_id, voucher_month, voucher_number) WHERE voucher_number > 0", "Two vouchers of a month have the same number."
    )

    @api.depends("voucher_number")
    def _compute_voucher_code(self):
        for move in self:
            move.voucher_code = f"{WORD}-{move.voucher_number:04d}" if move.voucher_number else False

    def _search_voucher_code(self, operator, value):
        """Find 记-0012 as well as 12."""
        if operator not in ("=", "ilike", "like", "in"):
            return NotImplemented
        words = [value] if isinstance(value, str) else list(value or [])
        digits = [int(text) for text in (str(word).replace(f"{WORD}-", "") for word in words) if text.isdigit()]
        return [("voucher_number", "in", digits)]

    def write(self, vals):
        res = super().write(vals)
        if "date" in vals or vals.get("state") in ("draft", "cancel"):
            # An entry that leaves the books or its month leaves its number too.
            numbered = self.filtered(
                lambda move: move.voucher_number and (move.state != "posted" or f"{move.date:%Y-%m}" != move.voucher_month)
            )
            if numbered:
                super(AccountMove, numbered).write({"voucher_number": 0, "voucher_month": False})
        return res

    @api.model
    def _number_vouchers(self, company, begin, end):
        """Number all posted entries of a month anew by date; return how many there are. Gaps are gone afterwards."""
        self.flush_model()
        companies = tuple(self.env["cosmetics.statement"]._get_companies(company).ids)
        # Two people must not number the same month at once: the second waits here, then begins anew.
        self.env.cr.execute(SQL("SELECT id FROM res_company WHERE id IN %s ORDER BY id FOR NO KEY UPDATE", companies))
        where = SQL("company_id IN %s AND date BETWEEN %s AND %s", companies, begin, end)
        self.env.cr.execute(SQL("UPDATE account_move SET voucher_number = 0, voucher_month = NULL WHERE voucher_number > 0 AND %s", where))
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_move move SET voucher_number = numbered.number, voucher_month = %s
                  FROM (SELECT id, row_number() OVER (PARTITION BY company_id ORDER BY date, id) AS number
                          FROM account_move WHERE state = 'posted' AND %s) numbered
                 WHERE numbered.id = move.id
                """,
                f"{begin:%Y-%m}",
                where,
            )
        )
        count = self.env.cr.rowcount
        self.invalidate_model(["voucher_number", "voucher_month", "voucher_code"])
        return count

    # ------------------------------------------------------------------ print
    def _get_voucher_pages(self):
        """Return the pages of the voucher (tools/voucher.py); a line is (debit, credit, summary, account, partner)."""
        self.ensure_one()
        items = self.line_ids.filtered("account_id").sorted(lambda line: (line.balance < 0, line.sequence, line.id))
        return paginate([self._prepare_voucher_line(line) for line in items])

    def _prepare_voucher_line(self, line):
        digits = line.company_currency_id.decimal_places
        debit, credit = (Decimal(f"{amount:.{digits}f}") for amount in (line.debit, line.credit))
        return debit, credit, line.name or self.ref or self.name or "", line.account_id.display_name, line.partner_id.name or ""

    def _get_voucher_capitals(self, amount):
        return in_capitals(amount)
