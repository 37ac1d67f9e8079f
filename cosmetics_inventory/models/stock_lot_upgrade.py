"""Batches that were there before the rules of shelf life: from an older version, or from Odoo without this app."""

import logging

from odoo import api, models
from odoo.tools import SQL

from .stock_lot_shelf_life import BATCH_SIZE

_logger = logging.getLogger(__name__)


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.model
    def _complete_existing_lots(self):
        """Fill the dates of batches that have core's expiration date only, and hold those that have none at all.

        Reads and writes in bulk; what is filled already stays, so it may run again. Products that are cosmetics but are
        kept without batches stay as they are: their stock has to be counted by batch first. They are named in the log.
        """
        self._switch_on_tracking()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                UPDATE stock_lot lot
                   SET expiration_on = ((lot.expiration_date AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Shanghai')::date,
                       sale_stop_on = ((lot.expiration_date AT TIME ZONE 'UTC') AT TIME ZONE 'Asia/Shanghai')::date + 1,
                       expiry_basis = CASE WHEN template.is_shelf_life_managed THEN 'printed' END,
                       shelf_life_months = CASE WHEN template.is_shelf_life_managed THEN template.shelf_life_months END
                  FROM product_product product
                  JOIN product_template template ON template.id = product.product_tmpl_id
                 WHERE product.id = lot.product_id
                   AND lot.expiration_on IS NULL
                   AND lot.expiration_date IS NOT NULL
                """
            )
        )
        self.env.invalidate_all()
        managed = self.search(
            [("product_id.is_shelf_life_managed", "=", True), ("expiration_on", "!=", False), ("total_life_days", "in", [0, False])]
        )
        for start in range(0, len(managed), BATCH_SIZE):
            managed[start : start + BATCH_SIZE]._update_shelf_life()
        self._update_all_bands()
        self.search([("product_id.is_shelf_life_managed", "=", True), ("expiration_on", "=", False)])._hold_undated()

    def _hold_undated(self):
        """Put batches of cosmetics without a use-by date into quarantine: nobody can tell whether they have expired."""
        undated = self.filtered(lambda lot: lot.is_shelf_life_managed and not lot.expiration_on and not lot.is_held)
        if undated:
            # sudo: the rule holds the batch, whatever the rights of the one who set it off
            undated.sudo()._set_quality_state("quarantine", self.env._("No use-by date is known. Enter it, then release the batch."))

    @api.model
    def _switch_on_tracking(self):
        """Switch cosmetics to batches and dates where that touches no stock; log those where it would."""
        templates = self.env["product.template"].with_context(active_test=False)
        templates.search(
            [("is_shelf_life_managed", "=", True), ("tracking", "!=", "none"), ("use_expiration_date", "=", False)]
        ).use_expiration_date = True
        untracked = templates.search([("is_shelf_life_managed", "=", True), ("tracking", "=", "none")])
        in_stock = (
            self.env["stock.quant"]
            ._read_group([("product_id.product_tmpl_id", "in", untracked.ids), ("quantity", "!=", 0)], [], ["product_id:recordset"])[0][0]
            .product_tmpl_id
        )
        (untracked - in_stock).write({"tracking": "lot", "use_expiration_date": True})
        if in_stock:
            _logger.info("Cosmetics in stock without batches; count them by batch, then set Track Inventory to By Lots: %s", in_stock.ids)
