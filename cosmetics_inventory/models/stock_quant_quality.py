from odoo import api, fields, models
from odoo.tools import SQL


class StockQuant(models.Model):
    _inherit = "stock.quant"

    quality_state = fields.Selection(related="lot_id.quality_state", string="Batch Quality")

    @api.model
    def _get_locked_quantities(self, keys):
        """Return {(product, lot, location): quantity on hand there} for these keys, children of the location not counted.

        The rows are locked until the transaction ends. Core skips rows that others have locked and would write a second,
        negative one beside them; whoever comes second here waits, and is started again with what is left.
        """
        quantities = dict.fromkeys(keys, 0.0)
        if not keys:
            return quantities
        self.flush_model(["product_id", "lot_id", "location_id", "quantity"])
        wanted = SQL(", ").join(SQL("(%s, %s, %s)", product.id, lot.id or 0, location.id) for product, lot, location in keys)
        self.env.cr.execute(
            SQL(
                "SELECT product_id, COALESCE(lot_id, 0), location_id, quantity FROM stock_quant"
                " WHERE (product_id, COALESCE(lot_id, 0), location_id) IN (%s) ORDER BY id FOR UPDATE",
                wanted,
            )
        )
        by_ids = {(product.id, lot.id or 0, location.id): (product, lot, location) for product, lot, location in keys}
        for product_id, lot_id, location_id, quantity in self.env.cr.fetchall():
            quantities[by_ids[product_id, lot_id, location_id]] += quantity
        return quantities
