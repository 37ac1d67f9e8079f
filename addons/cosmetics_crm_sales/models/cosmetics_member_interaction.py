"""Orders in the timeline of members."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsMemberInteraction(models.Model):
    _inherit = "cosmetics.member.interaction"

    kind = fields.Selection(selection_add=[("order", "Order")])

    @api.model
    def _get_interaction_queries(self):
        return [*super()._get_interaction_queries(), self._sql_orders()]

    @api.model
    def _sql_orders(self):
        """Confirmed orders; a quotation is a paper, a cancelled order is none."""
        return SQL(
            "SELECT o.id, p.commercial_partner_id AS partner_id, 'order' AS kind, o.date_order AS date, o.name AS summary,"
            " o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount, o.user_id, 'sale.order' AS origin_model,"
            " o.id AS origin_id, NULL AS store_id, o.company_id"
            " FROM sale_order o JOIN res_partner p ON p.id = o.partner_id WHERE o.state = 'sale'"
        )
