"""An invoice that the customer disputes is not dunned: first it is cleared what is owed."""

from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    is_disputed = fields.Boolean(
        string="Disputed", copy=False, tracking=True, help="The customer disputes it: it is not dunned and holds no delivery."
    )
    dispute_reason = fields.Char(copy=False, tracking=True)

    _dispute_has_reason = models.Constraint(
        "CHECK (NOT is_disputed OR btrim(dispute_reason) <> '')", "Say what the customer disputes about the invoice."
    )
