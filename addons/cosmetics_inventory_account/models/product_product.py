"""What a product with a standard price was worth before its first price was kept."""

from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_standard_price_at_date(self, date=None):
        """Go back to the first price there was: the history of a new product begins with nothing, which core takes for a price.

        Stock that was counted as of an earlier day, as when a shop comes to this system, would be worth nothing before that.
        """
        price = super()._get_standard_price_at_date(date)
        if price or not date or date == fields.Date.today():
            return price
        history = [("product_id", "=", self.id), ("move_id", "=", False), ("lot_id", "=", False)]
        values = self.env["product.value"]
        if values.search_count([*history, ("date", "<=", date)], limit=1):
            return price
        return values.search([*history, ("value", "!=", 0)], order="date, id", limit=1).value or price
