from odoo import api, models


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
        if not self.env.su and (kept := vals.keys() & self._get_machine_fields()):
            self._refuse_fields(kept)
        return super().write(vals)
