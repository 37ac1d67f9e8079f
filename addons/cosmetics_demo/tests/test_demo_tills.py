from uuid import uuid4

from odoo import Command, fields
from odoo.tests import tagged

from ..plan import stock
from .test_demo_company import DemoCase

SOLD = "sqj004"  # cotton pads: no batch to ask for


@tagged("post_install", "-at_install")
class TestDemoTills(DemoCase):
    def _clerk(self, ref):
        login = next(row["login"] for row in self.plan["users"] if row["stores"] == [ref] and row["group"].endswith("shop_clerk"))
        return self._find("user", login)

    def _open(self, ref):
        """Open the till of a shop as its clerk does; return the session."""
        till = self._find("till", ref).with_user(self._clerk(ref))
        till.open_ui()
        till.current_session_id.set_opening_control(0, "")
        return till.current_session_id

    def _sale(self, session, method):
        """Return a sale of one piece, paid by `method`, the way a till sends it."""
        product = self._find("product", SOLD)
        amounts = product.taxes_id.compute_all(product.list_price)
        total, untaxed = amounts["total_included"], amounts["total_excluded"]
        line = {
            "uuid": str(uuid4()),
            "product_id": product.id,
            "qty": 1,
            "price_unit": product.list_price,
            "discount": 0,
            "price_subtotal": untaxed,
            "price_subtotal_incl": total,
            "tax_ids": [Command.set(product.taxes_id.ids)],
        }
        return {
            "uuid": str(uuid4()),
            "access_token": str(uuid4()),
            "state": "paid",
            "session_id": session.id,
            "user_id": session.env.uid,
            "company_id": self.company.id,
            "partner_id": False,
            "pricelist_id": False,
            "fiscal_position_id": False,
            "date_order": fields.Datetime.to_string(fields.Datetime.now()),
            "amount_total": total,
            "amount_paid": total,
            "amount_tax": total - untaxed,
            "amount_return": 0,
            "to_invoice": False,
            "lines": [Command.create(line)],
            "payment_ids": [Command.create({"uuid": str(uuid4()), "amount": total, "payment_method_id": method.id})],
        }

    def _on_hand(self, store):
        """Return how many pieces of what the test sells lie in a store."""
        location = self._find("warehouse", store).lot_stock_id
        domain = [("location_id", "child_of", location.id), ("product_id", "=", self._find("product", SOLD).id)]
        return sum(self.env["stock.quant"].search(domain).mapped("quantity"))

    def test_each_clerk_opens_the_till_of_the_own_shop(self):
        for ref in stock.SHOPS:
            session = self._open(ref)
            self.assertEqual((session.state, session.user_id), ("opened", self._clerk(ref)), ref)
            self.assertEqual(session.config_id.store_id, self._find("store", ref))

    def test_each_till_takes_every_way_to_pay_and_the_goods_leave_its_shop(self):
        for ref in stock.SHOPS:
            session, before, elsewhere = self._open(ref), self._on_hand(ref), self._on_hand("central")
            methods = session.config_id.payment_method_ids
            self.assertEqual(len(methods), 4)
            sales = [self._sale(session, method) for method in methods]
            session.env["pos.order"].sync_from_ui(sales)
            orders = self.env["pos.order"].search([("uuid", "in", [sale["uuid"] for sale in sales])])
            self.assertEqual(set(orders.mapped("state")), {"paid"}, ref)
            self.assertEqual(orders.payment_ids.payment_method_id, methods, ref)
            self.assertEqual((self._on_hand(ref), self._on_hand("central")), (before - 4, elsewhere), ref)

    def test_clerks_see_the_till_of_their_shop_and_the_manager_and_the_owner_all(self):
        tills = self._all("till", "stores_with_till")
        for ref in stock.SHOPS:
            seen = self.env["pos.config"].with_user(self._clerk(ref)).search([("id", "in", tills.ids)])
            self.assertEqual(seen, self._find("till", ref))
        for login in ("manager", "owner"):
            self.assertEqual(self.env["pos.config"].with_user(self._find("user", login)).search_count([("id", "in", tills.ids)]), 3)

    def test_a_clerk_sees_no_sale_of_another_shop(self):
        session = self._open("xiaozhai")
        sale = self._sale(session, session.config_id.payment_method_ids[0])
        session.env["pos.order"].sync_from_ui([sale])
        seen_by = {
            ref: self.env["pos.order"].with_user(self._clerk(ref)).search_count([("uuid", "=", sale["uuid"])]) for ref in stock.SHOPS
        }
        self.assertEqual(seen_by, {"xiaozhai": 1, "zhonglou": 0, "gaoxin": 0})

    def test_tills_are_closed_to_roles_that_do_not_sell_in_shops(self):
        for login in ("warehouse", "buyer", "sales", "ecommerce", "accountant"):
            self.assertFalse(self.env["pos.config"].with_user(self._find("user", login)).has_access("read"), login)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan["stores_with_till"] = [row for row in cls.plan["stores"] if row["kind"] == "shop"]
