from odoo import fields, models


class CosmeticsStockCountReason(models.Model):
    """Why a count found something else than the books say."""

    _name = "cosmetics.stock.count.reason"
    _description = "Reason of a Count Difference"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short technical name, the same in every language.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_input_vat_transferred = fields.Boolean(
        string="Input VAT Transferred Out",
        help="An abnormal loss: goods stolen, lost or spoiled by bad management. The input VAT on them is no longer deducted "
        "(VAT law: abnormal losses).",
    )

    _code_uniq = models.UniqueIndex("(lower(code))", "Another reason has this code. Choose another code.")
