from odoo import fields, models


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    import_file_id = fields.Many2one(
        "cosmetics.bank.import.file", string="Read from", readonly=True, index="btree_not_null", copy=False, ondelete="set null"
    )
