"""Buyers keep the papers of vendors and hear when they do not hold."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common import PurchaseCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-03-01 04:00:00")
class TestSupplierPapers(PurchaseCommon):
    def _create_paper(self, **vals):
        papers = self.env["cosmetics.supplier.document"].with_user(self.buyer)
        return papers.create({"partner_id": self.vendor.id, "kind": "business_licence", **vals})

    def test_order_warns_of_a_licence_that_is_not_on_file(self):
        order = self._create_order(self.product)
        self.assertIn("not on file", order.supplier_paper_warning)
        self._create_paper(is_long_term=True)
        order.invalidate_recordset()
        self.assertFalse(order.supplier_paper_warning)

    def test_order_warns_of_expired_papers_until_a_new_one_comes(self):
        self._create_paper(expires_on="2026-02-28")
        order = self._create_order(self.product)
        self.assertIn("2026-02-28", order.supplier_paper_warning)
        self._create_paper(expires_on="2030-02-28")
        order.invalidate_recordset()
        self.assertFalse(order.supplier_paper_warning)

    def test_warning_blocks_nothing(self):
        order = self._create_order(self.product)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_tools_need_no_papers(self):
        tool = self._create_product(name="Brush", cosmetic_kind="other", item_class="tool", registration_no=False)
        self.assertFalse(self._create_order(tool).supplier_paper_warning)

    def test_licence_is_not_asked_for_where_the_company_says_so(self):
        self.env.company.inspection_needs_licence = False
        self.assertFalse(self._create_order(self.product).supplier_paper_warning)

    def test_buyer_keeps_papers_and_others_do_not(self):
        paper = self._create_paper(is_long_term=True)
        paper.number = "91110000600037341L"
        self.assertEqual((paper.number, paper.responsible_id), ("91110000600037341L", self.buyer))
        with self.assertRaises(AccessError):
            paper.with_user(self._create_user("test_nobody")).read(["number"])
