"""The warehouse is chosen by hand, with a reason."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsAllocationOverride(models.TransientModel):
    """Asks for the warehouse and the reason; the orders keep it until somebody asks for another look."""

    _name = "cosmetics.allocation.override"
    _description = "Choose Warehouse"

    order_ids = fields.Many2many("sale.order", string="Orders", required=True, readonly=True)
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    warehouse_id = fields.Many2one("stock.warehouse", required=True, domain="[('company_id', '=', company_id)]")
    reason = fields.Char(required=True, help="Stands on the timeline of the order.")

    @api.depends("order_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.order_ids.company_id[:1]

    def action_apply(self):
        """Give the orders from the chosen warehouse."""
        self.ensure_one()
        self.order_ids._choose_warehouse(self.warehouse_id, self.reason)
        return {"type": "ir.actions.act_window_close"}

    @api.constrains("reason")
    def _check_reason(self):
        if self.filtered(lambda wizard: not (wizard.reason or "").strip()):
            raise UserError(self.env._("Say why this warehouse is chosen; it is asked later."))
