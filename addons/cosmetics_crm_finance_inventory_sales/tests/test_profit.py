"""What invoices, tickets and movements bring and cost, each counted once."""

from odoo.tests import tagged

from .common import ProfitCommon


@tagged("post_install", "-at_install")
class TestProfit(ProfitCommon):
    def test_an_invoice_brings_revenue_and_its_delivery_costs(self):
        self._invoice(self._sell((self.cream, 2, {})))
        self.assertEqual(self._profit(), {"quantity": 2, "revenue": 200, "cost": 60, "profit": 140})

    def test_a_draft_brings_nothing(self):
        self._invoice(self._sell((self.cream, 2, {}), deliver=False), post=False)
        self.assertEqual(self._profit(), {})

    def test_a_discount_is_shown_and_lessens_the_revenue(self):
        self._invoice(self._sell((self.cream, 2, {"discount": 10})))
        self.assertEqual(self._profit(), {"quantity": 2, "discount": 20, "revenue": 180, "cost": 60, "profit": 120})

    def test_the_price_counts_without_tax(self):
        tax = self.env["account.tax"].create({"name": "Test 13%", "amount": 13, "price_include_override": "tax_included"})
        self._invoice(self._sell((self.cream, 1, {"price_unit": 113, "tax_ids": tax.ids})))
        self.assertEqual(self._profit()["revenue"], 100)

    def test_a_credit_note_and_a_return_take_their_part_back(self):
        order = self._sell((self.cream, 2, {}))
        invoice = self._invoice(order)
        refund = invoice._reverse_moves([{"date": invoice.date, "invoice_date": invoice.date}])
        refund.invoice_line_ids.quantity = 1
        refund.action_post()
        move = order.picking_ids.move_ids
        wizard = self.env["stock.return.picking"].with_context(active_id=move.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 1
        back = wizard._create_return()
        back.move_ids.move_line_ids.lot_id = self.lot
        back.move_ids.picked = True
        back._action_done()
        self.assertEqual(self._profit(), {"quantity": 1, "revenue": 100, "cost": 30, "profit": 70})

    def test_each_batch_has_its_part(self):
        second = self._stock(self.cream, "P2", 10)
        self._invoice(self._sell((self.cream, 15, {})))
        sold = {lot: self._profit(lot_id=lot) for lot in (self.lot, second)}
        self.assertEqual(sorted(row["revenue"] for row in sold.values()), [500, 1000])
        self.assertEqual(sorted(row["cost"] for row in sold.values()), [150, 300])
        self.assertEqual(self._profit(), {"quantity": 15, "revenue": 1500, "cost": 450, "profit": 1050})

    def test_an_order_has_its_shop_channel_and_tier(self):
        channel = self.env["cosmetics.channel"].create(
            {"name": "Test Channel", "code": "TPROF", "kind": "marketplace", "platform": "douyin"}
        )
        self._invoice(self._sell((self.cream, 1, {}), channel_id=channel.id))
        whole = {"quantity": 1, "revenue": 100, "cost": 30, "profit": 70}
        self.assertEqual(self._profit(store_id=self.store, channel_id=channel, tier_id=self.tier, brand_id=self.brand), whole)

    def test_an_invoice_without_order_counts_as_well(self):
        line = {"product_id": self.cream.id, "price_unit": 80, "tax_ids": False}
        invoice = self.env["account.move"].with_user(self.accountant).create(
            {"move_type": "out_invoice", "partner_id": self.member.id, "invoice_line_ids": [(0, 0, line)]}
        )  # fmt: skip
        invoice.action_post()
        self.assertEqual(self._profit(), {"quantity": 1, "revenue": 80, "profit": 80})

    def test_a_dozen_counts_as_twelve(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        self._invoice(self._sell((self.cream, 1, {"product_uom_id": dozen.id}), deliver=False))
        self.assertEqual(self._profit()["quantity"], 12)

    def test_a_ticket_brings_revenue_and_its_goods_cost(self):
        self._send(self._prepare_sale(self.cream, 2, pack_lot_ids=[(0, 0, {"lot_name": "P1"})]))
        self.assertEqual(self._profit(store_id=self.store), {"quantity": 2, "revenue": 200, "cost": 60, "profit": 140})
        self.assertEqual(self._profit(lot_id=self.lot)["revenue"], 200)

    def test_an_invoiced_ticket_counts_once(self):
        ticket = self._send(self._prepare_sale(self.cream, 2, pack_lot_ids=[(0, 0, {"lot_name": "P1"})]))
        line = {"product_id": self.cream.id, "quantity": 2, "price_unit": 100, "tax_ids": False}
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.member.id, "invoice_line_ids": [(0, 0, line)]}
        )
        invoice.action_post()
        ticket.account_move = invoice
        self.assertEqual(self._profit()["revenue"], 200)

    def test_what_a_landed_cost_or_a_bill_changes_is_in_the_value_of_the_move(self):
        order = self._sell((self.cream, 2, {}))
        order.picking_ids.move_ids.value = 71
        self._invoice(order)
        self.assertEqual(self._profit()["cost"], 71)
