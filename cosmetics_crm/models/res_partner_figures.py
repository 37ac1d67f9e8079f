"""Figures of a member where they are read."""

from odoo import fields, models

from .res_partner_member import ADVISER


class ResPartner(models.Model):
    _inherit = "res.partner"

    member_figures_ids = fields.One2many("cosmetics.member.figures", "partner_id", groups=ADVISER)
    member_purchase_ids = fields.One2many("cosmetics.member.purchase", "partner_id", string="Purchases", groups=ADVISER)
    member_segment = fields.Selection(related="member_figures_ids.segment", string="Segment", groups=ADVISER)
    member_spend_window = fields.Float(related="member_figures_ids.spend_window", string="Spend of the Last Months", groups=ADVISER)
    member_spend_total = fields.Float(related="member_figures_ids.spend_total", string="Spend in All", groups=ADVISER)
    member_order_count = fields.Integer(related="member_figures_ids.order_count", string="Purchases in All", groups=ADVISER)
    member_average_basket = fields.Float(related="member_figures_ids.average_basket", string="Average Basket", groups=ADVISER)
    member_last_purchase_on = fields.Date(related="member_figures_ids.last_purchase_on", string="Last Purchase", groups=ADVISER)

    def action_open_member_purchases(self):
        """Show what the member bought."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_member_purchase_action")
        return {**action, "domain": [("partner_id", "=", self.id)], "display_name": self.display_name}
