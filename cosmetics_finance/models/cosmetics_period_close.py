from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import AccessError, UserError

from ..tools.period import MONTH_CHOICES, make_period

# What only the buttons set: whoever wrote them would open again what he has closed himself.
KEPT = frozenset({"state", "closed_by_id", "closed_at"})


class CosmeticsPeriodClose(models.Model):
    """The close of a month: a check list, then the lock date. Who has closed a month does not open it again: a second person does."""

    _name = "cosmetics.period.close"
    _description = "Period Close"
    _inherit = ["mail.thread"]
    _order = "date_end desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company.root_id,
        domain="[('id', 'in', allowed_company_ids), ('parent_id', '=', False)]",
    )
    year = fields.Selection(selection="_get_years", required=True, default=lambda self: self._default_month()[0])
    month = fields.Selection(MONTH_CHOICES, required=True, default=lambda self: self._default_month()[1])
    date_begin = fields.Date(compute="_compute_dates", store=True)
    date_end = fields.Date(compute="_compute_dates", store=True, string="Closes Through")
    state = fields.Selection(
        [("open", "Not Closed"), ("closed", "Closed")], default="open", required=True, readonly=True, copy=False, tracking=True
    )
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    check_ids = fields.One2many("cosmetics.period.check", "close_id", string="Check List", readonly=True)
    is_year_end = fields.Boolean(compute="_compute_dates", store=True)

    _month_uniq = models.Constraint("UNIQUE(company_id, year, month)", "This month of the company is in the list already. Open it there.")

    @api.model
    def _get_years(self):
        return self.env["cosmetics.statement.report"]._get_years()

    @api.model
    def _default_month(self):
        """Return the month before the current one, as (year, month)."""
        last = fields.Date.subtract(fields.Date.context_today(self).replace(day=1), days=1)
        return str(last.year), str(last.month)

    @api.depends("year", "month")
    def _compute_name(self):
        for close in self:
            close.name = f"{close.year}-{int(close.month or 0):02d}"

    @api.depends("year", "month")
    def _compute_dates(self):
        for close in self:
            period = make_period("month", int(close.year), int(close.month)) if close.year and close.month else None
            close.date_begin, close.date_end = (period.begin, period.end) if period else (False, False)
            close.is_year_end = close.month == "12"

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_kept(vals)
        if {"company_id", "year", "month"}.intersection(vals) and "closed" in self.mapped("state"):
            raise UserError(self.env._("A closed month keeps its month and company. Open it again first."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_closed(self):
        if "closed" in self.mapped("state"):
            raise UserError(self.env._("A closed month stays in the list. Open it again first."))

    # ------------------------------------------------------------------ actions
    def action_check(self):
        """Go through the check list and keep what it finds."""
        for close in self:
            close.check_access("write")
            close.check_ids.sudo().unlink()  # the list is written by the program only
            values = [{**check, "close_id": close.id} for check in close._get_checks()]
            self.env["cosmetics.period.check"].sudo().create(values)

    def action_number_vouchers(self):
        """Number the vouchers of the month without gaps and check again."""
        self.ensure_one()
        self.check_access("write")
        self._check_open(self.company_id, self.date_end)
        self.env["account.move"]._number_vouchers(self.company_id, self.date_begin, self.date_end)
        self.action_check()

    def action_close(self):
        """Close the month when all that must be met is met: freeze its cash flows and set the lock date."""
        for close in self.filtered(lambda close: close.state == "open"):
            # Two people who close or open the same month at once: the second begins anew with what the first has done.
            hold_rows(close)
            close.action_check()
            if failed := close.check_ids.filtered(lambda check: check.is_required and not check.is_met):
                raise UserError(self.env._("The month cannot be closed yet: %s", " ".join(failed.mapped("name"))))
            flow = self.env["cosmetics.statement"]._get_of_company(close.company_id, "cash_flow")
            self.env["cosmetics.cash.flow"]._fill(flow, close.company_id, close.date_end)
            close._set_lock_date(max(close.date_end, close.company_id.fiscalyear_lock_date or close.date_end))
            # sudo: the buttons alone move the state; see _check_kept().
            close.sudo().write({"state": "closed", "closed_by_id": self.env.user.id, "closed_at": fields.Datetime.now()})

    def _reopen(self, reason):
        """Open a closed month again; the caller has checked who asks."""
        self.ensure_one()
        hold_rows(self)
        later = self.search([("company_id", "=", self.company_id.id), ("state", "=", "closed"), ("date_end", ">", self.date_end)], limit=1)
        if later:
            raise UserError(self.env._("%s is closed too. Open the last closed month first.", later.name))
        if self.company_id.hard_lock_date and self.company_id.hard_lock_date >= self.date_begin:
            raise UserError(self.env._("The hard lock date of the company covers this month: it stays closed for good."))
        self._set_lock_date(fields.Date.subtract(self.date_begin, days=1))
        # sudo: the buttons alone move the state; see _check_kept().
        self.sudo().write({"state": "open", "closed_by_id": False, "closed_at": False})
        self._message_log(body=self.env._("Opened again by %(user)s: %(reason)s", user=self.env.user.name, reason=reason))
        self.env["cosmetics.cash.flow"]._forget_all()

    def action_reopen(self):
        """Ask for the reason of opening a closed month again."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open the Month Again"),
            "res_model": "cosmetics.period.reopen",
            "view_mode": "form",
            "target": "new",
            "context": {"default_close_id": self.id},
        }

    # ------------------------------------------------------------------ helpers
    def _set_lock_date(self, day):
        # Accountants close periods by their role; company records as such are the administrator's.
        self.company_id.sudo().fiscalyear_lock_date = day

    def _check_kept(self, vals):
        if not self.env.su and KEPT & vals.keys():
            raise AccessError(self.env._("The state of a month cannot be entered: close the month, or open it again."))

    @api.model
    def _get_closed_through(self, company):
        """Return the last day of the last closed month of a company's books, or None."""
        # Whoever writes an entry needs the answer, readers of the list or not.
        domain = [("company_id", "=", company.root_id.id), ("state", "=", "closed")]
        return self.sudo().search(domain, order="date_end desc", limit=1).date_end or None

    @api.model
    def _check_open(self, company, day):
        """Raise a sentence when a day lies in a closed month."""
        through = self._get_closed_through(company)
        if through and day <= through:
            raise UserError(self.env._("The books are closed through %s. Open the month again under Period Close first.", through))
