from odoo import api, fields, models

from ..tools import break_even

BEHAVIOURS = [
    (break_even.FIXED, "Fixed"),
    (break_even.VARIABLE, "Variable"),
    (break_even.MARGIN, "In the Gross Profit"),
    (break_even.APART, "Apart"),
]


class AccountAccount(models.Model):
    _inherit = "account.account"

    cost_behaviour = fields.Selection(
        BEHAVIOURS,
        compute="_compute_cost_behaviour",
        store=True,
        readonly=False,
        help="For the break-even: fixed (rent, wages), variable (grows with sales), in the gross profit already (goods, fees of platforms, "
        "testers, losses of stock), or apart from the running business (income tax, fines).",
    )

    @api.depends("code", "account_type")
    def _compute_cost_behaviour(self):
        for account in self:
            company = account.company_ids[:1].root_id
            code = account.with_company(company).code if company else account.code
            account.cost_behaviour = break_even.get_behaviour(code, account.account_type or "")
