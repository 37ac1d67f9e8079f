"""Who hears of stock alerts of a warehouse."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    stock_alert_user_id = fields.Many2one(
        "res.users",
        string="Watches Stock",
        domain="[('share', '=', False)]",
        help="Gets the stock alerts when no store with a manager keeps its goods here.",
    )

    def _get_stock_alert_users(self):
        """Return {warehouse: who is told}: the manager of its store, else whom the warehouse names, else a warehouse manager."""
        stores = self.env["cosmetics.store"].search([("warehouse_id", "in", self.ids), ("manager_id.active", "=", True)])
        managers = {}
        for store in stores.sorted(lambda store: store.kind == "online"):
            managers.setdefault(store.warehouse_id, store.manager_id)
        return {
            warehouse: managers.get(warehouse)
            or warehouse.stock_alert_user_id.filtered("active")
            or self._get_stock_alert_superior(warehouse.company_id)
            for warehouse in self
        }

    def _get_stock_alert_superior(self, company):
        """Return a warehouse manager of a company, empty when it has none."""
        managers = self.env.ref("cosmetics_inventory.group_warehouse_manager").all_user_ids - self.env.ref("base.user_root")
        return managers.filtered(lambda user: user.active and company in user.company_ids)[:1]
