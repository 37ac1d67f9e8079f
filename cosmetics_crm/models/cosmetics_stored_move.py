"""The ledger of stored value: every movement of principal and bonus, for ever."""

from odoo import api, fields, models

KINDS = [
    ("opening", "Opening"),
    ("top_up", "Top-Up"),
    ("spend", "Paid With"),
    ("give_back", "Given Back"),
    ("take_back", "Top-Up Undone"),
    ("refund", "Card Refunded"),
    ("transfer", "Moved to Another Card"),
]


class CosmeticsStoredMove(models.Model):
    """One movement of one top-up of a card, principal and bonus apart.

    Who holds the records and cannot produce them bears the adverse finding (法释〔2025〕4号 art. 25). Only principal is money paid:
    the bonus part of a purchase is a discount.
    """

    _name = "cosmetics.stored.move"
    _inherit = "cosmetics.ledger.move"
    _description = "Movement of Stored Value"

    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    principal = fields.Float(digits=(16, 2), required=True, readonly=True)
    bonus = fields.Float(digits=(16, 2), required=True, readonly=True)
    amount = fields.Float(digits=(16, 2), required=True, readonly=True, help="Principal and bonus together.")
    list_amount = fields.Float(
        string="At List Price", digits=(16, 2), readonly=True, help="What the goods would have cost without the card, when paid with it."
    )
    balance = fields.Float(help="Principal and bonus of the card after this movement.")
    batch_id = fields.Many2one("cosmetics.stored.batch", string="Of Top-Up", readonly=True, ondelete="restrict", index="btree_not_null")

    _key_unique = models.Constraint("UNIQUE (key)", "This movement of stored value is already written.")
    _amount_is_sum = models.Constraint("CHECK (amount = principal + bonus)", "A movement is its principal and its bonus.")

    @api.model
    def _get_by_hand_text(self):
        return self.env._("Stored value is moved by top-ups, purchases and refunds only.")

    @api.model
    def _get_final_text(self):
        return self.env._("Movements of stored value are final.")

    # ------------------------------------------------------------------ for glue modules and the books
    @api.model
    def _get_stored_used(self, documents):
        """Return {id of a document: (principal, bonus)} that paid for these documents, less what went back.

        Only the principal is money: it is revenue when it is used; the bonus is a discount.
        """
        groups = self._read_group(
            [("origin_model", "=", documents._name), ("origin_id", "in", documents.ids), ("kind", "in", ("spend", "give_back"))],
            ["origin_id"],
            ["principal:sum", "bonus:sum"],
        )
        return {res_id: (-principal, -bonus) for res_id, principal, bonus in groups}
