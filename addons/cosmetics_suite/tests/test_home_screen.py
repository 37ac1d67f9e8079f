"""The home screen of each role."""

from odoo.addons.cosmetics_suite.hooks import WEB_APP_NAME, post_init_hook
from odoo.tests import tagged

from .common import SuiteCommon

INVENTORY, SALES = "cosmetics_inventory.menu_root", "cosmetics_sales.menu_root"
MEMBERS, FINANCE = "cosmetics_crm.menu_root", "cosmetics_finance.menu_root"
OURS = {INVENTORY, SALES, MEMBERS, FINANCE}
EXPECTED = {
    "keeper": {INVENTORY},
    "warehouse_manager": {INVENTORY},
    "buyer": {INVENTORY},
    "salesperson": {SALES},
    "ecommerce": {SALES},
    "clerk": {INVENTORY, SALES},
    "store_manager": {INVENTORY, SALES},
    "member_manager": {MEMBERS},
    "service": {MEMBERS},
    # What members have paid ahead stands among the cards of the members; what stock is worth and costs on the way to it, with the stock.
    "accountant": {FINANCE, MEMBERS, INVENTORY},
    "owner": OURS,
}


@tagged("post_install", "-at_install")
class TestHomeScreen(SuiteCommon):
    maxDiff = None

    def test_each_role_sees_its_tiles_of_the_suite(self):
        self.assertEqual({role: self._tiles(user) & OURS for role, user in self.users.items()}, EXPECTED)

    def test_no_role_sees_a_tile_that_the_suite_replaces(self):
        replaced = set(self.env["ir.ui.menu"]._get_replaced_roots())
        self.assertEqual({role: self._tiles(user) & replaced for role, user in self.users.items()}, dict.fromkeys(self.users, set()))

    def test_every_replaced_tile_is_a_tile_of_core(self):
        for xmlid in self.env["ir.ui.menu"]._get_replaced_roots():
            with self.subTest(tile=xmlid):
                self.assertFalse(self.env.ref(xmlid).parent_id)

    def test_dashboards_show_only_to_who_has_one(self):
        root = "spreadsheet_dashboard.spreadsheet_dashboard_menu_root"
        self.assertNotIn(root, self._tiles(self.users["keeper"]))
        if self.env.ref(root, raise_if_not_found=False):
            self.assertIn(root, self._tiles(self.users["accountant"]))

    def test_administrator_keeps_every_tile_of_core(self):
        self.administrator.group_ids += self.env.ref("cosmetics_suite.group_owner")
        replaced = set(self.env["ir.ui.menu"]._get_replaced_roots())
        self.assertLessEqual(replaced | OURS, self._tiles(self.administrator))

    def test_the_first_administrator_has_every_role(self):
        self.assertTrue(self.env.ref("base.user_admin").has_group("cosmetics_suite.group_owner"))

    def test_person_without_a_role_of_the_suite_loses_nothing(self):
        self.employee.group_ids += self.env.ref("stock.group_stock_user")
        self.assertIn("stock.menu_stock_root", self._tiles(self.employee))
        self.employee.group_ids += self.env.ref("cosmetics_inventory.group_warehouse_keeper")
        self.assertNotIn("stock.menu_stock_root", self._tiles(self.employee))

    def test_chat_robot_does_not_cover_the_first_screen_of_a_new_user(self):
        user = self._create_user("test_newcomer", "cosmetics_sales_pos.group_shop_clerk")
        self.assertEqual(user.odoobot_state, "disabled")
        user.with_user(user)._on_webclient_bootstrap()
        self.assertFalse(self.env["discuss.channel"].with_user(user).search([("channel_type", "=", "chat")]))

    def test_web_app_has_a_name_and_keeps_the_one_it_was_given(self):
        parameters = self.env["ir.config_parameter"]
        parameters.set_param("web.web_app_name", False)
        post_init_hook(self.env)
        self.assertEqual(parameters.get_param("web.web_app_name"), WEB_APP_NAME)
        parameters.set_param("web.web_app_name", "My Shop")
        post_init_hook(self.env)
        self.assertEqual(parameters.get_param("web.web_app_name"), "My Shop")

    def test_delivery_sends_no_text_message_and_asks_nobody(self):
        company = self.env.company
        company.stock_text_confirmation = True
        post_init_hook(self.env)
        self.assertFalse(company._get_text_validation("sms"))
        self.assertFalse(self.env["res.company"].create({"name": "Second"})._get_text_validation("sms"))

    def test_tiles_have_pictures_and_chinese_names(self):
        menus = self.env["ir.ui.menu"].browse(self.env.ref(xmlid).id for xmlid in sorted(OURS))
        self.assertTrue(all(menu.web_icon_data for menu in menus))
        self.assertEqual(menus.with_context(lang="zh_CN").mapped("name"), ["会员管理", "财务管理", "库存管理", "销售管理"])
