"""Physical Inventory takes two people: one enters what lies there, another one applies it."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.plain_figures import SECOND
from .stock_move_adjust import ALONE, MANAGER


class StockQuant(models.Model):
    _inherit = "stock.quant"

    inventory_entered_by_id = fields.Many2one(
        "res.users",
        string="Entered By",
        readonly=True,
        copy=False,
        ondelete="set null",
        help="Who entered the counted quantity; somebody else applies it.",
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"inventory_entered_by_id"}

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_written(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_written(vals)
        res = super().write(vals)
        if "inventory_quantity" in vals:
            # sudo: a field of the machine
            super(StockQuant, self.sudo()).write({"inventory_entered_by_id": self.env.uid})
        return res

    def action_clear_inventory_quantity(self):
        res = super().action_clear_inventory_quantity()
        self.sudo().inventory_entered_by_id = False  # sudo: a field of the machine; what is cleared nobody has entered
        return res

    @api.model
    def _check_written(self, vals):
        """Refuse to write who entered a quantity."""
        if not self.env.su and "inventory_entered_by_id" in vals:
            self._refuse_fields({"inventory_entered_by_id"})

    def _apply_inventory(self, date=None):
        """Let a warehouse manager apply what somebody else has entered.

        :raises UserError: for what the same person has entered
        """
        user = self.env.user
        if self.env.su or user.has_group(ALONE) or not user.has_group(MANAGER):
            return super()._apply_inventory(date)
        # sudo: whoever entered it may be somebody whom the user does not see
        if own := self.filtered(lambda quant: quant.sudo().inventory_entered_by_id in (user, user.browse())):
            raise UserError(
                self.env._(
                    "You entered the quantity of “%s” yourself: another warehouse manager applies it under Physical Inventory. "
                    "Or start a stock count, which somebody else approves.",
                    own[0].product_id.display_name,
                )
            )
        return super(StockQuant, SECOND.put_on(self))._apply_inventory(date)
