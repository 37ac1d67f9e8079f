"""The ledger of points: every movement, for ever."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

KINDS = [
    ("opening", "Opening"),
    ("earn", "Earned"),
    ("spend", "Spent"),
    ("expire", "Expired"),
    ("take_back", "Taken Back"),
    ("give_back", "Given Back"),
    ("adjust", "Points Adjustment"),
    ("transfer", "Moved"),
]
REFUSE_CHANGES = """
    CREATE OR REPLACE FUNCTION cosmetics_points_move_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'rows of cosmetics_points_move are final'; END $$;
    CREATE OR REPLACE TRIGGER cosmetics_points_move_is_final BEFORE UPDATE OR DELETE ON cosmetics_points_move
        FOR EACH ROW EXECUTE FUNCTION cosmetics_points_move_is_final();
    CREATE OR REPLACE TRIGGER cosmetics_points_move_is_kept BEFORE TRUNCATE ON cosmetics_points_move
        FOR EACH STATEMENT EXECUTE FUNCTION cosmetics_points_move_is_final();
"""


class CosmeticsPointsMove(models.Model):
    """One movement of points on one batch, or on the debt when it has no batch. Rows are final: neither Odoo nor SQL changes them.

    Nothing here may refer to a contact: merging two contacts rewrites such columns, and the rows are final.
    """

    _name = "cosmetics.points.move"
    _description = "Movement of Points"
    _order = "id desc"
    _rec_name = "act"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="restrict")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    kind = fields.Selection(KINDS, required=True, readonly=True, index=True)
    points = fields.Float(digits=(16, 2), required=True, readonly=True)
    balance = fields.Float(
        digits=(16, 2), readonly=True, aggregator=None, help="All points of the card after this movement, pending ones too, less the debt."
    )
    batch_id = fields.Many2one("cosmetics.points.batch", readonly=True, ondelete="restrict", index="btree_not_null")
    moved_at = fields.Datetime(required=True, readonly=True, index=True)
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_name = fields.Char(string="Document", readonly=True)
    reason = fields.Char(readonly=True)
    user_id = fields.Many2one("res.users", string="By", required=True, readonly=True, ondelete="restrict")
    act = fields.Char(required=True, readonly=True, help="What one act wrote has this in common; an act is never carried out twice.")
    key = fields.Char(required=True, readonly=True)

    _key_unique = models.Constraint("UNIQUE (key)", "This movement of points is already written.")
    _act_idx = models.Index("(act)")
    _origin_idx = models.Index("(origin_model, origin_id)")
    _card_idx = models.Index("(card_id, id)")

    def init(self):
        self.env.cr.execute(SQL(REFUSE_CHANGES))

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            raise UserError(self.env._("Points are changed by sales, refunds and adjustments only. Ask for an adjustment."))
        return super().create(vals_list)

    def write(self, vals):
        self._refuse_changes()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _refuse_changes(self):
        if self:
            raise UserError(self.env._("Movements of points are final. Ask for an adjustment instead."))

    def action_open_origin(self):
        """Open the document that moved the points."""
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
