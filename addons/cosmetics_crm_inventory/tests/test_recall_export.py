"""The list of those who were not reached leaves as a spreadsheet, for who runs the recall."""

import io

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger
from openpyxl import load_workbook

from .common import RecallNoticeCommon


@tagged("post_install", "-at_install")
class TestRecallExport(RecallNoticeCommon, HttpCase):
    def _get(self, recall, login):
        self.authenticate(login, login)
        return self.url_open(f"/cosmetics/recall/{recall.id}/not-reached.xlsx")

    def test_list_has_a_row_for_each_buyer_who_was_not_reached(self):
        odd = self.env["res.partner"].create({"name": "=1+1", "phone": "029-87654321"})
        recall = self._tell(odd, self.member)
        answer = self._get(recall, "test_quality")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
        self.assertEqual(len(rows), 2)
        self.assertEqual(rows[1][:3], (recall.name, "=1+1", "029-87654321"))
        self.assertIn("029-87654321", rows[1][-1])
        self.assertIn(recall.name.replace("/", "-"), answer.headers["Content-Disposition"])

    def test_taking_the_list_stands_in_the_history(self):
        recall = self._tell(self.env["res.partner"].create({"name": "Nobody Knows"}))
        before = recall.message_ids
        self._get(recall, "test_quality")
        message = recall.message_ids - before
        self.assertEqual((len(message), message.author_id), (1, self.quality.partner_id))

    def test_nobody_else_takes_the_list(self):
        recall = self._tell(self.env["res.partner"].create({"name": "Nobody Knows"}))
        for login in ("test_quality_keeper", "test_member_manager"):
            with mute_logger("odoo.http"):
                self.assertEqual(self._get(recall, login).status_code, 403)
        with self.assertRaises(AccessError):
            recall.with_user(self.keeper).action_export_unreached()

    def test_list_of_a_recall_that_is_gone_is_not_found(self):
        recall = self._create_recall()
        recall_id = recall.id
        recall.unlink()
        self.authenticate("test_quality", "test_quality")
        self.assertEqual(self.url_open(f"/cosmetics/recall/{recall_id}/not-reached.xlsx").status_code, 404)

    def test_button_opens_the_list(self):
        recall = self._tell(self.member)
        self.assertIn(f"/{recall.id}/not-reached.xlsx", recall.action_export_unreached()["url"])
