"""Closed cases among the events of members."""

from odoo import api, models
from odoo.tools import SQL


class CosmeticsMemberEvent(models.AbstractModel):
    _inherit = "cosmetics.member.event"

    @api.model
    def _get_event_kinds(self):
        return [*super()._get_event_kinds(), ("ticket_closed", self.env._("Service Case Closed"))]

    @api.model
    def _get_event_queries(self, since, until):
        return [*super()._get_event_queries(since, until), self._sql_ticket_closed(since, until)]

    @api.model
    def _sql_ticket_closed(self, since, until):
        """Cases of members that were closed; allergies are nobody's business in a survey."""
        return SQL(
            "SELECT 'ticket_closed'::varchar AS kind, 'helpdesk.ticket'::varchar AS origin_model,"
            " t.id AS origin_id, t.number AS origin_name, t.commercial_partner_id AS partner_id, t.closed_date AS happened_at,"
            " t.store_id, NULL::int AS channel_id, t.user_id, COALESCE(t.company_id, p.company_id, m.company_id) AS company_id,"
            " CASE WHEN t.product_id IS NULL THEN '{}'::int[] ELSE ARRAY[t.product_id] END AS product_ids"
            " FROM helpdesk_ticket t JOIN helpdesk_ticket_stage s ON s.id = t.stage_id AND s.closed"
            " JOIN res_partner p ON p.id = t.commercial_partner_id LEFT JOIN helpdesk_ticket_team m ON m.id = t.team_id"
            " WHERE t.closed_date >= %(since)s AND t.closed_date < %(until)s AND t.active AND t.is_health IS NOT TRUE",
            since=since,
            until=until,
        )
