"""Parcels on their way to customers."""

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ..tools import tracking_number

FINAL = ("signed", "returned")
"""Nothing moves after these."""
REPORTED = {"state", "signed_at", "queried_at", "next_query_at", "query_error", "query_failures", "event_ids"}
"""What couriers report; never written by a user."""
KEPT = {"order_ids", "picking_ids"}
"""What the app keeps: which orders and deliveries are in a parcel follows from the numbers on the deliveries."""


class CosmeticsParcel(models.Model):
    """A parcel with its courier number: one number is one parcel, on however many deliveries and files it stands.

    Several orders of one buyer may leave in one parcel. ``order_id`` and ``picking_id`` are those that came with the number
    first.
    """

    _name = "cosmetics.parcel"
    _description = "Parcel"
    _order = "id desc"
    _rec_name = "tracking_no"
    _rec_names_search = ["tracking_no", "order_id.name"]
    _check_company_auto = True

    order_id = fields.Many2one("sale.order", required=True, index=True, ondelete="cascade", check_company=True)
    order_ids = fields.Many2many(
        "sale.order", "cosmetics_parcel_sale_order_rel", "parcel_id", "order_id", string="All Orders in It", readonly=True
    )
    picking_id = fields.Many2one("stock.picking", string="Delivery", index="btree_not_null", ondelete="set null", check_company=True)
    picking_ids = fields.Many2many(
        "stock.picking",
        "cosmetics_parcel_stock_picking_rel",
        "parcel_id",
        "picking_id",
        string="All Deliveries in It",
        readonly=True,
        check_company=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        compute="_compute_warehouse_id",
        store=True,
        index="btree_not_null",
        help="Where the parcel leaves; who keeps this warehouse sees it.",
    )
    carrier_id = fields.Many2one("cosmetics.carrier", string="Courier", required=True, index=True, ondelete="restrict")
    tracking_no = fields.Char(string="Courier Number", required=True, index="trigram")
    state = fields.Selection(
        [
            ("new", "Not Collected Yet"),
            ("picked_up", "Collected"),
            ("in_transit", "In Transit"),
            ("customs", "At Customs"),
            ("delivering", "Out for Delivery"),
            ("forwarded", "Passed to Another Courier"),
            ("problem", "Problem"),
            ("refused", "Delivery Refused"),
            ("returning", "On the Way Back"),
            ("signed", "Signed For"),
            ("returned", "Came Back"),
        ],
        required=True,
        default="new",
        readonly=True,
        index=True,
    )
    event_ids = fields.One2many("cosmetics.parcel.event", "parcel_id", string="Way of the Parcel", readonly=True)
    signed_at = fields.Datetime(readonly=True)
    queried_at = fields.Datetime(string="Last Asked", readonly=True)
    next_query_at = fields.Datetime(string="Ask Again", readonly=True, index="btree_not_null")
    query_error = fields.Char(string="Why There Is No News", readonly=True)

    _number_uniq = models.UniqueIndex(
        "(company_id, tracking_no)", "This courier number is used already: one number is one parcel. Look for it in the list of parcels."
    )

    @api.depends("picking_id", "order_id.warehouse_id")
    def _compute_warehouse_id(self):
        for parcel in self:
            parcel.warehouse_id = parcel.picking_id.picking_type_id.warehouse_id or parcel.order_id.warehouse_id

    @api.constrains("tracking_no")
    def _check_tracking_no(self):
        for parcel in self:
            if not tracking_number.is_plausible(parcel.tracking_no):
                raise ValidationError(
                    self.env._(
                        "“%(number)s” is no courier number: it needs 6 to 32 letters and digits. Scan the label again.",
                        number=parcel.tracking_no,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_not_reported(vals)
        parcels = super().create(
            [
                {
                    **vals,
                    "tracking_no": tracking_number.normalise(vals.get("tracking_no")),
                    "order_ids": [Command.link(vals["order_id"])] if vals.get("order_id") else [],
                    "picking_ids": [Command.link(vals["picking_id"])] if vals.get("picking_id") else [],
                }
                for vals in vals_list
            ]
        )
        # A number that comes after the goods left is news of its own; before that the delivery tells it when it leaves.
        parcels.filtered(lambda parcel: not parcel.picking_id or parcel.picking_id.state == "done")._tell_orders("shipped")
        return parcels

    def write(self, vals):
        self._check_not_reported(vals)
        if "tracking_no" in vals:
            vals = {**vals, "tracking_no": tracking_number.normalise(vals["tracking_no"])}
        if {"order_id", "company_id", "picking_id"} & vals.keys():
            raise UserError(self.env._("A parcel stays with its order. Delete it and enter the number on the right delivery."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_moving(self):
        if any(parcel.state != "new" for parcel in self):
            raise UserError(self.env._("A parcel the courier has collected cannot be deleted."))

    @api.model
    def _carrier_of(self, number, name=None):
        """Return the courier of a number: the one of that name, else the one whose numbers look like it; empty if unsure."""
        return self.env["cosmetics.carrier"]._recognise(number, name)

    def _check_not_reported(self, vals):
        """A signature is the courier's word: no form, import or RPC makes one up."""
        if not self.env.su and (REPORTED | KEPT) & vals.keys():
            raise AccessError(self.env._("What the courier reports about a parcel cannot be entered by hand."))

    def _join(self, order, picking=None):
        """Take one more order, and the delivery that brings it, into this parcel: of one receiver only."""
        self.ensure_one()
        if order not in self.order_ids and not self._is_same_receiver(order):
            raise UserError(
                self.env._(
                    "Courier number %(number)s belongs to order %(order)s of another receiver. Scan the label again.",
                    number=self.tracking_no,
                    order=self.order_id.name,
                )
            )
        # sudo: what is in a parcel is kept by the app alone
        self.sudo().write({"order_ids": [Command.link(order.id)], "picking_ids": [Command.link(each.id) for each in picking or ()]})

    def _leave(self, picking):
        """Take a delivery out of these parcels; a parcel with nothing left in it is deleted."""
        for parcel in self:
            others = parcel.sudo().picking_ids - picking
            if not others:
                parcel.unlink()
                continue
            stays = picking.sale_id in others.sale_id
            # sudo: as above
            parcel.sudo().write(
                {
                    "picking_ids": [Command.unlink(picking.id)],
                    "order_ids": [] if stays else [Command.unlink(picking.sale_id.id)],
                }
            )

    def _is_same_receiver(self, order):
        mine, other = self.order_id.sudo()._get_receiver(), order.sudo()._get_receiver()
        return all(mine[key] == other[key] for key in ("name", "phone", "address"))
