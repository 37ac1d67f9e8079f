from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import recall_balance


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    received_quantity = fields.Float(string="Received", compute="_compute_balance", digits="Product Unit")
    counted_quantity = fields.Float(
        string="Found or Missed at Counts", compute="_compute_balance", digits="Product Unit", help="Found at counts (+) or missed (-)."
    )
    shipped_quantity = fields.Float(string="Delivered to Customers", compute="_compute_balance", digits="Product Unit")
    returned_quantity = fields.Float(string="Come Back from Customers", compute="_compute_balance", digits="Product Unit")
    delivered_quantity = fields.Float(string="With Customers", compute="_compute_balance", digits="Product Unit")
    to_supplier_quantity = fields.Float(string="Sent Back to Suppliers", compute="_compute_balance", digits="Product Unit")
    scrapped_quantity = fields.Float(string="Scrapped", compute="_compute_balance", digits="Product Unit")
    used_quantity = fields.Float(string="Used for Testers and Gifts", compute="_compute_balance", digits="Product Unit")
    on_hand_quantity = fields.Float(string="On Hand", compute="_compute_balance", digits="Product Unit")
    difference = fields.Float(
        string="Unaccounted",
        compute="_compute_balance",
        digits="Product Unit",
        help="Received and counted, less delivered (what came back taken off), sent back, scrapped, used and on hand. Zero when every "
        "unit is accounted for.",
    )
    is_balanced = fields.Boolean(string="Every Unit Accounted for", compute="_compute_balance")
    return_ratio = fields.Float(string="Come Back", compute="_compute_balance", help="Share of the delivered units that came back.")

    @api.depends("recall_lot_ids.lot_id", "company_id")
    def _compute_balance(self):
        for recall in self:
            total = recall._get_total_balance()
            for term in ("received", "counted", "shipped", "returned", "delivered", "to_supplier", "scrapped", "used", "on_hand"):
                recall[f"{term}_quantity"] = getattr(total, term)
            recall.difference = total.difference
            recall.is_balanced = total.is_balanced
            recall.return_ratio = total.returned / total.shipped if total.shipped else 0.0

    def action_open_term(self):
        """Open the moves behind the term of the balance that the context names in `term`."""
        self.ensure_one()
        self.check_access("read")
        term = self.env.context.get("term")
        if term == "on_hand":
            action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.stock_quant_action_on_hold")
            return {**action, "domain": list(self._get_on_hand_domain())}
        terms = self._get_term_domains()
        if term not in terms:
            raise UserError(self.env._("This term has no moves of its own."))
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        return {**action, "domain": list(self._get_moved_domain() & terms[term]), "context": {}}

    def _get_moved_domain(self):
        """Return the domain of everything that ever moved of the recalled batches in this company."""
        return Domain([("lot_id", "in", self.recall_lot_ids.lot_id.ids), ("state", "=", "done"), ("company_id", "in", self.company_id.ids)])

    @api.model
    def _get_term_domains(self):
        """Return {term of the balance: domain of its move lines}."""

        def either(name, operator, value):
            return Domain(f"location_id.{name}", operator, value) | Domain(f"location_dest_id.{name}", operator, value)

        used = either("shelf_life_use", "!=", False) | either("usage", "=", "production")
        return {
            "received": Domain("location_id.usage", "in", ("supplier", "production")),
            "counted": Domain("move_id.is_inventory", "=", True),
            "shipped": Domain("location_dest_id.usage", "=", "customer"),
            "returned": Domain("location_id.usage", "=", "customer"),
            "to_supplier": Domain("location_dest_id.usage", "=", "supplier"),
            "scrapped": Domain("move_id.is_inventory", "=", False)
            & (
                (Domain("location_id.usage", "=", "inventory") & Domain("location_id.shelf_life_use", "=", False))
                | (Domain("location_dest_id.usage", "=", "inventory") & Domain("location_dest_id.shelf_life_use", "=", False))
            ),
            "used": used,
        }

    def _get_total_balance(self):
        """Return the balance of all batches of the recall together."""
        self.ensure_one()
        lots = self.recall_lot_ids.lot_id
        flows = [flow for of_lot in self._get_flows(lots).values() for flow in of_lot]
        return recall_balance.balance_of(flows, sum(self._get_on_hand(lots).values()))

    def _get_balances(self, lots):
        """Return {lot id: balance} of these batches in the company of the recall."""
        self.ensure_one()
        flows, on_hand = self._get_flows(lots), self._get_on_hand(lots)
        return {lot.id: recall_balance.balance_of(flows[lot.id], on_hand[lot.id]) for lot in lots}

    def _get_flows(self, lots):
        """Return {lot id: flows of the done moves}, summed up by PostgreSQL: a batch may have a million of them."""
        flows = defaultdict(list)
        if not lots:
            return flows
        self.env["stock.move.line"].flush_model()
        self.env["stock.move"].flush_model(["is_inventory"])
        self.env["stock.location"].flush_model(["usage", "shelf_life_use"])
        query = SQL(
            """
            SELECT line.lot_id, source.usage, source.shelf_life_use, target.usage, target.shelf_life_use,
                   COALESCE(move.is_inventory, FALSE), SUM(line.quantity_product_uom)
              FROM stock_move_line line
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location target ON target.id = line.location_dest_id
              LEFT JOIN stock_move move ON move.id = line.move_id
             WHERE line.lot_id IN %s AND line.state = 'done' AND line.company_id = %s
             GROUP BY 1, 2, 3, 4, 5, 6
            """,
            tuple(lots.ids),
            self.company_id.id,
        )
        self.env.cr.execute(query)
        for lot_id, usage, use, dest_usage, dest_use, is_count, quantity in self.env.cr.fetchall():
            source = recall_balance.place_of(usage, use, is_count)
            target = recall_balance.place_of(dest_usage, dest_use, is_count)
            flows[lot_id].append(recall_balance.Flow(source, target, float(quantity)))
        return flows

    def _get_on_hand(self, lots):
        """Return {lot id: what the stock says is there}, which the moves do not know and so can be wrong about."""
        domain = Domain(
            [("lot_id", "in", lots.ids), ("location_id.usage", "in", ("internal", "transit")), ("company_id", "=", self.company_id.id)]
        )
        found = defaultdict(float)
        for lot, quantity in self.env["stock.quant"]._read_group(domain, ["lot_id"], ["quantity:sum"]):
            found[lot.id] = quantity
        return found
