"""One user for each role of the suite."""

from odoo.addons.cosmetics_base.tests.common import CosmeticsCommon

ROLES = {
    "keeper": "cosmetics_inventory.group_warehouse_keeper",
    "warehouse_manager": "cosmetics_inventory.group_warehouse_manager",
    "buyer": "cosmetics_inventory_purchase.group_buyer",
    "salesperson": "cosmetics_sales.group_salesperson",
    "ecommerce": "cosmetics_sales.group_ecommerce_clerk",
    "clerk": "cosmetics_sales_pos.group_shop_clerk",
    "store_manager": "cosmetics_sales_pos.group_store_manager",
    "member_manager": "cosmetics_crm.group_member_manager",
    "service": "cosmetics_crm_helpdesk.group_service",
    "accountant": "cosmetics_finance.group_accountant",
    "owner": "cosmetics_suite.group_owner",
}


class SuiteCommon(CosmeticsCommon):
    """Users by the name of their role, and what they see on the home screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Where goods come from is no question of rights or days: orders leave from their own warehouse.
        cls.env["cosmetics.allocation.rule"].search([]).active = False
        cls.users = {role: cls._create_user(f"test_{role}", group) for role, group in ROLES.items()}
        cls.administrator = cls._create_user("test_administrator", "base.group_system")
        cls.employee = cls._create_user("test_plain_employee")

    def _load_menus(self, user):
        """Return the menus the web client gets for a user."""
        return self.env["ir.ui.menu"].with_user(user).load_menus(False)

    def _tiles(self, user):
        """Return the external ids of the tiles a user sees."""
        menus = self._load_menus(user)
        return {menus[menu_id]["xmlid"] for menu_id in menus["root"]["children"]}
