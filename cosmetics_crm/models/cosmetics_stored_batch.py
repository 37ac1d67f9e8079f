"""What is left of each top-up of a stored-value card."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsStoredBatch(models.Model):
    """One top-up: what was paid and given, with the rates of the day for interest. Only `loyalty.card._stored_post` changes it."""

    _name = "cosmetics.stored.batch"
    _description = "Top-Up of a Card"
    _order = "id desc"
    _rec_name = "origin_name"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    paid_on = fields.Date(required=True, readonly=True, help="Day in China.")
    principal_paid = fields.Float(digits=(16, 2), readonly=True)
    bonus_given = fields.Float(digits=(16, 2), readonly=True)
    principal_left = fields.Float(digits=(16, 2), readonly=True)
    bonus_left = fields.Float(digits=(16, 2), readonly=True)
    lpr_rate = fields.Float(string="LPR of One Year", digits=(8, 4), readonly=True, help="Percent, on the day of the top-up.")
    deposit_rate = fields.Float(string="Deposit Rate of One Year", digits=(8, 4), readonly=True, help="Percent, on the day of the top-up.")
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_name = fields.Char(string="Topped Up By", readonly=True)
    twin_of_id = fields.Many2one(
        "cosmetics.stored.batch", string="Taken Over From", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="restrict")
    move_ids = fields.One2many("cosmetics.stored.move", "batch_id", string="Movements", readonly=True)

    _left_is_part = models.Constraint(
        "CHECK (principal_left >= 0 AND principal_left <= principal_paid AND bonus_left >= 0 AND bonus_left <= bonus_given)",
        "A top-up holds between nothing and what it began with.",
    )
    _left_by_card = models.Index("(card_id, id) WHERE principal_left > 0 OR bonus_left > 0")
    _origin_idx = models.Index("(origin_model, origin_id)")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["cosmetics.stored.move"]._check_is_ledger()
        return super().create(vals_list)

    def write(self, vals):
        self.env["cosmetics.stored.move"]._check_is_ledger()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if self:
            raise UserError(self.env._("Top-ups are kept for ever."))
