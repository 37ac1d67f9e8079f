"""Parcels on their way to customers."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools import tracking_number

FINAL = ("signed", "returned")
"""Nothing moves after these."""


class CosmeticsParcel(models.Model):
    """A parcel with its courier number. Several orders of one buyer may leave in one parcel."""

    _name = "cosmetics.parcel"
    _description = "Parcel"
    _order = "id desc"
    _rec_name = "tracking_no"
    _rec_names_search = ["tracking_no", "order_id.name"]
    _check_company_auto = True

    order_id = fields.Many2one("sale.order", string="Order", required=True, index=True, ondelete="cascade", check_company=True)
    order_ids = fields.Many2many(
        "sale.order", "cosmetics_parcel_sale_order_rel", "parcel_id", "order_id", string="All Orders in It", readonly=True
    )
    picking_id = fields.Many2one("stock.picking", string="Delivery", index="btree_not_null", ondelete="set null", check_company=True)
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
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
            ("refused", "Refused"),
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
        "(company_id, carrier_id, tracking_no)", "This courier number is used already. Look for it in the list of parcels."
    )

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
        vals_list = [
            {
                **vals,
                "tracking_no": tracking_number.normalise(vals.get("tracking_no")),
                "order_ids": [(4, vals["order_id"]), *vals.get("order_ids", [])] if vals.get("order_id") else vals.get("order_ids", []),
            }
            for vals in vals_list
        ]
        return super().create(vals_list)

    def write(self, vals):
        if "tracking_no" in vals:
            vals = {**vals, "tracking_no": tracking_number.normalise(vals["tracking_no"])}
        return super().write(vals)

    @api.model
    def _carrier_of(self, number, name=None):
        """Return the courier of a number: the one of that name, else the one whose numbers look like it; empty if unsure."""
        return self.env["cosmetics.carrier"]._recognise(number, name)
