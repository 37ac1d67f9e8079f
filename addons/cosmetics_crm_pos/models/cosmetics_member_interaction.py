"""Receipts of the till in the timeline of members."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsMemberInteraction(models.Model):
    _inherit = "cosmetics.member.interaction"

    kind = fields.Selection(selection_add=[("pos", "Till")])

    @api.model
    def _get_interaction_queries(self):
        return [*super()._get_interaction_queries(), self._sql_receipts()]

    @api.model
    def _sql_receipts(self):
        """Paid receipts; a refund has a negative amount."""
        return SQL(
            "SELECT o.id, p.commercial_partner_id AS partner_id, 'pos' AS kind, o.date_order AS date, o.pos_reference AS summary,"
            " o.amount_total / COALESCE(NULLIF(o.currency_rate, 0), 1) AS amount, o.user_id, 'pos.order' AS origin_model,"
            " o.id AS origin_id, c.store_id, o.company_id FROM pos_order o JOIN res_partner p ON p.id = o.partner_id"
            " LEFT JOIN pos_session s ON s.id = o.session_id LEFT JOIN pos_config c ON c.id = s.config_id"
            " WHERE o.state IN ('paid', 'done')"
        )
