"""Batches from the start, and what the replenishment report may propose."""

from odoo import api, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.model_create_multi
    def create(self, vals_list):
        """Core's default would say "no tracking" before the template is asked."""
        complete = self.env["product.template"]._complete_shelf_life_vals
        return super().create([complete(vals) for vals in vals_list])

    @api.model
    def _get_not_replenishable_domain(self):
        """Return the domain of products whose life cycle stage forbids replenishment."""
        return [("lifecycle_stage_id", "!=", False), ("lifecycle_stage_id.can_replenish", "=", False)]

    def _get_stock_action(self, warehouses):
        """Return the action that opens what lies of these products in these warehouses, batch by batch."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Stock"),
            "res_model": "stock.quant",
            "views": [(self.env.ref("stock.view_stock_quant_tree").id, "list"), (False, "form")],
            "domain": [
                ("product_id", "in", self.ids),
                ("warehouse_id", "in", warehouses.ids),
                ("location_id.usage", "=", "internal"),
            ],
        }
