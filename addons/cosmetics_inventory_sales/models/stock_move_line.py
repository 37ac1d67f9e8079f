"""The use-by date beside the batch that left."""

from odoo import fields, models


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    # related_sudo: a seller sees which batches the customer has without the right to the warehouse's papers
    lot_expiration_on = fields.Date(related="lot_id.expiration_on", string="Use-by Date of the Batch", related_sudo=True)

    def _is_receivers_own(self):
        """A return that was not accepted stays the buyer's: the very batch that came goes back, no more of it than came."""
        line = self.sudo().move_id.aftersale_line_id  # sudo: whoever ships need not read after-sales
        return super()._is_receivers_own() or (
            self.move_id._is_going_home() and self.lot_id == line.received_lot_id and self.move_id._is_within_what_came()
        )

    def _check_fefo(self):
        """Nobody chooses what goes home; that it does is logged."""
        home = self.filtered(lambda line: line.lot_id and line.quantity > 0 and line._is_receivers_own())
        self.env["cosmetics.shelf.life.log"]._record(
            [
                line._prepare_shelf_life_log_vals(
                    "own",
                    "not_accepted",
                    self.env._(
                        "%(product)s, batch %(lot)s, goes back to the buyer it belongs to (%(aftersale)s).",
                        product=line.product_id.display_name,
                        lot=line.lot_id.name,
                        aftersale=line.sudo().move_id.aftersale_line_id.aftersale_id.name,
                    ),
                )
                for line in home
            ]
        )
        return super(StockMoveLine, self - home)._check_fefo()
