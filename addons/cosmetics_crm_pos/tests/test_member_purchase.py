"""Receipts of the till among the purchases of members."""

from odoo.addons.cosmetics_sales_pos.tests.common import TillCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestMemberReceipts(TillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member_manager = cls._create_user("test_member_manager", "cosmetics_crm.group_member_manager")
        vals = {"name": "王小红", "phone": "13700000001", "is_member": True, "join_consent_how": "paper"}
        cls.member = cls.env["res.partner"].with_user(cls.member_manager).create(vals)

    def _sell(self, quantity=1, partner=None, **vals):
        return self._send({**self._prepare_sale(self.product, quantity, **vals), "partner_id": (partner or self.member).id})

    def _purchases(self):
        self.env.flush_all()
        return self.env["cosmetics.member.purchase"].with_user(self.member_manager).search([("partner_id", "=", self.member.id)])

    def _history(self):
        return self.env["cosmetics.member.tier.move"].search([("partner_id", "=", self.member.id)], order="id").mapped("kind")

    def test_a_paid_receipt_is_a_purchase_of_the_store(self):
        order = self._sell(2)
        purchase = self._purchases()
        self.assertEqual((purchase.source, purchase.origin_id), ("pos", order.id))
        self.assertEqual((purchase.quantity, purchase.amount), (2, 200))
        self.assertEqual(purchase.store_id.id, self.store.id)

    def test_a_refund_is_negative(self):
        self._sell(2)
        self._sell(-1)
        self.assertEqual(sorted(self._purchases().mapped("amount")), [-100, 200])
        self.assertEqual(sum(self._purchases().mapped("quantity")), 1)

    def test_receipts_stand_in_the_timeline_with_their_store(self):
        order = self._sell(2)
        self._sell(state="draft")
        self.env.flush_all()
        timeline = self.env["cosmetics.member.interaction"].with_user(self.member_manager)
        line = timeline.search([("partner_id", "=", self.member.id), ("kind", "=", "pos")])
        self.assertEqual((line.origin_id, line.amount, line.store_id.id), (order.id, 200, self.store.id))

    def test_refund_at_the_till_is_a_line_of_its_own_with_a_negative_amount(self):
        self._sell(2)
        self._sell(-1)
        self.env.flush_all()
        lines = self.env["cosmetics.member.interaction"].with_user(self.member_manager).search([("partner_id", "=", self.member.id)])
        self.assertEqual(sorted(lines.filtered(lambda line: line.kind == "pos").mapped("amount")), [-100, 200])

    def test_a_receipt_that_is_not_paid_yet_is_none(self):
        self._sell(state="draft")
        self.assertFalse(self._purchases())

    def test_the_receipt_that_reaches_a_tier_lifts_the_member_at_once_as_the_clerk(self):
        self._sell(9)
        self.assertEqual(self.member.member_tier_id, self.env.ref("cosmetics_crm.cosmetics_member_tier_basic"))
        self._sell(1)
        self.assertEqual(self.member.member_tier_id, self.env.ref("cosmetics_crm.cosmetics_member_tier_silver"))
        self.assertEqual(self._history(), ["join", "upgrade"])

    def test_buying_and_bringing_back_gains_no_tier(self):
        self._sell(10)
        self._sell(-10)
        self.assertEqual(self.member.member_tier_id, self.env.ref("cosmetics_crm.cosmetics_member_tier_basic"))
        self.assertEqual(self._history(), ["join", "upgrade", "refund"])

    def test_a_customer_who_is_no_member_has_no_tier(self):
        customer = self.env["res.partner"].create({"name": "Walk-in"})
        self._sell(20, partner=customer)
        self.assertFalse(customer.member_tier_id)
