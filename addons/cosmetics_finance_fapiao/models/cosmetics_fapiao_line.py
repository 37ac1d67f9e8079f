from odoo import fields, models


class CosmeticsFapiaoLine(models.Model):
    """A line of a tax invoice, as the platform tells of it; discount lines are negative."""

    _name = "cosmetics.fapiao.line"
    _description = "Line of a Tax Invoice"
    _inherit = ["cosmetics.counted.document"]
    _order = "fapiao_id, id"

    fapiao_id = fields.Many2one("cosmetics.fapiao", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="fapiao_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="fapiao_id.currency_id")
    name = fields.Char(string="Goods or Services")
    code = fields.Char(string="Tax Classification Code")
    spec = fields.Char(string="Specification")
    unit = fields.Char()
    quantity = fields.Char(help="As written on the invoice; up to 13 decimals.")
    unit_price = fields.Char(help="As written on the invoice; up to 13 decimals.")
    amount = fields.Monetary(string="Amount without Tax")
    tax_rate = fields.Float(digits=(6, 4), help="A share: 0.13 is 13 %.")
    has_rate = fields.Boolean(string="Taxed", help="Not set for goods that are exempt or not taxed.")
    tax = fields.Monetary()
