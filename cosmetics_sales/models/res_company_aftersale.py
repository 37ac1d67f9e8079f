"""From which amount on a reviewer approves."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    aftersale_approval_amount = fields.Monetary(
        string="Refunds a Clerk Approves",
        default=200.0,
        help="Refunds up to this amount are approved by the clerk, above it by a reviewer. 0: clerks approve every refund.",
    )
