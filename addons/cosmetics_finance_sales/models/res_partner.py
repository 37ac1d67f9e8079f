"""What finance knows of a customer holds orders, and what orders promise counts as credit."""

from odoo import models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_credit_promised(self, company):
        promised = super()._get_credit_promised(company)
        open_orders = self._get_open_order_amounts(company)
        return {partner_id: promised.get(partner_id, 0.0) + open_orders[partner_id] for partner_id in self.ids}

    def _filtered_on_credit(self, company):
        """Lateness and dunning hold orders as well."""
        late = self.with_company(company).filtered(lambda partner: partner.credit_days > 0)
        stopped = self.browse(self._get_credit_stopped(company))
        return super()._filtered_on_credit(company) | late | stopped
