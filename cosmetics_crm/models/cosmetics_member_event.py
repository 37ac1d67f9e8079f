"""What happened to members, and may be followed by something: a question, a thank-you, a call."""

from odoo import api, models
from odoo.tools import SQL

# name of a column: its type in PostgreSQL
COLUMNS = {
    "kind": "varchar", "origin_model": "varchar", "origin_id": "int", "origin_name": "varchar", "partner_id": "int",
    "happened_at": "timestamp", "store_id": "int", "channel_id": "int", "user_id": "int", "company_id": "int", "product_ids": "int[]",
}  # fmt: skip


class CosmeticsMemberEvent(models.AbstractModel):
    """Moments of members over all apps. Nothing is kept here: each module reads its own documents."""

    _name = "cosmetics.member.event"
    _description = "Event of a Member"

    @api.model
    def _get_event_kinds(self):
        """Return [(code, name)] of the kinds of events there are; an override adds its own."""
        return []

    @api.model
    def _get_event_queries(self, since, until):
        """Return a list of SELECT statements (:class:`odoo.tools.SQL`) of what happened from ``since`` to before ``until`` (naive UTC).

        An override adds its own. Each gives ``COLUMNS`` in that order: kind (a code of ``_get_event_kinds``), origin_model, origin_id,
        origin_name (the document; with the kind it names the event, once), partner_id (the person, not an address of theirs), happened_at
        (timestamp, UTC), store_id, channel_id, user_id (who served), company_id, product_ids (what it was about; may be empty). NULL
        where there is none. A statement keeps to the bounds by itself, through an index: it is read every hour.
        """
        return []

    @api.model
    def _get_event_query(self, since, until):
        """Return the union of all statements."""
        return SQL(" UNION ALL ").join(self._get_event_queries(since, until) or [self._get_empty_query()])

    @api.model
    def _get_empty_query(self):
        columns = (SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name)) for name, kind in COLUMNS.items())
        return SQL("SELECT %s WHERE FALSE", SQL(", ").join(columns))
