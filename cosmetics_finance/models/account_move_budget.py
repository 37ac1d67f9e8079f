"""Bills against budgets: what a shop spends, and whether the budget allows it."""

from odoo import fields, models

SPENDING = ("in_invoice", "in_receipt")


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    store_id = fields.Many2one("cosmetics.store", string="Shop", check_company=True, index="btree_not_null", help="Shop that spent it.")

    def _prepare_budget_pieces(self):
        """Return what these journal items spend, as `cosmetics.budget._check_spending()` takes it."""
        return [
            {
                "company_id": line.company_id.root_id.id,
                "day": line.date,
                # sudo: whoever works for a branch alone may not enter the company it belongs to, which keeps the codes
                "code": line.account_id.sudo().with_company(line.company_id.root_id).code,
                "store_id": line.store_id.id,
                "distribution": line.analytic_distribution,
                "amount": line.balance,
            }
            for line in self.filtered("account_id")
        ]


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        # A bill of what was committed before only moves the amount; entries by hand are never refused, the report shows them.
        bills = posted.filtered(lambda move: move.move_type in SPENDING)
        check = self.env["cosmetics.budget"]._check_spending
        # All at once, for many are posted together; one by one only to tell each bill what it exceeds.
        if check(bills.line_ids._prepare_budget_pieces()):
            for bill in bills:
                for sentence in check(bill.line_ids._prepare_budget_pieces()):
                    bill._message_log(body=sentence)
        return posted
