"""Why a buyer comes back."""

from odoo import fields, models


class CosmeticsAftersaleReason(models.Model):
    """A reason of after-sales; reports count by it."""

    _name = "cosmetics.aftersale.reason"
    _description = "After-Sale Reason"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, help="Short technical name, the same in every language.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    is_allergy = fields.Boolean(
        string="Allergy or Irritation", help="The skin reacted to the product: the shop must take the case down and report it."
    )
    is_no_reason = fields.Boolean(string="Without Reason", help="The buyer changed his mind: only within seven days of receipt.")
    is_sellers_fault = fields.Boolean(
        string="Our Fault", help="Wrong, broken or missing goods: the freight is given back, and there is no limit of seven days."
    )

    _code_uniq = models.UniqueIndex("(lower(code))", "Another after-sale reason has this code. Choose another code.")
