"""Cases that began with feedback."""

from odoo import fields, models


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    feedback_id = fields.Many2one("cosmetics.feedback", readonly=True, copy=False, groups="base.group_user")

    _feedback_once = models.UniqueIndex("(feedback_id) WHERE feedback_id IS NOT NULL", "This feedback has its service case already.")
    # Surveys look for what was closed in the last hours.
    _closed_date_idx = models.Index("(closed_date) WHERE closed_date IS NOT NULL")
