from odoo import fields, models


class AccountTax(models.Model):
    """A tax may end on a date that the law names, such as the 1 % relief of small-scale taxpayers."""

    _inherit = "account.tax"

    valid_to = fields.Date(
        string="Valid Until",
        tracking=True,
        help="Last day on which an invoice may use this tax. Leave empty when the law names no end.",
    )
