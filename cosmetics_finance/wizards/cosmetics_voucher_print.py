from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.period import MONTH_CHOICES, make_period


class CosmeticsVoucherPrint(models.TransientModel):
    """Number the vouchers of a month and print them in one file."""

    _name = "cosmetics.voucher.print"
    _description = "Vouchers of a Month"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, domain="[('id', 'in', allowed_company_ids)]"
    )
    year = fields.Selection(selection="_get_years", required=True, default=lambda self: str(fields.Date.context_today(self).year))
    month = fields.Selection(MONTH_CHOICES, required=True, default=lambda self: str(fields.Date.context_today(self).month))
    number_from = fields.Integer(string="From No.", default=1)
    number_to = fields.Integer(string="To No.", help="0: up to the last one.")

    @api.model
    def _get_years(self):
        return self.env["cosmetics.statement.report"]._get_years()

    def action_number(self):
        """Number the posted entries of the month by date, without gaps; only while the month is open."""
        self.ensure_one()
        self.env["account.move"].check_access("write")
        period = self._get_period()
        self.env["cosmetics.period.close"]._check_open(self.company_id, period.end)
        count = self.env["account.move"]._number_vouchers(self.company_id, period.begin, period.end)
        if not count:
            raise UserError(self.env._("No entry is posted in this month. Choose a month with posted entries."))
        message = self.env._("%s vouchers are numbered.", count)
        notice = {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": notice}

    def action_print(self):
        """Print the numbered vouchers of the month in their order."""
        self.ensure_one()
        moves = self._get_moves()
        if not moves:
            raise UserError(self.env._("No voucher of this month has a number in this range. Number the vouchers first, then print."))
        return self.env.ref("cosmetics_finance.account_move_action_report_voucher").report_action(moves)

    def _get_period(self):
        return make_period("month", int(self.year), int(self.month))

    def _get_moves(self):
        period = self._get_period()
        domain = [("company_id", "child_of", self.company_id.id), ("date", ">=", period.begin), ("date", "<=", period.end)]
        domain += [("state", "=", "posted"), ("voucher_number", ">=", max(self.number_from, 1))]
        domain += [("voucher_number", "<=", self.number_to)] if self.number_to else []
        return self.env["account.move"].search(domain, order="company_id, voucher_number")
