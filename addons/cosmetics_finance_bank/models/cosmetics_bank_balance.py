"""The balance of the bank against the books at the end of a month (银行存款余额调节表)."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError
from odoo.tools import date_utils

GROUPS = ("bank_in", "bank_out", "book_in", "book_out")
COUNTED = {"state", "ledger_balance", "suspense_balance", "way_balance", "line_ids"}


class CosmeticsBankBalance(models.Model):
    """One bank account at the end of one month: both balances, what each side has not booked yet, and whether they meet.

    What is open is what was open at the end of the month, by the dates of the entries; a confirmed sheet stays as it was printed.
    """

    _name = "cosmetics.bank.balance"
    _description = "Bank Balance against the Books"
    _inherit = ["mail.thread"]
    _order = "date desc, journal_id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    journal_id = fields.Many2one(
        "account.journal", string="Bank Account", required=True, index=True, domain="[('type', '=', 'bank')]", check_company=True
    )
    date = fields.Date(string="End of Month", required=True, default=lambda self: self._default_date())
    state = fields.Selection(
        [("draft", "Draft"), ("done", "Confirmed")], default="draft", required=True, readonly=True, copy=False, tracking=True
    )
    bank_balance = fields.Monetary(string="Balance at the Bank", help="By the files of the bank; type it when they tell no balance.")
    ledger_balance = fields.Monetary(string="Bank Account in the Ledger", readonly=True)
    suspense_balance = fields.Monetary(string="Less Movements not Reconciled", readonly=True)
    way_balance = fields.Monetary(string="Payments on Their Way", readonly=True)
    book_balance = fields.Monetary(
        string="Balance in the Books",
        compute="_compute_totals",
        help="The ledger without movements that nobody has reconciled yet, with payments that the bank has not shown yet.",
    )
    line_ids = fields.One2many("cosmetics.bank.balance.line", "sheet_id", string="Open Items", copy=False)
    bank_in = fields.Monetary(string="Received by the Bank, not in the Books", compute="_compute_totals")
    bank_out = fields.Monetary(string="Paid by the Bank, not in the Books", compute="_compute_totals")
    book_in = fields.Monetary(string="Received by the Books, not at the Bank", compute="_compute_totals")
    book_out = fields.Monetary(string="Paid by the Books, not at the Bank", compute="_compute_totals")
    adjusted_book = fields.Monetary(string="Books, Adjusted", compute="_compute_totals")
    adjusted_bank = fields.Monetary(string="Bank, Adjusted", compute="_compute_totals")
    difference = fields.Monetary(compute="_compute_totals", help="Must be 0: then the ledger and the bank agree.")

    _month_uniq = models.UniqueIndex("(journal_id, date)", "This bank account has a sheet of this month already. Open that one.")

    def _default_date(self):
        return date_utils.end_of(fields.Date.context_today(self) - date_utils.relativedelta(months=1), "month")

    @api.depends("journal_id", "date")
    def _compute_name(self):
        for sheet in self:
            sheet.name = f"{sheet.journal_id.name or ''} {sheet.date:%Y-%m}" if sheet.date else ""

    @api.depends("journal_id", "company_id")
    def _compute_currency_id(self):
        for sheet in self:
            sheet.currency_id = sheet.journal_id.currency_id or sheet.company_id.currency_id

    @api.depends("line_ids.amount", "line_ids.kind", "bank_balance", "ledger_balance", "suspense_balance", "way_balance")
    def _compute_totals(self):
        for sheet in self:
            currency = sheet.currency_id
            for kind in GROUPS:
                sheet[kind] = currency.round(abs(sum(line.amount for line in sheet.line_ids if line.kind == kind)))
            sheet.book_balance = currency.round(sheet.ledger_balance + sheet.suspense_balance + sheet.way_balance)
            sheet.adjusted_book = currency.round(sheet.book_balance + sheet.bank_in - sheet.bank_out)
            sheet.adjusted_bank = currency.round(sheet.bank_balance + sheet.book_in - sheet.book_out)
            sheet.difference = currency.round(sheet.adjusted_book - sheet.adjusted_bank)

    @api.model_create_multi
    def create(self, vals_list):
        """A sheet is of a whole month and is filled in at once; a balance that was typed stays."""
        typed = [bool(vals.get("bank_balance")) for vals in vals_list]
        sheets = super().create([{**self._keep_typed(vals), **self._get_whole_month(vals)} for vals in vals_list])
        for sheet, has_balance in zip(sheets, typed, strict=True):
            sheet._fill(with_bank=not has_balance)
        return sheets

    def write(self, vals):
        """A confirmed sheet stays; figures are counted, not typed, but for the balance of the bank."""
        if not self.env.su and COUNTED & vals.keys():
            raise UserError(self.env._("The figures of this sheet are counted from the books. Fill it in again."))
        if not self.env.su and any(sheet.state == "done" for sheet in self):
            raise UserError(self.env._("This sheet is confirmed. Reopen it first."))
        res = super().write({**vals, **self._get_whole_month(vals)})
        if {"date", "journal_id"} & vals.keys():
            for sheet in self:
                sheet._fill()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(sheet.state == "done" for sheet in self):
            raise UserError(self.env._("This sheet is confirmed. Reopen it first."))

    def action_fill(self):
        """Count again what is open and what the balances are."""
        self.check_access("write")
        for sheet in self:
            sheet._check_draft()
            sheet._fill()

    def action_confirm(self):
        """Keep the sheet as it is; both sides must meet."""
        self.check_access("write")
        hold_rows(self)
        for sheet in self:
            sheet._check_draft()
            if not sheet.currency_id.is_zero(sheet.difference):
                raise UserError(
                    self.env._(
                        "Ledger and bank differ by %s. Import the missing movements, or look for entries on the bank account made by hand.",
                        f"{sheet.difference:.2f}",
                    )
                )
        self.sudo().state = "done"  # sudo: the state is the buttons' alone

    def action_reopen(self):
        """Open a confirmed sheet again."""
        self.check_access("write")
        self.sudo().state = "draft"  # sudo: as above

    # ------------------------------------------------------------------ counting
    def _keep_typed(self, vals):
        return {name: value for name, value in vals.items() if name not in COUNTED}

    def _get_whole_month(self, vals):
        day = fields.Date.to_date(vals.get("date"))
        return {"date": date_utils.end_of(day, "month")} if day else {}

    def _check_draft(self):
        if self.state == "done":
            raise UserError(self.env._("This sheet is confirmed. Reopen it first."))

    def _fill(self, with_bank=True):
        """Read ledger, bank and open items at the end of the month."""
        self.ensure_one()
        self.env.flush_all()
        lines = self._prepare_open_lines()
        vals = {
            "ledger_balance": self._get_ledger_balance(),
            "suspense_balance": -sum(line["amount"] for line in lines if line["kind"] in ("bank_in", "bank_out")),
            "way_balance": sum(line["amount"] for line in lines if line["kind"] in ("book_in", "book_out")),
            "line_ids": [Command.clear(), *map(Command.create, lines)],
        }
        if with_bank:
            vals["bank_balance"] = self._get_bank_balance()
        self.sudo().write(vals)  # sudo: what is counted is nobody's to type

    def _prepare_open_lines(self):
        """Return the values of the open items: what is open still, and what has been matched with later entries since."""
        domain = [("journal_id", "=", self.journal_id.id), ("date", "<=", self.date), ("kind", "in", GROUPS)]
        items = self.env["cosmetics.bank.open"].search(domain)
        found = [(item.kind, item.date, item.name, item.partner_id, item.amount) for item in items] + self._get_matched_later()
        return [
            {"kind": kind, "date": day, "name": name, "partner_id": partner.id, "amount": amount}
            for kind, day, name, partner, amount in sorted(found, key=lambda item: (item[0], item[1]))
        ]

    def _get_ledger_balance(self):
        """Return the balance of the bank account in the ledger, in the currency of the account."""
        is_foreign = self.currency_id != self.company_id.currency_id
        domain = [
            ("account_id", "=", self.journal_id.default_account_id.id),
            ("company_id", "=", self.company_id.id),
            ("parent_state", "=", "posted"),
            ("date", "<=", self.date),
        ]
        aggregate = "amount_currency:sum" if is_foreign else "balance:sum"
        return self.env["account.move.line"]._read_group(domain, aggregates=[aggregate])[0][0] or 0.0

    def _get_bank_balance(self):
        """Return what the bank says: the balance of the last movement that has one, and what came after it; 0 when none has."""
        lines = self.env["account.bank.statement.line"]
        domain = [("journal_id", "=", self.journal_id.id), ("date", "<=", self.date), ("state", "=", "posted")]
        last = lines.search([*domain, ("has_bank_balance", "=", True)], order="internal_index desc", limit=1)
        if not last:
            return 0.0
        later = lines._read_group([*domain, ("internal_index", ">", last.internal_index)], aggregates=["amount:sum"])[0][0]
        return self.currency_id.round(last.bank_balance + (later or 0.0))


class CosmeticsBankBalanceLine(models.Model):
    """An open item of a sheet, as it was when the sheet was filled in."""

    _name = "cosmetics.bank.balance.line"
    _description = "Open Item of a Bank Balance"
    _order = "kind, date, id"

    sheet_id = fields.Many2one("cosmetics.bank.balance", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="sheet_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="sheet_id.currency_id")
    kind = fields.Selection(
        [
            ("bank_in", "Received by the Bank, not in the Books"),
            ("bank_out", "Paid by the Bank, not in the Books"),
            ("book_in", "Received by the Books, not at the Bank"),
            ("book_out", "Paid by the Books, not at the Bank"),
        ],
        required=True,
    )
    date = fields.Date()
    name = fields.Char(string="Memo")
    partner_id = fields.Many2one("res.partner")
    amount = fields.Monetary()
