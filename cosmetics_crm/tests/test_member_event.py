"""Events of members, over all modules that know any."""

from datetime import datetime
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from ..models.cosmetics_member_event import COLUMNS

SINCE, UNTIL = datetime.fromisoformat("2026-05-01"), datetime.fromisoformat("2026-05-02")


@tagged("post_install", "-at_install")
class TestMemberEvent(TransactionCase):
    def _read(self, *queries):
        """Return the rows of the union of these statements."""
        model = self.env["cosmetics.member.event"]
        with patch.object(type(model), "_get_event_queries", lambda self, since, until: list(queries)):
            query = model._get_event_query(SINCE, UNTIL)
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    def test_without_a_module_that_knows_events_there_are_none(self):
        self.assertEqual(self._read(), [])
        self.assertEqual([column.name for column in self.env.cr.description], list(COLUMNS))

    def test_the_events_of_all_modules_are_read_at_once(self):
        row = SQL(", ").join(SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name)) for name, kind in COLUMNS.items())
        self.assertEqual(len(self._read(SQL("SELECT %s", row), SQL("SELECT %s", row))), 2)

    def test_every_module_keeps_to_the_columns_and_names_its_kinds(self):
        model = self.env["cosmetics.member.event"]
        for query in model._get_event_queries(SINCE, UNTIL):
            self.env.cr.execute(query)
            self.assertEqual([column.name for column in self.env.cr.description], list(COLUMNS))
        kinds = model._get_event_kinds()
        self.assertEqual(len(dict(kinds)), len(kinds), "a code is one kind")
