"""The tracking link of an order, to be copied or scanned."""

import base64

from odoo import api, fields, models


class CosmeticsTrackingLink(models.TransientModel):
    """Shows the link and its QR code; whoever may read the order may give its link to the customer."""

    _name = "cosmetics.tracking.link"
    _description = "Tracking Link"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, ondelete="cascade")
    url = fields.Char(string="Link", compute="_compute_url")
    qr_code = fields.Binary(string="QR Code", compute="_compute_url")

    @api.depends("order_id")
    def _compute_url(self):
        for wizard in self:
            # A wizard can be made by RPC for any order: the link is given to those who may read it.
            wizard.order_id.check_access("read")
            wizard.url = wizard.order_id._get_tracking_url()
            picture = self.env["ir.actions.report"].barcode("QR", wizard.url, width=240, height=240)
            wizard.qr_code = base64.b64encode(picture)
