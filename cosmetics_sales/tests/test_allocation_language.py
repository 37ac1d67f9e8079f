"""Whoever ran an allocation or a review, each reader is told in the own language."""

from odoo.tests import tagged
from odoo.tools.translate import code_translations

from ..tools import allocation
from .common_allocation import AllocationCommon

CHOICES = (*allocation.CRITERIA, "single", "only", "split")


@tagged("post_install", "-at_install")
class TestSentencesByReader(AllocationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "zh_CN"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.env["cosmetics.review.rule"].search([]).active = False
        cls.env["tier.definition"].search([]).active = False
        cls.cream.with_context(lang="zh_CN").name = "测试面霜"

    def _chinese(self, record, name):
        return record.with_context(lang="zh_CN")[name]

    def _translated(self, source):
        """Return the Chinese of a sentence of the app."""
        return code_translations.get_python_translations("cosmetics_sales", "zh_CN")[source]

    def test_order_that_waits_is_told_in_both_languages(self):
        order = self._order((self.cream, 2))
        order.action_allocate()
        self.assertEqual(order.allocation_sentence, "Waiting for goods: Test Cream (0 of 2 there).")
        goods = self._translated("%(product)s (%(there)s of %(wanted)s there)") % {"product": "测试面霜", "there": "0", "wanted": "2"}
        self.assertEqual(self._chinese(order, "allocation_sentence"), self._translated("Waiting for goods: %s.") % goods)

    def test_order_that_was_allocated_by_a_chinese_clerk_is_told_in_english(self):
        self._stock(self.cream, yanta=5)
        order = self._order((self.cream, 2))
        order.with_context(lang="zh_CN").action_allocate()
        self.assertNotEqual(order.allocation_note, "Only Yanta Shop has everything.", "the note is as it was first told")
        self.assertEqual(order.allocation_sentence, "Only Yanta Shop has everything.")

    def test_choice_by_hand_keeps_its_reason_in_every_language(self):
        order = self._order((self.cream, 2))
        order.with_user(self.ecommerce_clerk)._choose_warehouse(self.yanta, "the customer comes by")
        self.assertEqual(order.allocation_sentence, f"Yanta Shop was chosen by {self.ecommerce_clerk.name}: the customer comes by")
        self.assertIn("the customer comes by", self._chinese(order, "allocation_sentence"))
        self.assertNotEqual(order.allocation_sentence, self._chinese(order, "allocation_sentence"))

    def test_every_reason_has_a_sentence_in_both_languages(self):
        order = self._order((self.cream, 2))
        facts = {"places": self.yanta.ids, "missing": [[self.cream.id, 0.0, 2.0]], "is_more": True, "kept_for": order.ids}
        codes = (*CHOICES, "partial", "short", "kept", "scattered", "no_place", "arrived")
        told = {
            lang: {order.with_context(lang=lang)._render_allocation({"code": code, **facts}) for code in codes}
            for lang in ("en_US", "zh_CN")
        }
        self.assertEqual({lang: len(sentences) for lang, sentences in told.items()}, dict.fromkeys(told, len(codes)))
        self.assertFalse(told["en_US"] & told["zh_CN"])

    def test_text_of_an_earlier_version_stays_readable(self):
        order = self._order((self.cream, 2))
        order.sudo().write({"allocation_state": "waiting", "allocation_note": "等待到货", "allocation_reason": False})
        self.assertEqual(order.allocation_sentence, "等待到货")

    def test_place_and_product_that_are_gone_break_no_sentence(self):
        order = self._order((self.cream, 2))
        gone = self.env["stock.warehouse"].browse(987654321)
        order.sudo().allocation_reason = {"code": "short", "places": gone.ids, "missing": [[987654321, 0.0, 2.0]], "is_more": False}
        self.assertEqual(order.allocation_sentence, "Waiting for goods: ? (0 of 2 there).")

    def test_timeline_is_told_to_each_reader(self):
        order = self._order((self.cream, 2))
        order.with_context(lang="zh_CN").action_allocate()
        event = self.env["cosmetics.order.event"].search([("order_id", "=", order.id), ("kind", "=", "allocated")], limit=1)
        self.assertEqual(event.summary, "Waiting for goods: Test Cream (0 of 2 there).")
        self.assertIn("测试面霜", self._chinese(event, "summary"))

    def test_responsible_is_told_in_the_own_language(self):
        self.ecommerce_clerk.lang = "zh_CN"
        order = self._order((self.cream, 2))
        order.with_context(lang="en_US").action_allocate()
        self.assertIn("测试面霜", self._activities(order).note)

    def test_finding_is_told_to_each_reader(self):
        self.env["cosmetics.review.rule"].create({"name": "Dear", "kind": "amount", "level": "block", "amount_limit": 1.0})
        order = self._order((self.cream, 2))
        order.with_context(lang="zh_CN").action_review()
        self.assertEqual(order.finding_ids.message, f"The order amounts to {order.amount_total:.2f}, the limit is 1.00.")
        self.assertEqual(order.review_sentence, order.finding_ids.message)
        self.assertEqual(order.review_note, order.finding_ids.sentence)
        source = "The order amounts to %(amount)s, the limit is %(limit)s."
        self.assertEqual(
            self._chinese(order, "review_sentence"), self._translated(source) % {"amount": f"{order.amount_total:.2f}", "limit": "1.00"}
        )

    def test_finding_names_the_product_as_the_reader_knows_it(self):
        self.env["cosmetics.review.rule"].create({"name": "Cost", "kind": "floor", "level": "block"})
        self.cream.standard_price = 500
        order = self._order((self.cream, 2))
        order.action_review()
        self.assertIn("Test Cream", order.finding_ids.message)
        self.assertIn("测试面霜", self._chinese(order.finding_ids, "message"))

    def test_finding_of_an_earlier_version_stays_readable(self):
        rule = self.env["cosmetics.review.rule"].create({"name": "Dear", "kind": "amount", "level": "warn"})
        order = self._order((self.cream, 2))
        finding = self.env["cosmetics.review.finding"].create(
            {"order_id": order.id, "rule_id": rule.id, "level": "warn", "sentence": "订单金额过大"}
        )
        self.assertEqual(finding.message, "订单金额过大")

    def test_order_that_waits_for_goods_tells_the_reviewer_so(self):
        order = self._order((self.cream, 2))
        order.with_context(lang="zh_CN").action_review_confirm()
        self.assertEqual(order.review_sentence, "Waiting for goods: Test Cream (0 of 2 there).")
        self.assertIn("测试面霜", self._chinese(order, "review_sentence"))
