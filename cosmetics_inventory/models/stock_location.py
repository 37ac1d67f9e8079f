"""What a location means for the shelf life of goods that go there."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.shelf_life_rule import Facts, Place, refusal_of


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

    def write(self, vals):
        """Goods that do not move may still arrive somewhere: when the place they lie in becomes another one."""
        if not {"usage", "shelf_life_use", "location_id"} & vals.keys():
            return super().write(vals)
        if "shelf_life_use" in vals:
            self._check_use_is_kept(vals["shelf_life_use"])
        before = self._get_places_below()
        res = super().write(vals)
        if "location_id" in vals:
            # Core forgets that the locations below belong to the other warehouse now as well.
            self.browse(location.id for location in before).modified(["location_id"])
        self._check_goods_stay(before)
        return res

    def _check_use_is_kept(self, use):
        """Refuse another use of a location that has used goods up: recalls ask it who got them, and testers are never sold."""
        changed = self.filtered(lambda location: (location.shelf_life_use or False) != (use or False))
        # sudo: goods of other companies count as well
        if used := self.env["stock.quant"].sudo().search([("location_id", "in", changed.ids), ("quantity", ">", 0)], limit=1):
            raise ValidationError(
                self.env._(
                    "Goods have gone to “%s” already, so its use stays as it is. Create a new location for the other use.",
                    used.location_id.display_name,
                )
            )

    def _get_places_below(self):
        """Return {location: its `Place`} of these locations and all below them."""
        # sudo: archived locations, and those of other companies, are judged as well
        locations = self.sudo().with_context(active_test=False).search([("id", "child_of", self.ids)])
        return {location: location._get_shelf_life_place() for location in locations}

    @api.model
    def _check_goods_stay(self, before):
        """Refuse when goods would get somewhere by a change of their location that they could not get to by a transfer.

        :param dict before: {location: `Place`} as it was before the change
        """
        changed = {location: place for location, place in before.items() if location._get_shelf_life_place() != place}
        blocked = self._get_blocked_batches(changed)
        for (location, lot), obstacle in blocked.items():
            if refusal_of(Facts(changed[location], location._get_shelf_life_place(), obstacle=obstacle)):
                raise ValidationError(
                    self.env._(
                        "%(product)s, batch %(lot)s, lies in “%(place)s” and must not get to a customer or a shop this way: "
                        "move it to another location, scrap it or send it back first.",
                        product=lot.product_id.display_name,
                        lot=lot.name,
                        place=location.display_name,
                    )
                )

    @api.model
    def _get_blocked_batches(self, locations):
        """Return {(location, batch): why it may not be sold} of what lies in these locations."""
        ids = [location.id for location in locations]
        # sudo: what may not be sold is a fact, whoever may see it
        quants = self.env["stock.quant"].sudo().search([("location_id", "in", ids), ("lot_id", "!=", False), ("quantity", ">", 0)])
        obstacles = quants.lot_id._get_sale_obstacle()
        return {(quant.location_id, quant.lot_id): obstacles[quant.lot_id] for quant in quants if quant.lot_id in obstacles}

    def _get_shelf_life_place(self):
        """Return the `Place` of this location, None for an empty recordset."""
        if not self:
            return None
        return Place(self.usage, self.shelf_life_use or "", self.warehouse_id.id or None, self.is_shop)
