"""A movement of a ledger: what every ledger of cards writes down, for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CosmeticsLedgerMove(models.AbstractModel):
    """One movement on a card. Rows are final: neither Odoo nor SQL changes them.

    Nothing here may refer to a contact: merging two contacts rewrites such columns, and the rows are final.
    """

    _name = "cosmetics.ledger.move"
    _description = "Movement of a Ledger"
    _order = "id desc"
    _rec_name = "act"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="restrict")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    balance = fields.Float(digits=(16, 2), readonly=True, aggregator=None)
    moved_at = fields.Datetime(required=True, readonly=True, index=True)
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_name = fields.Char(string="Document", readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    act = fields.Char(required=True, readonly=True, help="What one act wrote has this in common; an act is never carried out twice.")
    key = fields.Char(required=True, readonly=True)

    _act_idx = models.Index("(act)")
    _origin_idx = models.Index("(origin_model, origin_id)")
    _card_idx = models.Index("(card_id, id)")

    def init(self):
        if self._abstract:
            return
        names = {name: SQL.identifier(f"{self._table}_{name}") for name in ("is_final", "is_kept")}
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(is_final)s() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN RAISE EXCEPTION 'rows of %% are final', TG_TABLE_NAME; END $$;
                CREATE OR REPLACE TRIGGER %(is_final)s BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION %(is_final)s();
                CREATE OR REPLACE TRIGGER %(is_kept)s BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION %(is_final)s();
                """,
                table=SQL.identifier(self._table),
                **names,
            )
        )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_is_ledger()
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_changes()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_changes(self):
        if self:
            raise UserError(self._get_final_text())

    def action_open_origin(self):
        """Open the document behind the movement."""
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

    @api.model
    def _check_is_ledger(self):
        """Refuse whoever writes rows or batches of the ledger by hand."""
        if not self.env.su:
            raise UserError(self._get_by_hand_text())

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_by_hand_text(self):
        """Return the sentence for who writes a movement by hand: by what it is written instead."""
        raise NotImplementedError  # each ledger has its own words

    @api.model
    def _get_final_text(self):
        """Return the sentence for who changes a movement."""
        raise NotImplementedError  # each ledger has its own words
