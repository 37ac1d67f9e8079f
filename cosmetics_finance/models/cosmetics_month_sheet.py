"""Sheets that people ask for by month and company, and the system fills."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsMonthSheet(models.AbstractModel):
    """A sheet of one month: people choose the month, by any day of it; every figure is the system's.

    Whoever inherits defines ``company_id``, and keeps one sheet for each month and company.
    """

    _name = "cosmetics.month.sheet"
    _description = "Sheet of a Month"
    _asked = frozenset({"month", "company_id"})
    """Names of the fields that people fill in."""

    month = fields.Date(required=True, help="Any day of the month.")

    @api.depends("month")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = sheet.month and f"{sheet.month:%Y-%m}"

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (self._fields.keys() - self._asked)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_asked(vals)
        return super().create([self._on_first_day(vals) for vals in vals_list])

    def write(self, vals):
        self._check_asked(vals)
        return super().write(self._on_first_day(vals))

    def _check_asked(self, vals):
        if not self.env.su and set(vals) - self._asked:
            raise UserError(self._get_figures_refusal())

    @api.model
    def _get_figures_refusal(self):
        """Return the sentence for who types figures: where they come from."""
        return self.env._("Choose the month only: the figures are counted.")

    @staticmethod
    def _on_first_day(vals):
        month = fields.Date.to_date(vals.get("month"))
        return {**vals, "month": month.replace(day=1)} if month else vals
