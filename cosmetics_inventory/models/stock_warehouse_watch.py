"""Who hears of goods that near their expiry in a warehouse."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _name = "stock.warehouse"
    _inherit = ["stock.warehouse", "mail.thread", "mail.activity.mixin"]

    shelf_life_user_id = fields.Many2one(
        "res.users",
        string="Watches Shelf Life",
        domain="[('share', '=', False)]",
        help="Gets the daily alerts of goods near their expiry when no store with a manager keeps its goods here.",
    )

    def _get_shelf_life_users(self):
        """Return {warehouse: who is told}: the manager of its store, else whom the warehouse names, else a quality manager."""
        stores = self.env["cosmetics.store"].search([("warehouse_id", "in", self.ids), ("manager_id.active", "=", True)])
        managers = {}
        for store in stores.sorted(lambda store: store.kind == "online"):
            managers.setdefault(store.warehouse_id, store.manager_id)
        quality = self.env.ref("cosmetics_inventory.group_quality_manager").all_user_ids - self.env.ref("base.user_root")
        return {
            warehouse: managers.get(warehouse)
            or warehouse.shelf_life_user_id.filtered("active")
            or quality.filtered(lambda user, warehouse=warehouse: user.active and warehouse.company_id in user.company_ids)[:1]
            for warehouse in self
        }
