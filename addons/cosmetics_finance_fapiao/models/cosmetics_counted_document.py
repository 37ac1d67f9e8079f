from odoo import api, models
from odoo.exceptions import UserError


class CosmeticsCountedDocument(models.AbstractModel):
    """A document whose state and figures are its own: written over RPC they would go past the entries and files that belong to them.

    The buttons check who presses them, then write in sudo.
    """

    _name = "cosmetics.counted.document"
    _description = "Document with Figures of Its Own"
    _kept = frozenset()
    """Names of such fields besides the state and what is computed."""

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | self._kept

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as the definition says, whatever an import brings along; what is computed core counts itself."""
        own = frozenset() if self.env.su else self._get_machine_fields()
        return super().create([{name: value for name, value in vals.items() if name not in own} for vals in vals_list])

    def write(self, vals):
        """Refuse those fields; core would take a computed one for good, until what it follows from changes."""
        own = self._get_machine_fields() | {name for name in vals if self._is_counted(name)}
        if not self.env.su and (kept := vals.keys() & own):
            names = ", ".join(field["string"] for field in self.fields_get(sorted(kept), ["string"]).values())
            raise UserError(self.env._("%s cannot be entered: the system writes it.", names))
        return super().write(vals)

    @api.model
    def _is_counted(self, name):
        field = self._fields.get(name)
        return bool(field and field.compute and field.store and field.readonly)
