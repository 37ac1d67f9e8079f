"""How service cases end."""

from odoo import fields, models


class CosmeticsServiceOutcome(models.Model):
    """One way in which a case ends. No case is closed without one."""

    _name = "cosmetics.service.outcome"
    _description = "Outcome of Service Cases"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    stage_id = fields.Many2one(
        "helpdesk.ticket.stage",
        string="Closes As",
        required=True,
        ondelete="restrict",
        domain="[('closed', '=', True)]",
        help="The stage that the case moves to.",
    )
    needs_note = fields.Boolean(string="Needs a Reason", help="The case is closed only with a word on why it ends this way.")
    company_id = fields.Many2one("res.company", help="Leave empty for all companies.")
