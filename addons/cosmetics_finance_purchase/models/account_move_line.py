from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_budget_pieces(self):
        """The bill of an order is spent by the department that ordered, as the report shows it."""
        pieces = super()._prepare_budget_pieces()
        budgets = self.env["cosmetics.budget"]
        for line, piece in zip(self.filtered("account_id"), pieces, strict=True):
            # sudo: whoever enters bills need not read orders
            if order_line := line.sudo().purchase_line_id:
                piece["department_id"] = budgets._get_user_department(order_line.budget_user_id, order_line.company_id)
        return pieces
