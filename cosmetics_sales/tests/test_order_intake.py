"""Orders of a platform become orders of ours: once, whole, to the cent."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common_order_import import OrderImportCommon


@tagged("post_install", "-at_install")
class TestOrderIntake(OrderImportCommon):
    def _order(self, **changes):
        (item,) = self._take_in(self._payload(**changes))
        self.assertEqual(item.verdict, "new", item.reason)
        return item.order

    # ------------------------------------------------------------------ what an order gets
    def test_order_knows_its_number_its_receiver_and_its_channel(self):
        order = self._order()
        self.assertEqual((order.channel_id, order.channel_order_ref, order.channel_state), (self.channel, "260517-607198974342268", "paid"))
        receiver = order._get_receiver()
        self.assertEqual((receiver["name"], receiver["phone"], receiver["street"]), ("王芳", "13912345678", "小寨东路1号"))
        self.assertEqual(receiver["district"].gb_code, "610113")
        self.assertEqual(receiver["address"], "陕西省 西安市 雁塔区 小寨东路1号")
        self.assertEqual((order.state, order.user_id.id), ("draft", False))

    def test_total_is_the_receivable_to_the_cent_whatever_the_taxes(self):
        order = self._order()
        self.assertEqual(order.amount_total, 109.99)
        self.assertTrue(order.order_line.tax_ids.price_include)
        self.assertEqual(order.order_line.tax_ids.amount, 13)
        self.assertEqual(order.order_line.mapped("price_total"), [99.99, 10.0])

    def test_every_cent_of_a_hundred_amounts_is_kept(self):
        """13 % on top of a base in cents skips amounts: a price with the tax in it does not."""
        payloads = [
            self._payload(
                order_no=f"T{cents}",
                receivable=f"{cents / 100:.2f}",
                freight="0",
                lines=[
                    {"merchant_sku": "KH01", "qty": 3, "amount": "3"},
                    {"merchant_sku": "MS02", "qty": 7, "amount": "1"},
                ],
            )
            for cents in range(101, 201)
        ]
        items = self._take_in(*payloads)
        self.assertEqual({item.verdict for item in items}, {"new"}, [item.reason for item in items if item.reason])
        wrong = [item.payload["order_no"] for item in items if f"{item.order.amount_total:.2f}" != item.payload["receivable"]]
        self.assertFalse(wrong)

    def test_gift_costs_nothing_and_stays_a_gift(self):
        lines = [{"merchant_sku": "KH01", "qty": 1, "amount": "50"}, {"merchant_sku": "MS02", "qty": 1, "amount": "0", "is_gift": True}]
        order = self._order(lines=lines)
        gift = order.order_line.filtered("is_gift")
        self.assertEqual((gift.product_id, gift.price_total, order.amount_total), (self.cream, 0.0, 109.99))
        gift.product_uom_qty = 2
        self.assertEqual(gift.price_total, 0.0, "the price list does not make a gift cost something")

    def test_tax_without_a_twin_inside_the_price_gets_one_once(self):
        tax = self.tax.copy({"amount": 7.5, "name": "Test 7.5"})
        self.lipstick.taxes_id = tax
        first, second = self._order().order_line.tax_ids, self._order(order_no="2").order_line.tax_ids
        self.assertEqual((first, first.amount, first.price_include), (second, 7.5, True))

    # ------------------------------------------------------------------ people
    def test_whole_name_and_mobile_become_a_customer_once(self):
        first, second = self._take_in(self._payload(), self._payload(order_no="2"))
        self.assertEqual(first.order.partner_id, second.order.partner_id)
        self.assertEqual(first.order.partner_id.phone, "139 1234 5678")
        self.assertEqual(first.order.partner_id.name, "王芳")

    def test_known_number_is_the_customer_we_have(self):
        member = self.env["res.partner"].create({"name": "王女士", "phone": "139 1234 5678"})
        self.assertEqual(self._order().partner_id, member)

    def test_masked_people_never_become_or_match_a_customer(self):
        self.env["res.partner"].create({"name": "王*", "phone": "139****5678"})
        before = self.env["res.partner"].search_count([])
        items = self._take_in(
            self._payload(receiver="王*"),
            self._payload(order_no="2", phone="139****5678"),
            self._payload(order_no="3", phone="18412345678-1234"),
            self._payload(order_no="4", receiver="##abcd"),
            self._payload(order_no="5", phone=""),
        )
        anonymous = self.channel.partner_id
        self.assertEqual({item.order.partner_id for item in items}, {anonymous})
        self.assertEqual(self.env["res.partner"].search_count([]), before + 1)
        self.assertEqual([item.order.is_receiver_masked for item in items], [True, True, False, True, False])

    # ------------------------------------------------------------------ products
    def test_product_is_found_by_alias_then_code_then_barcode(self):
        pack = self._create_product(name="Pack", barcode="6901234567892")
        self.env["cosmetics.product.alias"].create({"channel_id": self.channel.id, "code": "KH01", "product_id": pack.id, "quantity": 2})
        order = self._order(
            lines=[{"merchant_sku": "KH01", "qty": 3, "amount": "1"}, {"barcode": "6901234567892", "qty": 1, "amount": "1"}]
        )
        goods = order.order_line.filtered(lambda line: line.product_id == pack)
        self.assertEqual(goods.mapped("product_uom_qty"), [6.0, 1.0])
        self.assertEqual(order.amount_total, 109.99)

    def test_unknown_and_ambiguous_codes_are_told_not_guessed(self):
        self._create_product(name="Other Lipstick", default_code="KH01")
        unknown = self._payload(order_no="2", lines=[{"merchant_sku": "NO-SUCH", "qty": 1}])
        ambiguous, missing, good = self._take_in(
            self._payload(), unknown, self._payload(order_no="3", lines=[{"merchant_sku": "MS02", "qty": 1}])
        )
        self.assertEqual((ambiguous.verdict, missing.verdict, good.verdict), ("bad", "bad", "new"))
        self.assertIn("More than one product", ambiguous.reason)
        self.assertIn("NO-SUCH", missing.reason)
        self.assertEqual(missing.missing_code, "NO-SUCH")

    def test_product_that_may_not_be_sold_is_told_by_name(self):
        self.lipstick.lifecycle_stage_id = self.stage_delisted
        (item,) = self._take_in(self._payload())
        self.assertEqual(item.verdict, "bad")
        self.assertIn("Lipstick", item.reason)

    def test_bad_order_takes_no_other_with_it(self):
        """What only the database refuses is found in halves: nine of ten orders come in."""
        payloads = [self._payload(order_no=f"H{number}") for number in range(10)]
        payloads[6]["phone"] = "139123456789"  # one digit too many: a customer with it is refused
        payloads[6]["lines"][0]["qty"] = 1e6
        payloads[3] = {"order_no": "H3", "lines": "none"}
        items = self._take_in(*payloads)
        self.assertEqual([item.verdict for item in items].count("bad"), 1)
        self.assertEqual(self.env["sale.order"].search_count([("channel_id", "=", self.channel.id)]), 9)

    # ------------------------------------------------------------------ again and later
    def test_same_order_again_changes_nothing(self):
        order = self._order()
        self.env.flush_all()
        self.env.cr.execute("UPDATE sale_order SET write_date = '2020-01-01' WHERE id = %s", [order.id])
        order.invalidate_recordset()
        (item,) = self._take_in(self._payload())
        self.env.flush_all()
        order.invalidate_recordset()
        self.assertEqual((item.verdict, item.order), ("same", order))
        self.assertEqual(order.write_date.year, 2020)

    def test_newer_file_changes_state_and_courier_number_only(self):
        order = self._order()
        later = self._payload(state="shipped", receivable="1.00", receiver="别人", carrier="顺丰速运", tracking_no="SF1234567890123")
        (item,) = self._take_in(later)
        self.assertEqual(item.verdict, "update")
        self.assertEqual((order.channel_state, order.receiver_name, order.amount_total), ("shipped", "王芳", 109.99))
        self.assertEqual(order.parcel_ids.mapped("tracking_no"), ["SF1234567890123"])
        self.assertIn("109.99", "".join(item.warnings))
        self.assertEqual(self._take_in(later)[0].verdict, "same")

    def test_older_file_does_not_turn_an_order_back(self):
        order = self._order(state="done")
        (item,) = self._take_in(self._payload(state="paid"))
        self.assertEqual((item.verdict, order.channel_state), ("same", "done"))

    def test_cancelled_on_the_platform_is_cancelled_here(self):
        order = self._order()
        self._take_in(self._payload(state="cancelled"))
        self.assertEqual((order.state, order.channel_state), ("cancel", "cancelled"))

    def test_shipped_order_is_not_cancelled_silently(self):
        self.env["product.product"].create({"name": "Shopping Bag", "is_storable": True, "default_code": "BAG"})
        order = self._order(lines=[{"merchant_sku": "BAG", "qty": 1, "amount": "1"}])
        order.action_confirm()
        for move in order.picking_ids.move_ids:
            move.write({"quantity": move.product_uom_qty, "picked": True})
        order.picking_ids.move_ids._action_done()
        (item,) = self._take_in(self._payload(state="refunded"))
        self.assertEqual(order.state, "sale")
        self.assertTrue(item.warnings)
        self.assertIn("problem", order.event_ids.mapped("kind"))

    def test_order_cancelled_before_it_came_in_is_there_but_cancelled(self):
        self.assertEqual(self._order(state="cancelled").state, "cancel")

    def test_unpaid_order_is_a_quotation_nobody_confirms(self):
        order = self._order(state="unpaid", paid_at=None)
        with self.assertRaisesRegex(ValidationError, "260517-607198974342268"):
            order.action_confirm()

    def test_unknown_state_stays_a_quotation_with_a_warning(self):
        (item,) = self._take_in(self._payload(state=None, status="在路上"))
        self.assertEqual((item.verdict, item.order.state, item.order.channel_state), ("new", "draft", False))
        self.assertIn("在路上", item.warnings[0])

    def test_number_is_unique_in_its_channel_and_free_in_another(self):
        other = self.channel.copy({"code": "TESTPDD2", "name": "Second"})
        first, second = self._take_in(self._payload())[0].order, self._take_in(self._payload(), channel=other)[0].order
        self.assertNotEqual(first, second)
        twice = self._take_in(self._payload(order_no="9"), self._payload(order_no="9"))
        self.assertEqual([item.verdict for item in twice], ["new", "bad"])

    # ------------------------------------------------------------------ speed
    def test_queries_per_order_fall_with_their_number(self):
        self._take_in(self._payload(order_no="warm"))
        few = self._count(2)
        many = self._count(22)
        per_order = (many - few) / 20
        self.assertLess(per_order, 1.5, f"{few} queries for 2 orders, {many} for 22")

    def _count(self, number):
        payloads = [self._payload(order_no=f"Q{number}-{index}") for index in range(number)]
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self._take_in(*payloads)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
