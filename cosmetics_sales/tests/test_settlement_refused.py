"""A payout file that is refused leaves nothing: no draft, no file, no line."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_settlement import SettlementCommon
from .settlement_files import douyin

GOOD = douyin((1, "69001", 100, 0, -5))
NONE = b"a,b\n1,2\n"


@tagged("post_install", "-at_install")
class TestSettlementRefused(SettlementCommon):
    def _assert_refused(self, sentence, *files, **options):
        """The files are refused when they are attached, and no settlement is left."""
        settlements = self.env["cosmetics.settlement"].search([])
        with self.assertRaisesRegex(UserError, sentence), self.env.cr.savepoint():
            self._prepare(*files, **options)
        self.assertEqual(self.env["cosmetics.settlement"].search([]), settlements)

    def _upload(self, data):
        return self.env["ir.attachment"].with_user(self.ecommerce_clerk).create({"name": "more.csv", "raw": data})

    def test_file_that_is_none_leaves_no_settlement(self):
        self._assert_refused("no payout file", NONE)

    def test_one_bad_file_among_good_ones_leaves_no_settlement(self):
        self._assert_refused("1.csv is no payout file", GOOD, NONE)

    def test_empty_file_leaves_no_settlement(self):
        self._assert_refused("0.csv", b"")

    def test_file_that_was_read_leaves_no_second_settlement(self):
        first = self._settle(GOOD)
        self._assert_refused(f"read already, see “{first.name}”", GOOD)

    def test_file_with_one_new_movement_is_welcome(self):
        self._settle(GOOD)
        self.assertEqual(self._settle(douyin((1, "69001", 100, 0, -5), (2, "69002", 50, 0, 0))).file_total, 145)

    def test_bill_without_a_movement_is_welcome(self):
        self._settle(GOOD)
        self.assertTrue(self._prepare(douyin()))

    def test_same_file_of_another_shop_is_welcome(self):
        self._settle(GOOD)
        self.assertEqual(self._settle(GOOD, channel=self._create_channel("TESTDY2")).line_count, 2)

    def test_bad_file_is_not_added_to_a_settlement_that_was_read(self):
        settlement = self._settle(GOOD)
        files = settlement.attachment_ids
        with self.assertRaisesRegex(UserError, "more.csv is no payout file"), self.env.cr.savepoint():
            settlement.attachment_ids = [Command.link(self._upload(NONE).id)]
        self.assertEqual((settlement.attachment_ids, settlement.line_count), (files, 2))

    def test_files_that_were_read_may_stand_while_others_are_added(self):
        settlement = self._settle(GOOD)
        settlement.attachment_ids = [Command.link(self._upload(douyin((2, "69002", 100, 0, -5))).id)]
        settlement.action_read()
        self.assertRecordValues(settlement, [{"line_count": 4, "file_total": 190, "file_difference": 0}])

    def test_draft_is_not_moved_to_the_shop_that_has_read_its_file(self):
        self._settle(GOOD)
        draft = self._prepare(GOOD, channel=self._create_channel("TESTDY3"))
        with self.assertRaisesRegex(UserError, "read already"), self.env.cr.savepoint():
            draft.channel_id = self.channel
