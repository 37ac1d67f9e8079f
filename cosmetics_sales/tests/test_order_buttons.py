"""What the form of an order offers to whom."""

from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_review import ReviewCommon

WRITING = ("action_quotation_send", "action_confirm", "action_cancel")


@tagged("post_install", "-at_install")
class TestOrderButtons(ReviewCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader = cls._create_user("test_reader", "cosmetics_sales.group_order_reviewer")
        cls.order = cls._create_order(cls.product)

    def _get_form(self, user):
        return etree.fromstring(self.env["sale.order"].with_user(user).get_view(view_type="form")["arch"])

    def test_reviewer_who_reads_an_order_may_not_write_it(self):
        seen = self.order.with_user(self.reader)
        self.assertTrue(seen.name)
        self.assertFalse(seen.may_write)
        with self.assertRaises(AccessError):
            seen.note = "changed"

    def test_reviewer_who_keeps_a_warehouse_too_is_offered_no_button_of_the_sale(self):
        keeper = self._create_user("test_keeper", "cosmetics_sales.group_order_reviewer,stock.group_stock_user")
        self.assertFalse(self.order.with_user(keeper).may_write)

    def test_clerk_may_write_every_order(self):
        self.order.user_id = self.salesperson
        self.assertTrue(self.order.with_user(self.ecommerce_clerk).may_write)

    def test_salesperson_may_write_the_own_order_only(self):
        self.order.user_id = self.salesperson
        self.assertTrue(self.order.with_user(self.salesperson).may_write)
        self.assertFalse(self.order.with_user(self.colleague)._filtered_access("write"))

    def test_order_that_is_not_saved_yet_may_be_written(self):
        self.assertTrue(self.env["sale.order"].with_user(self.salesperson).new({}).may_write)

    def test_rights_are_those_of_the_reader_not_of_who_looked_before(self):
        self.assertTrue(self.order.with_user(self.ecommerce_clerk).may_write)
        self.assertFalse(self.order.with_user(self.reader).may_write)

    def test_every_button_that_writes_is_hidden_from_readers(self):
        form = self._get_form(self.reader)
        for name in WRITING:
            buttons = form.xpath(f"//header/button[@name='{name}']")
            self.assertTrue(buttons, name)
            for button in buttons:
                self.assertIn("not may_write", button.get("invisible"), name)

    def test_reviewer_keeps_the_buttons_of_the_review(self):
        form = self._get_form(self.reader)
        for name in ("action_review", "action_review_approve", "action_review_refuse"):
            self.assertNotIn("may_write", form.xpath(f"//button[@name='{name}']")[0].get("invisible"), name)
