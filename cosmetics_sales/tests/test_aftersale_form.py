"""What the form of an after-sale offers, and what it is called before it has a number."""

from ast import literal_eval

from lxml import etree
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tests import tagged

from .common_aftersale import AftersaleCommon


@tagged("post_install", "-at_install")
class TestAftersaleForm(AftersaleCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_sold((cls.brush, 2), (cls.mirror, 1))
        cls.lines = cls.order.order_line

    def _get_goods(self, user):
        view = self.env["cosmetics.aftersale"].with_user(user).get_view(view_type="form")
        return etree.fromstring(view["arch"]).find(".//field[@name='line_ids']")

    def test_after_sale_that_is_not_saved_has_a_word_for_its_title(self):
        fresh = self.env["cosmetics.aftersale"].with_user(self.ecommerce_clerk).new({"order_id": self.order.id})
        self.assertEqual(fresh.name, "New")

    def test_saved_after_sale_has_a_number_whatever_was_sent(self):
        first = self._create_aftersale(self.order, (self.lines[0], 1), name="New")
        second = self._create_aftersale(self.order, (self.lines[0], 1), name="New")
        self.assertNotIn("New", (first.name, second.name))
        self.assertNotEqual(first.name, second.name)

    def test_goods_are_added_and_taken_off_in_a_draft_only(self):
        options = literal_eval(self._get_goods(self.ecommerce_clerk).get("options"))
        aftersale = self._create_aftersale(self.order, (self.lines[0], 1))
        for offered in (options["create"], options["delete"]):
            self.assertTrue(aftersale.filtered_domain(Domain(offered)))
        aftersale.action_approve()
        for offered in (options["create"], options["delete"]):
            self.assertFalse(aftersale.filtered_domain(Domain(offered)))

    def test_what_the_form_does_not_offer_is_refused_to_programs_too(self):
        aftersale = self._create_aftersale(self.order, (self.lines[0], 1))
        aftersale.action_approve()
        with self.assertRaisesRegex(UserError, "while it is a draft"), self.env.cr.savepoint():
            aftersale.line_ids.unlink()
        with self.assertRaisesRegex(UserError, "while it is a draft"), self.env.cr.savepoint():
            aftersale.line_ids.create({"aftersale_id": aftersale.id, "order_line_id": self.lines[1].id, "quantity": 1})
        self.assertEqual(aftersale.line_ids.order_line_id, self.lines[0])

    def test_inspection_shows_findings_in_place_of_prices(self):
        goods = self._get_goods(self.keeper).find("list")
        hidden = {field.get("name"): field.get("column_invisible", "") for field in goods.iterfind("field")}
        for name in ("amount", "reason_id"):
            self.assertIn("parent.state == 'received'", hidden[name])
        for name in ("seal_state", "is_batch_readable", "result"):
            self.assertNotIn("'received'", hidden[name])

    def test_keeper_finds_returns_that_wait_to_be_booked_in(self):
        action = self.env["ir.actions.act_window"].with_user(self.keeper)._for_xml_id("cosmetics_sales.cosmetics_aftersale_action_inspect")
        found = {name for name in literal_eval(action["context"]) if name.startswith("search_default_")}
        self.assertEqual(found, {"search_default_filter_waiting", "search_default_filter_received"})
        self.assertIn("No return to book in", action["help"])

    def test_after_sale_set_back_to_draft_takes_more_goods(self):
        aftersale = self._create_aftersale(self.order, (self.lines[0], 1))
        aftersale.action_approve()
        aftersale.action_draft()
        aftersale.line_ids.create({"aftersale_id": aftersale.id, "order_line_id": self.lines[1].id, "quantity": 1})
        self.assertEqual(aftersale.refund_amount, 83.33)

    def test_keeper_writes_findings_where_goods_are_closed(self):
        aftersale = self._create_aftersale(self.order, (self.lines[1], 1))
        self._bring_back(aftersale)
        self.assertEqual((aftersale.state, aftersale.line_ids.inspected_by_id), ("inspected", self.keeper))
