from odoo import Command, fields, models

from ..tools.bank_row import CHINA_OFFSET
from ..tools.identity import same_account

SECONDS = 24 * 3600


class CosmeticsBankImportFile(models.Model):
    """The verdict on one account's table in a file: what it holds, what is new, what speaks against it."""

    _name = "cosmetics.bank.import.file"
    _description = "Bank File"
    _order = "id"

    import_id = fields.Many2one("cosmetics.bank.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(string="File", required=True)
    profile_id = fields.Many2one("cosmetics.bank.profile", string="Format")
    journal_id = fields.Many2one("account.journal", string="Bank Account")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="Until")
    has_balance = fields.Boolean()
    opening = fields.Monetary(string="Opening Balance")
    in_total = fields.Monetary(string="Money In")
    out_total = fields.Monetary(string="Money Out")
    closing = fields.Monetary(string="Closing Balance")
    row_count = fields.Integer(string="Movements")
    new_count = fields.Integer(string="New Movements")
    known_count = fields.Integer(string="Known")
    level = fields.Selection([("ok", "Fits"), ("warning", "Look at It"), ("error", "Refused")], string="Verdict", required=True)
    verdict = fields.Text(string="Reason")
    line_ids = fields.One2many("cosmetics.bank.import.line", "file_id")
    statement_ids = fields.One2many("account.bank.statement", "import_file_id")

    def _judge(self, content, claimed):
        """Fill in what the content says; return whether it may be imported. `claimed` holds the keys of earlier files."""
        journal, error = self._find_journal(content)
        error = error or self._get_currency_error(content, journal)
        known = self._get_known(content, journal)
        fresh = [pair for pair in content.keyed if pair[0] not in known and (journal, pair[0]) not in claimed]
        claimed.update((journal, key) for key, _row in content.keyed)
        self.write(self._prepare_vals(content, journal, fresh))
        warnings = [] if error else self._get_warnings(content, fresh)
        self.level = "error" if error else "warning" if warnings else "ok"
        self.verdict = error or "\n".join(warnings) or self.env._("All sums tie.")
        new_keys = {key for key, _row in fresh}
        self.env["cosmetics.bank.import.line"].create([self._prepare_line_vals(row, key in new_keys) for key, row in content.keyed])
        return not error

    def _prepare_vals(self, content, journal, fresh):
        days = [row.day for _key, row in content.keyed]
        return {
            "profile_id": content.profile.code,
            "journal_id": journal.id,
            "date_from": min(days, default=False),
            "date_to": max(days, default=False),
            "has_balance": content.opening is not None,
            "opening": float(content.opening or 0),
            "closing": float(content.closing or 0),
            "in_total": float(content.total(1)),
            "out_total": float(content.total(-1)),
            "row_count": len(content.keyed),
            "new_count": len(fresh),
            "known_count": len(content.keyed) - len(fresh),
        }

    def _prepare_line_vals(self, row, is_new):
        return {
            "file_id": self.id,
            "date": row.day,
            "at": row.at,
            "amount": float(row.amount),
            "partner_name": row.partner,
            "memo": row.memo,
            "is_new": is_new,
        }

    def _find_journal(self, content):
        """Return (journal, sentence of what is wrong): the one that was chosen, else the one whose number the file names."""
        chosen, candidates = self.import_id.journal_id, self.import_id._get_journals()
        fits = candidates.filtered(
            lambda journal: any(same_account(told, journal.bank_account_id.acc_number or "") for told in content.accounts)
        )
        told = ", ".join(sorted(content.accounts))
        if len(content.accounts) > 1:
            return chosen, self.env._("%(name)s holds several accounts (%(told)s). Export one file for each.", name=self.name, told=told)
        if chosen:
            strange = content.accounts and chosen.bank_account_id and not fits
            sentence = self.env._(
                "%(name)s is of account %(told)s, not of %(own)s. Choose the other bank account.",
                name=self.name,
                told=told,
                own=chosen.bank_account_id.acc_number,
            )
            return chosen, sentence if strange else False
        if len(fits) != 1:
            return chosen, self.env._("Which bank account is %s of? Choose it, or enter its number in the journal of the bank.", self.name)
        return fits, False

    def _get_currency_error(self, content, journal):
        currency = journal.currency_id or self.currency_id
        others = content.currencies - {currency.name.lower()}
        if others and (currency.name == "CNY" or len(content.currencies) > 1):
            return self.env._(
                "%(name)s is in another currency (%(told)s). Choose the bank account of that currency.",
                name=self.name,
                told=", ".join(sorted(others)),
            )
        return False

    def _get_known(self, content, journal):
        """Return the keys that the bank account has already."""
        domain = [("journal_id", "=", journal.id), ("bank_key", "in", [key for key, _row in content.keyed])]
        return {key for (key,) in self.env["account.bank.statement.line"]._read_group(domain, ["bank_key"])}

    def _get_warnings(self, content, fresh):
        """Return sentences of what an accountant should look at before importing."""
        warnings = []
        if content.opening is None:
            warnings.append(self.env._("The file has no balance: whether movements are missing cannot be checked."))
        if content.repeated:
            warnings.append(self.env._("%s rows stand twice in the file and count once.", content.repeated))
        before = self._get_last_before(fresh)
        if fresh and before.has_bank_balance and fresh[0][1].balance is not None:
            opening = float(fresh[0][1].balance - fresh[0][1].amount)
            if self.currency_id.compare_amounts(before.bank_balance, opening):
                warnings.append(
                    self.env._(
                        "Movements are missing: the balance was %(before).2f on %(day)s, the file goes on from %(opening).2f.",
                        before=before.bank_balance,
                        day=before.date,
                        opening=opening,
                    )
                )
        return warnings

    def _get_last_before(self, fresh):
        """Return the movement of the bank account before the first new one."""
        lines = self.env["account.bank.statement.line"]
        if not fresh:
            return lines
        first = fresh[0][1]
        domain = [("journal_id", "=", self.journal_id.id), ("bank_at", "!=", False), ("bank_at", "<=", first.at), ("date", "<=", first.day)]
        return lines.search(domain, order="bank_at desc, id desc", limit=1)

    # ------------------------------------------------------------------ booking
    def _book(self, content):
        """Create the movements that are new, in statements: one for each stretch without a known movement between."""
        known = self._get_known(content, self.journal_id)
        stretches, open_stretch = [], None
        for key, row in content.keyed:
            if key in known:
                open_stretch = None
                continue
            if open_stretch is None:
                open_stretch = []
                stretches.append(open_stretch)
            open_stretch.append((key, row))
        for stretch in stretches:
            self._book_stretch(stretch)

    def _book_stretch(self, stretch):
        # sudo: keys and balances come from files only; who may import has been checked by the rights to the import
        model = self.env["account.bank.statement.line"].sudo()
        lines = model.create([self._prepare_statement_line_vals(key, row) for key, row in stretch]).sudo(False)
        first, last = stretch[0][1], stretch[-1][1]
        vals = {
            "name": f"{self.journal_id.code} {first.day} – {last.day}",
            "import_file_id": self.id,
            "line_ids": [Command.set(lines.ids)],
        }
        if first.balance is not None:
            vals |= {"balance_start": float(first.balance - first.amount), "balance_end_real": float(last.balance)}
        self.env["account.bank.statement"].create(vals)

    def _prepare_statement_line_vals(self, key, row):
        """Return the values of a statement line. Of one day the later has the lower sequence: so Odoo orders them."""
        local = row.at + CHINA_OFFSET
        of_day = local.hour * 3600 + local.minute * 60 + local.second if local.date() == row.day else 0
        return {
            "journal_id": self.journal_id.id,
            "date": row.day,
            "amount": float(row.amount),
            "payment_ref": row.memo or row.partner or self.env._("Bank movement"),
            "partner_name": row.partner or False,
            "account_number": row.account or False,
            "ref": row.reference or False,
            "sequence": SECONDS - of_day,
            "bank_key": key,
            "bank_at": row.at,
            "bank_balance": float(row.balance or 0),
            "has_bank_balance": row.balance is not None,
        }


class CosmeticsBankImportLine(models.Model):
    """A movement of a file before it is booked, for looking at."""

    _name = "cosmetics.bank.import.line"
    _description = "Movement in a Bank File"
    _order = "id"

    file_id = fields.Many2one("cosmetics.bank.import.file", required=True, index=True, ondelete="cascade")
    import_id = fields.Many2one(related="file_id.import_id", store=True, index=True)
    company_id = fields.Many2one(related="file_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date()
    at = fields.Datetime(string="Time")
    amount = fields.Monetary()
    partner_name = fields.Char(string="Other Side")
    memo = fields.Char()
    is_new = fields.Boolean(string="To Add")
