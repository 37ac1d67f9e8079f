"""The batch on a line of a ticket."""

from odoo import api, fields, models


class PosPackOperationLot(models.Model):
    """A batch on a line of a till sale: as the till told it, and as the server took it."""

    _inherit = "pos.pack.operation.lot"

    expiration_on = fields.Date(
        string="Use By", help="Last day on which the goods may be used, as the till knew it: it stands on the receipt."
    )
    choice = fields.Selection(
        [("fefo", "First-Expiring"), ("scanned", "Scanned at the till"), ("chosen", "Chosen at the till"), ("server", "Chosen on Arrival")],
        default="fefo",
        help="Who chose the batch: the rule at the till, the scanner, the clerk, or the server for a sale that came without a batch.",
    )
    is_near_expiry = fields.Boolean(
        string="Buyer Told: Near Expiry", help="The buyer was told on screen and receipt that the batch is near expiry."
    )
    lot_id = fields.Many2one(
        "stock.lot", string="Batch", readonly=True, copy=False, index="btree_not_null", help="The batch the server took out of the shop."
    )
    quantity = fields.Float(digits="Product Unit", readonly=True, copy=False, help="Pieces of this batch; a line may hold several batches.")

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "expiration_on", "choice", "is_near_expiry"]

    def _get_fefo_reason(self):
        """Return why this batch and not the first-expiring one was taken, in words for the log."""
        self.ensure_one()
        return dict(self._fields["choice"]._description_selection(self.env))[self.choice or "chosen"]
