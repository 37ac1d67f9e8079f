"""Templates that ask a member something."""

from odoo import fields, models

from .res_partner import PURPOSE


class CosmeticsSmsTemplate(models.Model):
    """A question is no advertising and no notice: it needs a consent of its own, and keeps to the hours and limits of advertising."""

    _inherit = "cosmetics.sms.template"

    kind = fields.Selection(selection_add=[("survey", "Survey")], ondelete={"survey": "set default"})

    def _is_bulk(self):
        return self.kind == "survey" or super()._is_bulk()

    def _get_consent_code(self):
        return PURPOSE if self.kind == "survey" else super()._get_consent_code()
