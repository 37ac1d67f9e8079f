"""What vendors are judged by, and how much it weighs."""

from odoo import fields, models

KINDS = [
    ("on_time", "On Time"),
    ("quantity", "Quantity Delivered"),
    ("quality", "Inspection Passed"),
    ("life", "Remaining Life at Receipt"),
    ("price", "Price Trend"),
    ("answer", "Hours to Answer"),
    ("manual", "Judgement of the Buyer"),
]


class CosmeticsVendorCriterion(models.Model):
    _name = "cosmetics.vendor.criterion"
    _description = "Criterion of Vendor Evaluations"
    _order = "sequence, id"
    _rec_name = "kind"

    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True)
    weight = fields.Integer(string="Weighting", required=True, default=10, help="How much it counts beside the others. 0: not at all.")

    _one_per_kind = models.Constraint("UNIQUE (kind)", "This criterion is there already. Change its weight.")
    _weight_sane = models.Constraint("CHECK (weight >= 0)", "A weight cannot be negative. Enter 0 for a criterion that does not count.")
