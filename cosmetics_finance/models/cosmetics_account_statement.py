from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.voucher import in_capitals

# What the document is about: set while it is a draft.
SUBJECT = {"company_id", "partner_id", "kind", "date_begin", "date_end"}
# What only the books and the buttons set.
KEPT = frozenset({"name", "state", "opening", "increase", "decrease", "closing", "line_ids", "sent_at", "answered_at", "answered_by_id"})
# What the partner answers.
ANSWER = {"partner_balance", "difference_reason"}


class CosmeticsAccountStatement(models.Model):
    """A statement of account (对账单): what was invoiced and paid with a partner in a period, sent for confirmation and kept.

    The figures are those of the books on the day it was sent; they do not follow later entries. Amounts are in the currency of the company;
    on a customer positive is owed by the partner, on a vendor positive is owed to the partner. A company and its branches are one party.
    """

    _name = "cosmetics.account.statement"
    _description = "Statement of Account"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_end desc, name desc, id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]"
    )
    kind = fields.Selection([("receivable", "Customer"), ("payable", "Vendor")], required=True, default="receivable")
    date_begin = fields.Date(string="From", required=True, default=lambda self: self._default_period()[0])
    date_end = fields.Date(string="To", required=True, default=lambda self: self._default_period()[1])
    line_ids = fields.One2many("cosmetics.account.statement.line", "statement_id", readonly=True, copy=False)
    opening = fields.Monetary(string="Opening Balance", readonly=True, copy=False)
    increase = fields.Monetary(string="Invoiced", readonly=True, copy=False)
    decrease = fields.Monetary(string="Settled", readonly=True, copy=False)
    closing = fields.Monetary(string="Closing Balance", readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent"), ("confirmed", "Confirmed"), ("differs", "Differs")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    answered_at = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", string="Answer Recorded by", readonly=True, copy=False)
    partner_balance = fields.Monetary(
        string="Balance of the Partner", copy=False, tracking=True, help="As it stands in the partner's books."
    )
    difference = fields.Monetary(compute="_compute_difference", store=True, help="Balance of the partner less our closing balance.")
    difference_reason = fields.Text(copy=False, tracking=True)

    _dates_ordered = models.Constraint("CHECK(date_begin <= date_end)", "The period ends before it begins. Correct its dates.")
    _period_uniq = models.Constraint(
        "UNIQUE(company_id, partner_id, kind, date_begin, date_end)",
        "There is a statement of account for this partner and period already. Open it in the list.",
    )

    @api.model
    def _default_period(self):
        """Return the first and the last day of last month."""
        last = fields.Date.subtract(fields.Date.context_today(self).replace(day=1), days=1)
        return last.replace(day=1), last

    @api.depends("state", "partner_balance", "closing")
    def _compute_difference(self):
        for statement in self:
            statement.difference = statement.partner_balance - statement.closing if statement.state == "differs" else 0.0

    @api.constrains("partner_id")
    def _check_partner(self):
        for statement in self:
            commercial = statement.partner_id.commercial_partner_id
            if commercial != statement.partner_id:
                message = self.env._("%(address)s is an address of %(company)s. Make the statement of account for the company.")
                raise UserError(message % {"address": statement.partner_id.name, "company": commercial.name})

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_kept(vals)
            vals["name"] = self.env["ir.sequence"].next_by_code("cosmetics.account.statement") or "/"
        statements = super().create(vals_list)
        statements._fill()
        return statements

    def write(self, vals):
        self._check_kept(vals)
        if SUBJECT & vals.keys():
            self._check_state("draft")
        if ANSWER & vals.keys() and not self.env.su:
            self._check_state("sent")
        res = super().write(vals)
        if SUBJECT & vals.keys():
            self._fill()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        self._check_state("draft")

    # ------------------------------------------------------------------ actions
    def action_refresh(self):
        """Take the figures of a draft from the books again."""
        self._check_state("draft")
        self.check_access("write")
        self._fill()

    def action_send(self):
        """Mail the statements with the figures of now; each partner needs an address."""
        self._check_state("draft")
        self.check_access("write")
        if silent := self.partner_id.filtered(lambda partner: not partner.email):
            raise UserError(
                self.env._(
                    "%s have no e-mail address. Enter one, or print their statements and mark them as sent.",
                    ", ".join(silent.mapped("name")),
                )
            )
        self._fill()
        self._set_sent()
        self.env.ref("cosmetics_finance.mail_template_account_statement").send_mail_batch(self.ids)

    def action_mark_sent(self):
        """Record that the printed statements were handed over; the paper must say what the books say."""
        self._check_state("draft")
        self.check_access("write")
        closings = {statement.id: statement.closing for statement in self}
        self._fill()
        stale = self.filtered(lambda statement: statement.currency_id.compare_amounts(statement.closing, closings[statement.id]))
        if stale:
            names = ", ".join(stale.mapped("partner_id.name"))
            raise UserError(self.env._("The books of %s have changed since. Refresh the figures and print the statement again.", names))
        self._set_sent()

    def action_confirm(self):
        """Record that the partner agrees with our closing balance."""
        self._check_state("sent", "differs")
        self.check_access("write")
        for statement in self:
            statement._set_answer("confirmed", partner_balance=statement.closing)

    def action_differ(self):
        """Record that the partner has another balance: it and the reason are entered before."""
        self._check_state("sent")
        self.check_access("write")
        for statement in self:
            if not statement.currency_id.compare_amounts(statement.partner_balance, statement.closing):
                raise UserError(
                    self.env._("The balance of the partner is ours. Confirm the statement, or enter what the partner's books say.")
                )
            if not (statement.difference_reason or "").strip():
                raise UserError(self.env._("Say why the balances differ, so that the next person can clear it."))
            statement._set_answer("differs")

    def action_draft(self):
        """Take a statement back that was not confirmed, e.g. to send it again after a correction in the books."""
        self._check_state("sent", "differs")
        self.check_access("write")
        # The buttons alone move the state; see write().
        self.sudo().write({"state": "draft", "sent_at": False, "answered_at": False, "answered_by_id": False})
        self._fill()

    def action_print(self):
        """Print the statements, one file for all."""
        return self.env.ref("cosmetics_finance.cosmetics_account_statement_action_pdf").report_action(self)

    # ------------------------------------------------------------------ helpers
    def _check_kept(self, vals):
        """The figures come from the books and the state from the buttons: nobody writes them, by form, import or RPC."""
        if not self.env.su and (kept := KEPT & vals.keys()):
            names = ", ".join(self.fields_get(sorted(kept), ["string"])[name]["string"] for name in sorted(kept))
            raise UserError(self.env._("%s cannot be entered: the books and the buttons of the statement set it.", names))

    def _check_state(self, *states):
        for statement in self:
            if statement.state not in states:
                names = dict(self._fields["state"]._description_selection(self.env))
                message = self.env._("Statement %(name)s is in state %(state)s: this needs %(needed)s.")
                needed = " / ".join(names[state] for state in states)
                raise UserError(message % {"name": statement.name, "state": names[statement.state], "needed": needed})

    def _set_sent(self):
        # The buttons alone move the state; see write().
        self.sudo().write({"state": "sent", "sent_at": fields.Datetime.now()})

    def _set_answer(self, state, **vals):
        # The buttons alone move the state; see write().
        self.sudo().write({"state": state, "answered_at": fields.Datetime.now(), "answered_by_id": self.env.uid, **vals})

    def _get_language(self):
        """Return the language of the paper: that of the company, whoever prints it."""
        self.ensure_one()
        return self.company_id.partner_id.lang or self.env.lang

    def _get_capitals(self):
        """Return the closing balance in the capitals of Chinese documents."""
        self.ensure_one()
        return in_capitals(Decimal(f"{self.closing:.2f}"))
