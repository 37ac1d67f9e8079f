"""Files of platform orders on their way into the system."""

from odoo import fields, models


class CosmeticsOrderImport(models.Model):
    """One drop of files: read, previewed line by line, then imported in the background."""

    _name = "cosmetics.order.import"
    _description = "Order Import"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel_id = fields.Many2one("cosmetics.channel", check_company=True, index="btree_not_null", ondelete="restrict")
