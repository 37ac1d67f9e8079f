from odoo import fields, models

from ..tools.count_figures import Tolerance


class ProductCategory(models.Model):
    _inherit = "product.category"

    has_count_tolerance = fields.Boolean(
        string="Own Count Tolerance", help="Goods of this category, and of those below it, have a tolerance of their own when counted."
    )
    count_tolerance_quantity = fields.Float(string="Count Tolerance (Units)", digits="Product Unit")
    count_tolerance_value = fields.Float(string="Count Tolerance (Value)", help="At cost, in the currency of the company that counts.")

    _count_tolerance_positive = models.Constraint(
        "CHECK(count_tolerance_quantity >= 0 AND count_tolerance_value >= 0)", "A tolerance cannot be negative."
    )

    def _get_count_tolerance(self, company):
        """Return the `Tolerance` of goods of this category: its own, that of the next category above, or that of the company."""
        category = self
        while category:
            if category.has_count_tolerance:
                return Tolerance(category.count_tolerance_quantity, category.count_tolerance_value)
            category = category.parent_id
        return Tolerance(company.count_tolerance_quantity, company.count_tolerance_value)
