"""The number at which a buyer of recalled goods is told."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import sendable_number


class ResPartner(models.Model):
    _inherit = "res.partner"

    recall_phone = fields.Char(
        compute="_compute_recall_phone",
        help="The mobile number of the contact, or of the company or a delivery address of it; empty when none takes an SMS.",
    )

    @api.depends("phone", "commercial_partner_id.phone", "child_ids.phone", "child_ids.type")
    def _compute_recall_phone(self):
        for partner in self:
            delivery = partner.child_ids.filtered(lambda child: child.type == "delivery")
            phones = (sendable_number(one.phone) for one in (partner, partner.commercial_partner_id, *delivery))
            partner.recall_phone = next(filter(None, phones), False)
