"""Documents that stored-value cards pay."""

from odoo import fields, models


class CosmeticsStoredPayable(models.AbstractModel):
    """A document named as origin by the movements that paid for it."""

    _name = "cosmetics.stored.payable"
    _description = "Document Paid With Stored-Value Cards"

    stored_principal_used = fields.Float(
        string="Paid With Principal", digits=(16, 2), compute="_compute_stored_used", compute_sudo=True,
        help="Of stored-value cards: money that was paid before.",
    )  # fmt: skip
    stored_bonus_used = fields.Float(
        string="Paid With Bonus", digits=(16, 2), compute="_compute_stored_used", compute_sudo=True,
        help="Of stored-value cards: a discount.",
    )  # fmt: skip

    def _compute_stored_used(self):
        used = self.env["cosmetics.stored.move"]._get_stored_used(self)
        for document in self:
            document.stored_principal_used, document.stored_bonus_used = used.get(document.id, (0, 0))
