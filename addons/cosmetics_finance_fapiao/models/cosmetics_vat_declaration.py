from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_date

from ..tools.period import due_day, is_whole, period_of
from .res_company import DISTRICTS, PERIODS, TAXPAYER_KINDS

FIGURES = ("payable", "unpaid", "overpaid", "exempt", "credit_after", "reclassified", "surcharge_total", "difference")


class CosmeticsVatDeclaration(models.Model):
    """Work sheet of a VAT declaration: counted from the ledger and the tax invoices, tied to account 222101, entered at month's end.

    It is drafted, counted as often as one likes, and confirmed once; reopening reverses its entry.
    """

    _name = "cosmetics.vat.declaration"
    _description = "VAT Declaration"
    _inherit = ["mail.thread", "mail.activity.mixin", "cosmetics.counted.document"]
    _order = "date_from desc, id desc"
    _kept = frozenset({"move_ids", "move_id", "line_ids", "declared_on", *FIGURES})

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="First Day", required=True, default=lambda self: self._default_period()[0], index=True)
    date_to = fields.Date(string="Last Day", required=True, default=lambda self: self._default_period()[1])
    due_on = fields.Date(
        string="Due on",
        compute="_compute_due_on",
        store=True,
        readonly=False,
        help="The 15th after the period, or the next working day. Change it when the tax office has announced another day.",
    )
    kind = fields.Selection(TAXPAYER_KINDS, string="Taxpayer", required=True, default=lambda self: self.env.company.vat_taxpayer_kind)
    period = fields.Selection(PERIODS, compute="_compute_period")
    district = fields.Selection(
        DISTRICTS, string="Place of the Taxpayer", required=True, default=lambda self: self.env.company.vat_district
    )
    has_half_relief = fields.Boolean(
        string="Half of the Surcharges",
        default=lambda self: self.env.company.has_vat_half_relief or self.env.company.vat_taxpayer_kind == "small",
    )
    is_reclassified = fields.Boolean(
        string="Move Uncertified Input Tax",
        default=True,
        help="The entry moves input tax that was not certified to account 222105, and back once it is.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        default="draft",
        required=True,
        readonly=True,
        tracking=True,
        index=True,
        copy=False,
    )
    declared_on = fields.Date(readonly=True, copy=False, tracking=True)
    line_ids = fields.One2many("cosmetics.vat.declaration.line", "declaration_id", string="Rows", readonly=True, copy=False)
    move_ids = fields.One2many("account.move", "vat_declaration_id", string="Entries", readonly=True)
    move_id = fields.Many2one("account.move", string="Entry", readonly=True, copy=False, index="btree_not_null")
    payable = fields.Monetary(string="VAT Payable", readonly=True, copy=False, tracking=True)
    unpaid = fields.Monetary(string="VAT Still to Pay", readonly=True, copy=False)
    overpaid = fields.Monetary(readonly=True, copy=False)
    exempt = fields.Monetary(readonly=True, copy=False)
    credit_after = fields.Monetary(string="Credit Carried Forward", readonly=True, copy=False)
    reclassified = fields.Monetary(readonly=True, copy=False)
    surcharge_total = fields.Monetary(string="Surcharges", readonly=True, copy=False)
    difference = fields.Monetary(string="Difference to the Ledger", readonly=True, copy=False)
    difference_note = fields.Char(string="Reason of the Difference")
    has_changed = fields.Boolean(
        string="Ledger Changed",
        compute="_compute_has_changed",
        help="The ledger or the invoices say something else than on confirmation.",
    )

    # Of integers PostgreSQL knows no exclusion without an extension; a range of one value serves.
    _periods_apart = models.Constraint(
        "EXCLUDE USING gist (int4range(company_id, company_id, '[]') WITH &&, daterange(date_from, date_to, '[]') WITH &&)",
        "These days are in another VAT declaration already. Open that one.",
    )

    @api.model
    def _default_period(self):
        """Return the last period that has ended."""
        length = self.env.company.vat_period
        first, _last = period_of(fields.Date.context_today(self), length)
        return period_of(first - timedelta(days=1), length)

    @api.depends("date_from", "date_to")
    @api.depends_context("lang")
    def _compute_name(self):
        for sheet in self:
            if not sheet.date_from or not sheet.date_to:
                sheet.name = False
            elif is_whole(sheet.date_from, sheet.date_to) == "quarter":
                sheet.name = self.env._("VAT %(year)s quarter %(quarter)s", year=sheet.date_from.year, quarter=sheet.date_to.month // 3)
            else:
                sheet.name = self.env._("VAT %(year)s-%(month)s", year=sheet.date_from.year, month=f"{sheet.date_from.month:02d}")

    @api.depends("date_from", "date_to")
    def _compute_period(self):
        for sheet in self:
            sheet.period = sheet.date_from and sheet.date_to and is_whole(sheet.date_from, sheet.date_to)

    @api.depends("date_to")
    def _compute_due_on(self):
        for sheet in self.filtered("date_to"):
            days = self.env["l10n_cn_xian.calendar.day"].search(
                [
                    ("date_from", "<=", sheet.date_to + timedelta(days=60)),
                    ("date_to", ">=", sheet.date_to),
                    ("kind", "in", ("holiday", "workday")),
                ]
            )
            spans = {
                kind: {
                    day.date_from + timedelta(days=shift)
                    for day in days.filtered(lambda day, kind=kind: day.kind == kind)
                    for shift in range(day.day_count)
                }
                for kind in ("holiday", "workday")
            }
            sheet.due_on = due_day(sheet.date_to, spans["holiday"], spans["workday"])

    @api.depends("state")
    def _compute_has_changed(self):
        for sheet in self:
            counted = sheet.state == "confirmed" and sheet._count()["totals"]
            currency = sheet.currency_id
            sheet.has_changed = bool(counted) and any(currency.compare_amounts(sheet[name], value) for name, value in counted.items())

    @api.constrains("date_from", "date_to", "kind")
    def _check_period(self):
        for sheet in self:
            length = is_whole(sheet.date_from, sheet.date_to)
            if not length or (sheet.kind == "general" and length != "month"):
                raise ValidationError(
                    self.env._(
                        "%(first)s to %(last)s is no tax period. A general taxpayer declares a whole month, a small-scale one a month or"
                        " a quarter, for example 2026-10-01 to 2026-12-31.",
                        first=format_date(self.env, sheet.date_from),
                        last=format_date(self.env, sheet.date_to),
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        for sheet in sheets:
            sheet.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=sheet.due_on,
                summary=self.env._("Declare VAT and surcharges"),
                user_id=self.env.uid,
            )
        return sheets

    def write(self, vals):
        if {"date_from", "date_to", "kind", "district", "has_half_relief", "is_reclassified", "company_id"}.intersection(vals):
            self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_entered(self):
        if any(sheet.state == "confirmed" or sheet.move_ids for sheet in self):
            raise UserError(self.env._("A declaration that has entries is kept. Reopen it to correct it."))

    def action_count(self):
        """Count the sheet from the ledger and the tax invoices."""
        self.check_access("write")
        self._check_draft()
        for sheet in self:
            counted = sheet._count()
            rows = [Command.create({"sequence": number, **row}) for number, row in enumerate(counted["rows"], 1)]
            # sudo: figures come from the books alone
            sheet.sudo().write({**counted["totals"], "line_ids": [Command.clear(), *rows]})

    def action_confirm(self):
        """Enter the month-end entries; pressed twice, or by two people, they are entered once."""
        self.check_access("write")
        hold_rows(self)
        for sheet in self.filtered(lambda sheet: sheet.state == "draft"):
            sheet.action_count()
            if not sheet.currency_id.is_zero(sheet.difference) and not (sheet.difference_note or "").strip():
                raise UserError(
                    self.env._(
                        "%(sheet)s differs from the ledger by %(difference)s. Look at the red rows and correct the entries, or write the"
                        " reason of the difference.",
                        sheet=sheet.name,
                        difference=sheet.currency_id.format(sheet.difference),
                    )
                )
            # sudo: the buttons alone move the state; the entry is the accountant's
            sheet.sudo().write({"move_id": sheet._create_entry().id, "state": "confirmed"})

    def action_reopen(self):
        """Reverse the entry and count again; later periods build on this one, so they are reopened first."""
        self.check_access("write")
        hold_rows(self)
        for sheet in self.filtered(lambda sheet: sheet.state == "confirmed"):
            later = [("company_id", "=", sheet.company_id.id), ("date_from", ">", sheet.date_to), ("state", "=", "confirmed")]
            found = self.search(later, order="date_from desc", limit=1)
            if found:
                raise UserError(self.env._("“%s” builds on this one. Reopen it first.", found.name))
            sheet._reverse_entry()
            # sudo: the buttons alone move the state
            sheet.sudo().write({"state": "draft", "move_id": False, "declared_on": False})

    def action_declare(self):
        """Note that the declaration was handed in at the tax platform."""
        self.check_access("write")
        for sheet in self.filtered(lambda sheet: sheet.state == "confirmed" and not sheet.declared_on):
            sheet.sudo().declared_on = fields.Date.context_today(self)  # sudo: as above
            sheet.activity_feedback(["mail.mail_activity_data_todo"])

    def action_open_entries(self):
        """Open the entries of this declaration, with the reversed ones."""
        self.ensure_one()
        domain = [("vat_declaration_id", "=", self.id)]
        action = {"type": "ir.actions.act_window", "res_model": "account.move", "name": self.name, "view_mode": "list,form"}
        return {**action, "domain": domain}

    def _check_draft(self):
        for sheet in self:
            if sheet.state == "confirmed":
                raise UserError(self.env._("“%s” is confirmed and stays as it is. Reopen it to change it.", sheet.name))
