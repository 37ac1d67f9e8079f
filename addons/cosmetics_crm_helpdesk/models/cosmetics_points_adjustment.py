"""Points as compensation, asked for from a case."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class CosmeticsPointsAdjustment(models.Model):
    _inherit = "cosmetics.points.adjustment"

    ticket_id = fields.Many2one("helpdesk.ticket", string="Service Case", readonly=True, index="btree_not_null", ondelete="restrict")

    @api.constrains("ticket_id", "card_id")
    def _check_ticket_id(self):
        # sudo: the owner of the card decides, not who may read cards
        for adjustment in self.sudo().filtered("ticket_id"):
            if adjustment.card_id.partner_id not in (adjustment.ticket_id.partner_id, adjustment.ticket_id.commercial_partner_id):
                raise ValidationError(
                    self.env._(
                        "The card belongs to somebody else than case %s. Compensate the customer of the case.", adjustment.ticket_id.number
                    )
                )

    def write(self, vals):
        if not self.env.su and "ticket_id" in vals:
            raise UserError(self.env._("The case of an adjustment is not typed. Ask for the compensation from the case."))
        return super().write(vals)
