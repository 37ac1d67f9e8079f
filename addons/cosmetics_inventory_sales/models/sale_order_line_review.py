"""The usual price of near-expiry goods is the one of their band."""

from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_usual_prices(self):
        usual = super()._get_usual_prices()
        for line in self.filtered("shelf_life_band_id"):
            usual[line] = line._get_band_price(usual[line])
        return usual
