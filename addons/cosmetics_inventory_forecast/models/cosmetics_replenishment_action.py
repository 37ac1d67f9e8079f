"""What people do with suggestions: another quantity, a transfer, a request or an order."""

from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

BUYER = "cosmetics_inventory_purchase.group_buyer"
# Whose word counts on quantities: buyers, store managers (who approve purchases of their shops) and warehouse managers.
DECIDERS = (BUYER, "cosmetics_inventory_purchase.group_purchase_approver", "cosmetics_inventory.group_warehouse_manager")


class CosmeticsReplenishment(models.Model):
    _inherit = "cosmetics.replenishment"

    def action_adjust(self):
        """Ask for another quantity and for its reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Change the Quantity"),
            "res_model": "cosmetics.replenishment.adjust",
            "view_mode": "form",
            "target": "new",
            "context": {"default_replenishment_id": self.id, "default_quantity": self.quantity},
        }

    def action_supply(self):
        """Make the transfers and, of what is to be bought, draft orders; whoever does not buy asks for it instead."""
        rows = self._take()
        bought = rows.filtered(lambda row: row.kind == "buy")
        records = [(rows - bought)._create_transfers()] if rows - bought else []
        if bought:
            records.append(bought._create_orders() if self.env.user.has_group(BUYER) else bought._create_requests())
        return self._get_next_action(records)

    def action_request(self):
        """Ask for what is to be bought, so that those who have to agree to it do."""
        rows = self._take()
        if any(row.kind == "transfer" for row in rows):
            raise UserError(self.env._("Only what is to be bought is asked for. Leave the transfers out."))
        return self._get_next_action([rows._create_requests()])

    def action_view_demand(self):
        """Open what sold week by week."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_forecast.cosmetics_demand_week_action")
        return {
            **action,
            "domain": [("product_id", "=", self.product_id.id), ("warehouse_id", "=", self.warehouse_id.id)],
            "context": {},
            "views": [(False, "graph"), (False, "list")],
        }

    def action_view_document(self):
        """Open what came of the suggestion."""
        self.ensure_one()
        record = self.picking_id or self.purchase_order_id or self.purchase_request_id
        return self._get_next_action([record]) if record else None

    def _change_quantity(self, quantity, reason):
        """Note another quantity than the suggested one.

        :raises UserError: without a reason, or from somebody whose word does not count
        """
        self.ensure_one()
        row = self._lock()
        if not any(self.env.user.has_group(group) for group in DECIDERS):
            raise UserError(self.env._("Store managers, warehouse managers and buyers decide on quantities. Ask one of them."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why another quantity is better, e.g. “Opening of the new counter on Friday”."))
        if quantity < 0:
            raise UserError(self.env._("Enter how many to get: 0 or more."))
        change = {"replenishment_id": row.id, "old_quantity": row.quantity, "new_quantity": quantity, "reason": reason.strip()}
        self.env["cosmetics.replenishment.change"].sudo().create({**change, "user_id": self.env.uid})  # sudo: see _lock
        row.write({"quantity": quantity, "is_changed": True, "changed_at": fields.Datetime.now()})

    def _take(self):
        """Return these suggestions, held for this transaction, when all of them are open and ask for something."""
        rows = self._lock().filtered("quantity").with_env(self.env)
        if not rows:
            raise UserError(self.env._("There is nothing to get here. Choose suggestions with a quantity, or change it first."))
        return rows

    def _lock(self):
        """Return these suggestions for writing; two people who press the button at once do not order twice.

        :raises AccessError: for warehouses that are not the caller's
        :raises UserError: when one of them is done already
        """
        self.check_access("read")
        self.env.flush_all()
        self.env.cr.execute(SQL("SELECT id FROM cosmetics_replenishment WHERE id = ANY(%s) ORDER BY id FOR UPDATE", self.ids))
        self.invalidate_recordset(["state", "quantity"])
        # sudo: suggestions are written by the system; who may read them decides what becomes of them.
        rows = self.sudo()
        done = rows.filtered(lambda row: row.state != "open")
        if done:
            raise UserError(self.env._("“%s” has been dealt with already. Reload the list.", done[:1].product_id.display_name))
        return rows

    def _end(self, values):
        """Note what came of these suggestions."""
        # sudo: see _lock
        self.sudo().write({"state": "done", "done_by_id": self.env.uid, "done_at": fields.Datetime.now(), **values})

    def _group(self, *names):
        """Return {values of these fields: suggestions}."""
        groups = defaultdict(self.browse)
        for row in self:
            groups[tuple(row[name] for name in names)] |= row
        return groups

    def _create_transfers(self):
        """Return the transfers, one for each pair of warehouses, confirmed: the batches are chosen by the rules of the warehouse."""
        # sudo: a clerk asks for what the own shop was found to need; what confirming reads of the other warehouse is not the clerk's
        pickings = self.env["stock.picking"].sudo()
        for (source, target), rows in self._group("source_warehouse_id", "warehouse_id").items():
            places = {"location_id": source.lot_stock_id.id, "location_dest_id": target.lot_stock_id.id}
            moves = [
                Command.create({**places, "product_id": row.product_id.id, "product_uom": row.uom_id.id, "product_uom_qty": row.quantity})
                for row in rows
            ]
            picking = pickings.create(
                {**places, "picking_type_id": source.int_type_id.id, "origin": self.env._("Replenishment"), "move_ids": moves}
            )
            picking.action_confirm()
            rows._end({"picking_id": picking.id})
            pickings |= picking
        return pickings.sudo(False)

    def _create_orders(self):
        """Return draft orders, one for each vendor and warehouse."""
        unknown = self.filtered(lambda row: not row.partner_id)
        if unknown:
            raise UserError(self.env._("“%s” has no vendor. Enter one on the product, or ask for it.", unknown[:1].product_id.display_name))
        orders = self.env["purchase.order"]
        for (vendor, warehouse), rows in self._group("partner_id", "warehouse_id").items():
            order = orders.with_company(warehouse.company_id).create(
                {
                    "partner_id": vendor.id,
                    "picking_type_id": warehouse.in_type_id.id,
                    "origin": self.env._("Replenishment"),
                    "order_line": [Command.create(row._prepare_order_line_vals()) for row in rows],
                }
            )
            rows._end({"purchase_order_id": order.id})
            orders |= order
        return orders

    def _prepare_order_line_vals(self):
        """Return the values of an order line: in the vendor's unit where the quantity is a whole number of it."""
        self.ensure_one()
        unit = self.uom_id
        seller = self.product_id.with_company(self.company_id)._select_seller(partner_id=self.partner_id, quantity=None)
        if seller and not (self.quantity / (seller.product_uom_id._compute_quantity(1, unit) or 1)) % 1:
            unit = seller.product_uom_id
        quantity = self.uom_id._compute_quantity(self.quantity, unit)
        return {"product_id": self.product_id.id, "product_qty": quantity, "product_uom_id": unit.id}

    def _create_requests(self):
        """Return draft requests, one for each warehouse, made by the user."""
        requests = self.env["purchase.request"]
        for (warehouse,), rows in self._group("warehouse_id").items():
            request = requests.with_company(warehouse.company_id).create(
                {
                    "picking_type_id": warehouse.in_type_id.id,
                    "origin": self.env._("Replenishment"),
                    "line_ids": [Command.create({"product_id": row.product_id.id, "product_qty": row.quantity}) for row in rows],
                }
            )
            rows._end({"purchase_request_id": request.id})
            requests |= request
        return requests

    @api.model
    def _get_next_action(self, found):
        """Open the documents; of several kinds, those to buy: the transfers wait in the warehouse."""
        records = found[-1]
        if records._name == "stock.picking" and not self.env.user.has_group("stock.group_stock_user"):
            return self._get_notice(records)
        action = {"type": "ir.actions.act_window", "res_model": records._name, "name": self.env._("Made from Suggestions")}
        if len(records) == 1:
            return {**action, "view_mode": "form", "res_id": records.id}
        return {**action, "view_mode": "list,form", "domain": [("id", "in", records.ids)]}

    def _get_notice(self, pickings):
        """Tell a clerk, who does not work with the documents of the warehouse, which of them will bring the goods."""
        # sudo: their numbers alone, of the transfers just made or of a suggestion that the clerk may read
        names = ", ".join(pickings.sudo().mapped("name"))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The warehouse will send the goods: transfer %s.", names),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
