"""Points of a month in the books."""

from decimal import Decimal

from odoo import fields, models

from ..tools import points_value as rules


class CosmeticsPointsClosing(models.Model):
    """The entry of a month: what is put aside for points given, what becomes revenue of points spent or run out."""

    _name = "cosmetics.points.closing"
    _description = "Closing of Points"
    _inherit = "cosmetics.owed.closing"

    previous_id = fields.Many2one("cosmetics.points.closing", string="Month Before", readonly=True, ondelete="restrict", copy=False)
    earned_amount = fields.Monetary(
        string="Put Aside", readonly=True, copy=False, help="Less revenue for points given, less those taken back."
    )
    gift_amount = fields.Monetary(string="Given for Nothing", readonly=True, copy=False, help="Opening points and adjustments: an expense.")
    released_amount = fields.Monetary(string="Spent or Run Out", readonly=True, copy=False, help="Becomes revenue.")
    sale_total = fields.Monetary(string="Put Aside by Sales, All Months", readonly=True, copy=False)
    gift_total = fields.Monetary(string="Given for Nothing, All Months", readonly=True, copy=False)
    open_points = fields.Float(digits=(16, 2), readonly=True, copy=False, help="Of the ledger at the end of the month, pending ones too.")
    liability = fields.Monetary(string="Value of Open Points")
    value_ids = fields.One2many("cosmetics.points.value", "closing_id", string="New Values", readonly=True)

    # ------------------------------------------------------------------ actions
    def action_view_values(self):
        """Open the values that this closing fixed."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_finance.cosmetics_points_value_action")
        return {**action, "domain": [("closing_id", "=", self.id)]}

    # ------------------------------------------------------------------ hooks
    def _get_owed_account(self):
        return self.company_id.sudo().points_liability_account_id  # sudo: a setting of the company

    def _check_settings(self):
        self.company_id.sudo()._check_points_accounting()  # sudo: settings of the company

    def _get_figures(self):
        """Return the totals at the end of the month; new documents get their value."""
        groups = self.env["cosmetics.points.value"]._read_points_groups(self.company_id, self._get_end())
        values = self.env["cosmetics.points.value"]._get_values(self, groups)
        totals = {"sale_total": rules.NOTHING, "gift_total": rules.NOTHING, "liability": rules.NOTHING}
        for key, points in groups.items():
            if value := values.get(key):
                amount, valued, percent = map(rules.exact, (value.amount, value.points, value.percent))
                totals["gift_total" if value.is_gift else "sale_total"] += rules.credited(amount, valued, points)
                totals["liability"] += rules.open_value(amount, valued, points, percent)
        open_points = sum((points.remaining for points in groups.values()), Decimal(0))
        return {name: float(total) for name, total in (totals | {"open_points": open_points}).items()}

    def _get_changes(self, figures, previous):
        earned, gifts = figures["sale_total"] - previous.sale_total, figures["gift_total"] - previous.gift_total
        released = earned + gifts - (figures["liability"] - previous.liability)
        return {"earned_amount": earned, "gift_amount": gifts, "released_amount": released}

    def _get_steps(self, changes):
        company = self.company_id
        liability, revenue = company.points_liability_account_id, company.points_revenue_account_id
        earned, gifts, released = (changes[name] for name in ("earned_amount", "gift_amount", "released_amount"))
        return [
            (earned, revenue, liability, self.env._("Points given with sales, less those taken back")),
            (gifts, company.points_expense_account_id, liability, self.env._("Points given for nothing")),
            (released, liability, revenue, self.env._("Points spent or run out")),
        ]

    def _get_entry_ref(self):
        return self.env._("Points of members %s", self.display_name)

    def _after_reopen(self):
        """The values that this closing fixed go with it, so that new settings count."""
        self.value_ids.unlink()
