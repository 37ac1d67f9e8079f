"""Which warehouses sell."""

from odoo import api, models, tools

SHOP_KINDS = ("shop", "counter", "online")


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    def write(self, vals):
        res = super().write(vals)
        if {"warehouse_id", "kind", "active"} & vals.keys():
            self.env.registry.clear_cache()
        return res

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _get_warehouse_facts(self):
        """Return {warehouse id: (store id, whether the store sells)}; a selling store goes first when several share one.

        Every line of every transfer asks, so the answer is kept until a store changes.
        """
        # sudo: the rule is the same for everybody, whichever stores the user may see
        stores = self.sudo().search([("warehouse_id", "!=", False)])
        facts = {}
        for store in stores.sorted(lambda store: store.kind in SHOP_KINDS):
            facts[store.warehouse_id.id] = (store.id, store.kind in SHOP_KINDS)
        return facts

    @api.model
    def _get_store_of_warehouse(self, warehouse):
        """Return the store that keeps its goods in a warehouse, empty when there is none."""
        return self.browse(self._get_warehouse_facts().get(warehouse.id, (False, False))[0] or [])
