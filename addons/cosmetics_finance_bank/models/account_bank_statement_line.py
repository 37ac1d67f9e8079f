from odoo import api, fields, models

FROM_FILES = frozenset(("bank_key", "bank_at", "bank_balance", "has_bank_balance"))


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    bank_key = fields.Char(string="Key of the Bank", readonly=True, copy=False, help="The same movement in another file has the same key.")
    bank_at = fields.Datetime(string="Time at the Bank", readonly=True, copy=False)
    bank_balance = fields.Monetary(string="Balance at the Bank", readonly=True, copy=False, help="What the bank says the balance was then.")
    has_bank_balance = fields.Boolean(readonly=True, copy=False)

    _bank_key_uniq = models.UniqueIndex(
        "(journal_id, bank_key) WHERE bank_key IS NOT NULL", "This movement of the bank account was read already. Check the files again."
    )

    @api.model_create_multi
    def create(self, vals_list):
        """What the bank's file says comes from files only, whatever an import or RPC brings along."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in FROM_FILES} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Refuse what comes from files: another key would let a movement in twice."""
        if not self.env.su and (kept := FROM_FILES & vals.keys()):
            self._refuse_fields(kept)
        return super().write(vals)
