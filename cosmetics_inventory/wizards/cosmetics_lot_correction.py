from odoo import api, fields, models

from ..models.stock_lot import CORRECTABLE


class CosmeticsLotCorrection(models.TransientModel):
    """Asks for the right dates of a batch and for the reason of the correction."""

    _name = "cosmetics.lot.correction"
    _description = "Correct the Dates of a Batch"

    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="lot_id.product_id")
    shelf_life_note = fields.Char(related="lot_id.shelf_life_note")
    production_date = fields.Date()
    shelf_life_months = fields.Integer(string="Shelf Life (Months)")
    expiry_basis = fields.Selection(
        [("production", "Production Date and Shelf Life"), ("printed", "Printed Use-by Date")],
        string="Use-by Date from",
        required=True,
    )
    expiration_on = fields.Date(string="Use-by Date")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields_list):
        """Start from what the batch has."""
        defaults = self._complete_vals(super().default_get(fields_list))
        return {name: value for name, value in defaults.items() if name in fields_list}

    @api.model_create_multi
    def create(self, vals_list):
        """What is not said stays as it is, for a call from outside as well: a correction must not erase a date."""
        return super().create([self._complete_vals(vals) for vals in vals_list])

    @api.model
    def _complete_vals(self, vals):
        """Return vals with the dates of the batch where they say nothing."""
        lot = self.env["stock.lot"].browse(vals.get("lot_id"))
        return {**{name: lot[name] for name in CORRECTABLE if lot}, **vals}

    def action_confirm(self):
        """Correct the batch; rights and rules are those of the batch."""
        self.ensure_one()
        names = ("production_date", "shelf_life_months", "expiry_basis")
        vals = {name: self[name] for name in names}
        if self.expiry_basis == "printed":
            vals["expiration_on"] = self.expiration_on
        self.lot_id._correct_dates(vals, self.reason)
        return {"type": "ir.actions.act_window_close"}
