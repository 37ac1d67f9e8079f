"""Approval nodes of purchases: above an amount, of a category, for a shop."""

from ast import literal_eval

from odoo import fields, models

from ..tools import approval

PURCHASE_MODELS = ("purchase.request", "purchase.order")


class TierDefinition(models.Model):
    _inherit = "tier.definition"

    purchase_above = fields.Float(
        string="Amount Above",
        digits="Product Price",
        help="The node asks for purchases above this amount, in the currency of the company. 0: for every purchase.",
    )
    purchase_categ_ids = fields.Many2many(
        "product.category",
        "tier_definition_purchase_categ_rel",
        string="Product Categories",
        help="Only purchases with a product of these categories or of one below them. Empty: every category.",
    )
    purchase_warehouse_ids = fields.Many2many(
        "stock.warehouse",
        "tier_definition_purchase_warehouse_rel",
        string="For Warehouses",
        help="Only purchases for these shops or warehouses. Empty: every one.",
    )

    purchase_above_ceiling = fields.Boolean(
        string="Only Above the Price Ceiling",
        help="Only orders with a price above the approved ceiling of the product, or above a contract with the vendor.",
    )

    _purchase_above_sane = models.Constraint(
        "CHECK (purchase_above IS NULL OR purchase_above >= 0)",
        "The amount of an approval node cannot be negative. Enter 0 for every purchase.",
    )

    def _filter_purchases(self, facts):
        """Return the documents that have to pass this node.

        :param facts: {document: :class:`tools.approval.Facts`}, documents of the model of this node.
        """
        self.ensure_one()
        node = approval.Node(
            self.id,
            self.purchase_above,
            frozenset(self.purchase_categ_ids.ids),
            frozenset(self.purchase_warehouse_ids.ids),
            self.purchase_above_ceiling,
        )
        found = self.env[self.model].browse(
            document.id
            for document, fact in facts.items()
            if self.company_id in (document.company_id, self.company_id.browse()) and approval.applies(node, fact)
        )
        return found.filtered_domain(literal_eval(self.definition_domain or "[]"))
