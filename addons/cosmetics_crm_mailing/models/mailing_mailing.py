"""Odoo's mailings that belong to a campaign of ours."""

from odoo import fields, models


class MailingMailing(models.Model):
    _inherit = "mailing.mailing"

    member_campaign_id = fields.Many2one("cosmetics.campaign", readonly=True, index="btree_not_null", ondelete="restrict")
    cosmetics_template_id = fields.Many2one(
        "cosmetics.sms.template", string="Approved SMS Template", domain=[("state", "=", "approved")], ondelete="restrict"
    )
