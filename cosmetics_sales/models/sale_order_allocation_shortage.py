"""Orders whose goods are missing: they are looked for again, and no order waits silently."""

from collections import defaultdict
from datetime import datetime, time
from zoneinfo import ZoneInfo

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from ..tools.allocation import EPSILON, WAITING

SHORT_STATES = ("confirmed", "partially_available")
CHUNK = 200
XIAN = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _action_confirm(self):
        """Core reserves when an order is confirmed: what another one got first is missed at once, not at the next look."""
        res = super()._action_confirm()
        self._update_shortage()
        return res

    def action_view_waiting(self):
        """Open the waiting orders among these."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_sales.sale_order_action_waiting")
        return {**action, "domain": [("id", "in", self.ids)]}

    # ------------------------------------------------------------------ again
    @api.model
    def _cron_reallocate(self):
        """Look again for the goods of every order that misses some; the promised dispatch goes first.

        Goods that came in are given to deliveries by core; here, orders find them in another place.
        """
        orders = self._get_orders_to_reallocate()
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(orders))
        for start in range(0, len(orders), CHUNK):
            batch = orders[start : start + CHUNK].exists()
            batch._reallocate_apart()
            if not cron._commit_progress(len(batch)):
                break

    @api.model
    def _get_orders_to_reallocate(self):
        """Return the orders that wait, and confirmed ones whose deliveries could not reserve; the most urgent first."""
        waiting = self.search([("is_goods_short", "=", True), ("state", "in", ("draft", "sent", "sale"))])
        rows = self.env["stock.move"]._read_group(self._get_short_moves_domain(), ["sale_line_id"])
        orders = waiting | self.env["sale.order.line"].browse([line.id for (line,) in rows]).order_id

        def turn(order):
            ship_by = order.ship_by_at or order.commitment_date
            return (not ship_by, ship_by or 0, order.date_order, order.id)

        return orders.sorted(turn)

    def _reallocate_apart(self):
        """Allocate these orders again together; where that is refused, the order that is to blame is told and holds up nobody."""
        batches = [self]
        while batches:
            batch = batches.pop()
            try:
                with self.env.cr.savepoint():
                    batch._reallocate()
            except UserError as error:
                self.env.invalidate_all()
                if len(batch) > 1:
                    half = len(batch) // 2
                    batches += [batch[half:], batch[:half]]
                else:
                    # sudo: the reason is written by the machine, never by hand
                    batch.sudo().write({"allocation_note": str(error), "allocation_reason": False, "is_goods_short": True})
                    batch.sudo()._tell_shortage()

    def _reallocate(self):
        """Allocate these orders again; what was chosen by hand stays, but is told when goods are missing."""
        manual = self.filtered(lambda order: order.allocation_state == "manual")
        (self - manual)._allocate()
        manual._update_shortage()
        self._confirm_requested()

    def _keep_confirm_request(self):
        """Remember that these were to be confirmed; only their goods are missing."""
        self.sudo().write({"is_confirm_requested": True})  # sudo: written by the machine, never by hand

    def _confirm_requested(self):
        """Confirm what somebody wanted to confirm and what has its goods now, if the review still lets it pass."""
        asked = self.filtered(lambda order: order.is_confirm_requested and order.state in ("draft", "sent"))
        ready = asked.filtered(lambda order: order.allocation_state in ("allocated", "partial", "manual"))
        done, refused = (ready & ready._review())._confirm_in_bulk(allocated=True)
        for order, sentence in refused.items():
            order.sudo().write({"review_note": sentence, "review_reason": False})  # sudo: as above
        done.sudo().write({"is_confirm_requested": False})

    @api.model
    def _get_short_moves_domain(self):
        return [
            ("sale_line_id.order_id.state", "=", "sale"),
            ("state", "in", SHORT_STATES),
            ("procure_method", "=", "make_to_stock"),
            ("location_id.usage", "=", "internal"),
            ("product_id.is_storable", "=", True),
        ]

    def _choose_warehouse(self, warehouse, reason):
        """Give these orders from one warehouse, whatever the rules say, and write down who chose and why."""
        self._check_allocation_access()
        self._check_may_choose_warehouse()
        if foreign := self.filtered(lambda order: order.company_id != warehouse.company_id):
            raise UserError(
                self.env._(
                    "“%(warehouse)s” belongs to another company than order %(order)s. Choose a warehouse of its company.",
                    warehouse=warehouse.name,
                    order=foreign[0].name,
                )
            )
        if closed := self.filtered(lambda order: order.state == "cancel"):
            raise UserError(self.env._("Order %s is cancelled: no warehouse gives it.", closed[0].name))
        told = {"code": "manual", "places": warehouse.ids, "user": self.env.user.name, "reason": reason}
        orders = self.sudo()  # sudo: deliveries and the fields of the allocation; the right was checked above
        for order in orders.filtered(lambda order: order.state == "sale"):
            order._take_back_all()
        orders.allocation_line_ids.filtered(lambda row: row.order_id.state != "sale").unlink()
        orders.write(
            {
                "allocation_state": "manual",
                "allocation_note": self._render_allocation(told),
                "allocation_reason": told,
                "warehouse_id": warehouse.id,
                "is_goods_short": False,
            }
        )
        orders.filtered(lambda order: order.state == "sale")._ask_again()
        orders._update_shortage()
        orders._after_allocated()

    def _take_back_all(self):
        """Take back what is not picked; without rows all of it follows the warehouse of the order."""
        self.ensure_one()
        lines = self.order_line.filtered(lambda line: not line.route_ids)
        for move, quantity in lines._get_movable_moves(storable=False).items():
            self._take_back(move, quantity)
        self.allocation_line_ids.unlink()

    @api.model
    def _take_back(self, move, quantity):
        """Make a delivery give less by a quantity of the product's unit."""
        left = move.product_qty - quantity
        if left > EPSILON:
            move.product_uom_qty = move.product_id.uom_id._compute_quantity(left, move.product_uom)
        else:
            move._action_cancel()

    def _apply_reallocation(self, decisions, needs):
        """Move what is not picked of confirmed orders to the places that were decided, then look what is reserved."""
        changed = {}
        for order in self:
            decision = decisions[order.id]
            lines = [line for line in needs if line.order_id == order]
            moves = self.env["sale.order.line"].concat(*lines)._get_movable_moves()
            if decision.state != WAITING and order._is_elsewhere(decision, moves):
                order._move_goods(decision, moves)
            else:
                self.env["stock.move"].concat(*moves).filtered(lambda move: move.state in SHORT_STATES)._action_assign()
            changed[order] = order._get_allocation_reason(decision)
        self._update_shortage(changed)

    def _is_elsewhere(self, decision, moves):
        """Tell if a decision asks other places than the deliveries do now."""
        present, wanted = defaultdict(float), defaultdict(float)
        for move, quantity in moves.items():
            present[move.sale_line_id.id, move.location_id.warehouse_id.id] += quantity
        for part in decision.parts:
            wanted[part.need, part.place] += part.quantity
        return any(quantity - present[key] > EPSILON for key, quantity in wanted.items())

    def _move_goods(self, decision, moves):
        """Take back what is not picked and ask the decided places for it.

        The warehouse of the order changes only while nothing is fixed; else rows say what comes from where.
        """
        self.ensure_one()
        for move, quantity in moves.items():
            self._take_back(move, quantity)
        lines = self.order_line.filtered(lambda line: line.id in {part.need for part in decision.parts})
        fixed = {}
        for line in lines:
            asked, _open = line._get_asked_quantities(line.product_id.uom_id)
            fixed.update({(line.id, warehouse.id): quantity for warehouse, quantity in asked.items() if quantity > EPSILON})
        reason = self._get_allocation_reason(decision)
        sentence = self._render_allocation(reason)
        self.allocation_line_ids.filtered(lambda row: row.order_line_id in lines).unlink()
        vals = {"allocation_state": decision.state, "allocation_note": sentence, "allocation_reason": reason}
        if not fixed and not self.allocation_line_ids:
            vals["warehouse_id"] = decision.places[0]
            others = (self.order_line - lines).filtered(lambda line: not line.route_ids)
            for move, quantity in others._get_movable_moves(storable=False).items():
                if move.product_qty - quantity <= EPSILON:
                    move._action_cancel()  # goods that are not counted go along, in the same parcel
        self.write(vals)
        if {place for _line, place in fixed} | {part.place for part in decision.parts} != {self.warehouse_id.id}:
            self.env["cosmetics.allocation.line"].create(self._prepare_allocation_lines(decision, sentence, fixed))
        self._ask_again()

    def _ask_again(self):
        """Make the deliveries that are missing; a locked order is locked against users, not against its own goods."""
        locked = self.filtered("locked")
        locked.locked = False
        self.order_line._action_launch_stock_rule()
        locked.locked = True

    # ------------------------------------------------------------------ nobody waits silently
    def _update_shortage(self, reasons=None):
        """Write for confirmed orders whether their deliveries have their goods, and tell whom it concerns.

        :param dict reasons: {order: reason of what was just decided}; without, the sentence names what is missing
        """
        # sudo: deliveries and the fields of the allocation belong to no seller
        orders = self.sudo().filtered(lambda order: order.state == "sale")
        moves = self.env["stock.move"].sudo().search([*self._get_short_moves_domain(), ("sale_line_id", "in", orders.order_line.ids)])
        missing = defaultdict(lambda: defaultdict(float))
        for move in moves:
            missing[move.sale_line_id.order_id][move.sale_line_id] += move.product_qty - move.quantity
        told = orders.browse()
        for order in orders:
            vals = order._prepare_shortage_vals(missing.get(order), (reasons or {}).get(order))
            vals = {name: value for name, value in vals.items() if order[name] != value}
            if vals:
                order.write(vals)
            if vals.keys() & {"allocation_state", "is_goods_short"}:
                told |= order
        told._after_allocated()

    def _prepare_shortage_vals(self, missing, reason):
        """Return what the order says of itself; an order nobody allocated and that misses nothing says nothing."""
        self.ensure_one()
        state = self.allocation_state
        if not missing:
            if state == "manual" or (state == "none" and not reason):
                return {"is_goods_short": False}
            vals = {"is_goods_short": False, "allocation_state": "allocated"}
            if state in ("waiting", "partial"):
                vals.update(self._prepare_reason_vals(reason or {"code": "arrived", "places": self._get_giving_places().ids}))
            return vals
        wanted = {line.id: line.product_uom_id._compute_quantity(line.product_uom_qty, line.product_id.uom_id) for line in missing}
        if state == "manual":
            return {"is_goods_short": True}
        is_nothing_there = all(wanted[line.id] - quantity <= EPSILON for line, quantity in missing.items())
        partly = not is_nothing_there or len(missing) < len(self._get_lines_to_deliver())
        facts = self._get_missing_facts([(line, wanted[line.id], wanted[line.id] - quantity) for line, quantity in missing.items()])
        return {
            "is_goods_short": True,
            "allocation_state": "partial" if partly else "waiting",
            **self._prepare_reason_vals({"code": "short", "places": self._get_giving_places().ids, **facts}),
        }

    def _prepare_reason_vals(self, reason):
        """Return the values that tell a reason, as facts and as they read today."""
        return {"allocation_reason": reason, "allocation_note": self._render_allocation(reason)}

    def _get_lines_to_deliver(self):
        return self.order_line.filtered(lambda line: line.product_id.is_storable and line.product_uom_qty > 0)

    def _get_giving_places(self):
        return self.allocation_line_ids.warehouse_id or self.warehouse_id

    def _tell_shortage(self):
        """Give the responsible of the channel one activity for each order that has none yet."""
        kind = self.env.ref("cosmetics_sales.mail_activity_waiting_goods")
        activities = self.env["mail.activity"].sudo()  # sudo: it is somebody else's activity
        known = activities.search([("res_model", "=", self._name), ("res_id", "in", self.ids), ("activity_type_id", "=", kind.id)])
        vals_list = [
            {
                "res_model_id": self.env["ir.model"]._get_id(self._name),
                "res_id": order.id,
                "activity_type_id": kind.id,
                "summary": kind.summary,
                "note": order.with_context(lang=order._get_responsible().lang).allocation_sentence,
                "user_id": order._get_responsible().id or SUPERUSER_ID,
                "date_deadline": fields.Date.context_today(self.with_context(tz="Asia/Shanghai")),
            }
            for order in self - self.browse(known.mapped("res_id"))
        ]
        activities.with_context(mail_activity_quick_update=True).create(vals_list)

    def _get_responsible(self):
        """Return who is told that goods of this order are missing."""
        return self.channel_id.user_id or self.user_id or self.create_uid

    def _end_shortage(self):
        """Take the activity away when the order waits no more."""
        kind = self.env.ref("cosmetics_sales.mail_activity_waiting_goods")
        # sudo: the activity of whoever is responsible
        self.env["mail.activity"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids), ("activity_type_id", "=", kind.id)]
        ).unlink()

    @api.model
    def _get_end_of_day(self, moment):
        """Return the last moment of the day in China, naive UTC."""
        day = moment.replace(tzinfo=UTC).astimezone(XIAN).date()
        return datetime.combine(day, time.max, XIAN).astimezone(UTC).replace(tzinfo=None)
