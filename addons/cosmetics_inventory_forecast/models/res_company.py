"""How careful a company is about running out, and about having too much."""

from odoo import fields, models

from ..tools.order_quantity import Policy


class ResCompany(models.Model):
    _inherit = "res.company"

    replenishment_service = fields.Float(
        string="Service Level",
        default=0.95,
        digits=(4, 3),
        help="Share of the time between two deliveries in which a product should not run out: 0.95 is 19 times out of 20.",
    )
    replenishment_review_days = fields.Integer(string="Order Every", default=7, help="Days until somebody orders again.")
    replenishment_cover_days = fields.Integer(string="Order for", default=28, help="Days an order should last.")
    replenishment_transfer_days = fields.Integer(
        string="Days of a Transfer", default=2, help="From one of our warehouses until the goods stand on the shelf of another."
    )
    replenishment_life_share = fields.Float(
        string="Share of Life at Receipt",
        default=0.6,
        digits=(4, 3),
        help="What is left of the shelf life when goods come in, where nothing is agreed with the vendor.",
    )

    _replenishment_sane = models.Constraint(
        "CHECK (replenishment_service >= 0.5 AND replenishment_service < 1"
        " AND replenishment_life_share > 0 AND replenishment_life_share <= 1)",
        "The service level goes from 50 % to below 100 %, e.g. 95 %, and the share of life at receipt from above 0 to 100 %.",
    )
    _replenishment_days_sane = models.Constraint(
        "CHECK (replenishment_review_days BETWEEN 1 AND 90 AND replenishment_cover_days BETWEEN 1 AND 365"
        " AND replenishment_transfer_days BETWEEN 0 AND 60)",
        "Order every 1 to 90 days, for 1 to 365 days; a transfer takes 0 to 60 days.",
    )

    def _get_replenishment_policy(self):
        """Return the `Policy` of the company."""
        self.ensure_one()
        return Policy(self.replenishment_service, self.replenishment_review_days, self.replenishment_cover_days)
