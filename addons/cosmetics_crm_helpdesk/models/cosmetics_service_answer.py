"""Answers that are written once and sent often."""

from odoo import fields, models

from ..tools.answer_text import fill


class CosmeticsServiceAnswer(models.Model):
    """A text for customers, in their language. Places like {member} are filled in from the case."""

    _name = "cosmetics.service.answer"
    _description = "Answer of the Service"
    _order = "sequence, id"

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    category_ids = fields.Many2many("helpdesk.ticket.category", string="Kinds", help="Leave empty for all kinds of cases.")
    text = fields.Text(required=True, help="{member}, {case}, {product}, {company} and {user} are filled in from the case.")
    company_id = fields.Many2one("res.company", help="Leave empty for all companies.")

    def _fill(self, ticket):
        """Return the text for this case."""
        self.ensure_one()
        return fill(self.text, ticket._get_answer_values())
