"""Which warehouse or shop gives the goods of an order: decided for many orders at once, applied, explained."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import groupby

from ..tools import allocation

# What only the allocation itself writes: made up by hand it would say that goods are there which nobody looked for.
OWN_FIELDS = ("allocation_state", "allocation_note", "allocation_reason", "is_goods_short", "is_confirm_requested")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    allocation_state = fields.Selection(
        [
            ("none", "Not Allocated"),
            ("allocated", "Allocated"),
            ("partial", "Partly Allocated"),
            ("waiting", "Waiting for Goods"),
            ("manual", "Chosen by Hand"),
        ],
        string="Allocation",
        default="none",
        required=True,
        readonly=True,
        copy=False,
        index=True,
    )
    allocation_note = fields.Text(
        string="Why This Warehouse, as First Told",
        readonly=True,
        copy=False,
        help="Why the goods come from there, or what the order waits for, in the language of whoever asked.",
    )
    allocation_reason = fields.Json(readonly=True, copy=False, help="What the sentence is made of, see `_render_allocation`.")
    allocation_sentence = fields.Text(
        string="Why This Warehouse",
        compute="_compute_allocation_sentence",
        help="Why the goods come from there, or what the order waits for, in the language of the reader.",
    )
    is_goods_short = fields.Boolean(
        string="Goods Missing", readonly=True, copy=False, help="Goods of the order are in no place that may give them."
    )
    is_confirm_requested = fields.Boolean(
        string="Confirm When Goods Are There",
        readonly=True,
        copy=False,
        help="Somebody wanted to confirm the order while goods were missing: it is confirmed by itself once they are there.",
    )
    allocation_line_ids = fields.One2many(
        "cosmetics.allocation.line",
        "order_id",
        string="Goods from",
        readonly=True,
        copy=False,
        help="What each place gives, when more than one does.",
    )

    _goods_short_idx = models.Index("(company_id, id) WHERE is_goods_short")

    @api.depends("allocation_reason", "allocation_note")
    @api.depends_context("lang")
    def _compute_allocation_sentence(self):
        for order in self:
            order.allocation_sentence = order._render_allocation(order.allocation_reason) or order.allocation_note

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields().union(OWN_FIELDS)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # A form may send the empty values of a new order along.
            self._check_allocation_vals({name: value for name, value in vals.items() if value not in (False, "none")})
        return super().create(vals_list)

    def write(self, vals):
        """A warehouse that is changed outside the allocation ends what was allocated."""
        self._check_allocation_vals(vals)
        if "warehouse_id" in vals and "allocation_state" not in vals:
            moved = self.filtered(lambda order: order.warehouse_id.id != vals["warehouse_id"] and order.allocation_state != "none")
            res = super().write(vals)
            moved._forget_allocation()
            return res
        return super().write(vals)

    def _check_allocation_vals(self, vals):
        """Emptied by hand, these would hide that an order waits, or that somebody chose its warehouse; filled, make goods up."""
        if not self.env.su and "allocation_state" in vals:
            raise AccessError(self.env._("Where goods come from is decided by the allocation. Use “Allocate” or “Choose Warehouse”."))
        if not self.env.su and vals.keys() & set(OWN_FIELDS):
            raise AccessError(self.env._("The reason of an allocation cannot be typed in. Use “Allocate” or “Choose Warehouse”."))

    def _action_cancel(self):
        res = super()._action_cancel()
        self._forget_allocation()
        return res

    def action_allocate(self):
        """Button: look again where the goods of these orders are; whoever may choose by hand may also give that up."""
        self._check_allocation_access()
        if manual := self.filtered(lambda order: order.allocation_state == "manual"):
            manual._check_may_choose_warehouse()
            manual._forget_allocation()
        self._allocate()

    def action_choose_warehouse(self):
        """Open the dialog in which the warehouse is chosen by hand."""
        self._check_allocation_access()
        self._check_may_choose_warehouse()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Choose Warehouse"),
            "res_model": "cosmetics.allocation.override",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_ids": self.ids},
        }

    def _check_allocation_access(self):
        """A reviewer answers for all orders, and writes none of them; everybody else allocates what one may write."""
        self.check_access("read" if self.env.user.has_group("cosmetics_sales.group_order_reviewer") else "write")

    def _check_may_choose_warehouse(self):
        """Only those who answer for all orders overrule the rules."""
        groups = ("cosmetics_sales.group_order_reviewer", "cosmetics_sales.group_ecommerce_clerk")
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            raise AccessError(self.env._("Only reviewers and e-commerce clerks choose the warehouse by hand. Ask one of them."))

    # ------------------------------------------------------------------ decide and apply
    def _allocate(self, firm=False):
        """Decide which place gives the goods of these orders, apply it, and return the orders that can be confirmed.

        All of them are decided from one look at the stock. Of confirmed orders only what is not picked is decided again;
        what somebody chose by hand stays.

        :param firm: whether these are to be confirmed now: they have their turn before mere quotations, and keep it while they wait
        """
        asked = self.filtered(lambda order: order.state in ("draft", "sent", "sale") and order.allocation_state != "manual")
        # sudo: the seller may neither see the stock of every shop nor touch deliveries; what is written is what was decided
        orders = asked.sudo()
        needs = orders._get_allocation_needs()
        needy = orders.browse(dict.fromkeys(line.order_id.id for line in needs))
        (orders - needy).filtered(lambda order: order.state != "sale" and order.allocation_state != "none")._forget_allocation()
        if needy:
            decisions = needy._decide_allocation(needs, firm)
            drafts = needy.filtered(lambda order: order.state != "sale")
            drafts._apply_allocation(decisions)
            (needy - drafts)._apply_reallocation(decisions, needs)
        return self.filtered(lambda order: order.allocation_state != "waiting")

    def _decide_allocation(self, needs, firm=False):
        """Return {order id: `allocation.Decision`}; nothing is written."""
        earlier = self._get_orders_in_turn(needs)
        if earlier:
            needs = {**needs, **earlier._get_allocation_needs()}
        warehouses = self._get_allocation_warehouses()
        lines = self.env["sale.order.line"].concat(*needs)
        return allocation.decide(
            (self | earlier)._prepare_allocation_orders(needs, warehouses, asked=self, firm=self if firm else self.browse()),
            self._get_allocation_stock(lines, warehouses),
            self._get_allocation_loads(warehouses),
        )

    def _get_allocation_warehouses(self):
        """Return the warehouses of the companies of these orders: those that supply others first, then by their sequence."""
        warehouses = self.env["stock.warehouse"].search([("company_id", "in", self.company_id.ids)])
        suppliers = warehouses.resupply_wh_ids
        return warehouses.sorted(lambda warehouse: warehouse not in suppliers)

    def _apply_allocation(self, decisions):
        """Write what was decided for quotations: the warehouse of the order, and rows where several places give."""
        vals_of, rows = {}, []
        for order in self:
            decision = decisions[order.id]
            reason = order._get_allocation_reason(decision)
            sentence = order._render_allocation(reason)
            vals = {
                "allocation_state": decision.state,
                "allocation_note": sentence,
                "allocation_reason": reason,
                "is_goods_short": decision.state != "allocated",
            }
            if decision.places:
                vals["warehouse_id"] = decision.places[0]
            # Orders with the same answer are written together; what they miss is their own.
            vals_of[order] = (sentence, decision.state, decision.places[:1]), vals
            if len(decision.places) > 1:
                rows += order._prepare_allocation_lines(decision, sentence)
        news = self.filtered(lambda order: order.allocation_state != decisions[order.id].state or not decisions[order.id].places)
        self.allocation_line_ids.unlink()
        for _key, orders in groupby(self, lambda order: vals_of[order][0]):
            self.browse([order.id for order in orders]).write(vals_of[orders[0]][1])
        self.env["cosmetics.allocation.line"].create(rows)
        news._after_allocated()

    @api.model
    def _prepare_allocation_lines(self, decision, sentence, gone=None):
        """Return the values of the rows of a decision; `gone` is {(line id, warehouse id): quantity} of what is fixed already."""
        quantities = defaultdict(float, gone or {})
        for part in decision.parts:
            quantities[part.need, part.place] += part.quantity
        return [
            {"order_line_id": line, "warehouse_id": place, "quantity": quantity, "sentence": sentence}
            for (line, place), quantity in quantities.items()
            if quantity > allocation.EPSILON
        ]

    def _forget_allocation(self):
        """Begin anew: nothing is allocated."""
        orders = self.sudo()  # sudo: fields and rows that only the allocation writes
        orders.allocation_line_ids.unlink()
        orders._end_shortage()
        orders.write({**dict.fromkeys(OWN_FIELDS, False), "allocation_state": "none"})

    def _after_allocated(self):
        """Tell what was decided: on the timeline of each order, and to whoever is responsible when goods are missing."""
        self._record_event(
            "allocated",
            sentence={order.id: order.allocation_note for order in self},
            facts={order.id: {"allocation": order.allocation_reason} for order in self if order.allocation_reason},
        )
        short = self.filtered("is_goods_short")
        short._tell_shortage()
        (self - short)._end_shortage()
