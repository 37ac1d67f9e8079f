from odoo import api, fields, models


class CosmeticsBudgetCommitment(models.AbstractModel):
    """A line of a purchase that is committed in budgets from its confirmation until its bill is posted.

    All figures are stored: the variance of a budget reads many of them, and a bill that frees them writes them in its own transaction.
    """

    _name = "cosmetics.budget.commitment"
    _description = "Commitment of a Budget"

    company_id = fields.Many2one("res.company")
    budget_account_id = fields.Many2one(
        "account.account", string="Account of the Budget", compute="_compute_budget_account_id", store=True, help="The one of its bill."
    )
    budget_store_id = fields.Many2one(
        "cosmetics.store", string="Shop of the Budget", compute="_compute_budget_store_id", store=True, help="The goods are for it."
    )
    budget_user_id = fields.Many2one(
        "res.users", string="Ordered For", compute="_compute_budget_user_id", store=True, help="The budget of whose department it is."
    )
    budget_day = fields.Date(
        compute="_compute_budget_day",
        store=True,
        help="Its month counts: day in China of the confirmation, of a request the day it was made.",
    )
    budget_currency_id = fields.Many2one(related="company_id.currency_id", string="Currency of the Budget")
    committed_amount = fields.Monetary(
        string="Committed",
        compute="_compute_committed_amount",
        store=True,
        currency_field="budget_currency_id",
        help="Not billed yet, without tax, in the currency of the company.",
    )

    _committed = models.Index("(company_id, budget_day) WHERE committed_amount > 0")

    @api.model
    def _get_bill_account(self, product, company, fiscal_position=None):
        """Return the account that a bill of this product is entered on in a company; none for a note or a line without product."""
        if not product or not company:
            return self.env["account.account"]
        product = product.with_company(company)
        accounts = product.product_tmpl_id.get_product_accounts(fiscal_pos=fiscal_position)
        stock = accounts.get("stock_valuation") if product.is_storable and product.valuation == "real_time" else None
        return stock or accounts["expense"]

    # ------------------------------------------------------------------ check
    def _prepare_budget_pieces(self, amounts=None):
        """Return {line: what it commits, as `cosmetics.budget._check_spending()` takes it}.

        :param amounts: {line: amount} instead of what is committed now, for lines that are no commitment yet
        """
        # sudo: whoever buys need not read accounts
        lines = self.sudo()
        departments = lines._get_departments()
        return {
            self.browse(line.id): {
                "company_id": line.company_id.root_id.id,
                "day": line.budget_day or fields.Date.context_today(self),
                "code": line.budget_account_id.with_company(line.company_id.root_id).code,
                "store_id": line.budget_store_id.id,
                "department_id": departments[line.budget_user_id, line.company_id],
                "distribution": line.analytic_distribution,
                "amount": line.committed_amount if amounts is None else amounts[self.browse(line.id)],
            }
            for line in lines
            if line.budget_account_id and line.company_id
        }

    def _get_departments(self):
        """Return {(user, company) of these lines: id of the department that spends them, or False}."""
        budgets = self.env["cosmetics.budget"]
        pairs = {(line.budget_user_id, line.company_id) for line in self}
        return {(user, company): budgets._get_user_department(user, company) for user, company in pairs}

    def _check_commitments(self, before):
        """Refuse what these lines commit beyond a budget that stops, and note on the documents what only warns.

        :param before: what :meth:`_prepare_budget_pieces` said before the change; what is less, or the same, is not looked at
        """
        pieces = [piece for line, piece in self._prepare_budget_pieces().items() if self._is_more(before.get(line), piece)]
        if not pieces:
            return
        sentences = self.env["cosmetics.budget"]._check_spending(pieces, is_commitment=True)
        # sudo: whoever approves does not write the document
        for document in self._get_budget_document().sudo() if sentences else ():
            document._message_log(body="; ".join(sentences))

    @api.model
    def _is_more(self, before, now):
        """Tell if a piece takes more of a budget than before, or of another one."""
        if now["amount"] <= 0:
            return False
        same = before and {**before, "amount": 0} == {**now, "amount": 0}
        return not same or now["amount"] > before["amount"]

    # ------------------------------------------------------------------ hooks
    def _get_budget_document(self):
        """Return the documents of these lines."""
        raise NotImplementedError  # each line has its own
