from odoo import fields, models


class CosmeticsAuditPackFile(models.Model):
    """A line of the control page: what a file holds, and what the ledger says. Written by the job alone."""

    _name = "cosmetics.audit.pack.file"
    _description = "File of an Audit Pack"
    _order = "id"

    pack_id = fields.Many2one("cosmetics.audit.pack", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="pack_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    name = fields.Char(string="File", required=True)
    subject = fields.Char(string="What Is Counted", readonly=True)
    item_count = fields.Integer(string="In the File", readonly=True)
    ledger_count = fields.Integer(string="In the Ledger", readonly=True)
    debit = fields.Monetary(string="Debit in the File", readonly=True)
    ledger_debit = fields.Monetary(string="Debit in the Ledger", readonly=True)
    credit = fields.Monetary(string="Credit in the File", readonly=True)
    ledger_credit = fields.Monetary(string="Credit in the Ledger", readonly=True)
    has_amounts = fields.Boolean(readonly=True)
    size = fields.Integer(string="Size (Bytes)", readonly=True)
    sha256 = fields.Char(string="SHA-256", readonly=True)
