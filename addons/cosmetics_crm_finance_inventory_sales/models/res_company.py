from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    margin_floor_percent = fields.Float(
        string="Margin Floor (%)", digits=(5, 1), help="A product whose margin of 30 days lies below it is told of. 0: nobody is told."
    )
    margin_user_id = fields.Many2one("res.users", string="Told of Low Margins", domain="[('share', '=', False)]")

    _margin_floor_check = models.Constraint(
        "CHECK (margin_floor_percent >= 0 AND margin_floor_percent < 100)", "The margin floor lies between 0 and 99.9 percent, e.g. 30."
    )
