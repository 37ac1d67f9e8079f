"""One walk through the warehouse for many deliveries."""

from odoo import api, fields, models
from odoo.tools import float_compare, float_repr

from ..tools.natural_key import natural_key


class ReportPickingList(models.AbstractModel):
    """Rows by place and batch, the same goods of all deliveries together."""

    _name = "report.cosmetics_sales.report_picking_list"
    _description = "Picking List"
    _is_one_document = True

    @api.model
    def _get_report_values(self, docids, data=None):
        return self._get_list_values(self.env["stock.picking"].browse(docids or (data or {}).get("whole_ids")))

    @api.model
    def _get_list_values(self, pickings):
        """Return what the list shows of these deliveries: ``rows`` in the order of the walk, ``missing`` sentences."""
        pickings._check_printable()
        # sudo: whoever prints reads the batches of these deliveries; the batches of everything else stay closed
        pickings = pickings.filtered(lambda picking: picking.state not in ("done", "cancel")).sudo()
        return {
            "pickings": pickings,
            "printed_at": fields.Datetime.now(),
            "rows": self._get_rows(pickings.move_line_ids.filtered("quantity")),
            "missing": self._get_missing(pickings.move_ids),
        }

    @api.model
    def _get_rows(self, lines):
        key = self._get_row_key
        groups = lines.grouped(lambda line: (line.location_id, line.product_id, line.lot_id, line.lot_name, line.product_id.uom_id))
        return [
            {
                "location": location.display_name,
                "product": product.display_name,
                "barcode": product.barcode or "",
                "lot": lot.name or lot_name or "",
                "lot_note": self._get_lot_note(lot),
                "quantity": self._format(sum(own.mapped("quantity_product_uom")), uom),
                "uom": uom.name,
                "shares": ", ".join(
                    f"{picking.sale_id.name or picking.name} × {self._format(sum(part.mapped('quantity_product_uom')), uom)}"
                    for picking, part in own.grouped("picking_id").items()
                ),
            }
            for (location, product, lot, lot_name, uom), own in sorted(groups.items(), key=lambda item: key(*item[0]))
        ]

    @api.model
    def _get_row_key(self, location, product, lot, lot_name, uom):
        """Return the key by which rows are sorted: the way a keeper walks, shelf 2 before shelf 10."""
        return (natural_key(location.complete_name), product.display_name, natural_key(lot.name or lot_name))

    @api.model
    def _get_lot_note(self, lot):
        """Return what stands under a batch, e.g. its use-by date; the app knows batch numbers only."""
        return ""

    @api.model
    def _get_missing(self, moves):
        short = moves.filtered(
            lambda move: (
                move.state != "cancel"
                and float_compare(move.quantity, move.product_uom_qty, precision_rounding=move.product_uom.rounding) < 0
            )
        )
        return [
            self.env._(
                "%(order)s: %(product)s, %(quantity)s %(unit)s",
                order=move.picking_id.sale_id.name or move.picking_id.name,
                product=move.product_id.display_name,
                quantity=self._format(move.product_uom_qty - move.quantity, move.product_uom),
                unit=move.product_uom.name,
            )
            for move in short
        ]

    @api.model
    def _format(self, quantity, uom):
        digits = 0 if uom.is_zero(quantity - round(quantity)) else 2
        return float_repr(quantity, digits)
