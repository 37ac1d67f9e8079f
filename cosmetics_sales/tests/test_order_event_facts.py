"""What is a fact stands once on a timeline; what may happen again is told each time."""

from odoo.tests import tagged
from odoo.tools import SQL

from .common_tracking import TrackingCommon


@tagged("post_install", "-at_install")
class TestOrderEventFacts(TrackingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(cls.goods)

    def _count(self, kind, order=None):
        return self._kinds(order or self.order).count(kind)

    def _confirmed_settlement(self):
        """Return a settlement of the order, confirmed without its files: what is told of it is the subject."""
        channel = self.env["cosmetics.channel"].create({"name": "Tmall", "code": "FACT", "kind": "marketplace"})
        settlement = self.env["cosmetics.settlement"].sudo().create({"channel_id": channel.id})
        match = {"settlement_id": settlement.id, "order_id": self.order.id, "order_ref": self.order.name}
        self.env["cosmetics.settlement.match"].sudo().create(match)
        self.env.flush_all()
        self.env.cr.execute(SQL("UPDATE cosmetics_settlement SET state = 'confirmed' WHERE id = %s", settlement.id))
        self.env.invalidate_all()
        return settlement

    def test_facts_are_told_once(self):
        for kind, facts in (
            ("settled", None), ("signed", {"number": "SF123456789012"}), ("signed", {"platform": True}),
            ("shipped", {"picking": "WH/OUT/1"}), ("shipped", {"number": "SF123456789012"}), ("returned", {"picking": "WH/IN/1"}),
        ):  # fmt: skip
            with self.subTest(kind=kind, facts=facts):
                before = self._count(kind)
                self.assertTrue(self.order._record_event(kind, facts=facts))
                self.assertFalse(self.order._record_event(kind, facts=facts))
                self.assertEqual(self._count(kind), before + 1)

    def test_each_parcel_is_signed_for_by_itself(self):
        for number in ("SF123456789012", "SF123456789013"):
            self.order._record_event("signed", facts={"number": number})
        self.assertEqual(self._count("signed"), 2)

    def test_what_may_happen_again_is_told_again(self):
        for kind in ("note", "problem", "review", "allocated", "picking"):
            with self.subTest(kind=kind):
                before = self._count(kind)
                self.order._record_event(kind, sentence="x")
                self.order._record_event(kind, sentence="x")
                self.assertEqual(self._count(kind), before + 2)

    def test_order_that_knows_the_fact_holds_up_no_other(self):
        other = self._create_order(self.goods)
        self.order._record_event("settled")
        told = (self.order + other)._record_event("settled")
        self.assertEqual(told.order_id, other)

    def test_order_settled_again_after_a_reopening_is_told_both(self):
        self.order._record_event("settled")
        self.order._record_event("note", facts={"what": "reopened"})
        self.assertFalse(self.order._filtered_told_settled())
        for _i in range(2):
            self.order._record_event("settled")
        self.assertEqual(self._count("settled"), 2)
        self.assertEqual(self.order._filtered_told_settled(), self.order)

    def test_reopened_settlement_tells_its_orders_once(self):
        settlement = self._confirmed_settlement()
        self.order._record_event("settled")
        for _i in range(2):
            settlement.write({"state": "matched", "reopen_reason": "A fee was missing"})
        notes = self.order.event_ids.filtered(lambda event: event.kind == "note")
        self.assertEqual(notes.mapped("facts"), [{"what": "reopened"}])
        self.assertEqual(notes.with_context(lang="en_US").summary, "The settlement was opened again.")

    def test_order_never_settled_hears_of_no_reopening(self):
        settlement = self._confirmed_settlement()
        settlement.write({"state": "matched", "reopen_reason": "A fee was missing"})
        self.assertNotIn("note", self._kinds(self.order))

    def test_events_come_in_the_order_of_their_moments(self):
        for hour in (3, 1, 2):
            self.order._record_event("note", sentence=str(hour), at=f"2030-01-01 0{hour}:00:00")
        self.env.invalidate_all()
        self.assertEqual(self.order.event_ids.filtered("sentence").mapped("sentence"), ["3", "2", "1"])

    def test_every_step_has_a_sentence_in_the_language_of_the_reader(self):
        facts = {"number": "SF1", "carrier": "SF", "warehouse": "Xi'an", "picking": "WH/OUT/1", "confirmed": True, "what": "cancelled"}
        event = self.order.event_ids
        for kind, _label in event._fields["kind"].selection:
            with self.subTest(kind=kind):
                told = event.new({"order_id": self.order.id, "kind": kind, "facts": facts})
                english, chinese = (told.with_context(lang=lang)._get_summary() for lang in ("en_US", "zh_CN"))
                self.assertTrue(english)
                self.assertNotEqual(english, chinese)
