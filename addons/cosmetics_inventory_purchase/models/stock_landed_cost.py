"""Freight and duties become part of what goods cost: shared out by weight, volume, value, quantity or evenly."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

POSTERS = ("account.group_account_invoice", "stock.group_stock_manager")
# What a split divides by: without it on every product the costs would be shared out evenly, and nobody told.
MEASURES = {"by_weight": "weight", "by_volume": "volume"}


class StockLandedCost(models.Model):
    _inherit = "stock.landed.cost"

    def button_validate(self):
        """Post landed costs: by those who keep the books or the stock, and only where every product has what the split needs."""
        self.check_access("write")
        if not self.env.su and not any(map(self.env.user.has_group, POSTERS)):
            raise AccessError(self.env._("Landed costs change what goods cost: an accountant or a warehouse manager posts them."))
        self._check_measures()
        # sudo: the moves of the receipt get their new value, which neither buyer nor accountant writes
        return super(StockLandedCost, self.sudo()).button_validate()

    def compute_landed_cost(self):
        self._check_measures()
        return super().compute_landed_cost()

    def _check_measures(self):
        """Raise where a cost is to be split by a measure that a product does not have."""
        for cost in self:
            for line in cost.cost_lines.filtered(lambda line: line.split_method in MEASURES):
                # sudo: the accountant need not see receipts
                products = cost.sudo()._get_targeted_move_ids().filtered("quantity").product_id
                without = products.filtered(lambda product, name=MEASURES[line.split_method]: not product[name])
                if without:
                    method = dict(line._fields["split_method"]._description_selection(self.env))[line.split_method]
                    raise UserError(
                        self.env._(
                            "“%(line)s” is split %(method)s, and “%(product)s” has none. Enter it on the product, or choose another split.",
                            line=line.name or line.product_id.name,
                            method=method,
                            product=without[0].display_name,
                        )
                    )


class StockPicking(models.Model):
    _inherit = "stock.picking"

    landed_cost_count = fields.Integer(compute="_compute_landed_cost_count")

    def _compute_landed_cost_count(self):
        groups = self.env["stock.landed.cost"]._read_group([("picking_ids", "in", self.ids)], ["picking_ids"], ["__count"])
        counts = dict(groups)
        for picking in self:
            picking.landed_cost_count = counts.get(picking, 0)

    def action_landed_costs(self):
        """Open the landed costs of the receipt, or a new one for it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stock_landed_costs.action_stock_landed_cost")
        action |= {"domain": [("picking_ids", "in", self.ids)], "context": {"default_picking_ids": self.ids}}
        if not self.landed_cost_count:
            action |= {"views": [(False, "form")], "view_mode": "form"}
        return action


class StockMove(models.Model):
    _inherit = "stock.move"

    landed_cost = fields.Monetary(
        string="Freight and Duties", currency_field="company_currency_id", compute="_compute_landed_cost", help="What was shared out to it."
    )
    landed_unit_cost = fields.Float(
        string="Total Unit Cost", digits="Product Price", compute="_compute_landed_cost", help="With freight and duties, for one unit."
    )

    @api.depends("value", "quantity", "state")
    def _compute_landed_cost(self):
        # sudo: who may see the value of a receipt may see what it is made of
        shared = self.sudo()._get_landed_cost()
        for move in self:
            lines = shared.get(move.sudo(), self.env["stock.valuation.adjustment.lines"])
            move.landed_cost = sum(lines.mapped("additional_landed_cost"))
            quantity = move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id) if move.state == "done" else 0
            move.landed_unit_cost = move.sudo().value / quantity if quantity else 0
