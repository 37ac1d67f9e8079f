"""What became of the goods of a till exception."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class CosmeticsTillExceptionResolution(models.TransientModel):
    """The store manager says which batch went over the counter, or that the goods came back or are disposed of."""

    _name = "cosmetics.till.exception.resolution"
    _description = "Resolve a Till Exception"

    exception_id = fields.Many2one("cosmetics.till.exception", required=True, readonly=True, ondelete="cascade")
    sentence = fields.Char(related="exception_id.sentence")
    product_id = fields.Many2one(related="exception_id.product_id")
    quantity = fields.Float(related="exception_id.quantity")
    resolution = fields.Selection(
        selection=lambda self: self.env["cosmetics.till.exception"]._fields["resolution"]._description_selection(self.env),
        string="What Became of the Goods",
        required=True,
        default="other_batch",
    )
    needs_batch = fields.Boolean(compute="_compute_needs_batch")
    available_lot_ids = fields.Many2many("stock.lot", compute="_compute_available_lot_ids")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Batch",
        domain="[('id', 'in', available_lot_ids)]",
        help="Batches of the same shop that may be sold, first-expiring first.",
    )
    note = fields.Char(string="Remark")

    @api.depends("resolution")
    def _compute_needs_batch(self):
        for wizard in self:
            wizard.needs_batch = wizard.resolution in ("other_batch", "replaced")

    @api.depends("exception_id")
    def _compute_available_lot_ids(self):
        for wizard in self:
            wizard.available_lot_ids = wizard._get_available_lots()

    @api.constrains("resolution", "lot_id")
    def _check_lot(self):
        for wizard in self:
            if wizard.needs_batch and not wizard.lot_id:
                raise ValidationError(self.env._("Choose the batch that the goods were taken from."))
            if wizard.needs_batch and wizard.lot_id not in wizard.available_lot_ids:
                raise ValidationError(
                    self.env._("Batch %s may not be sold, or is not in this shop. Choose one of the batches offered.", wizard.lot_id.name)
                )

    def action_confirm(self):
        """Resolve the exception, with the rights of the store manager."""
        self.ensure_one()
        self.exception_id.check_access("read")
        self.exception_id._resolve(self.resolution, self.lot_id if self.needs_batch else self.lot_id.browse(), self.note)
        return {"type": "ir.actions.act_window_close"}

    def _get_available_lots(self):
        """Return the batches the goods may be booked out of: sellable and in the shop; for a return every batch of the product."""
        self.ensure_one()
        exception = self.exception_id
        if exception.quantity < 0:
            return self.env["stock.lot"].search([("product_id", "=", exception.product_id.id)])
        # sudo: only names of batches of the shop of this exception, which the manager may resolve.
        batches = exception.config_id.sudo()._get_till_batches(exception.product_id.ids)["products"][exception.product_id.id]
        return self.env["stock.lot"].browse([batch[0] for batch in batches])
