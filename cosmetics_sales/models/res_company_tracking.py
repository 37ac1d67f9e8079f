"""How fast the company promises to be."""

from datetime import timedelta

from odoo import fields, models

from ..tools.label_size import SELECTION


class ResCompany(models.Model):
    _inherit = "res.company"

    dispatch_hours = fields.Integer(
        string="Hours until Dispatch", default=48, help="Promise of orders whose platform gave none, counted from payment. 0: no promise."
    )
    is_dispatch_closed_on_holidays = fields.Boolean(
        string="No Dispatch on Public Holidays",
        help="Public holidays do not count among the hours until dispatch. What a platform promised counts as promised.",
    )
    ordered_hours = fields.Integer(string="Hours until Review", default=4, help="How long a paid platform order may wait. 0: no limit.")
    review_hours = fields.Integer(string="Hours for Review", default=8, help="How long an order may stay in review. 0: no limit.")
    allocated_hours = fields.Integer(
        string="Hours until Picking", default=24, help="How long an order may wait for its goods. 0: no limit."
    )
    picking_hours = fields.Integer(
        string="Hours for Picking", default=24, help="How long goods may lie ready before they leave. 0: no limit."
    )
    transit_hours = fields.Integer(string="Hours on the Way", default=120, help="How long a parcel may be on its way. 0: no limit.")
    label_size = fields.Selection(
        SELECTION,
        string="Size of Express Labels",
        required=True,
        default="100x150",
        help="Paper in the label printer. A courier with a size of its own goes first.",
    )
    label_phone_masked = fields.Boolean(
        string="Hide the Phone on Labels",
        help="Express labels show 138****1234. Couriers who read the waybill of the platform need no more.",
    )

    _stage_hours_positive = models.Constraint(
        "CHECK(dispatch_hours >= 0 AND ordered_hours >= 0 AND review_hours >= 0 AND allocated_hours >= 0"
        " AND picking_hours >= 0 AND transit_hours >= 0)",
        "Hours cannot be negative. Enter 0 for no limit.",
    )

    def _get_days_without_dispatch(self):
        """Return the set of days on which nothing leaves: public holidays, where the company rests on them."""
        self.ensure_one()
        if not self.is_dispatch_closed_on_holidays:
            return frozenset()
        domain = [("kind", "=", "holiday"), ("company_id", "in", (False, self.id))]
        return frozenset(
            holiday.date_from + timedelta(days=number)
            for holiday in self.env["l10n_cn_xian.calendar.day"].search(domain)
            for number in range((holiday.date_to - holiday.date_from).days + 1)
        )
