"""A till stands in a store."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .common import TillCommon


@tagged("post_install", "-at_install")
class TestPosConfig(TillCommon):
    def test_store_lists_its_tills(self):
        self.assertEqual(self.store.pos_config_ids, self.till)

    def test_store_of_another_company_is_refused_by_name(self):
        company = self.env["res.company"].create({"name": "Another Company"})
        foreign = self._create_store(name="Elsewhere", company_id=company.id)
        with self.assertRaisesRegex(ValidationError, "Elsewhere"):
            self.till.store_id = foreign

    def test_closing_a_till_returns_to_a_menu_the_clerk_sees(self):
        menu_id = self.env.ref("point_of_sale.action_client_pos_menu").params["menu_id"]
        self.assertIn(menu_id, self.env["ir.ui.menu"].with_user(self.clerk)._visible_menu_ids())
