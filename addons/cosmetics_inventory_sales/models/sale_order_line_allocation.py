"""Which batches a line may be given from which warehouse."""

from odoo import models

from ..tools import supply


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_batch_judges(self, warehouses):
        """Return {line: function(warehouse id, `allocation.Batch`) telling whether the batch keeps the promise}.

        A promise may depend on the shop the goods leave from. Equal customers, products and days are asked once.
        """
        stores = {warehouse.id: self.env["cosmetics.store"]._get_store_of_warehouse(warehouse) for warehouse in warehouses}
        known, judges = {}, {}
        for line in self:
            judges[line] = line._get_batch_judge(line._get_supply_day(), stores, known)
        return judges

    def _get_batch_judge(self, day, stores, known):
        self.ensure_one()
        # sudo: the promise binds whoever sells, also those who may not read the list of promises
        promises = self.env["cosmetics.shelf.life.promise"].sudo()
        facts = self._get_promise_facts()
        band, told_on = self.shelf_life_band_id.id or None, self.shelf_life_told_on or None

        def get_floor(warehouse_id):
            if band:
                return told_on
            if not self.product_id.is_shelf_life_managed:
                return None
            store = stores[warehouse_id]
            key = self.product_id, facts["partner"], facts["channel_id"], facts["company_id"], store, day
            if key not in known:
                known[key] = promises._get_floor(self.product_id, {**facts, "store": store}, day)
            return known[key]

        def accepts(warehouse_id, batch):
            demand = supply.Demand(self.id, None, day, 0.0, get_floor(warehouse_id), band)
            return supply.suits(batch.facts, demand)

        return accepts
