from odoo import fields, models


class CosmeticsSalesHistoryName(models.Model):
    """What the old system called a product or a shop that goes by another name here. Said once, it holds for each later file."""

    _name = "cosmetics.sales.history.name"
    _description = "Name in the Old System"
    _order = "kind desc, told"
    _rec_name = "told"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection([("product", "Product"), ("shop", "Shop")], required=True, default="product")
    told = fields.Char(string="Written in the File", required=True)
    hint = fields.Char(string="Name in the File", help="The name that stands beside the code in the file.")
    product_id = fields.Many2one("product.product", string="Is Our Product", check_company=True, ondelete="cascade")
    warehouse_id = fields.Many2one("stock.warehouse", string="Is Our Warehouse", check_company=True, ondelete="cascade")
    is_ignored = fields.Boolean(string="Leave Out", help="Goods or shops that are no more: their rows do not count.")

    _one_per_name = models.UniqueIndex("(company_id, kind, lower(told))", "This name is in the list already: change that line.")
    _one_target = models.Constraint(
        "CHECK (CASE WHEN kind = 'shop' THEN product_id IS NULL ELSE warehouse_id IS NULL END"
        " AND NOT (is_ignored AND (product_id IS NOT NULL OR warehouse_id IS NOT NULL)))",
        "A name stands for a product, or for a warehouse, or is left out: one of these.",
    )
