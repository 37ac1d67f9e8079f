"""Which warehouses sell."""

from odoo import api, models, tools
from odoo.exceptions import ValidationError

SHOP_KINDS = ("shop", "counter", "online")


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    @api.model_create_multi
    def create(self, vals_list):
        before = self._get_selling_warehouse_ids()
        stores = super().create(vals_list)
        stores._open_shops(before)
        return stores

    def write(self, vals):
        if not {"warehouse_id", "kind", "active"} & vals.keys():
            return super().write(vals)
        before = self._get_selling_warehouse_ids()
        res = super().write(vals)
        self._open_shops(before)
        return res

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    @api.model
    def _get_selling_warehouse_ids(self):
        """Return the ids of the warehouses that sell."""
        return {warehouse_id for warehouse_id, (_store_id, sells) in self._get_warehouse_facts().items() if sells}

    @api.model
    def _open_shops(self, before):
        """Refuse to make a warehouse a shop while goods lie there that could not be sent to a shop.

        :param set before: ids of the warehouses that sold before the change
        """
        self.env.registry.clear_cache()
        self.env["stock.location"].invalidate_model(["is_shop"])
        # Read past the cache, which must not remember what is refused below.
        opened = {warehouse_id for warehouse_id, (_store_id, sells) in self._read_warehouse_facts().items() if sells} - before
        if not opened:
            return
        # sudo: the stock is a fact, whoever may see it
        locations = self.env["stock.location"].sudo().search([("warehouse_id", "in", list(opened)), ("usage", "=", "internal")])
        for location, lot in locations._get_blocked_batches(locations):
            raise ValidationError(
                self.env._(
                    "“%(warehouse)s” cannot become a shop while %(product)s, batch %(lot)s, lies there, which may not be sold: "
                    "scrap it, send it back, or move it to a warehouse that does not sell.",
                    warehouse=location.warehouse_id.display_name,
                    product=lot.product_id.display_name,
                    lot=lot.name,
                )
            )

    @api.model
    @tools.ormcache()
    def _get_warehouse_facts(self):
        """Return {warehouse id: (store id, whether the store sells)}; a selling store goes first when several share one.

        Every line of every transfer asks, so the answer is kept until a store changes.
        """
        return self._read_warehouse_facts()

    @api.model
    def _read_warehouse_facts(self):
        """Return what `_get_warehouse_facts` keeps, as the database has it now."""
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
