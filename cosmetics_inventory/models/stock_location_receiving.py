"""What a place outside the stock means in the dossier of a batch."""

from odoo import models


class StockLocation(models.Model):
    _inherit = "stock.location"

    def _get_dossier_kind(self, direction):
        """Return (kind, label) under which a dossier sums what came from or went to this place outside the stock."""
        self.ensure_one()
        labels = {
            ("in", "supplier"): self.env._("From suppliers"),
            ("in", "customer"): self.env._("Returned by customers"),
            ("in", "inventory"): self.env._("Found at counts, or brought back from use"),
            ("in", "production"): self.env._("From production"),
            ("out", "supplier"): self.env._("Back to suppliers"),
            ("out", "customer"): self.env._("To customers"),
            ("out", "production"): self.env._("To production"),
        }
        label = labels.get((direction, self.usage)) or self.env._("Taken out: %s", self.name)
        return self.usage if self.usage != "inventory" else f"inventory {self.id}", label
