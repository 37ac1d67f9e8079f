"""Service cases in the timeline of members."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsMemberInteraction(models.Model):
    _inherit = "cosmetics.member.interaction"

    kind = fields.Selection(selection_add=[("case", "Service Case")])

    @api.model
    def _get_interaction_queries(self):
        return [*super()._get_interaction_queries(), self._sql_cases()]

    @api.model
    def _sql_cases(self):
        """Cases by number and title; of a case with health data the number alone, for advisers read the timeline too."""
        return SQL(
            "SELECT t.id, t.commercial_partner_id AS partner_id, 'case' AS kind, t.create_date AS date,"
            " CASE WHEN t.is_health THEN t.number ELSE t.number || ' ' || t.name END AS summary, NULL AS amount, t.user_id,"
            " 'helpdesk.ticket' AS origin_model, t.id AS origin_id, t.store_id, t.company_id FROM helpdesk_ticket t"
            " WHERE t.active AND t.commercial_partner_id IS NOT NULL"
        )
