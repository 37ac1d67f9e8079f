"""Everything that passed between a member and the company, in one line of time."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

# (name, type in PostgreSQL)
COLUMNS = (
    ("id", "int"), ("partner_id", "int"), ("kind", "varchar"), ("date", "timestamp"), ("summary", "varchar"), ("amount", "numeric"),
    ("user_id", "int"), ("origin_model", "varchar"), ("origin_id", "int"), ("store_id", "int"), ("company_id", "int"),
)  # fmt: skip


class CosmeticsMemberInteraction(models.Model):
    """One call, visit, chat, mail, appointment; with other modules orders, receipts, messages and service cases. Read only."""

    _name = "cosmetics.member.interaction"
    _inherit = ["cosmetics.union.view"]
    _description = "Interaction with a Member"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "summary"

    partner_id = fields.Many2one("res.partner", string="Member", readonly=True)
    kind = fields.Selection(
        [
            ("call", "Phone Call"),
            ("visit", "Visit in the Shop"),
            ("chat", "Chat"),
            ("other", "Other"),
            ("mail", "Mail"),
            ("appointment", "Appointment"),
        ],
        readonly=True,
    )
    date = fields.Datetime(string="When", readonly=True)
    summary = fields.Char(readonly=True)
    amount = fields.Monetary(readonly=True, currency_field="currency_id")
    user_id = fields.Many2one("res.users", string="By", readonly=True)
    origin_model = fields.Char(readonly=True)
    origin_id = fields.Many2oneReference(model_field="origin_model", readonly=True)
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.model
    def _get_union(self, ids=()):
        columns = SQL(", ").join(SQL("q.%s::%s AS %s", SQL.identifier(name), SQL(kind), SQL.identifier(name)) for name, kind in COLUMNS[1:])
        return self._unite(self._get_interaction_queries(), columns, ids=ids)

    def action_open_origin(self):
        """Open what the line stands for, with the rights of the user."""
        self.ensure_one()
        self.check_access("read")
        record = self.env[self.origin_model].browse(self.origin_id).exists()
        if not record or not record.has_access("read"):
            raise UserError(self.env._("Your role does not open this document. The line here is what you may see of it."))
        return record.get_formview_action()

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_interaction_queries(self):
        """Return a list of SELECT statements (:class:`odoo.tools.SQL`), one for each kind of document; other modules add their own.

        Each gives the columns ``COLUMNS`` by name: id (unique within the statement), partner_id (the member, not an address of theirs),
        kind (a value of the field), date (UTC), summary (one line, never health data), amount (company currency, or NULL), user_id
        (who of us, or NULL), origin_model and origin_id (what a click opens), store_id and company_id (or NULL). partner_id must be a
        column that is indexed: the page of a member reads through it.
        """
        return [self._sql_contacts(), self._sql_mails(), self._sql_appointments()]

    @api.model
    def _sql_contacts(self):
        return SQL(
            "SELECT c.id, c.partner_id, c.kind, c.happened_at AS date, c.summary, NULL AS amount, c.user_id,"
            " 'cosmetics.member.contact' AS origin_model, c.id AS origin_id, c.store_id, c.company_id FROM cosmetics_member_contact c"
        )

    @api.model
    def _sql_mails(self):
        """Mails to and from a member, and what was posted to the member; notes among colleagues are none."""
        subtype = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_comment")
        # A summary only: of a mail without a subject its beginning, without the marks of HTML.
        text = SQL("LEFT(COALESCE(NULLIF(m.subject, ''), regexp_replace(m.body, '<[^>]*>', ' ', 'g')), 120)")
        return SQL(
            "SELECT m.id, m.res_id AS partner_id, 'mail' AS kind, m.date, %s AS summary, NULL AS amount,"
            " (SELECT u.id FROM res_users u WHERE u.partner_id = m.author_id ORDER BY u.id LIMIT 1) AS user_id,"
            " 'res.partner' AS origin_model, m.res_id AS origin_id, NULL AS store_id, NULL AS company_id FROM mail_message m"
            " WHERE m.model = 'res.partner' AND m.message_type IN ('email', 'email_outgoing', 'comment')"
            " AND m.subtype_id = %s AND m.is_internal IS NOT TRUE",
            text,
            subtype,
        )

    @api.model
    def _sql_appointments(self):
        """Appointments that the member was invited to; private ones are their owner's business."""
        return SQL(
            "SELECT a.id, a.partner_id, 'appointment' AS kind, e.start AS date, e.name AS summary, NULL AS amount, e.user_id,"
            " 'calendar.event' AS origin_model, e.id AS origin_id, NULL AS store_id, NULL AS company_id"
            " FROM calendar_attendee a JOIN calendar_event e ON e.id = a.event_id"
            " WHERE e.active AND COALESCE(e.privacy, 'public') <> 'private'"
        )
