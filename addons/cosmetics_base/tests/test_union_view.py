"""Lists of documents of several kinds: which rows a question is about."""

from odoo.fields import Domain
from odoo.tests import tagged
from odoo.tools import SQL

from ..models.cosmetics_union_view import _ids_of
from .common import CosmeticsCommon


@tagged("post_install", "-at_install")
class TestUnionView(CosmeticsCommon):
    def _unite(self, ids):
        pieces = [SQL("SELECT g AS id, 'even' AS kind FROM generate_series(0, 4) AS g"), SQL("SELECT 7 AS id, 'odd' AS kind")]
        union = self.env["cosmetics.union.view"]._unite(pieces, SQL("q.kind"), ids=ids)
        return sorted(self.env.execute_query(union)), str(union.code).count("UNION ALL")

    def test_ids_are_known_when_a_question_asks_for_nothing_else(self):
        for domain in ([("id", "in", [3, 4])], [("id", "=", 3)], Domain("id", "in", (3, 4))):
            with self.subTest(domain=domain):
                self.assertLessEqual(set(_ids_of(domain)), {3, 4})
        self.assertEqual(_ids_of([("id", "in", [3, 4])]), (3, 4))

    def test_any_other_question_is_about_all_rows(self):
        query = self.env["res.partner"]._search([("id", "<", 10)])
        others = (
            [], [("id", "not in", [3])], [("id", ">", 3)], [("id", "in", [3]), ("name", "=", "x")],
            ["|", ("id", "in", [3]), ("id", "in", [4])],
            [("id", "in", query)], [("partner_id", "in", [3])],
        )  # fmt: skip
        for domain in others:
            with self.subTest(domain=domain):
                self.assertEqual(_ids_of(domain), ())

    def test_rows_of_all_statements_have_ids_of_their_own(self):
        rows, unions = self._unite(())
        self.assertEqual((len({number for number, _kind in rows}), unions), (6, 1))
        self.assertIn((15, "odd"), rows)

    def test_known_rows_are_looked_for_in_their_statements_alone(self):
        self.assertEqual(self._unite((2, 6)), ([(2, "even"), (6, "even")], 0))
        self.assertEqual(self._unite((2, 15)), ([(2, "even"), (15, "odd")], 1))
        self.assertEqual(self._unite((9,)), ([], 0), "a row that is not there")
