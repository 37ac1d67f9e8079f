"""Words for what a skin shows."""

from odoo import fields, models


class CosmeticsAdverseReactionSymptom(models.Model):
    """A symptom that people report after using cosmetics, as the monitoring form names it."""

    _name = "cosmetics.adverse.reaction.symptom"
    _description = "Adverse Reaction Symptom"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("((name->>'en_US'))", "This symptom is in the list already. Use it, or give the new one another name.")
