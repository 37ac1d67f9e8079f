from odoo import api, fields, models

from ..models.stock_lot import CORRECTABLE


class CosmeticsLotCorrection(models.TransientModel):
    """Asks for the right dates of a batch and for the reason of the correction."""

    _name = "cosmetics.lot.correction"
    _description = "Correct the Dates of a Batch"

    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="lot_id.product_id")
    shelf_life_note = fields.Char(related="lot_id.shelf_life_note")
    production_date = fields.Date(compute="_compute_dates", store=True, readonly=False)
    shelf_life_months = fields.Integer(string="Shelf Life (Months)", compute="_compute_dates", store=True, readonly=False)
    expiry_basis = fields.Selection(
        [("production", "Production Date and Shelf Life"), ("printed", "Printed Use-by Date")],
        string="Use-by Date from",
        compute="_compute_dates",
        store=True,
        readonly=False,
        required=True,
    )
    expiration_on = fields.Date(string="Use-by Date", compute="_compute_dates", store=True, readonly=False)
    reason = fields.Char(required=True)

    @api.depends("lot_id")
    def _compute_dates(self):
        """Start from what the batch has."""
        for wizard in self:
            for name in CORRECTABLE:
                wizard[name] = wizard.lot_id[name]

    def action_confirm(self):
        """Correct the batch; rights and rules are those of the batch."""
        self.ensure_one()
        names = ("production_date", "shelf_life_months", "expiry_basis")
        vals = {name: self[name] for name in names}
        if self.expiry_basis == "printed":
            vals["expiration_on"] = self.expiration_on
        self.lot_id._correct_dates(vals, self.reason)
        return {"type": "ir.actions.act_window_close"}
