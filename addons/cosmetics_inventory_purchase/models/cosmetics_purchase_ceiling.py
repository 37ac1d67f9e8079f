"""What a product may cost at most, as the management of purchasing approved."""

from odoo import fields, models


class CosmeticsPurchaseCeiling(models.Model):
    """The highest price of a product in a company; an order above it passes an approval node of its own."""

    _name = "cosmetics.purchase.ceiling"
    _inherit = ["mail.thread"]
    _description = "Approved Price Ceiling"
    _order = "product_id"
    _rec_name = "product_id"
    _check_company_auto = True

    product_id = fields.Many2one("product.product", required=True, index=True, ondelete="cascade", check_company=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    uom_id = fields.Many2one(related="product_id.uom_id", string="Per")
    price = fields.Float(
        string="Highest Price", digits="Product Price", required=True, tracking=True, help="For one unit of the product, without tax."
    )
    note = fields.Char(string="Reason", tracking=True)

    _one_per_product = models.Constraint("UNIQUE (product_id, company_id)", "This product has a price ceiling already. Change that one.")
    _price_sane = models.Constraint("CHECK (price > 0)", "A price ceiling is above 0. Delete it when the price is free.")
