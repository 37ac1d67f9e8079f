from odoo import api, fields, models
from odoo.exceptions import ValidationError

VOUCHERS = 2_000
LONGEST = 36


class CosmeticsAuditPackMake(models.TransientModel):
    """Ask for an audit pack of whole months."""

    _name = "cosmetics.audit.pack.make"
    _description = "Ask for an Audit Pack"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, domain="[('id', 'in', allowed_company_ids)]"
    )
    date_begin = fields.Date(
        string="First Month", required=True, default=lambda self: self._default_period()[0], help="Any day of the month."
    )
    date_end = fields.Date(string="Last Month", required=True, default=lambda self: self._default_period()[1], help="Any day of the month.")
    voucher_limit = fields.Integer(
        string="Print Vouchers up to",
        default=VOUCHERS,
        required=True,
        help="Each voucher is printed as PDF. With more entries than this in the period none is printed. 0: never.",
    )

    _limit_not_negative = models.Constraint("CHECK(voucher_limit >= 0)", "Enter how many vouchers are printed at most: 0 or more.")

    @api.model
    def _default_period(self):
        """Return the year of the last month that is over."""
        end = fields.Date.subtract(fields.Date.context_today(self).replace(day=1), days=1)
        return end.replace(month=1, day=1), end

    @api.constrains("date_begin", "date_end")
    def _check_period(self):
        for ask in self:
            begin, end = ask._get_days()
            months = (end.year - begin.year) * 12 + end.month - begin.month + 1
            if not 0 < months <= LONGEST:
                raise ValidationError(
                    self.env._("Choose 1 to %s months, the first one before the last one, for example January to December.", LONGEST)
                )

    def action_build(self):
        """Have the pack built in the background; open it."""
        self.ensure_one()
        begin, end = self._get_days()
        pack = self.env["cosmetics.audit.pack"]._ask(
            {"company_id": self.company_id.id, "date_begin": begin, "date_end": end, "voucher_limit": self.voucher_limit}
        )
        return {"type": "ir.actions.act_window", "res_model": pack._name, "res_id": pack.id, "views": [(False, "form")]}

    def _get_days(self):
        """Return the first day of the first month and the last day of the last one."""
        return self.date_begin.replace(day=1), fields.Date.end_of(self.date_end, "month")
