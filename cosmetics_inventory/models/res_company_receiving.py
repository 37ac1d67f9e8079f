"""How a company receives goods."""

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    receipt_min_share = fields.Float(
        string="Minimum Share of Life at Receipt",
        help="Share of the whole life a batch must still have when it arrives: 0.67 means two thirds. 0 means no limit. "
        "A vendor may have another agreement.",
    )
    receipt_min_days = fields.Integer(
        string="Minimum Days at Receipt", help="Days a batch must still be usable when it arrives. 0: no limit."
    )
    receipt_min_policy = fields.Selection(
        [("quarantine", "Receive into quarantine"), ("refuse", "Refuse the receipt")],
        string="Batches below the Minimum",
        required=True,
        default="quarantine",
        help="Quarantine: the goods come in but cannot be sold until a quality manager releases them. "
        "Refuse: the receipt cannot be confirmed with them.",
    )
    inspection_needs_licence = fields.Boolean(
        string="Business Licence of the Supplier",
        default=True,
        help="An inspection record is complete only if the supplier's business licence is on file and valid on the day of the receipt.",
    )
    inspection_needs_registration = fields.Boolean(
        string="Registration Certificate or Filing Proof",
        help="An inspection record is complete only with the registration certificate (special cosmetics) "
        "or filing proof (ordinary ones) of the product, as a supplier paper or as a file of the record.",
    )
    inspection_needs_certificate = fields.Boolean(
        string="Quality Certificate of the Batch",
        help="An inspection record is complete only with the quality certificate of the batch, "
        "as a supplier paper or as a file of the record.",
    )
    supplier_paper_warning_days = fields.Integer(
        string="Days to Warn of Expiring Papers", default=30, help="The responsible is reminded this many days before a paper expires."
    )

    _receipt_minimum_sane = models.Constraint(
        "CHECK (receipt_min_share >= 0 AND receipt_min_share <= 1 AND receipt_min_days >= 0 AND supplier_paper_warning_days >= 0)",
        "The share of life goes from 0 to 100 %, and days cannot be negative.",
    )
