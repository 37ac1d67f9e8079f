from odoo import fields, models

DOCUMENTS = {
    "out_invoice": "invoice",
    "out_receipt": "invoice",
    "in_invoice": "invoice",
    "in_receipt": "invoice",
    "out_refund": "credit_note",
    "in_refund": "credit_note",
}


class CosmeticsAccountStatementLine(models.Model):
    """A document on a statement of account, as it was when the statement was made. Only the statement writes it."""

    _name = "cosmetics.account.statement.line"
    _description = "Line of a Statement of Account"
    _order = "statement_id, sequence, id"
    _rec_name = "move_name"

    statement_id = fields.Many2one("cosmetics.account.statement", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="statement_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    sequence = fields.Integer(required=True)
    date = fields.Date(required=True)
    move_id = fields.Many2one("account.move", string="Journal Entry", ondelete="set null", index="btree_not_null")
    move_name = fields.Char(string="Document")
    ref = fields.Char(string="Reference")
    document = fields.Selection(
        [("invoice", "Invoice"), ("credit_note", "Credit Note"), ("payment", "Payment"), ("entry", "Entry")], string="Type", required=True
    )
    increase = fields.Monetary(string="Invoiced")
    decrease = fields.Monetary(string="Settled")
    balance = fields.Monetary()
