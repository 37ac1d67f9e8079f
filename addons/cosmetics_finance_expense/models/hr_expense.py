"""Expenses as lines of a claim: shop, invoice, and what they take of the budget."""

from odoo import api, fields, models
from odoo.addons.l10n_cn_xian.tools.fapiao import normalize_fapiao
from odoo.exceptions import UserError, ValidationError

# What an approver has seen; tax and account are the accountant's.
SEEN = (
    "date", "name", "employee_id", "product_id", "quantity", "total_amount", "payment_mode", "vendor_id", "fapiao", "fapiao_amount",
    "store_id",
)  # fmt: skip
# Selling expenses (销售费用) and cost of sales (主营业务成本) of the two Chinese charts.
SELLING, COST = ("5601", "6601"), ("5401", "6401")


class HrExpense(models.Model):
    _inherit = "hr.expense"

    claim_id = fields.Many2one("cosmetics.expense.claim", index="btree_not_null", check_company=True, ondelete="cascade")
    store_id = fields.Many2one("cosmetics.store", string="Shop", check_company=True, index="btree_not_null")
    fapiao = fields.Char(
        string="Invoice Number", copy=False, help="Number of the tax invoice (发票): 20 digits, or code and 8 digits of an older one."
    )
    fapiao_amount = fields.Monetary(
        string="Invoice Total", currency_field="company_currency_id", copy=False, help="With tax; at least what is claimed of it."
    )

    # Eight digits alone repeat under another code. A refused claim lets its invoices go.
    _fapiao_uniq = models.UniqueIndex(
        "(company_id, fapiao) WHERE length(fapiao) > 8 AND approval_state IS DISTINCT FROM 'refused'",
        "This tax invoice is on another expense already. Each is claimed once: check the number.",
    )

    @api.constrains("fapiao", "fapiao_amount", "total_amount", "approval_state")
    def _check_fapiao(self):
        for expense in self.filtered("fapiao"):
            if normalize_fapiao(expense.fapiao) != expense.fapiao:
                raise ValidationError(
                    self.env._(
                        "%s is no number of a tax invoice. Enter the 20 digits (for example 26612000000000012345), or the code and the 8"
                        " digits of an older one (for example 6100231130-01234567).",
                        expense.fapiao,
                    )
                )
            if expense.fapiao_amount and expense.company_currency_id.compare_amounts(expense.total_amount, expense.fapiao_amount) > 0:
                expense._raise_beyond(expense.fapiao_amount)

    @api.constrains("fapiao", "company_id")
    def _check_fapiao_is_claimed_once(self):
        """Name the bill that has claimed an invoice; of two expenses the unique index refuses the second."""
        for expense in self.filtered(lambda expense: len(expense.fapiao or "") > 8):
            bills = self.env["account.move"]._get_fapiao_bill_claims(expense.company_id, expense.fapiao)
            if bills:
                raise ValidationError(
                    self.env._(
                        "Tax invoice %(number)s is claimed by %(claim)s already. Each is claimed once: check the number.",
                        number=expense.fapiao,
                        claim=bills[0],
                    )
                )

    @api.constrains("claim_id", "employee_id", "payment_mode", "company_id")
    def _check_claim(self):
        self.claim_id._check_expenses()

    def _compute_account_id(self):
        """Expenses are selling expenses unless their kind says otherwise; core takes the cost of goods sold of the company."""
        res = super()._compute_account_id()
        for company, expenses in self.filtered("product_id").grouped("company_id").items():
            # sudo: which account an expense has is no secret of the chart
            root, sudo = company.root_id, expenses.sudo().with_company(company.root_id)
            wrong = sudo.filtered(
                lambda expense: not expense.product_id.property_account_expense_id and (expense.account_id.code or "").startswith(COST)
            )
            domain = [("company_ids", "in", root.id), "|", *(("code", "=like", f"{prefix}%") for prefix in SELLING)]
            selling = wrong.env["account.account"].search(domain, order="code", limit=1) if wrong else wrong.account_id
            for expense in expenses & wrong.sudo(False) if selling else ():
                expense.account_id = selling.id
        return res

    # ------------------------------------------------------------------ helpers
    @api.model
    def _normalize_fapiao_vals(self, vals):
        if "fapiao" not in vals:
            return vals
        typed = (vals["fapiao"] or "").strip()
        return {**vals, "fapiao": normalize_fapiao(typed) or typed or False}

    def _get_seen(self):
        """Return what an approver has seen of this expense."""
        self.ensure_one()
        return [self._fields[name].convert_to_write(self[name], self) for name in SEEN]

    def _check_ready(self):
        """Raise a sentence when an expense cannot be put before an approver."""
        for expense in self:
            if not expense.product_id:
                raise UserError(self.env._("Say what kind of expense %s is, for example travel or meals.", expense.name))
            if expense.company_currency_id.compare_amounts(expense.total_amount, 0) <= 0:
                raise UserError(self.env._("Enter what you paid for %s.", expense.name))
            expense._check_registered()

    def _check_registered(self):
        """Compare with the tax invoice where the tax platform has told of it."""
        registered = self._get_registered()
        if registered.state == "void":
            raise ValidationError(self.env._("Tax invoice %s is void on the tax platform. Ask the seller for a valid one.", self.fapiao))
        if registered and self.company_currency_id.compare_amounts(self.total_amount, registered.total) > 0:
            self._raise_beyond(registered.total)

    def _get_registered(self):
        """Return the received tax invoice with the number of this expense, as the register holds it."""
        # sudo: the register is the accountant's; only the total is told to whoever holds the invoice
        register = self.env["cosmetics.fapiao"].sudo()
        if not self.fapiao:
            return register
        domain = [("company_id", "=", self.company_id.id), ("number", "=", self.fapiao), ("direction", "=", "received")]
        return register.search(domain, limit=1)

    def _raise_beyond(self, total):
        raise ValidationError(
            self.env._(
                "%(claimed)s is claimed of invoice %(number)s, which comes to %(total)s only. Lower the amount.",
                claimed=self.company_currency_id.format(self.total_amount),
                number=self.fapiao,
                total=self.company_currency_id.format(total),
            )
        )

    def _link_registered(self):
        """Let the tax invoices of posted expenses stand for their entry."""
        for expense in self:
            registered = expense._get_registered()
            amount = min(expense.total_amount, registered.difference)
            if registered and expense.company_currency_id.compare_amounts(amount, 0) > 0:
                link = {"fapiao_id": registered.id, "move_id": expense.account_move_id.id, "amount": amount}
                # sudo: the entry is made by the program as well
                self.env["cosmetics.fapiao.link"].sudo().create(link)

    def _prepare_budget_pieces(self):
        """Return what these expenses take of the budget: without the tax that is deducted."""
        return [
            {
                "company_id": expense.company_id.root_id.id,
                "day": expense.date,
                "code": expense.sudo().account_id.with_company(expense.company_id.root_id).code,
                "store_id": (expense.store_id or expense.claim_id.store_id).id,
                "department_id": expense.department_id.id,
                "distribution": expense.analytic_distribution,
                "amount": expense.total_amount - expense.tax_amount,
            }
            for expense in self
            if expense.date and expense.account_id
        ]

    def _prepare_move_lines_vals(self):
        return {**super()._prepare_move_lines_vals(), "store_id": (self.store_id or self.claim_id.store_id).id}

    def _prepare_receipts_vals(self):
        """The entry names the claim, keeps its photos and stands in the month of the expenses, as long as that is open.

        The budget counts an expense on its day; core books it on the day it is posted. A closed month takes no entry: then it stands
        on the first day that is open.
        """
        self._check_approved()
        vals_list = super()._prepare_receipts_vals()
        claims = self.claim_id
        today = fields.Date.context_today(self)
        for vals in vals_list:
            vals["date"] = min(max(filter(None, self.mapped("date")), default=today), today)
        for vals in vals_list if len(claims) == 1 else ():
            vals["ref"] = f"{claims.name} {claims.note}"
            copies = [
                attachment.copy_data({"res_model": "account.move", "res_id": False, "raw": attachment.raw})[0]
                for attachment in claims.sudo().attachment_ids
            ]
            vals["attachment_ids"] = [*vals["attachment_ids"], *((0, 0, copy) for copy in copies)]
        return vals_list
