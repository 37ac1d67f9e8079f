"""Do what the near-expiry list proposes."""

from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..models.cosmetics_shelf_life_report_action import ACTION_KINDS

# What makes a document; the others change nothing in stock.
DOCUMENTS = ("move", "return", "scrap")


class CosmeticsNearExpiryWizard(models.TransientModel):
    """Rows of the near-expiry list with what to do; each may be changed before the documents are made."""

    _name = "cosmetics.near.expiry.wizard"
    _description = "Deal with Goods Near Expiry"

    line_ids = fields.One2many("cosmetics.near.expiry.wizard.line", "wizard_id")

    def action_confirm(self):
        """Make the documents: transfers, returns and disposals, ready to be looked at, none of them done yet."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.kind in DOCUMENTS)
        if not lines:
            raise UserError(
                self.env._(
                    "Nothing here needs a document: band prices hold by themselves at the till and on orders. "
                    "Choose another way, or discard."
                )
            )
        lines._check_ready()
        groups = defaultdict(self.env["cosmetics.near.expiry.wizard.line"].browse)
        for line in lines:
            groups[line._get_document_key()] |= line
        pickings = self.env["stock.picking"]
        disposals = self.env["cosmetics.disposal"]
        for (kind, *_key), group in groups.items():
            if kind == "scrap":
                disposals += group._create_disposal()
            else:
                pickings += group._create_picking()
        return self._get_next_action(pickings, disposals)

    def _get_next_action(self, pickings, disposals):
        """Open what was made; of both kinds, the transfers: disposals wait in their own list."""
        records = pickings or disposals
        action = {"type": "ir.actions.act_window", "res_model": records._name, "name": self.env._("Made from the Near-Expiry List")}
        if len(records) == 1:
            return {**action, "view_mode": "form", "res_id": records.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", records.ids)]}


class CosmeticsNearExpiryWizardLine(models.TransientModel):
    """One batch in one location."""

    _name = "cosmetics.near.expiry.wizard.line"
    _description = "Goods Near Expiry to Deal with"

    wizard_id = fields.Many2one("cosmetics.near.expiry.wizard", required=True, ondelete="cascade")
    quant_id = fields.Many2one("stock.quant", required=True, readonly=True, ondelete="cascade")
    product_id = fields.Many2one(related="quant_id.product_id")
    lot_id = fields.Many2one(related="quant_id.lot_id", string="Batch")
    location_id = fields.Many2one(related="quant_id.location_id")
    company_id = fields.Many2one(related="quant_id.company_id")
    expiration_on = fields.Date(related="lot_id.expiration_on")
    free_quantity = fields.Float(compute="_compute_free_quantity", digits="Product Unit")
    kind = fields.Selection(ACTION_KINDS, string="What to Do", required=True, default="keep")
    quantity = fields.Float(digits="Product Unit")
    warehouse_id = fields.Many2one("stock.warehouse", string="Move To", domain="[('company_id', '=', company_id)]")
    partner_id = fields.Many2one("res.partner", string="Supplier")
    sentence = fields.Char(string="Why", readonly=True)

    @api.depends("quant_id.quantity", "quant_id.reserved_quantity")
    def _compute_free_quantity(self):
        for line in self:
            line.free_quantity = max(line.quant_id.quantity - line.quant_id.reserved_quantity, 0)

    def _check_ready(self):
        """Refuse what is incomplete or more than is free. Locks the quantities, so that nobody reserves them meanwhile."""
        self.quant_id.check_access("read")
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT id FROM stock_quant WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.quant_id.ids)))
        self.quant_id.invalidate_recordset(["quantity", "reserved_quantity"])
        self.invalidate_recordset(["free_quantity"])
        for line in self:
            names = {"lot": line.lot_id.name, "product": line.product_id.display_name}
            if line.quantity <= 0:
                raise UserError(self.env._("“%(product)s”, batch %(lot)s: enter how many.", **names))
            if line.product_id.uom_id.compare(line.quantity, line.free_quantity) > 0:
                raise UserError(
                    self.env._(
                        "“%(product)s”, batch %(lot)s: only %(free)s are free in %(location)s. Enter no more than that.",
                        free=f"{line.free_quantity:g}",
                        location=line.location_id.display_name,
                        **names,
                    )
                )
            if line.kind == "move" and (not line.warehouse_id or line.warehouse_id == line.location_id.warehouse_id):
                raise UserError(self.env._("“%(product)s”, batch %(lot)s: choose another shop to move to.", **names))
            if line.kind == "return" and not line.partner_id:
                raise UserError(self.env._("“%(product)s”, batch %(lot)s: choose the supplier who takes it back.", **names))

    def _get_document_key(self):
        """Return what goods of one document share: (kind, warehouse they leave, where to)."""
        self.ensure_one()
        target = {"move": self.warehouse_id, "return": self.partner_id}.get(self.kind, self.env["stock.warehouse"])
        return self.kind, self.location_id.warehouse_id, target

    def _create_picking(self):
        """Return the transfer or return of these lines, confirmed, with exactly these batches reserved."""
        warehouse = self.location_id.warehouse_id
        kind = self[:1].kind
        if kind == "move":
            picking_type, destination, partner = warehouse.int_type_id, self.warehouse_id.lot_stock_id, self.env["res.partner"]
        else:
            partner = self.partner_id
            picking_type, destination = warehouse.out_type_id, partner.with_company(warehouse.company_id).property_stock_supplier
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": picking_type.id,
                "partner_id": partner.id,
                "location_id": self[:1].location_id.id if len(self.location_id) == 1 else warehouse.view_location_id.id,
                "location_dest_id": destination.id,
                "origin": self.env._("Near expiry"),
            }
        )
        self.env["stock.move"].create([line._prepare_move_vals(picking) for line in self])
        picking.action_confirm()
        return picking

    def _prepare_move_vals(self, picking):
        """Return the values of a move that takes this batch and no other."""
        self.ensure_one()
        goods = {
            "picking_id": picking.id,
            "product_id": self.product_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
        }
        line = {
            **goods,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": self.quantity,
            "lot_id": self.lot_id.id,
            **self._prepare_reason_vals(),
        }
        return {
            **goods,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": self.quantity,
            "move_line_ids": [Command.create(line)],
        }

    def _prepare_reason_vals(self):
        """Return why another batch than the first-expiring may be taken: the list chose it."""
        return (
            {"fefo_reason": self.env._("Near-expiry list: %s", self.sentence or "")} if "fefo_reason" in self.env["stock.move.line"] else {}
        )

    def _create_disposal(self):
        """Return a draft disposal of these lines; a second person confirms it, as always."""
        warehouse = self.location_id.warehouse_id
        store = self.env["cosmetics.store"]._get_stores_of_warehouses(warehouse).get(warehouse)
        return self.env["cosmetics.disposal"].create(
            {
                "company_id": warehouse.company_id.id,
                "store_id": store.id if store else False,
                "reason_id": self.env["cosmetics.disposal.reason"].search([("code", "=", "expired")], limit=1).id,
                "note": self.env._("From the near-expiry list"),
                "line_ids": [
                    Command.create(
                        {
                            "product_id": line.product_id.id,
                            "lot_id": line.lot_id.id,
                            "location_id": line.location_id.id,
                            "quantity": line.quantity,
                        }
                    )
                    for line in self
                ],
            }
        )
