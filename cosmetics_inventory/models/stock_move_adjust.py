"""Stock does not grow or shrink by one person's word: what a count finds is approved, what spoils is scrapped."""

from odoo import api, models
from odoo.exceptions import UserError

from ..tools.plain_figures import SECOND

# Who applies what somebody else entered under Physical Inventory.
MANAGER = "stock.group_stock_manager"
# Nobody has it from the start: an owner without a second person may be given it.
ALONE = "cosmetics_inventory.group_adjust_alone"
STOCK_FIELDS = {"quantity", "lot_id", "location_id", "location_dest_id", "product_id", "owner_id", "package_id", "product_uom_id"}


class StockMove(models.Model):
    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        self._check_second_person()
        return super()._action_done(cancel_backorder=cancel_backorder)

    def _is_adjustment(self):
        """Tell if the move makes goods appear or vanish: no purchase, no sale, no scrap, no place for testers or gifts."""
        self.ensure_one()
        source, target = self.location_id, self.location_dest_id
        if source.usage == "inventory" and not source.shelf_life_use:
            return True
        return target.usage == "inventory" and not target.shelf_life_use and not self.scrap_id

    def _check_second_person(self):
        """Raise when somebody changes stock alone, by Physical Inventory, a transfer, an import or a call; counts run as the system.

        Warehouse managers are no exception. Physical Inventory passes when one person entered and another one applies.

        :raises UserError: that says what to do instead
        """
        if self.env.su or self.env.user.has_group(ALONE) or SECOND.is_on(self.env):
            return
        if adjusted := self.filtered(lambda move: move._is_adjustment()):
            raise UserError(
                self.env._(
                    "The stock of “%s” is not changed by one person alone: start a stock count, which somebody else approves, "
                    "or scrap what is spoilt.",
                    adjusted[0].product_id.display_name,
                )
            )


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_second_person()
        return lines

    def write(self, vals):
        if STOCK_FIELDS & vals.keys():
            self._check_second_person()
        res = super().write(vals)
        if STOCK_FIELDS & vals.keys():
            self._check_second_person()
        return res

    def _check_second_person(self):
        """Look at lines that are done: core changes the stock with them."""
        done = self.filtered(lambda line: line.state == "done")
        done.move_id._check_second_person()
