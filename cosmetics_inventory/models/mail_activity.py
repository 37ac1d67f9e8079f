"""Ticking off the activity of an alert handles the alert."""

from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        # sudo: whoever may end the activity has dealt with its batches; alerts are closed in no other way but this and their button.
        alerts = self.env["cosmetics.shelf.life.alert"].sudo().search([("activity_id", "in", self.ids), ("state", "=", "open")])
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        alerts._set_handled(self.env.user)
        return res
