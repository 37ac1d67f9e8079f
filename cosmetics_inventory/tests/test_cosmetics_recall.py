"""Recalls: stopped everywhere at once, buyers found, every unit accounted for."""

import random

from odoo import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, tagged
from odoo.tools import SQL

from .common_quality import QualityCommon


@tagged("post_install", "-at_install")
class TestCosmeticsRecall(QualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.li = cls.env["res.partner"].create({"name": "Li", "email": "li@example.com", "phone": "029 1"})
        cls.wang = cls.env["res.partner"].create({"name": "Wang", "phone": "029 2"})
        cls.zhao = cls.env["res.partner"].create({"name": "Zhao"})
        cls._move(cls.lot, cls.supplier, cls.stock, 100)
        cls._move(cls.lot, cls.stock, cls.shelf, 40)

    # --- a whole recall
    def test_a_recall_from_the_freeze_to_the_report(self):
        sold = self._sell(self.lot, 20, self.li)
        self._sell(self.lot, 5, self.wang)
        self._sell(self.lot, 2, self.zhao)
        self._sell(self.lot, 3, warehouse=self.shop)
        self._sell(self.lot, 4, warehouse=self.shop)
        tester = self.env["cosmetics.tester"].create({"store_id": self.store.id, "product_id": self.product.id, "lot_id": self.lot.id})
        tester.action_open()
        waiting = self._order(self.lot, 10, self.wang)
        self.assertEqual(waiting.move_ids.quantity, 10)

        recall = self._create_recall()
        recall.action_freeze()
        self.assertEqual((recall.state, self.lot.quality_state, waiting.move_ids.quantity), ("frozen", "recalled", 0))
        self.assertEqual(sum(self.env["stock.quant"].search([("lot_id", "=", self.lot.id)]).mapped("reserved_quantity")), 0)
        told = {activity.user_id: activity.note for activity in recall.activity_ids}
        self.assertEqual(set(told), {self.keeper, self.shop_user})
        self.assertIn("R2601: 32", told[self.shop_user])
        with self.assertRaises(ValidationError):
            self._sell(self.lot, 1, self.li)

        self._tell_buyers(recall)
        self._bring_back(recall, sold)
        self._destroy_and_close(recall)

    def _tell_buyers(self, recall):
        recall.action_notify()
        lines = recall.line_ids
        self.assertEqual(
            lines.mapped(lambda line: (line.kind, line.partner_id.name, line.store_id.name, line.quantity, line.sale_count)),
            [
                ("delivery", "Li", "Quality Centre", 20, 1),
                ("delivery", "Wang", "Quality Centre", 5, 1),
                ("delivery", "Zhao", "Quality Centre", 2, 1),
                ("delivery", False, "Quality Shop", 7, 2),
            ],
        )
        self.assertEqual(lines.mapped("notice_state"), ["todo", "todo", "no_contact", "no_contact"])
        recall.action_send_mails()
        self.assertEqual(lines.mapped("notice_state"), ["queued", "todo", "no_contact", "no_contact"])
        lines[1].action_mark_called()
        self.assertEqual(lines[1].notice_state, "sent")
        recall.notice_ids.sudo().mail_id.state = "sent"
        self.assertEqual(lines[0].notice_state, "sent")

    def _bring_back(self, recall, sold):
        lines = recall.line_ids
        self._move(self.lot, self.customer, self.stock, 8, self.li, origin=sold, picking_type=self.centre.in_type_id)
        self._move(self.lot, self.customer, self.shelf, 2, picking_type=self.shop.in_type_id)
        self._move(self.lot, self.stock, self.supplier, 15)
        lost = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)])
        lost.with_context(inventory_mode=True).inventory_quantity = lost.quantity - 1
        lost.action_apply_inventory()
        recall.action_refresh_buyers()
        self.assertEqual(lines.exists().mapped("returned_quantity"), [8, 0, 0, 2])
        self.assertEqual((recall.unmatched_quantity, lines[1].notice_state), (0, "sent"))

    def _destroy_and_close(self, recall):
        disposal = self.env["cosmetics.disposal"].with_user(self.quality).with_context(**recall.action_dispose()["context"]).create({})
        disposal.witness_id = self.keeper
        self.assertEqual(sum(disposal.line_ids.mapped("quantity")), 59)
        disposal.with_user(self.keeper).action_confirm()
        disposal.action_done()
        recall.invalidate_recordset()
        names = ("received", "counted", "shipped", "returned", "delivered", "to_supplier", "scrapped", "used", "on_hand")
        self.assertEqual(
            {name: recall[f"{name}_quantity"] for name in names},
            dict(zip(names, (100, -1, 34, 10, 24, 15, 59, 1, 0), strict=True)),
        )
        self.assertTrue(recall.is_balanced)
        html = (
            self.env["ir.actions.report"]
            .with_user(self.quality)
            ._render_qweb_html("cosmetics_inventory.cosmetics_recall_report", recall.ids)[0]
        )
        for text in (recall.name, "R2601", "Bacteria found", "Wang", disposal.name):
            self.assertIn(text, html.decode())
        recall.action_close()
        self.assertEqual(
            (recall.state, self.lot.quality_state, recall.activity_ids.exists()), ("closed", "recalled", recall.activity_ids.browse())
        )

    # --- freezing
    def test_a_recall_is_written_in_the_form(self):
        with Form(self.env["cosmetics.recall"].with_user(self.quality)) as form:
            form.reason = "Notice of the registrant"
            with form.recall_lot_ids.new() as line:
                line.lot_id = self.lot
        self.assertEqual(form.record.recall_lot_ids.lot_id, self.lot)

    def test_freezing_again_changes_nothing(self):
        recall = self._create_recall()
        recall.action_freeze()
        tasks, frozen_at = recall.activity_ids, recall.frozen_at
        logged = self.env["cosmetics.shelf.life.log"].search_count([("lot_res_id", "=", self.lot.id)])
        recall.action_freeze()
        self.assertEqual((recall.activity_ids, recall.frozen_at), (tasks, frozen_at))
        self.assertEqual(self.env["cosmetics.shelf.life.log"].search_count([("lot_res_id", "=", self.lot.id)]), logged)
        self.assertEqual(recall.recall_lot_ids.former_state, "released")

    def test_a_batch_added_later_is_stopped_by_the_next_freeze(self):
        recall = self._create_recall()
        recall.action_freeze()
        second = self._create_lot("R2602")
        recall.recall_lot_ids = [Command.create({"lot_id": second.id})]
        self.assertEqual(second.quality_state, "released")
        recall.action_freeze()
        self.assertEqual((second.quality_state, recall.state), ("recalled", "frozen"))

    def test_the_batches_of_the_days_of_production_are_added(self):
        early = self._create_lot("R1", production_date="2026-01-05")
        self._create_lot("R2", production_date="2026-02-05")
        recall = self._create_recall(lots=[], product_ids=self.product.ids, produced_from="2026-01-01", produced_until="2026-01-31")
        recall.action_add_lots()
        self.assertEqual(recall.lot_ids, early)
        recall.action_add_lots()
        self.assertEqual(len(recall.recall_lot_ids), 1)
        with self.assertRaisesRegex(UserError, "Exchange the two dates"):
            recall.produced_until = "2025-01-01"

    def test_what_goes_back_to_the_supplier_stays_reserved(self):
        picking = self._order(self.lot, 3, self.li)
        goods = {"product_id": self.product.id, "location_id": self.stock.id, "location_dest_id": self.supplier.id}
        back = self.env["stock.move"].create({**goods, "product_uom_qty": 4})
        back._action_confirm()
        back._action_assign()
        self._create_recall().action_freeze()
        self.assertEqual((picking.move_ids.quantity, back.quantity), (0, 4))

    def test_a_recall_without_batches_freezes_nothing(self):
        with self.assertRaisesRegex(UserError, "List the batches"):
            self._create_recall(lots=[]).action_freeze()

    # --- going back
    def test_a_cancelled_recall_gives_back_what_was_before(self):
        held = self._create_lot("R2602")
        held._set_quality_state("quarantine", "Carton was wet")
        recall = self._create_recall(self.lot | held)
        recall.action_freeze()
        self.assertEqual((self.lot | held).mapped("quality_state"), ["recalled", "recalled"])
        recall.action_cancel()
        self.assertEqual((self.lot | held).mapped("quality_state"), ["released", "quarantine"])
        self.assertEqual((recall.state, len(recall.activity_ids)), ("cancelled", 0))

    def test_a_batch_under_two_recalls_is_released_by_the_last_one(self):
        for order in ((0, 1), (1, 0)):
            with self.subTest(order):
                recalls = [self._create_recall(), self._create_recall()]
                for recall in recalls:
                    recall.action_freeze()
                recalls[order[0]].action_cancel()
                self.assertEqual(self.lot.quality_state, "recalled")
                recalls[order[1]].action_cancel()
                self.assertEqual(self.lot.quality_state, "released")

    def test_nobody_releases_a_batch_under_recall(self):
        recall = self._create_recall()
        recall.action_freeze()
        with self.assertRaisesRegex(UserError, f"under recall {recall.name}"):
            self.lot.with_user(self.quality)._set_quality_state("released", "Looks good")
        with self.assertRaises(UserError):
            recall.recall_lot_ids.unlink()
        with self.assertRaises(UserError):
            recall.unlink()

    def test_missing_units_need_a_word_before_the_recall_is_closed(self):
        recall = self._create_recall()
        recall.action_freeze()
        # A hole that no move explains, as a broken restore of the database would leave it.
        quant = self.env["stock.quant"].search([("lot_id", "=", self.lot.id), ("location_id", "=", self.stock.id)])
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE stock_quant SET quantity = quantity - 2 WHERE id = %s", quant.id))
        self.env.invalidate_all()
        self.assertEqual((recall.is_balanced, recall.difference, recall.recall_lot_ids.difference), (False, 2, 2))
        with self.assertRaisesRegex(UserError, "2 units are not accounted for"):
            recall.action_close()
        recall.closing_note = "Broken in the shop window"
        recall.action_close()
        self.assertEqual(recall.state, "closed")

    # --- buyers
    def test_refreshing_keeps_who_was_told_and_adds_who_is_new(self):
        self._sell(self.lot, 1, self.wang)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        first = recall.line_ids
        recall._create_notices("phone", self.wang, {"state": "sent"})
        self._sell(self.lot, 2, self.li)
        recall.action_refresh_buyers()
        self.assertIn(first, recall.line_ids)
        self.assertEqual(
            recall.line_ids.mapped(lambda line: (line.partner_id, line.notice_state)), [(self.wang, "sent"), (self.li, "todo")]
        )
        recall.action_refresh_buyers()
        self.assertEqual(len(recall.line_ids), 2)

    def test_who_was_told_stays_on_the_list_when_the_sale_turns_out_to_be_another_persons(self):
        moves = self._sell(self.lot, 1, self.wang) | self._sell(self.lot, 1, self.zhao)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        told, untold = recall.line_ids
        told.action_mark_called()
        moves.picking_id.partner_id = self.li
        recall.action_refresh_buyers()
        self.assertEqual((told.exists().quantity, told.notice_state), (0, "sent"))
        self.assertFalse(untold.exists())
        self.assertEqual(sum(recall.line_ids.mapped("quantity")), 2)

    def test_the_list_costs_no_query_per_buyer(self):
        recall = self._create_recall()
        counts = []
        for _round in range(2):
            for number in range(10):
                self._sell(self.lot, 1, self.env["res.partner"].create({"name": f"Buyer {number}"}))
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            recall._prepare_buyers()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(len(recall._prepare_buyers()[0]), 20)
        self.assertLessEqual(counts[1], counts[0])

    def test_gifts_are_on_the_list(self):
        gifts = self.env.company._get_shelf_life_location("gift")
        self._move(self.lot, self.shelf, gifts, 2, self.li, picking_type=self.shop.int_type_id)
        rows = self.env["cosmetics.recall"]._get_buyer_rows(self.lot)
        self.assertEqual(
            [(row["kind"], row["partner_id"], row["quantity"], row["store_id"]) for row in rows], [("gift", self.li.id, 2, self.store.id)]
        )

    def test_a_buyer_is_written_to_once_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        template = self.env.ref("cosmetics_inventory.mail_template_recall_notice")
        template.with_context(lang="zh_CN").subject = "召回通知 {{ object.recall_id.name }}"
        self.li.lang = "zh_CN"
        self._sell(self.lot, 1, self.li)
        self._sell(self.lot, 2, self.li)
        self._sell(self.lot, 2, self.zhao)
        recall = self._create_recall()
        recall.action_freeze()
        recall.action_notify()
        recall.line_ids.action_send_mail()
        recall.line_ids.action_send_mail()
        notices = recall.notice_ids.sorted("state")
        self.assertEqual(
            notices.mapped(lambda notice: (notice.partner_id.name, notice.channel, notice.state, notice.address, notice.user_id)),
            [("Zhao", "mail", "no_contact", False, self.quality), ("Li", "mail", "queued", "li@example.com", self.quality)],
        )
        mail = notices.sudo().mail_id
        self.assertEqual((mail.subject, mail.recipient_ids), (f"召回通知 {recall.name}", self.li))
        self.assertIn("R2601", mail.body_html)
        mail.state = "exception"
        self.assertEqual(recall.line_ids.filtered(lambda line: line.partner_id == self.li).mapped("notice_state"), ["failed", "failed"])

    def test_unknown_buyers_cannot_be_called(self):
        self._sell(self.lot, 1)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        with self.assertRaisesRegex(UserError, "Nobody knows"):
            recall.line_ids.action_mark_called()
        domain = recall.line_ids.action_open_document()["domain"]
        self.assertEqual(self.env["stock.move.line"].search(domain).quantity, 1)

    # --- the balance
    def test_any_walk_of_a_batch_balances_and_every_term_opens_its_moves(self):
        dice = random.Random(2026)
        company = self.env.company
        tester, gift = company._get_shelf_life_location("tester"), company._get_shelf_life_location("gift")
        loss = self.product.property_stock_inventory
        targets = [
            (self.customer, False),
            (self.shelf, False),
            (self.supplier, False),
            (tester, False),
            (gift, False),
            (loss, True),
            (loss, False),
        ]
        lots = self.lot | self._create_lot("R2602")
        self._move(lots[1], self.supplier, self.stock, 60)
        self._move(lots[1], loss, self.stock, 7, is_inventory=True)
        for _step in range(30):
            lot = dice.choice(lots)
            target, is_count = dice.choice(targets)
            self._move(lot, self.stock, target, dice.randint(1, 2), is_inventory=is_count)
        self._move(self.lot, self.customer, self.stock, 1)
        recall = self._create_recall(lots)
        self.assertTrue(recall.is_balanced)
        self.assertEqual(recall.recall_lot_ids.mapped("difference"), [0, 0])
        self.assertEqual(sum(recall.recall_lot_ids.mapped("received_quantity")), recall.received_quantity)
        signs = {"received": 1, "shipped": 1, "returned": 1, "to_supplier": 1, "scrapped": 1, "used": 1}
        for term in signs:
            action = recall.with_context(term=term).action_open_term()
            found = self.env["stock.move.line"].search(action["domain"])
            self.assertEqual(sum(found.mapped("quantity")), recall[f"{term}_quantity"], term)
        quants = self.env["stock.quant"].search(recall.with_context(term="on_hand").action_open_term()["domain"])
        self.assertEqual(sum(quants.mapped("quantity")), recall.on_hand_quantity)
        with self.assertRaises(UserError):
            recall.with_context(term="nonsense").action_open_term()

    # --- who may do what
    def test_only_the_quality_manager_recalls(self):
        with self.assertRaises(AccessError):
            self._create_recall(user=self.keeper)
        recall = self._create_recall()
        for method in ("action_freeze", "action_cancel", "action_refresh_buyers", "action_close"):
            with self.assertRaises(AccessError):
                getattr(recall.with_user(self.keeper), method)()
        self.assertEqual(self.lot.quality_state, "released")
        with self.assertRaisesRegex(UserError, "buttons only"):
            recall.state = "closed"

    def test_everybody_reads_what_is_recalled_but_not_who_bought_it(self):
        self._sell(self.lot, 1, self.li)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        self.assertEqual(recall.with_user(self.shop_user).reason, "Bacteria found")
        with self.assertRaises(AccessError):
            recall.line_ids.with_user(self.shop_user).read(["partner_id"])
        with self.assertRaises(AccessError):
            self.env["cosmetics.recall.notice"].with_user(self.keeper).search([])

    def test_notices_stay_as_they_were_sent(self):
        self._sell(self.lot, 1, self.wang)
        recall = self._create_recall()
        recall.action_refresh_buyers()
        recall.line_ids.action_mark_called()
        with self.assertRaises(AccessError):
            recall.notice_ids.write({"state": "failed"})
        with self.assertRaises(AccessError):
            recall.notice_ids.unlink()

    def test_batches_on_hold_show_where_they_are(self):
        self._create_recall().action_freeze()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.stock_quant_action_on_hold")
        domain = [("lot_id.is_held", "=", True), ("location_id.usage", "in", ("internal", "transit")), ("quantity", "!=", 0)]
        self.assertEqual(action["domain"], str(domain))
        quants = self.env["stock.quant"].with_user(self.keeper).search([*domain, ("lot_id", "=", self.lot.id)], order="quantity")
        self.assertEqual(quants.mapped(lambda quant: (quant.location_id, quant.quantity)), [(self.shelf, 40), (self.stock, 60)])
