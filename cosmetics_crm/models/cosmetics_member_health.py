"""Allergies and what else of a member's health matters for cosmetics."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CosmeticsMemberHealth(models.Model):
    """Sensitive data (PIPL art. 28 to 30): kept only under a consent of purpose ``health``, seen by its own group alone."""

    _name = "cosmetics.member.health"
    _description = "Health Data of a Member"
    _order = "id desc"
    _rec_name = "ingredient"

    partner_id = fields.Many2one("res.partner", string="Member", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(
        [
            ("allergy", "Allergy"),
            ("irritation", "Irritation"),
            ("skin_disease", "Skin Disease"),
            ("pregnancy", "Pregnancy"),
            ("other", "Other"),
        ],
        required=True,
        default="allergy",
    )
    ingredient = fields.Char(string="Ingredient or Cause", help="e.g. 苯氧乙醇, 香精")
    note = fields.Text()
    noted_on = fields.Date(required=True, default=fields.Date.context_today)
    user_id = fields.Many2one("res.users", string="Noted By", default=lambda self: self.env.uid, ondelete="restrict")

    @api.constrains("partner_id")
    def _check_consent(self):
        missing = self.partner_id - self.partner_id._hold_consent("health")
        if missing:
            raise ValidationError(
                self.env._(
                    "%(name)s has not agreed to keep health data. Take the consent for health data first; without it nothing is noted.",
                    name=missing[0].display_name,
                )
            )
