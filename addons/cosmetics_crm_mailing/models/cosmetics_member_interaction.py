"""SMS in the timeline of members."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsMemberInteraction(models.Model):
    _inherit = "cosmetics.member.interaction"

    kind = fields.Selection(selection_add=[("sms", "SMS"), ("sms_reply", "SMS Reply")])

    @api.model
    def _get_interaction_queries(self):
        return [*super()._get_interaction_queries(), self._sql_messages(), self._sql_replies()]

    @api.model
    def _sql_messages(self):
        """Messages that left; what waits, failed or was cancelled reached nobody."""
        return SQL(
            "SELECT s.id, s.partner_id, 'sms' AS kind, COALESCE(s.submitted_at, s.create_date) AS date, LEFT(s.body, 120) AS summary,"
            " NULL AS amount, NULL AS user_id, 'sms.sms' AS origin_model, s.id AS origin_id, NULL AS store_id,"
            " s.sms_company_id AS company_id FROM sms_sms s WHERE s.partner_id IS NOT NULL AND s.state IN ('pending', 'sent')"
        )

    @api.model
    def _sql_replies(self):
        return SQL(
            "SELECT r.id, r.partner_id, 'sms_reply' AS kind, r.received_at AS date, LEFT(r.text, 120) AS summary, NULL AS amount,"
            " NULL AS user_id, 'cosmetics.sms.reply' AS origin_model, r.id AS origin_id, NULL AS store_id, r.company_id"
            " FROM cosmetics_sms_reply r WHERE r.partner_id IS NOT NULL"
        )
