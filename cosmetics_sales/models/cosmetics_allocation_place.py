"""A warehouse or shop that an allocation rule may choose."""

from odoo import fields, models


class CosmeticsAllocationPlace(models.Model):
    """A candidate of a rule, with what it keeps back for customers who walk in."""

    _name = "cosmetics.allocation.place"
    _description = "Allocation Candidate"
    _order = "rule_id, sequence, id"

    rule_id = fields.Many2one("cosmetics.allocation.rule", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="rule_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, index=True, ondelete="cascade")
    reserve_quantity = fields.Float(
        string="Kept for the Shop", digits="Product Unit", help="Units of each product that stay there for customers who walk in."
    )

    _warehouse_uniq = models.UniqueIndex("(rule_id, warehouse_id)", "The rule names this warehouse twice. Remove one of the rows.")
    _reserve_positive = models.Constraint("CHECK (reserve_quantity >= 0)", "What a shop keeps cannot be negative. Correct the quantity.")
