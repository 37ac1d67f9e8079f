"""Where an order is, from its coming in to its settlement."""

from odoo import Command, api, fields, models

from ..tools import tracking_number
from .sale_order_event import of_order

STAGES = ("ordered", "review", "allocated", "picking", "shipped", "signed", "settled")
GONE = ("shipped", "signed", "settled")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    parcel_ids = fields.Many2many(
        "cosmetics.parcel",
        "cosmetics_parcel_sale_order_rel",
        "order_id",
        "parcel_id",
        string="Parcels",
        readonly=True,
        copy=False,
    )
    # What a parcel takes from its order is then found from here for many orders at once, instead of by a search for each.
    main_parcel_ids = fields.One2many("cosmetics.parcel", "order_id", string="Parcels of Its Own", readonly=True)
    fulfilment_stage = fields.Selection(
        [
            ("ordered", "Ordered"),
            ("review", "Review"),
            ("allocated", "Allocated"),
            ("picking", "Picking"),
            ("shipped", "Shipped"),
            ("signed", "Signed For"),
            ("settled", "Settled"),
            ("cancelled", "Cancelled"),
        ],
        string="Progress",
        compute="_compute_fulfilment_stage",
        store=True,
        index=True,
        copy=False,
        help="How far the order has come: from the facts (review, allocation, deliveries, parcels, settlement), never set by hand.",
    )
    stage_since_at = fields.Datetime(string="In This Step Since", compute="_compute_fulfilment_stage", store=True, copy=False)

    @api.depends(
        "state",
        "review_state",
        "allocation_state",
        "picking_ids.state",
        "parcel_ids.state",
        "channel_state",
        "settlement_state",
    )
    def _compute_fulfilment_stage(self):
        now = fields.Datetime.now()
        for order in self:
            before, stage = order.fulfilment_stage, order._get_fulfilment_stage()
            if stage != before:
                order.stage_since_at = now
            order.fulfilment_stage = stage

    def _get_fulfilment_stage(self):
        """Return the last step that the facts show; an override adds facts of its own."""
        self.ensure_one()
        if self.state == "cancel":
            return "cancelled"
        if self.state != "sale":
            return self._get_stage_before_confirmation()
        if self._is_dispatched():
            if self.settlement_state == "settled":
                return "settled"
            return "signed" if self._is_received() else "shipped"
        pickings = self._get_open_deliveries()
        return "picking" if any(picking.state == "assigned" for picking in pickings) or self._get_done_deliveries() else "allocated"

    def _get_stage_before_confirmation(self):
        if self.allocation_state in ("allocated", "partial", "manual"):
            return "allocated"
        return "review" if self.review_state not in (False, "none") else "ordered"

    def _get_open_deliveries(self):
        return self.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel") and picking.picking_type_code != "incoming" and not picking.aftersale_id
        )

    def _get_done_deliveries(self):
        """Return what went out of the order; what a buyer gets back unaccepted is no step of its delivery."""
        return self.picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.picking_type_code == "outgoing" and not picking.aftersale_id
        )

    def _is_dispatched(self):
        """Tell if all goods of the order have left for the customer."""
        self.ensure_one()
        return bool(self._get_done_deliveries()) and not self._get_open_deliveries()

    def _is_received(self):
        """Tell if the customer has the goods: every parcel is signed for, or the platform closed the order as received."""
        self.ensure_one()
        if self.channel_state == "done":
            return True
        return bool(self.parcel_ids) and all(parcel.state == "signed" for parcel in self.parcel_ids)

    # ------------------------------------------------------------------ timeline
    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders._record_event("ordered")
        return orders

    def write(self, vals):
        """The state is where every path of confirming and cancelling ends: buttons, imports, RPC."""
        changed = self.filtered(lambda order: order.state != vals["state"]) if vals.get("state") in ("sale", "cancel") else self.browse()
        closed = self.filtered(lambda order: order.channel_state != "done") if vals.get("channel_state") == "done" else self.browse()
        res = super().write(vals)
        closed._record_event("signed", facts={"platform": True})
        if changed and vals["state"] == "sale":
            changed._record_confirmation()
        elif changed:
            changed._record_event("note", facts={"what": "cancelled"})
        return res

    def _record_confirmation(self):
        told = (
            self.env["cosmetics.order.event"].sudo()._read_group([("order_id", "in", self.ids), ("kind", "=", "allocated")], ["order_id"])
        )
        untold = self - self.browse([order.id for (order,) in told])
        self._record_event("review", facts={"confirmed": True})
        untold._record_event("allocated", facts={order.id: {"warehouse": order.warehouse_id.name} for order in untold})

    def _set_tracking(self, number, carrier_name=None):
        """Take over courier numbers that a platform reports, and return ``{order id: sentence}`` of those that cannot be taken.

        ``number`` (text, may hold several) and ``carrier_name`` are one value for all orders or dicts by the id of the order.
        Numbers that are known already change nothing, so the same file may come again. Orders of one buyer that a platform
        shows with one number share the parcel.
        """
        wanted = [(order, each, of_order(carrier_name, order)) for order in self for each in tracking_number.split(of_order(number, order))]
        couriers = self.env["cosmetics.carrier"]._recognise_many([(each, name) for _order, each, name in wanted])
        # sudo: the platform's word is written whoever imports its file; each order was just updated by that import
        parcels = self.env["cosmetics.parcel"].sudo()
        known = parcels.search([("company_id", "in", self.company_id.ids), ("tracking_no", "in", [each for _order, each, _name in wanted])])
        known = {(parcel.company_id, parcel.tracking_no): parcel for parcel in known}
        problems, new, joins = {}, {}, []
        for (order, each, name), courier in zip(wanted, couriers, strict=True):
            key = (order.company_id, each)
            if key in known or key in new:
                # Whatever courier it is called this time: one number is one parcel.
                joins.append((known.get(key, key), order))
            elif not courier or not tracking_number.is_plausible(each):
                problems[order.id] = order._get_tracking_problem(each, name, courier)
            else:
                new[key] = (order, courier)
        created = parcels.create([order._prepare_parcel_vals(courier, each) for (_company, each), (order, courier) in new.items()])
        known |= dict(zip(new, created, strict=True))
        for parcel, order in joins:
            parcel = known.get(parcel, parcel)
            if order not in parcel.order_ids:
                pickings = order._get_sole_delivery()
                parcel.write({"order_ids": [Command.link(order.id)], "picking_ids": [Command.link(picking.id) for picking in pickings]})
        return problems

    def _get_tracking_problem(self, number, name, courier):
        if not courier:
            return self.env._("Courier number %(number)s: unknown courier “%(courier)s”.", number=number, courier=name or "?")
        return self.env._("“%(number)s” is no courier number.", number=number)

    def _get_sole_delivery(self):
        """Return the delivery that left, empty when several did: nobody knows which of them is in a parcel."""
        pickings = self._get_done_deliveries()
        return pickings if len(pickings) == 1 else pickings.browse()

    def _prepare_parcel_vals(self, courier, number):
        return {
            "order_id": self.id,
            "picking_id": self._get_sole_delivery().id,
            "carrier_id": courier.id,
            "tracking_no": number,
        }
