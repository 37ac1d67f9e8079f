"""Money of an advance: paid to the employee, or handed back by him."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsExpenseAdvanceMoney(models.TransientModel):
    """From which account an advance is paid, or to which its rest goes."""

    _name = "cosmetics.expense.advance.money"
    _description = "Pay an Advance or Take It Back"
    _check_company_auto = True

    advance_id = fields.Many2one("cosmetics.expense.advance", required=True, readonly=True, ondelete="cascade")
    company_id = fields.Many2one(related="advance_id.company_id")
    currency_id = fields.Many2one(related="advance_id.currency_id")
    kind = fields.Selection([("pay", "Paid"), ("return", "Handed Back")], required=True, readonly=True, default="pay")
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank or Cash",
        required=True,
        check_company=True,
        domain=[("type", "in", ("bank", "cash"))],
        default=lambda self: self._default_journal_id(),
    )
    amount = fields.Monetary(compute="_compute_amount", store=True, readonly=False)
    date = fields.Date(required=True, default=lambda self: fields.Date.context_today(self))

    @api.model
    def _default_journal_id(self):
        company = self.env["cosmetics.expense.advance"].browse(self.env.context.get("default_advance_id")).company_id or self.env.company
        journals = self.env["account.journal"]
        return journals.search([("type", "in", ("bank", "cash")), *journals._check_company_domain(company)], limit=1)

    @api.depends("advance_id", "kind")
    def _compute_amount(self):
        for money in self:
            money.amount = money.advance_id.amount if money.kind == "pay" else money.advance_id.amount_open

    def action_confirm(self):
        """Book the payment."""
        self.ensure_one()
        advance = self.advance_id
        advance._check_accountant()
        amount = advance.amount if self.kind == "pay" else self.amount
        if advance.currency_id.compare_amounts(amount, 0) <= 0:
            raise UserError(self.env._("Enter how much was handed back."))
        if self.kind == "return" and advance.currency_id.compare_amounts(amount, advance.amount_open) > 0:
            raise UserError(
                self.env._(
                    "%(open)s is open of %(advance)s, and %(amount)s would be returned. Lower the amount.",
                    open=advance.currency_id.format(advance.amount_open),
                    advance=advance.name,
                    amount=advance.currency_id.format(amount),
                )
            )
        advance._move_money(self.kind, self.journal_id, amount, self.date)
        return {"type": "ir.actions.act_window_close"}
