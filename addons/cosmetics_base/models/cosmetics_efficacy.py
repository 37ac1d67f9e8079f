from odoo import api, fields, models


class CosmeticsEfficacy(models.Model):
    """An efficacy claim (功效宣称) of the official catalogue: 01-26 and A."""

    _name = "cosmetics.efficacy"
    _description = "Efficacy Claim"
    _order = "code"
    _rec_names_search = ["name", "code"]

    code = fields.Char(required=True, size=2, help="Code in the official catalogue of efficacy claims, e.g. 11 for moisturising.")
    name = fields.Char(required=True, translate=True)
    is_special = fields.Boolean(string="Special", help="Only special cosmetics, which are registered, may claim this efficacy.")

    _code_uniq = models.Constraint("UNIQUE(code)", "An efficacy claim with this code exists already.")

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for efficacy in self:
            efficacy.display_name = f"{efficacy.code} {efficacy.name}" if efficacy.code else efficacy.name
