from collections import Counter

from odoo.tests import tagged

from ..plan import stock
from .test_demo_company import DemoCase


@tagged("post_install", "-at_install")
class TestDemoFlows(DemoCase):
    def _quants(self):
        """Return {(store, product, batch): quantity} of what lies in the warehouses."""
        names = {self._find("product", row["ref"]): row["ref"] for row in self.plan["products"]}
        lots = {lot.id: data.name.removeprefix("batch_") for lot, data in self._lots_with_data()}
        result = {}
        for store in ("central", *stock.SHOPS):
            location = self._find("warehouse", store).lot_stock_id
            for quant in self.env["stock.quant"].search([("location_id", "child_of", location.id)]):
                result[store, names[quant.product_id], lots.get(quant.lot_id.id)] = quant.quantity
        return result

    def _sent_to_platform_buyers(self):
        """Return {(store, product, batch): quantity} of what the orders of the platforms took; their batches are the warehouse's choice."""
        names = {self._find("product", row["ref"]): row["ref"] for row in self.plan["products"]}
        lots = {lot.id: data.name.removeprefix("batch_") for lot, data in self._lots_with_data()}
        result = Counter()
        channels = self.env["cosmetics.channel"].union(*[self._find("channel", row["ref"]) for row in self.plan["channels"]])
        sent = self.env["stock.move.line"].search([("picking_id.sale_id.channel_id", "in", channels.ids), ("state", "=", "done")])
        for line in sent:
            result["central", names[line.product_id], lots.get(line.lot_id.id)] += line.quantity
        return result

    def _lots_with_data(self):
        data = self.env["ir.model.data"].search([("module", "=", "cosmetics_demo"), ("model", "=", "stock.lot")])
        return [(self.env["stock.lot"].browse(line.res_id), line) for line in data]

    def test_what_lies_where_by_batch_is_what_the_plan_says(self):
        planned = {key: quantity for key, quantity in stock.on_hand(self.plan).items() if quantity}
        sent = self._sent_to_platform_buyers()
        self.assertEqual(
            sum(sent.values()),
            sum(line["quantity"] for row in self.plan["channel_orders"] if row["state"] in ("shipped", "done") for line in row["lines"]),
        )
        there = Counter(self._quants()) + sent
        self.assertEqual({key: quantity for key, quantity in there.items() if quantity}, planned)

    def test_goods_that_expire_lie_by_batch(self):
        for row in self.plan["products"]:
            product = self._find("product", row["ref"])
            self.assertEqual(product.tracking, "lot" if row["shelf_life_months"] else "none", row["name"])
            self.assertEqual(product.use_expiration_date, bool(row["shelf_life_months"]), row["name"])

    def test_batches_expire_on_the_planned_day_whichever_date_their_label_shows(self):
        rows = stock.all_batches(self.plan)
        lots = {row["ref"]: self._find("batch", row["ref"]) for row in rows}
        installed = lots[rows[0]["ref"]].expiration_on.toordinal() - rows[0]["days_left"]
        for row in rows:
            lot = lots[row["ref"]]
            self.assertEqual(lot.expiration_on.toordinal() - installed, row["days_left"], lot.name)
            self.assertEqual(lot.expiry_basis == "production", bool(lot.production_date), lot.name)
            self.assertGreater(lot.expiration_date, lot.removal_date, lot.name)
        self.assertEqual({lot.expiry_basis for lot in lots.values()}, {"production", "printed"})

    def test_what_was_received_is_inspected_recorded_and_on_sale(self):
        received = [row for row in self.plan["purchases"] if row["state"] in ("received", "billed", "paid")]
        lots = self.env["stock.lot"].union(
            *[self._find("batch", line["batch"]["ref"]) for row in received for line in row["lines"] if "batch" in line]
        )
        records = self.env["cosmetics.inspection.record"].search([("company_id", "=", self.company.id)])
        self.assertEqual(records.lot_id, lots)
        self.assertEqual(set(records.mapped("state")), {"done"}, records.mapped("missing"))
        self.assertEqual(set(lots.mapped("quality_state")), {"released"})

    def test_one_licence_ends_soon_and_one_has_ended(self):
        papers = self.env["cosmetics.supplier.document"].search([("kind", "=", "production_licence")])
        self.assertEqual(sorted(papers.mapped("state")).count("expiring"), 1)
        self.assertEqual(sorted(papers.mapped("state")).count("expired"), 1)

    def test_purchases_went_as_far_as_planned(self):
        for row in self.plan["purchases"]:
            order = self._find("purchase", row["ref"])
            state = {"draft": "draft", "sent": "sent"}.get(row["state"], "purchase")
            self.assertEqual(order.state, state, row["ref"])
            received = row["state"] in ("received", "billed", "paid")
            self.assertEqual(set(order.picking_ids.mapped("state")) == {"done"}, received, row["ref"])
            bills = order.invoice_ids
            self.assertEqual(bills.mapped("state"), ["posted"] if row["state"] in ("billed", "paid") else [], row["ref"])
            self.assertEqual(bool(bills) and bills.payment_state in ("paid", "in_payment"), row["state"] == "paid", row["ref"])

    def test_sales_went_as_far_as_planned(self):
        for row in self.plan["sales"]:
            order = self._find("sale", row["ref"])
            self.assertEqual(order.state, {"draft": "draft", "sent": "sent"}.get(row["state"], "sale"), row["ref"])
            delivered = row["state"] in ("delivered", "invoiced", "paid")
            self.assertEqual(set(order.picking_ids.mapped("state")) == {"done"}, delivered, row["ref"])
            invoices = order.invoice_ids
            self.assertEqual(invoices.mapped("state"), ["posted"] if row["state"] in ("invoiced", "paid") else [], row["ref"])
            self.assertEqual(bool(invoices) and invoices.payment_state in ("paid", "in_payment"), row["state"] == "paid", row["ref"])

    def test_orders_are_spread_over_the_last_weeks(self):
        days = {self._find("sale", row["ref"]).date_order.date() for row in self.plan["sales"]}
        self.assertGreaterEqual(len(days), 8)

    def test_wholesale_is_below_the_tag_and_tax_is_inside(self):
        row = next(row for row in self.plan["sales"] if row["channel"] == "wholesale" and row["partner"] == "c01")
        order = self._find("sale", row["ref"])
        tag = sum(line.product_id.list_price * line.product_uom_qty for line in order.order_line)
        self.assertAlmostEqual(order.amount_total, tag * 0.6, delta=0.05)
        self.assertAlmostEqual(order.amount_tax, order.amount_total / 1.13 * 0.13, delta=0.05)

    def test_orders_of_the_online_shop_belong_to_its_team_and_cost_the_tag_price(self):
        team = self._find("team", "online")
        for row in self.plan["sales"]:
            order = self._find("sale", row["ref"])
            self.assertEqual(order.team_id == team, row["channel"] == "online", row["ref"])
            if row["channel"] == "online":
                self.assertEqual(order.amount_total, sum(order.order_line.mapped("product_id.list_price")))

    def test_the_owner_has_paid_in_the_capital(self):
        entry = self._find("entry", "capital")
        self.assertEqual((entry.state, entry.amount_total), ("posted", 500000.0))
        self.assertEqual(entry.line_ids.account_id.mapped("account_type"), ["asset_cash", "equity"])

    def test_the_books_balance_and_no_account_number_is_missing(self):
        moves = self.env["account.move"].search([("company_id", "=", self.company.id), ("state", "=", "posted")])
        self.assertTrue(moves)
        lines = moves.line_ids.filtered(lambda line: line.display_type not in ("line_section", "line_note"))
        self.assertAlmostEqual(sum(lines.mapped("debit")), sum(lines.mapped("credit")), places=2)
        self.assertFalse(lines.filtered(lambda line: not line.account_id))
