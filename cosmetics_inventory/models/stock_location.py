"""What a location means for the shelf life of goods that go there."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.shelf_life_rule import Place


class StockLocation(models.Model):
    _inherit = "stock.location"

    shelf_life_use = fields.Selection(
        [("gift", "Gifts and Samples"), ("tester", "Testers")],
        help="Goods that are used up here reach people, so only batches that may be sold can go here. "
        "Leave empty for scrap and inventory loss.",
    )
    is_shop = fields.Boolean(compute="_compute_is_shop", help="The warehouse belongs to a shop, a counter or an online shop.")

    @api.depends("warehouse_id")
    def _compute_is_shop(self):
        facts = self.env["cosmetics.store"]._get_warehouse_facts()
        for location in self:
            location.is_shop = facts.get(location.warehouse_id.id, (False, False))[1]

    @api.constrains("shelf_life_use", "usage")
    def _check_shelf_life_use(self):
        for location in self:
            if location.shelf_life_use and location.usage != "inventory":
                raise ValidationError(
                    self.env._(
                        "Location “%s” cannot be for gifts or testers: goods are used up only in a location of type Inventory Loss. "
                        "Change its type, or leave the use empty.",
                        location.display_name,
                    )
                )

    def _get_shelf_life_place(self):
        """Return the `Place` of this location, None for an empty recordset."""
        if not self:
            return None
        return Place(self.usage, self.shelf_life_use or "", self.warehouse_id.id or None, self.is_shop)
