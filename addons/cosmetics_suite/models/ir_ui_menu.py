"""One home screen: the tiles of the suite take the place of core's."""

from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def get_user_roots(self):
        return super().get_user_roots() - self.browse(self._get_hidden_root_ids())

    @api.model
    def _get_suite_roots(self):
        """Return the external ids of the tiles of the suite."""
        return (
            "cosmetics_inventory.menu_root",
            "cosmetics_sales.menu_root",
            "cosmetics_crm.menu_root",
            "cosmetics_finance.menu_root",
        )

    @api.model
    def _get_replaced_roots(self):
        """Return the external ids of the tiles a role does without.

        They are core's tiles whose screens the suite gathers in its own menus, and the shop window of Odoo's apps.
        """
        return (
            "account.menu_finance",
            "base.menu_management",
            "contacts.menu_contacts",
            "crm.crm_menu_root",
            "helpdesk_mgmt.helpdesk_ticket_main_menu",
            "hr.menu_hr_root",
            "hr_expense.menu_hr_expense_root",
            "point_of_sale.menu_point_root",
            "purchase.menu_purchase_root",
            "sale.sale_menu_root",
            "stock.menu_stock_root",
            "survey.menu_surveys",
        )

    @api.model
    def _load_menus_blacklist(self):
        return [*super()._load_menus_blacklist(), *self._get_hidden_root_ids()]

    @api.model
    def _get_hidden_root_ids(self):
        """Return the ids of the tiles that the user is spared.

        Whoever sees a tile of the suite does not need them. Records stay as core made them: actions, links and rights work
        as before, nothing is left behind when the suite goes, and a person without a role in the suite loses nothing.
        Administrators of the settings keep both.
        """
        visible = self._visible_menu_ids()
        if self.env.user.has_group("base.group_system") or visible.isdisjoint(self._get_menu_ids(self._get_suite_roots())):
            return []
        dashboards = () if self._has_dashboard() else ("spreadsheet_dashboard.spreadsheet_dashboard_menu_root",)
        return self._get_menu_ids([*self._get_replaced_roots(), *dashboards])

    @api.model
    def _has_dashboard(self):
        """Tell if the tile of dashboards would show the user anything; its module comes and goes by itself."""
        return "spreadsheet.dashboard" in self.env and bool(self.env["spreadsheet.dashboard"].search_count([], limit=1))

    @api.model
    def _get_menu_ids(self, xmlids):
        """Return the database ids of the menus that are installed."""
        to_id = self.env["ir.model.data"]._xmlid_to_res_id
        return [menu_id for xmlid in xmlids if (menu_id := to_id(xmlid, raise_if_not_found=False))]
