from odoo import api, models


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    @api.model
    def _get_stores_of_warehouses(self, warehouses):
        """Return {warehouse: the store that keeps its goods there}; the first store when several share a warehouse."""
        found = {}
        for store in self.search([("warehouse_id", "in", warehouses.ids)]):
            found.setdefault(store.warehouse_id, store)
        return found

    def _get_responsible_user(self):
        """Return who looks after the goods of the store: its manager, else one of its staff, else nobody."""
        self.ensure_one()
        return self.manager_id or self.user_ids.filtered("active")[:1]
