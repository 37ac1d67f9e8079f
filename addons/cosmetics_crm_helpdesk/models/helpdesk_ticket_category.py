"""Kinds of service cases."""

from odoo import fields, models


class HelpdeskTicketCategory(models.Model):
    _inherit = "helpdesk.ticket.category"

    is_health = fields.Boolean(
        string="Holds Health Data",
        help="Cases of this kind, and of kinds below it, are read by the service and by who may see health data, by nobody else. "
        "Their text is kept only with the customer's consent.",
    )

    def _is_health(self):
        """Tell if the kind, or a kind above it, holds health data."""
        # sudo: the rule holds whoever may read the kinds
        return any((self | self.sudo().search([("id", "parent_of", self.ids)])).mapped("is_health"))
