"""Ticking off the activity of stock alerts handles them."""

from odoo import models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    def _action_done(self, feedback=False, attachment_ids=None):
        # sudo: whoever may end the activity has taken its alerts up; they are handled in no other way but this and their button.
        alerts = self.env["cosmetics.stock.alert"].sudo().search([("activity_id", "in", self.ids), ("state", "=", "open")])
        res = super()._action_done(feedback=feedback, attachment_ids=attachment_ids)
        alerts.with_user(self.env.user).sudo().action_handle()
        return res
