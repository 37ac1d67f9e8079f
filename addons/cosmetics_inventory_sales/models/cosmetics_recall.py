"""Buyers by order."""

from odoo import api, models

ORDER_FIELDS = ("order_id", "contact_id", "ordered_at")


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    @api.model
    def _get_buyer_rows(self, lots):
        """Show a delivery of an order as what it is: the order, who ordered, who received, when. No row is added.

        The record of the row stays the delivery: an order delivered in two parts is two rows, and returns find theirs.
        """
        rows = super()._get_buyer_rows(lots)
        pickings = self.env["stock.picking"].browse({row["picking_id"] for row in rows if row["kind"] == "delivery" and row["picking_id"]})
        # sudo: whoever recalls must reach every buyer, whichever orders the own role may read
        orders = {picking.id: picking.sale_id for picking in pickings.sudo() if picking.sale_id}
        for row in rows:
            if row["kind"] == "delivery" and (order := orders.get(row["picking_id"])):
                row.update(
                    kind="order",
                    partner_id=order.partner_id.id,
                    document=f"{order.name} / {row['document']}",
                    order_id=order.id,
                    contact_id=order.partner_shipping_id.id,
                    ordered_at=order.date_order,
                )
        return rows

    def _write_buyers(self, rows):
        for row in rows.values():
            for name in ORDER_FIELDS:
                row.setdefault(name, False)
        return super()._write_buyers(rows)

    @api.model
    def _get_line_fields(self):
        return (*super()._get_line_fields(), *ORDER_FIELDS)
