"""What the allocation knows of orders, places and stock: facts only, nothing is decided here."""

from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import allocation
from ..tools.allocation import Place
from ..tools.district_distance import distance


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # ------------------------------------------------------------------ hooks
    def _get_allocation_stock(self, lines, warehouses):
        """Return {(warehouse id, product id): [`allocation.Batch`]} of what is free; one query, however many orders.

        :param lines: the order lines that need goods
        """
        # sudo: whoever sells lets goods be chosen without seeing the shelves of every shop
        rows = (
            self.env["stock.quant"]
            .sudo()
            ._read_group(
                self._get_allocation_stock_domain(lines.product_id, warehouses),
                ["product_id", "location_id", "lot_id"],
                ["quantity:sum", "reserved_quantity:sum"],
            )
        )
        stock = defaultdict(list)
        for product, location, lot, quantity, reserved in rows:
            if product.uom_id.compare(quantity, reserved) > 0:
                stock[location.warehouse_id.id, product.id].append(self._prepare_allocation_batch(lot, quantity - reserved))
        return dict(stock)

    def _get_allocation_stock_domain(self, products, warehouses):
        """Return the domain of the quants that deliveries may take; joins leave out what may not be sold."""
        return Domain(
            [
                ("product_id", "in", products.ids),
                ("location_id", "child_of", warehouses.lot_stock_id.ids),
                ("location_id.usage", "=", "internal"),
            ]
        )

    def _prepare_allocation_batch(self, lot, quantity):
        """Return what lies of a lot (empty for goods without) as `allocation.Batch`; joins add its expiry and more."""
        return allocation.Batch(lot.id, quantity)

    def _get_allocation_accepts(self, lines, warehouses):
        """Return {line: function(warehouse id, batch) telling whether the batch keeps what was promised}; no entry: every batch does."""
        return {}

    # ------------------------------------------------------------------ facts
    def _get_allocation_needs(self):
        """Return {line: quantity in the product's unit} of what is still to be chosen a place for.

        Of a confirmed order it is what waits in deliveries and is not picked; a line with a route of its own follows the route.
        """
        lines = self.order_line.filtered(lambda line: line.product_id.is_storable and not line.route_ids and not line.is_mto)
        needs = {}
        confirmed = lines.filtered(lambda line: line.state == "sale")
        for move, quantity in confirmed._get_movable_moves().items():
            needs[move.sale_line_id] = needs.get(move.sale_line_id, 0.0) + quantity
        for line in lines - confirmed:
            if line.state in ("draft", "sent") and line.product_uom_qty > 0:
                needs[line] = line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id, round=False)
        return needs

    def _get_allocation_loads(self, warehouses):
        """Return {warehouse id: deliveries that are to leave by the end of today}."""
        # sudo: a count of papers, not the papers
        rows = (
            self.env["stock.picking"]
            .sudo()
            ._read_group(
                [
                    ("picking_type_id.warehouse_id", "in", warehouses.ids),
                    ("picking_type_code", "=", "outgoing"),
                    ("state", "in", ("waiting", "confirmed", "assigned")),
                    ("scheduled_date", "<=", self._get_end_of_day(fields.Datetime.now())),
                ],
                ["picking_type_id"],
                ["__count"],
            )
        )
        loads = defaultdict(int)
        for picking_type, count in rows:
            loads[picking_type.warehouse_id.id] += count
        return loads

    def _get_orders_in_turn(self, needs):
        """Return the orders of earlier runs that wait for goods of these: each has its turn in the decision, or it would never come.

        A quotation nobody wanted to confirm waits for nothing. Whoever changed one of them since this transaction began makes it
        begin anew: what is decided here hangs on them.
        """
        waiting = self.search(
            [
                ("is_goods_short", "=", True),
                ("state", "in", ("draft", "sent", "sale")),
                "|",
                ("state", "=", "sale"),
                ("is_confirm_requested", "=", True),
                ("company_id", "in", self.company_id.ids),
                ("id", "not in", self.ids),
                ("order_line.product_id", "in", self.env["sale.order.line"].concat(*needs).product_id.ids),
            ],
            order="id",
        )
        if waiting:
            # Shared: any number of later orders may look at them at once, nobody writes them meanwhile.
            self.env.execute_query(SQL("SELECT id FROM sale_order WHERE id IN %s ORDER BY id FOR SHARE", tuple(waiting.ids)))
        return waiting

    def _prepare_allocation_orders(self, needs, warehouses, asked=None, firm=()):
        """Return the orders as `allocation.Order`s, each with the candidates and criteria of its rule.

        :param asked: those that are decided; the others only have their turn; None: all are
        :param firm: those that are about to be confirmed
        """
        rules = self.env["cosmetics.allocation.rule"]._find_rules(self)
        by_company = {company: warehouses.filtered(lambda w, company=company: w.company_id == company) for company in self.company_id}
        accepts = self._get_allocation_accepts(self.env["sale.order.line"].concat(*needs), warehouses)
        held = self._get_allocation_held(needs)
        places, facts = {}, []
        lines_of = defaultdict(list)
        for line, quantity in needs.items():
            lines_of[line.order_id].append(allocation.Need(line.id, line.product_id.id, quantity, accepts.get(line)))
        for order in self.sudo():
            rule = rules[order] if order.allocation_state != "manual" else rules[order].browse()
            district = order._get_receiver()["district"]
            key = rule, district, order.channel_id.warehouse_id, order.company_id
            if rule and key not in places:
                places[key] = rule._get_places(order, by_company[order.company_id], district)
            facts.append(
                allocation.Order(
                    key=order.id,
                    needs=tuple(lines_of[order]),
                    places=places[key] if rule else order._get_own_place(district),
                    criteria=rule._get_criteria() if rule else ("full",),
                    max_places=rule.max_parcels or 1,
                    partial=rule.is_partial_allowed,
                    ship_by=order.ship_by_at or order.commitment_date or None,
                    ordered_at=order.channel_ordered_at or order.date_order or None,
                    held=held.get(order.id, {}),
                    priority=int(rule.turn or 1),
                    firm=order.state == "sale" or order.is_confirm_requested or order in firm,
                    keeps=rule.keeps_goods if rule else True,
                    asked=asked is None or order in asked,
                )
            )
        return facts

    def _get_own_place(self, district):
        """Return the warehouse the order has, for an order that no rule fits."""
        warehouse = self.warehouse_id
        code = warehouse.partner_id.district_id.gb_code or ""
        return (Place(warehouse.id, distance=distance(code, district.gb_code or "")),) if warehouse else ()

    def _get_allocation_held(self, needs):
        """Return {order id: {(warehouse id, product id): [`allocation.Batch`]}} of what is reserved for these lines and not picked."""
        held = defaultdict(lambda: defaultdict(list))
        for move in self.env["sale.order.line"].concat(*needs)._get_movable_moves():
            if move.picking_id.printed:
                continue
            for row in move.move_line_ids:
                batch = self._prepare_allocation_batch(row.lot_id, row.quantity_product_uom)
                held[move.sale_line_id.order_id.id][move.location_id.warehouse_id.id, move.product_id.id].append(batch)
        return held
