from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

from .cosmetics_payment_plan import LIVE


class CosmeticsPaymentPlanLine(models.Model):
    """A bill, or a part of one, that a plan pays."""

    _name = "cosmetics.payment.plan.line"
    _description = "Line of a Payment Plan"
    _order = "due_on, id"
    _check_company_auto = True

    plan_id = fields.Many2one("cosmetics.payment.plan", required=True, index=True, ondelete="cascade")
    plan_state = fields.Selection(related="plan_id.state", store=True, string="State of the Plan")
    company_id = fields.Many2one(related="plan_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    move_line_id = fields.Many2one(
        "account.move.line", string="Open Item", required=True, index=True, ondelete="restrict", check_company=True,
        domain="[('account_type', '=', 'liability_payable'), ('parent_state', '=', 'posted'), ('amount_residual', '<', 0)]",
    )  # fmt: skip
    move_id = fields.Many2one(related="move_line_id.move_id", string="Document")
    partner_id = fields.Many2one(related="move_line_id.partner_id", string="Vendor", store=True, index=True)
    due_on = fields.Date(related="move_line_id.date_maturity", string="Due Date", store=True)
    open_amount = fields.Monetary(compute="_compute_open_amount", help="What is owed of it now.")
    amount = fields.Monetary(string="To Pay", required=True)
    bank_account_id = fields.Many2one(
        "res.partner.bank", string="Account of the Vendor", compute="_compute_bank_account_id", store=True, readonly=False,
        ondelete="restrict", check_company=True,
    )  # fmt: skip
    payment_id = fields.Many2one("account.payment", readonly=True, copy=False, ondelete="set null", index="btree_not_null")

    _amount_positive = models.Constraint("CHECK (amount > 0)", "A plan pays more than nothing. Correct the amount, or take the line out.")
    _live_unique = models.UniqueIndex(
        "(move_line_id) WHERE plan_state IN ('draft', 'submitted', 'approved')",
        "This bill stands in another payment plan. Take it out there first.",
    )

    @api.depends("move_line_id.amount_residual")
    def _compute_open_amount(self):
        for line in self:
            line.open_amount = -line.move_line_id.amount_residual

    @api.depends("move_line_id")
    def _compute_bank_account_id(self):
        for line in self:
            vendor = line.move_line_id.partner_id.commercial_partner_id
            own = vendor.bank_ids.filtered(lambda bank, line=line: bank.company_id.id in (False, line.company_id.id))
            line.bank_account_id = line.move_line_id.move_id.partner_bank_id or own[:1]

    @api.constrains("move_line_id", "bank_account_id")
    def _check_item(self):
        """Money goes to who is owed, for what is owed."""
        for line in self:
            item = line.move_line_id
            if item.account_id.account_type != "liability_payable" or item.parent_state != "posted":
                raise UserError(self.env._("%s is no posted payable. Choose an open item of a vendor.", item.display_name))
            if item.currency_id != item.company_currency_id:
                raise UserError(self.env._("%s is in a foreign currency. Pay it from the bill.", item.move_name))
            holder = line.bank_account_id.partner_id.commercial_partner_id
            if holder and holder != item.partner_id.commercial_partner_id:
                message = self.env._("Account %(account)s belongs to %(holder)s, not to %(vendor)s.")
                values = {"account": line.bank_account_id.acc_number, "holder": holder.name, "vendor": item.partner_id.name}
                raise UserError(message % values)

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"payment_id"}

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create([{name: value for name, value in vals.items() if name != "payment_id"} for vals in vals_list])
        lines.plan_id._after_change()
        return lines

    def write(self, vals):
        if not self.env.su and {"payment_id", "plan_id"} & vals.keys():
            raise UserError(self.env._("A line stays in its plan, and its payment is made by the plan."))
        res = super().write(vals)
        if {"amount", "move_line_id", "bank_account_id"} & vals.keys():
            self.plan_id._after_change()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_changes_plan(self):
        self.plan_id._after_change()

    # ------------------------------------------------------------------ checks
    def _check_payable(self):
        """Raise unless each line can be paid now: not more than is owed, to an account that is known."""
        for line in self:
            values = {"document": line.move_id.name, "vendor": line.partner_id.name}
            if line.currency_id.compare_amounts(line.amount, line.open_amount) > 0:
                raise UserError(self.env._("%(document)s of %(vendor)s: less is owed than the plan pays. Correct the amount.", **values))
            if not line.bank_account_id:
                raise UserError(self.env._("%(document)s: enter the bank account of %(vendor)s.", **values))


class ResPartnerBank(models.Model):
    _inherit = "res.partner.bank"

    def write(self, vals):
        """An account number that changes is another payee: plans that pay to it need an approval again."""
        res = super().write(vals)
        if {"acc_number", "partner_id", "acc_holder_name", "bank_id"} & vals.keys():
            # sudo: whoever keeps contacts need not read plans to void an approval
            lines = self.env["cosmetics.payment.plan.line"].sudo().search([("bank_account_id", "in", self.ids), ("plan_state", "in", LIVE)])
            hold_rows(lines.plan_id)
            lines.plan_id._add_author()
            lines.plan_id._withdraw()
        return res
