from odoo import fields, models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    bank_key = fields.Char(string="Key of the Bank", readonly=True, copy=False, help="The same movement in another file has the same key.")
    bank_at = fields.Datetime(string="Time at the Bank", readonly=True, copy=False)
    bank_balance = fields.Monetary(string="Balance at the Bank", readonly=True, copy=False, help="What the bank says the balance was then.")
    has_bank_balance = fields.Boolean(readonly=True, copy=False)

    _bank_key_uniq = models.UniqueIndex(
        "(journal_id, bank_key) WHERE bank_key IS NOT NULL", "This movement of the bank account was read already. Check the files again."
    )
