"""Orders open for every role that works on them, and tell the day of their delivery."""

from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _compute_gift_card_count(self):
        """Count the gift cards of an order for whoever invoices or ships it.

        Core counts with the rights of the reader, so the form of an order fails for accountants and warehouse keepers,
        who have no business with the cards themselves.
        """
        # sudo: a number alone; the cards stay closed.
        return super(SaleOrder, self.sudo())._compute_gift_card_count()

    def _prepare_invoice(self):
        # Core hands over the moment in UTC, whose day is yesterday's for what left before eight in the morning.
        return {**super()._prepare_invoice(), "delivery_date": self._get_effective_day()}

    def _get_effective_day(self):
        """Return the day (date, or False) of the first delivery, as the calendar of the company shows it."""
        self.ensure_one()
        if not self.effective_date:
            return False
        # sudo: whoever invoices need not read the contact of the company.
        time_zone = self.company_id.sudo().partner_id.tz
        order = self.with_context(tz=time_zone) if time_zone else self
        return fields.Datetime.context_timestamp(order, self.effective_date).date()
