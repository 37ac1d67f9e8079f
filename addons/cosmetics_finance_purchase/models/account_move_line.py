from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _prepare_budget_pieces(self):
        """The bill of an order is spent by the department that ordered, as the report shows it."""
        pieces = super()._prepare_budget_pieces()
        # sudo: whoever enters bills need not read orders
        lines = self.sudo().filtered("account_id")
        departments = lines.purchase_line_id._get_departments()
        for line, piece in zip(lines, pieces, strict=True):
            if ordered := line.purchase_line_id:
                piece["department_id"] = departments[ordered.budget_user_id, ordered.company_id]
        return pieces
