"""Orders, credit notes and after-sales among the purchases of members."""

from odoo import Command
from odoo.addons.cosmetics_sales.tests.common_aftersale import AftersaleCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestMemberOrders(AftersaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.member_manager = cls._create_user("test_member_manager", "cosmetics_crm.group_member_manager")
        cls.buyer.with_user(cls.member_manager).write({"is_member": True, "join_consent_how": "paper"})
        cls.basic = cls.env.ref("cosmetics_crm.cosmetics_member_tier_basic")
        cls.silver = cls.env.ref("cosmetics_crm.cosmetics_member_tier_silver")

    def _purchases(self, partner=None):
        self.env.flush_all()
        model = self.env["cosmetics.member.purchase"].with_user(self.member_manager)
        return model.search([("partner_id", "=", (partner or self.buyer).id)], order="id")

    def _spent(self):
        return round(sum(self._purchases().mapped("amount")), 2)

    def _history(self):
        return self.env["cosmetics.member.tier.move"].search([("partner_id", "=", self.buyer.id)], order="id").mapped("kind")

    def test_a_confirmed_order_is_a_purchase_in_what_was_paid(self):
        order = self._create_sold((self.brush, 3, {"discount": 10}), (self.freight, 1))
        purchases = self._purchases()
        self.assertEqual(self._spent(), order.amount_total)
        self.assertEqual(set(purchases.mapped("origin_id")), {order.id})
        self.assertEqual(purchases.mapped("quantity"), [3, 1])
        self.assertEqual(purchases.channel_id, self.web)

    def test_a_quotation_and_a_cancelled_order_are_none(self):
        order = self._create_sold((self.brush, 1), is_delivered=False, is_invoiced=False)
        order._action_cancel()
        self.env["sale.order"].create({"partner_id": self.buyer.id, "order_line": [Command.create({"product_id": self.brush.id})]})
        self.assertFalse(self._purchases())

    def test_a_confirmed_order_stands_in_the_timeline_and_a_cancelled_one_does_not(self):
        order = self._create_sold((self.brush, 2), is_delivered=False, is_invoiced=False)
        self.env.flush_all()
        timeline = self.env["cosmetics.member.interaction"].with_user(self.member_manager)
        lines = timeline.search([("partner_id", "=", self.buyer.id), ("kind", "=", "order")])
        self.assertEqual(
            lines.mapped(lambda line: (line.summary, line.amount, line.origin_id)), [(order.name, order.amount_total, order.id)]
        )
        order._action_cancel()
        self.env.flush_all()
        self.assertFalse(timeline.search([("partner_id", "=", self.buyer.id), ("kind", "=", "order")]))

    def test_an_order_to_another_address_of_the_member_is_the_member_s(self):
        address = self.env["res.partner"].create({"name": "Office", "parent_id": self.buyer.id, "type": "delivery"})
        order = self._create_sold((self.brush, 1))
        order.partner_id = address
        self.assertEqual(self._spent(), order.amount_total)

    def test_a_dozen_counts_twelve_pieces(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._create_sold((self.pouch, 1, {"product_uom_id": dozen.id}), is_delivered=False, is_invoiced=False)
        self.assertEqual(self._purchases().quantity, 12)

    def test_goods_brought_back_are_negative_by_what_was_credited(self):
        order = self._create_sold((self.brush, 3))
        aftersale = self._create_aftersale(order, (order.order_line, 1))
        self._bring_back(aftersale)
        aftersale.action_refund()
        aftersale.credit_note_ids.with_user(self.accountant).action_post()
        back = self._purchases().filtered(lambda purchase: purchase.source == "refund")
        self.assertEqual(round(sum(back.mapped("amount")), 2), -aftersale.refund_amount)
        self.assertEqual(sum(back.mapped("quantity")), -1)
        self.assertEqual(back.mapped("origin_id")[0], order.id)

    def test_goods_brought_back_that_were_never_invoiced_are_negative_too(self):
        order = self._create_sold((self.brush, 3), channel=self.market, is_invoiced=False)
        aftersale = self._create_aftersale(order, (order.order_line, 1), refund_way="platform")
        self._bring_back(aftersale)
        aftersale.action_refund()
        self.assertEqual((aftersale.state, len(aftersale.credit_note_ids)), ("done", 0))
        self.assertEqual(self._spent(), round(order.amount_total - aftersale.refund_amount, 2))
        self.assertEqual(sum(self._purchases().mapped("quantity")), 2)

    def test_money_given_back_alone_leaves_the_goods_with_the_member(self):
        order = self._create_sold((self.brush, 3))
        aftersale = self._create_aftersale(order, (order.order_line, 1), kind="refund")
        aftersale.action_approve()
        aftersale.action_refund()
        aftersale.credit_note_ids.with_user(self.accountant).action_post()
        self.assertEqual(self._spent(), round(order.amount_total - aftersale.refund_amount, 2))
        self.assertEqual(sum(self._purchases().mapped("quantity")), 3)

    def test_a_whole_reversal_of_the_invoice_leaves_nothing(self):
        order = self._create_sold((self.brush, 3), (self.freight, 1))
        reversal = order.invoice_ids._reverse_moves([{"invoice_date": order.invoice_ids.invoice_date}], cancel=True)
        self.assertEqual(reversal.state, "posted")
        self.assertEqual(self._spent(), 0)
        self.assertEqual(sum(self._purchases().mapped("quantity")), 0)

    def test_a_foreign_currency_counts_in_the_company_s(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        self.env["res.currency.rate"].create({"currency_id": usd.id, "rate": 0.2, "name": "2026-01-01", "company_id": self.company.id})
        pricelist = self.env["product.pricelist"].create({"name": "USD", "currency_id": usd.id})
        order = self.env["sale.order"].create(
            {
                "partner_id": self.buyer.id,
                "pricelist_id": pricelist.id,
                "order_line": [Command.create({"product_id": self.brush.id, "price_unit": 10, "tax_ids": []})],
            }
        )
        order.action_confirm()
        self.assertEqual(self._spent(), round(10 / order.currency_rate, 2))
        self.assertNotEqual(order.currency_rate, 1)

    def test_the_order_that_reaches_a_tier_lifts_the_member_at_once(self):
        self._create_sold((self.mirror, 19), is_delivered=False, is_invoiced=False)
        self.assertEqual(self.buyer.member_tier_id, self.basic)
        self._create_sold((self.mirror, 1), is_delivered=False, is_invoiced=False)
        self.assertEqual(self.buyer.member_tier_id, self.silver)

    def test_a_cancelled_order_takes_the_fresh_upgrade_back(self):
        order = self._create_sold((self.mirror, 20), is_delivered=False, is_invoiced=False)
        order._action_cancel()
        self.assertEqual(self.buyer.member_tier_id, self.basic)
        self.assertEqual(self._history(), ["join", "upgrade", "refund"])

    def test_a_credit_note_takes_the_fresh_upgrade_back(self):
        order = self._create_sold((self.mirror, 20))
        self.assertEqual(self.buyer.member_tier_id, self.silver)
        order.invoice_ids._reverse_moves([{"invoice_date": order.invoice_ids.invoice_date}], cancel=True)
        self.assertEqual(self.buyer.member_tier_id, self.basic)
