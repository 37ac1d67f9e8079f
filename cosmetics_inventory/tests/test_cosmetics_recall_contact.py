"""Who bought recalled goods, and telling them: the list, the notices, the telephone."""

from freezegun import freeze_time
from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecallContact(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.li = cls.env["res.partner"].create({"name": "Li", "email": "li@example.com", "phone": "029 1"})
        cls.wang = cls.env["res.partner"].create({"name": "Wang", "phone": "029 2"})
        cls._move(cls.lot, cls.supplier, cls.stock, 100)
        cls._move(cls.lot, cls.stock, cls.shelf, 40)

    def _start(self, **vals):
        """Return a recall whose buyers are being told."""
        recall = self._create_recall(**vals)
        recall.action_freeze()
        recall.action_notify()
        return recall

    def _lines(self, recall, partner):
        return recall.line_ids.filtered(lambda line: line.partner_id == partner)

    # --- writing
    def test_nobody_is_written_to_before_the_goods_are_stopped(self):
        self._sell(self.lot, 1, self.li)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        for button in (recall.action_send_mails, recall.line_ids.action_send_mail):
            with self.assertRaisesRegex(UserError, "Freeze the batches"):
                button()
        recall.action_freeze()
        with self.assertRaisesRegex(UserError, "Freeze the batches"):
            recall.line_ids.action_send_mail()
        self.assertFalse(recall.notice_ids)

    def test_nobody_is_written_to_after_the_recall_was_cancelled(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_cancel()
        with self.assertRaisesRegex(UserError, "is over"):
            recall.line_ids.action_send_mail()

    def test_buyers_are_told_of_batches_that_are_stopped_only(self):
        with self.assertRaisesRegex(UserError, "Freeze the batches first"):
            self._create_recall().action_notify()

    def test_one_letter_names_every_batch_and_the_reason(self):
        second = self._create_lot("R2602")
        self._move(second, self.supplier, self.stock, 5)
        self._sell(self.lot, 1, self.li)
        self._sell(second, 1, self.li)
        recall = self._start(lots=self.lot | second, reason="Bacteria found in the cream")
        recall.action_send_mails()
        self.assertEqual(len(recall.notice_ids), 1)
        self.assertEqual(recall.notice_ids.line_ids, recall.line_ids)
        body = recall.notice_ids.sudo().mail_id.body_html
        for text in ("R2601", "R2602", "Bacteria found in the cream", self.env.company.name):
            self.assertIn(text, body)

    def test_whoever_could_not_be_reached_is_written_to_again(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        recall.notice_ids.sudo().mail_id.state = "exception"
        recall.line_ids.action_send_mail()
        self.assertEqual(sorted(recall.notice_ids.mapped("state")), ["failed", "queued"])
        self.assertEqual(recall.line_ids.notice_state, "queued")

    def test_a_cancelled_mail_has_told_nobody(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        recall.notice_ids.sudo().mail_id.state = "cancel"
        self.assertEqual(recall.line_ids.notice_state, "failed")

    def test_a_mail_that_was_cleaned_away_has_still_told_the_buyer(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        recall.notice_ids.sudo().mail_id.state = "sent"
        recall.notice_ids.flush_recordset()
        recall.notice_ids.sudo().mail_id.unlink()
        self.env.invalidate_all()
        self.assertEqual((recall.notice_ids.state, recall.line_ids.notice_state), ("sent", "sent"))

    def test_sending_again_reaches_only_who_is_new(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        chen = self.env["res.partner"].create({"name": "Chen", "email": "chen@example.com"})
        added = self._create_lot("R2603")
        self._move(added, self.supplier, self.stock, 2)
        recall.recall_lot_ids = [Command.create({"lot_id": added.id})]
        self._sell(added, 2, chen)
        recall.action_refresh_buyers()
        recall.action_send_mails()
        self.assertEqual(recall.notice_ids.sorted("id").mapped("partner_id.name"), ["Li", "Chen"])

    def test_a_buyer_without_address_can_be_reached_once_there_is_one(self):
        nobody = self.env["res.partner"].create({"name": "Zhao"})
        self._sell(self.lot, 1, nobody)
        recall = self._start()
        self.assertEqual(recall.line_ids.notice_state, "no_contact")
        nobody.email = "zhao@example.com"
        self.assertEqual(recall.line_ids.notice_state, "todo")
        recall.action_send_mails()
        self.assertEqual((recall.line_ids.notice_state, recall.notice_ids.address), ("queued", "zhao@example.com"))

    def test_every_channel_can_be_chosen_on_a_notice(self):
        codes = {channel["code"] for channel in self.env["cosmetics.recall"]._get_notice_channels()}
        options = self.env["cosmetics.recall.notice"].fields_get(["channel"])["channel"]["selection"]
        self.assertEqual({code for code, _name in options}, codes)

    # --- calling
    def test_a_call_tells_of_every_purchase_of_the_buyer(self):
        for _number in range(2):
            self._sell(self.lot, 1, self.wang)
        recall = self._start()
        recall.line_ids[0].action_mark_called()
        self.assertEqual(recall.line_ids.mapped("notice_state"), ["sent", "sent"])
        notice = recall.notice_ids
        self.assertEqual((notice.channel, notice.address, notice.user_id), ("phone", "029 2", self.quality))

    def test_a_call_reaches_whom_the_mail_did_not(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        recall.notice_ids.sudo().mail_id.state = "exception"
        recall.line_ids.action_mark_called()
        self.assertEqual(recall.line_ids.notice_state, "sent")

    def test_one_unknown_buyer_among_the_chosen_lines_marks_nobody(self):
        self._sell(self.lot, 1, self.wang)
        self._sell(self.lot, 1)
        recall = self._start()
        with self.assertRaisesRegex(UserError, "Nobody knows"), self.env.cr.savepoint():
            recall.line_ids.action_mark_called()
        self.assertFalse(recall.notice_ids)

    def test_who_was_told_elsewhere_is_still_to_be_told_of_this_recall(self):
        self._sell(self.lot, 1, self.wang)
        first, second = self._start(), self._start()
        first.line_ids.action_mark_called()
        self.assertEqual((first.line_ids.notice_state, second.line_ids.notice_state), ("sent", "todo"))

    # --- evidence
    def test_nobody_enters_changes_or_deletes_a_buyer_by_hand(self):
        self._sell(self.lot, 1, self.wang)
        line = self._start().line_ids
        for change in (lambda: line.write({"quantity": 0}), line.unlink, line.copy):
            with self.assertRaises(AccessError):
                change()

    def test_nobody_claims_to_have_told_a_buyer(self):
        recall = self._start()
        vals = {"recall_id": recall.id, "partner_id": self.wang.id, "channel": "phone", "state": "sent", "user_id": self.keeper.id}
        with self.assertRaises(AccessError):
            self.env["cosmetics.recall.notice"].with_user(self.quality).create(vals)

    def test_a_draft_whose_buyers_were_called_stays_on_record(self):
        self._sell(self.lot, 1, self.wang)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        recall.line_ids.action_mark_called()
        with self.assertRaisesRegex(UserError, "stays on record"):
            recall.unlink()

    def test_a_draft_that_told_nobody_is_deleted_with_its_list(self):
        self._sell(self.lot, 1, self.wang)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        lines = recall.line_ids
        recall.unlink()
        self.assertFalse(lines.exists())

    def test_people_without_the_right_press_no_button_on_buyers(self):
        self._sell(self.lot, 1, self.wang)
        line = self._start().line_ids
        for user in (self.shop_user, self.keeper):
            for method in ("action_mark_called", "action_send_mail", "action_open_document"):
                with self.subTest(user.name, method=method), self.assertRaises(AccessError):
                    getattr(line.with_user(user), method)()

    def test_the_address_of_a_sent_mail_stays_when_the_buyer_moves(self):
        self._sell(self.lot, 1, self.li)
        recall = self._start()
        recall.action_send_mails()
        self.li.email = "new@example.com"
        self.assertEqual(recall.notice_ids.address, "li@example.com")

    # --- the list
    def test_sales_to_unknown_people_are_summed_up_by_shop_and_hour(self):
        for moment in ("2026-03-02 02:05:00", "2026-03-02 02:55:00", "2026-03-02 03:00:00"):
            with freeze_time(moment):
                self._sell(self.lot, 1, warehouse=self.shop)
        self._sell(self.lot, 1)
        recall = self._start()
        found = {(line.store_id.name, line.at): (line.quantity, line.sale_count) for line in recall.line_ids}
        self.assertEqual(
            found,
            {
                ("Quality Shop", fields.Datetime.to_datetime("2026-03-02 02:00:00")): (2, 2),
                ("Quality Shop", fields.Datetime.to_datetime("2026-03-02 03:00:00")): (1, 1),
                ("Quality Centre", fields.Datetime.to_datetime("2026-03-02 02:00:00")): (1, 1),
            },
        )
        self.assertIn("2 sales", recall.line_ids.mapped("document"))

    def test_the_sales_of_an_hour_open_their_moves_and_no_others(self):
        for moment in ("2026-03-02 02:05:00", "2026-03-02 03:00:00"):
            with freeze_time(moment):
                self._sell(self.lot, 1, warehouse=self.shop)
        self._sell(self.lot, 5)
        line = self._start().line_ids.filtered(lambda line: line.store_id == self.store and line.at.hour == 2)
        moves = self.env["stock.move.line"].search(line.action_open_document()["domain"])
        self.assertEqual((moves.location_id, moves.date), (self.shelf, fields.Datetime.to_datetime("2026-03-02 02:05:00")))

    def test_a_known_buyer_opens_the_delivery(self):
        move = self._sell(self.lot, 1, self.li)
        action = self._start().line_ids.action_open_document()
        self.assertEqual((action["res_model"], action["res_id"]), ("stock.picking", move.picking_id.id))

    def test_what_comes_back_is_taken_off_what_is_still_out(self):
        sold = self._sell(self.lot, 5, self.li)
        recall = self._start()
        self._move(self.lot, self.customer, self.stock, 2, self.li, origin=sold, picking_type=self.centre.in_type_id)
        recall.action_refresh_buyers()
        self.assertEqual((recall.line_ids.returned_quantity, recall.line_ids.open_quantity), (2, 3))
        self.assertEqual(
            self.env["cosmetics.recall.line"].search([("recall_id", "=", recall.id), ("open_quantity", ">", 2)]), recall.line_ids
        )

    def test_what_a_stranger_brings_back_is_shown_apart(self):
        self._sell(self.lot, 5, self.li)
        recall = self._start()
        self._move(self.lot, self.customer, self.shelf, 2, self.wang, picking_type=self.shop.in_type_id)
        recall.action_refresh_buyers()
        self.assertEqual((recall.unmatched_quantity, recall.line_ids.returned_quantity), (2, 0))

    def test_other_batches_and_moves_between_own_places_are_not_on_the_list(self):
        other = self._create_lot("OTHER")
        self._move(other, self.supplier, self.stock, 5)
        self._sell(other, 5, self.li)
        self._move(self.lot, self.stock, self.supplier, 1)
        self._move(self.lot, self.stock, self.product.property_stock_inventory, 1)
        self.assertFalse(self._start().line_ids)

    def test_a_delivery_that_is_only_planned_is_not_on_the_list(self):
        self._order(self.lot, 5, self.li)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        self.assertFalse(recall.line_ids)

    def test_the_list_says_when_it_was_made(self):
        recall = self._start()
        with freeze_time("2026-03-05 02:00:00"):
            recall.action_refresh_buyers()
        self.assertEqual(recall.refreshed_at, fields.Datetime.to_datetime("2026-03-05 02:00:00"))

    def test_the_counter_opens_the_buyers_of_this_recall(self):
        self._sell(self.lot, 1, self.li)
        first, second = self._start(), self._start()
        self.assertEqual((first.buyer_count, second.buyer_count), (1, 1))
        self.assertEqual(self.env["cosmetics.recall.line"].search(first.action_view_buyers()["domain"]), first.line_ids)
