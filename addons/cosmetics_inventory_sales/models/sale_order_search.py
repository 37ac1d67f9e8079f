"""A batch number finds the orders it was delivered on."""

from odoo import api, models
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _get_search_domains(self, what, value):
        domains = super()._get_search_domains(what, value)
        if what != "number":
            return domains
        # sudo: where a batch went; the orders themselves are searched with the rights of the user
        lines = self.env["sale.order.line"].sudo()._search([("move_ids.move_line_ids.lot_id.name", "=ilike", value)])
        return [*domains, Domain("order_line", "in", lines)]
