"""What is left of each earning of points."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsPointsBatch(models.Model):
    """Points of one earning: they count and expire together. Only the ledger (`loyalty.card._points_post`) changes them."""

    _name = "cosmetics.points.batch"
    _description = "Batch of Points"
    _order = "card_id, expires_on, id"
    _rec_name = "origin_name"

    card_id = fields.Many2one("loyalty.card", required=True, readonly=True, ondelete="restrict", index=True)
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    program_id = fields.Many2one(related="card_id.program_id")
    company_id = fields.Many2one("res.company", readonly=True, ondelete="restrict", index=True)
    issued = fields.Float(digits=(16, 2), readonly=True, help="Points the batch began with, after a debt was paid.")
    remaining = fields.Float(digits=(16, 2), readonly=True)
    earned_on = fields.Date(required=True, readonly=True, help="Day in China.")
    available_on = fields.Date(string="Counts From", readonly=True, help="First day on which they may be spent; empty: not known yet.")
    expires_on = fields.Date(
        string="Points Expire On", readonly=True, help="Last day on which they may be spent; empty: they never expire."
    )
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    origin_name = fields.Char(string="Earned By", readonly=True)
    noticed_on = fields.Date(readonly=True, help="Day on which the member was told that they are about to expire.")
    move_ids = fields.One2many("cosmetics.points.move", "batch_id", string="Movements", readonly=True)

    _remaining_is_part = models.Constraint(
        "CHECK (remaining >= 0 AND remaining <= issued)", "A batch of points holds between nothing and what it began with."
    )
    _left_by_card = models.Index("(card_id, expires_on, id) WHERE remaining > 0")
    _left_by_expiry = models.Index("(expires_on) WHERE remaining > 0")
    _left_by_start = models.Index("(available_on) WHERE remaining > 0")
    _origin_idx = models.Index("(origin_model, origin_id)")

    def write(self, vals):
        self.env["cosmetics.points.move"]._check_is_ledger()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_always(self):
        if self:
            raise UserError(self.env._("Batches of points are kept for ever."))

    # ------------------------------------------------------------------ hooks
    def _get_available_days(self):
        """Return {batch: first day on which it counts} for those of these batches without such a day whose day is known by now.

        Modules that know the origin of the points extend the answer; the day is that in China.
        """
        return {}

    # ------------------------------------------------------------------ helpers
    def _set_available_days(self, days):
        """Let batches count from these days on; the time they live begins then."""
        for batch, day in days.items():
            batch.write({"available_on": day, "expires_on": batch.program_id._get_points_expiry(day)})
