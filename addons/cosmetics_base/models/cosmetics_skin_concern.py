from odoo import fields, models


class CosmeticsSkinConcern(models.Model):
    """A skin problem a product cares for (肌肤问题)."""

    _name = "cosmetics.skin.concern"
    _description = "Skin Concern"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("((name->>'en_US'))", "An entry with this name exists already.")
