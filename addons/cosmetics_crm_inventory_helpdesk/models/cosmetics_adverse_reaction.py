"""The service case behind an adverse reaction."""

from odoo import fields, models


class CosmeticsAdverseReaction(models.Model):
    _inherit = "cosmetics.adverse.reaction"

    ticket_ids = fields.One2many("helpdesk.ticket", "reaction_id", string="Service Cases", readonly=True)
    ticket_numbers = fields.Char(string="Service Case No.", compute="_compute_ticket_numbers")

    def _compute_ticket_numbers(self):
        for reaction in self:
            # sudo: who reads the report reads the number of the case, to ask the service
            reaction.ticket_numbers = ", ".join(reaction.sudo().ticket_ids.mapped("number"))
