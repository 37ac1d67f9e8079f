from odoo import fields, models


class CosmeticsFapiaoReject(models.Model):
    """A row of a file that became no tax invoice, with the reason; its sums count, so that the file adds up."""

    _name = "cosmetics.fapiao.reject"
    _description = "Rejected Row of a Tax Invoice File"
    _order = "import_id, id"

    import_id = fields.Many2one("cosmetics.fapiao.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="import_id.currency_id")
    file_name = fields.Char(string="File")
    row_no = fields.Integer(string="Row")
    number = fields.Char()
    amount = fields.Monetary(string="Amount without Tax")
    tax = fields.Monetary()
    reason = fields.Char()
