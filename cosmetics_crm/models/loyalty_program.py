"""Rules of a points program that core does not have."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql

from ..tools import points as rules


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    points_validity = fields.Selection(
        [
            ("never", "For ever"),
            ("months", "A number of months"),
            ("year", "Until the end of the year"),
            ("next_year", "Until the end of next year"),
        ],
        default="next_year", required=True, help="Counted from the day on which the points count.",
    )  # fmt: skip
    points_validity_months = fields.Integer(default=12)
    points_start = fields.Selection(
        [("order", "At once"), ("delivery", "After delivery")],
        string="Points of Orders Count", default=lambda self: self.env.company.points_start, required=True,
        help="Until then they are pending. Points of the till always count at once.",
    )  # fmt: skip
    points_delay_days = fields.Integer(
        default=7, help="Days after delivery, the time in which buyers may return goods without giving a reason."
    )
    points_redeem_cap = fields.Float(string="Points Pay at Most", default=100.0, help="Percent of the goods of one order.")
    points_notice_days = fields.Integer(default=30, help="Days before they expire.")
    points_grace_days = fields.Integer(default=30, help="Days that spent points live on when they are given back after they have expired.")

    _points_days_check = models.Constraint(
        "CHECK (points_validity_months > 0 AND points_delay_days >= 0 AND points_notice_days >= 0 AND points_grace_days >= 0)",
        "Months and days of a points program are positive numbers.",
    )
    _points_redeem_cap_check = models.Constraint(
        "CHECK (points_redeem_cap >= 0 AND points_redeem_cap <= 100)", "Points pay between 0 and 100 percent of an order."
    )

    def _auto_init(self):
        """Leave programs of before the ledger as they were: their points never expire and count at once."""
        is_new = not sql.column_exists(self.env.cr, self._table, "points_validity")
        if is_new:
            sql.create_column(self.env.cr, self._table, "points_validity", "varchar")
            sql.create_column(self.env.cr, self._table, "points_start", "varchar")
            self.env.cr.execute(SQL("UPDATE loyalty_program SET points_validity = 'never', points_start = 'order'"))
            # Or Odoo would ask the default, and that the company, whose column may not be there yet.
            sql.set_not_null(self.env.cr, self._table, "points_start")
        return super()._auto_init()

    def write(self, vals):
        if {"program_type", "applies_on"} & set(vals):
            self._check_stays_in_ledger(vals)
        return super().write(vals)

    def _check_stays_in_ledger(self, vals):
        leaving = self.filtered(
            lambda program: (
                program._is_points_ledger()
                and (vals.get("program_type", "loyalty") != "loyalty" or vals.get("applies_on", "both") == "current")
            )
        )
        # sudo: whether there are movements decides, not who may read them
        if leaving and self.env["cosmetics.points.move"].sudo().search_count([("card_id.program_id", "in", leaving.ids)], limit=1):
            raise UserError(self.env._("Members have points of this program: it stays a points program. Archive it and make a new one."))

    def _is_points_ledger(self):
        """Return whether the ledger keeps the cards of this program: points that are collected over many purchases."""
        return self.program_type == "loyalty" and self.applies_on != "current"

    def _is_kept(self):
        """Return whether a ledger keeps the cards of this program: of points, or of stored value."""
        return self._is_points_ledger() or bool(self.stored_kind)

    # ------------------------------------------------------------------ hooks
    def _get_points_expiry(self, day):
        """Return the last day of points that count from `day` on (China), None when they never expire."""
        self.ensure_one()
        return rules.expiry(self.points_validity, self.points_validity_months, day)

    @api.model
    def _get_points_multiplier(self, partner, day):
        """Return what the points of a purchase of this partner on this day (China) are multiplied with; tiers and birthdays extend it."""
        return 1.0
