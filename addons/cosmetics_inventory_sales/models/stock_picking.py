"""Deliveries are the work of those who keep the warehouse they leave."""

from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _filtered_kept(self):
        """Take out what leaves a warehouse of shops where the user does not work; the same border as for parcels."""
        kept = super()._filtered_kept()
        user = self.env.user
        if not kept or user.has_group("cosmetics_base.group_all_stores"):
            return kept
        # sudo: shops hide from those who do not work there, and that is what is asked here
        warehouses = kept.sudo().picking_type_id.warehouse_id
        foreign = warehouses.filtered(lambda warehouse: warehouse.store_ids and user not in warehouse.store_ids.user_ids)
        return kept.filtered(lambda picking: picking.sudo().picking_type_id.warehouse_id not in foreign)
