from odoo import fields, models


class CosmeticsSkinType(models.Model):
    """A kind of skin a product suits (适用肤质)."""

    _name = "cosmetics.skin.type"
    _description = "Skin Type"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)

    _name_uniq = models.UniqueIndex("((name->>'en_US'))", "An entry with this name exists already.")
