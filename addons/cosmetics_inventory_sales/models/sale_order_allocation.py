"""Places give an order only batches that keep what was promised to its customer, the first-expiring ones first."""

from odoo import models
from odoo.addons.cosmetics_sales.tools import allocation
from odoo.fields import Domain

from ..tools import supply


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_allocation_stock_domain(self, products, warehouses):
        """Held batches are for nobody."""
        domain = super()._get_allocation_stock_domain(products, warehouses)
        return domain & (Domain("lot_id", "=", False) | Domain("lot_id.is_held", "=", False))

    def _prepare_allocation_batch(self, lot, quantity):
        """Add the use-by date, and the batch as `supply` judges it."""
        expiration_on = lot.expiration_on or None
        batch = supply.Batch(
            key=lot.id,
            shelf=None,
            free=quantity,
            expiration_on=expiration_on,
            sale_stop_on=lot.sale_stop_on or None,
            band=lot.band_id.id or None,
        )
        return allocation.Batch(lot.id, quantity, expiration_on, batch)

    def _get_allocation_accepts(self, lines, warehouses):
        accepts = super()._get_allocation_accepts(lines, warehouses)
        judged = lines.filtered(lambda line: line.product_id.tracking != "none")
        return {**accepts, **judged._get_batch_judges(warehouses)}
