"""The points of a till order: posted when it is paid, whatever the till says."""

from odoo import api, fields, models

CONFLICT_READERS = "cosmetics_sales_pos.group_store_manager,cosmetics_crm.group_member_manager"


class PosOrder(models.Model):
    _inherit = "pos.order"

    points_earned = fields.Float(
        digits=(16, 2), readonly=True, copy=False, help="Points this sale earned; negative: taken back by this return."
    )
    points_spent = fields.Float(
        digits=(16, 2), readonly=True, copy=False, help="Points this sale was paid with; negative: given back by this return."
    )
    points_balance = fields.Float(
        string="Points Afterwards", digits=(16, 2), readonly=True, copy=False, help="Points that could be spent after this sale."
    )
    # Tills read every field of an order: their clerks have no list of conflicts.
    points_conflict_ids = fields.One2many(
        "cosmetics.points.conflict", "order_id", string="Points Conflicts", readonly=True, groups=CONFLICT_READERS
    )

    @api.model
    def _load_pos_data_fields(self, config):
        names = super()._load_pos_data_fields(config)
        return [*names, "points_earned", "points_spent", "points_balance"] if names else names

    def action_pos_order_paid(self):
        """Post points and stored value in the transaction that stores the sale: one is never there without the other."""
        res = super().action_pos_order_paid()
        self._post_points()
        self._post_stored()
        return res
