from odoo import fields, models


class CosmeticsDisposalReason(models.Model):
    """Why goods are destroyed or sent back."""

    _name = "cosmetics.disposal.reason"
    _description = "Disposal Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short technical name, the same in every language.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(lower(code))", "Another disposal reason has this code. Choose another code.")
