"""What is destroyed or sent back."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from .cosmetics_disposal import COST_GROUPS


class CosmeticsDisposalLine(models.Model):
    """A quantity of one batch in one location."""

    _name = "cosmetics.disposal.line"
    _description = "Goods to Dispose of"
    _order = "disposal_id, id"
    _check_company_auto = True

    disposal_id = fields.Many2one("cosmetics.disposal", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="disposal_id.company_id", store=True)
    state = fields.Selection(related="disposal_id.state")
    product_id = fields.Many2one("product.product", required=True, check_company=True, domain="[('is_storable', '=', True)]", index=True)
    lot_id = fields.Many2one(
        "stock.lot", string="Batch", check_company=True, domain="[('product_id', '=', product_id)]", index="btree_not_null"
    )
    location_id = fields.Many2one(
        "stock.location",
        compute="_compute_location_id",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        check_company=True,
        domain="[('usage', 'in', ('internal', 'transit'))]",
    )
    quantity = fields.Float(required=True, default=1.0, digits="Product Unit")
    uom_id = fields.Many2one(related="product_id.uom_id")
    expiration_on = fields.Date(related="lot_id.expiration_on")
    move_id = fields.Many2one("stock.move", readonly=True, copy=False, index="btree_not_null")
    currency_id = fields.Many2one(related="disposal_id.currency_id")
    unit_cost = fields.Float(
        compute="_compute_unit_cost", store=True, digits="Product Price", groups=COST_GROUPS, help="Standard price on the day of disposal."
    )
    cost = fields.Monetary(compute="_compute_cost", store=True, groups=COST_GROUPS)

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Dispose of a quantity greater than zero.")

    @api.depends("disposal_id.store_id")
    def _compute_location_id(self):
        for line in self:
            if not line.location_id:
                warehouse = line.disposal_id.store_id.warehouse_id
                company = line.disposal_id.company_id or self.env.company
                warehouse = warehouse or self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
                line.location_id = warehouse.lot_stock_id

    @api.depends("product_id", "company_id")
    def _compute_unit_cost(self):
        for line in self:
            if line.state != "done":
                line.unit_cost = line.product_id.with_company(line.company_id).standard_price

    @api.depends("quantity", "unit_cost")
    def _compute_cost(self):
        for line in self:
            line.cost = line.quantity * line.unit_cost

    @api.constrains("product_id", "lot_id", "location_id")
    def _check_goods(self):
        for line in self:
            if line.product_id.tracking != "none" and not line.lot_id:
                raise UserError(self.env._("Choose the batch of %s.", line.product_id.display_name))
            if line.lot_id and line.lot_id.product_id != line.product_id:
                raise UserError(
                    self.env._("Batch %(lot)s is not of %(product)s.", lot=line.lot_id.name, product=line.product_id.display_name)
                )
            if line.location_id.usage not in ("internal", "transit"):
                raise UserError(self.env._("Goods are taken from a location of your own, not from %s.", line.location_id.display_name))

    @api.onchange("lot_id")
    def _onchange_lot_id(self):
        if self.lot_id:
            self.product_id = self.lot_id.product_id

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{key: value for key, value in vals.items() if key != "move_id"} for vals in vals_list])
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        self._check_draft()

    def _check_draft(self):
        if not self.env.su and any(line.disposal_id.state != "draft" for line in self):
            raise UserError(self.env._("A confirmed disposal cannot be changed. Set it back to draft first."))

    def _keep_cost(self):
        """Note the standard price of today: later price changes leave the document alone."""
        for line in self:
            line.unit_cost = line.product_id.with_company(line.company_id).standard_price

    def _prepare_scrap_vals(self):
        """Return the values of the scrap that takes these goods out of stock."""
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "lot_id": self.lot_id.id,
            "location_id": self.location_id.id,
            "scrap_qty": self.quantity,
            "origin": self.disposal_id.name,
            "disposal_line_id": self.id,
        }

    def _prepare_move_vals(self):
        """Return the values of the move that brings these goods back to the supplier."""
        self.ensure_one()
        supplier = self.disposal_id.partner_id.with_company(self.company_id).property_stock_supplier
        goods = {
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": supplier.id,
        }
        line = {**goods, "product_uom_id": self.product_id.uom_id.id, "quantity": self.quantity, "lot_id": self.lot_id.id}
        return {
            **goods,
            "company_id": self.company_id.id,
            "origin": self.disposal_id.name,
            "partner_id": self.disposal_id.partner_id.id,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": self.quantity,
            "picked": True,
            "move_line_ids": [Command.create(line)],
        }

    def _scrap(self):
        """Scrap the goods in the way of the stock application."""
        scraps = self.env["stock.scrap"].create([line._prepare_scrap_vals() for line in self])
        scraps.do_scrap()
        for scrap in scraps:
            scrap.disposal_line_id.move_id = scrap.move_ids[:1]

    def _send_back(self):
        """Bring the goods to the supplier."""
        moves = self.env["stock.move"].create([line._prepare_move_vals() for line in self])
        for line, move in zip(self, moves, strict=True):
            line.move_id = move
        moves._action_done()
