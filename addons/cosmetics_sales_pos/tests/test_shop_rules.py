"""Whoever works in a shop sees its tills, and not those of other shops; the work of the till goes on as before."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestShopRules(TillCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_clerk = cls._create_user("test_other_clerk", "cosmetics_sales_pos.group_shop_clerk")
        cls.other_store = cls._create_store(name="Other Shop", user_ids=[Command.set(cls.other_clerk.ids)])
        cls.other_till = cls._create_till("Other Till", store_id=cls.other_store.id)
        cls.storeless_till = cls._create_till("Fair Till")
        cls.tills = cls.till + cls.other_till + cls.storeless_till
        groups = ("cosmetics_sales_pos.group_store_manager", "cosmetics_base.group_all_stores")
        cls.area_manager = cls._create_user("test_area_manager", *groups)

    @classmethod
    def _create_till(cls, name, **vals):
        methods = [Command.set(cls.bank_method.ids)]
        return cls.env["pos.config"].create({"name": name, "payment_method_ids": methods, **vals})

    def _found(self, user, records):
        """Return those of the records a user finds."""
        return self.env[records._name].with_user(user).search([("id", "in", records.ids)])

    def _assert_closed(self, user, record):
        with self.assertRaises(AccessError):
            record.with_user(user).read(["display_name"])

    def test_clerk_and_manager_see_the_tills_of_their_shop(self):
        for user in (self.clerk, self.manager):
            self.assertEqual(self._found(user, self.tills), self.till)
        self.assertEqual(self._found(self.other_clerk, self.tills), self.other_till)
        self._assert_closed(self.clerk, self.other_till)

    def test_till_without_a_store_is_for_those_who_see_all_stores(self):
        self._assert_closed(self.clerk, self.storeless_till)
        self.assertEqual(self._found(self.area_manager, self.tills), self.tills)

    def test_who_sees_all_stores_sees_those_of_the_own_company_alone(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        tills = self.env["pos.config"].with_context(allowed_company_ids=company.ids)
        foreign = tills.create({"name": "Foreign Till", "payment_method_ids": [Command.clear()]})
        self.assertEqual(foreign.company_id, company)
        self.assertFalse(self._found(self.area_manager, foreign))

    def test_sales_and_sessions_stay_in_the_shop(self):
        order = self._send(self._prepare_sale(self.product))
        self.assertEqual(self._found(self.clerk, order), order)
        self.assertFalse(self._found(self.other_clerk, order))
        self.assertFalse(self._found(self.other_clerk, order.session_id))
        self._assert_closed(self.other_clerk, order)
        self._assert_closed(self.other_clerk, order.session_id)
        self.assertEqual(self._found(self.area_manager, order), order)

    def test_analysis_counts_the_sales_of_the_shop(self):
        order = self._send(self._prepare_sale(self.product))
        self.env.flush_all()
        counts = [
            self.env["report.pos.order"].with_user(user).search_count([("order_id", "=", order.id)])
            for user in (self.manager, self.other_clerk, self.area_manager)
        ]
        self.assertEqual(counts, [1, 0, 1])

    def test_clerk_opens_sells_takes_back_and_closes(self):
        order = self._send(self._prepare_sale(self.product, quantity=2))
        refund = self._send(self._prepare_sale(self.product, quantity=-1, refunded_orderline_id=order.lines.id))
        session = order.session_id.with_user(self.clerk)
        self.assertEqual(session.get_closing_control_data()["orders_details"]["quantity"], 2)
        self.assertEqual(session.close_session_from_ui(), {"successful": True})
        self.assertEqual(((order + refund).mapped("state"), session.state), (["done", "done"], "closed"))
        self.assertEqual(sum(session.sudo().move_id.line_ids.mapped("balance")), 0)

    def test_colleague_of_the_shop_sells_in_a_session_somebody_else_opened(self):
        self._open_till(self.manager)
        order = self._send(self._prepare_sale(self.product))
        self.assertEqual((order.state, order.session_id.user_id, order.user_id), ("paid", self.manager, self.clerk))

    def test_paid_sale_arrives_though_the_clerk_has_moved_to_another_shop(self):
        sale = self._prepare_sale(self.product)
        self._assign_stores(self.clerk, self.other_store)
        order = self._send(sale)
        self.assertEqual(order.state, "paid")
        session = order.session_id.with_user(self.clerk)
        self.assertEqual(session.close_session_from_ui(), {"successful": True})
        self.assertEqual(self._found(self.clerk, self.tills), self.other_till)

    def test_clerk_opens_no_till_of_another_shop(self):
        with self.assertRaises(AccessError):
            self.other_till.with_user(self.clerk).open_ui()
        self.assertFalse(self.other_till.session_ids)

    def test_way_to_pay_stays_as_it_is_while_a_till_of_another_shop_is_open(self):
        self.other_till.with_user(self.other_clerk).open_ui()
        session = self.other_till.current_session_id
        with self.assertRaisesRegex(UserError, session.name):
            self.bank_method.with_user(self.manager).name = "Other Card"

    def test_lines_and_payments_of_sales_stay_in_their_shop(self):
        order = self._send(self._prepare_sale(self.product))
        for records in (order.lines, order.payment_ids):
            self.assertEqual(self._found(self.clerk, records), records)
            self.assertFalse(self._found(self.other_clerk, records))
            self.assertEqual(self._found(self.area_manager, records), records)
            with self.assertRaises(AccessError):
                records.with_user(self.other_clerk).read(["id", "create_date"])
