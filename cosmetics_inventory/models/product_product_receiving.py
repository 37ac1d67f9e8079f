"""What is asked of a batch of a product when it comes in."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta
from odoo import fields, models

from ..tools import shelf_life


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_receipt_minimum(self, supplier, company):
        """Return (share, days) of life a batch must still have at receipt; 0 is no limit.

        Hook: purchasing adds what the price list of the vendor says for the product.

        :param res.partner supplier: may be empty
        """
        self.ensure_one()
        return supplier._get_receipt_minimum(company)

    def _get_receipt_floor(self, supplier, company, total):
        """Return the earliest use-by date that may come in today (China), None when nothing is agreed.

        :param int total: days of the whole life, 0 when unknown
        """
        share, days = self._get_receipt_minimum(supplier, company)
        if not (share or days):
            return None
        return shelf_life.promise_floor(shelf_life.china_day(fields.Datetime.now()), days, share, total)

    def _get_expiry_of(self, production_on):
        """Return the use-by date of goods made on a day, None without a shelf life to count with."""
        months = self.shelf_life_months
        return shelf_life.expiry_of(production_on, months) if production_on and months else None

    def _get_production_of(self, expiration_on):
        """Return the day on which goods with this use-by date were made at the latest, None without a shelf life."""
        months = self.shelf_life_months
        return expiration_on + timedelta(days=1) - relativedelta(months=months) if expiration_on and months else None
