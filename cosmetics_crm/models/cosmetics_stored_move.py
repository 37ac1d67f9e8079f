"""The ledger of stored value: every movement of principal and bonus, for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("opening", "Opening"),
    ("top_up", "Top-Up"),
    ("spend", "Paid With"),
    ("give_back", "Given Back"),
    ("take_back", "Top-Up Undone"),
    ("refund", "Card Refunded"),
    ("transfer", "Moved to Another Card"),
]
REFUSE_CHANGES = """
    CREATE OR REPLACE FUNCTION cosmetics_stored_move_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of cosmetics_stored_move are final'; END $$;
    CREATE OR REPLACE TRIGGER cosmetics_stored_move_is_final BEFORE UPDATE OR DELETE ON cosmetics_stored_move
        FOR EACH ROW EXECUTE FUNCTION cosmetics_stored_move_is_final();
    CREATE OR REPLACE TRIGGER cosmetics_stored_move_is_kept BEFORE TRUNCATE ON cosmetics_stored_move
        FOR EACH STATEMENT EXECUTE FUNCTION cosmetics_stored_move_is_final();
"""


class CosmeticsStoredMove(models.Model):
    """One movement of one top-up of a card, principal and bonus apart. Rows are final: neither Odoo nor SQL changes them.

    Who holds the records and cannot produce them bears the adverse finding (法释〔2025〕4号 art. 25). Only principal is money paid:
    the bonus part of a purchase is a discount. Nothing here may refer to a contact: merging contacts rewrites such columns.
    """

    _name = "cosmetics.stored.move"
    _description = "Movement of Stored Value"
    _order = "id desc"
    _rec_name = "act"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="restrict")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    principal = fields.Float(digits=(16, 2), required=True, readonly=True)
    bonus = fields.Float(digits=(16, 2), required=True, readonly=True)
    amount = fields.Float(digits=(16, 2), required=True, readonly=True, help="Principal and bonus together.")
    list_amount = fields.Float(
        string="At List Price", digits=(16, 2), readonly=True, help="What the goods would have cost without the card, when paid with it."
    )
    balance = fields.Float(digits=(16, 2), readonly=True, aggregator=None, help="Principal and bonus of the card after this movement.")
    batch_id = fields.Many2one("cosmetics.stored.batch", string="Of Top-Up", readonly=True, ondelete="restrict", index="btree_not_null")
    moved_at = fields.Datetime(required=True, readonly=True, index=True)
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_name = fields.Char(string="Document", readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    act = fields.Char(required=True, readonly=True, help="What one act wrote has this in common; an act is never carried out twice.")
    key = fields.Char(required=True, readonly=True)

    _key_unique = models.Constraint("UNIQUE (key)", "This movement of stored value is already written.")
    _amount_is_sum = models.Constraint("CHECK (amount = principal + bonus)", "A movement is its principal and its bonus.")
    _act_idx = models.Index("(act)")
    _origin_idx = models.Index("(origin_model, origin_id)")
    _card_idx = models.Index("(card_id, id)")

    def init(self):
        self.env.cr.execute(SQL(REFUSE_CHANGES))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Stored value is moved by top-ups, purchases and refunds only."))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_changes()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_changes(self):
        if self:
            raise UserError(self.env._("Movements of stored value are final."))

    def action_open_origin(self):
        """Open the document that moved the money."""
        self.ensure_one()
        self.check_access("read")
        if not self.origin_id or self.origin_model not in self.env or not self.env[self.origin_model].browse(self.origin_id).exists():
            raise UserError(self.env._("There is no document behind this movement, or it is gone."))
        return {
            "type": "ir.actions.act_window",
            "res_model": self.origin_model,
            "res_id": self.origin_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

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
