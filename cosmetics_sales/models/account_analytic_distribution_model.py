"""Analytic rules are asked once per batch of lines."""

from odoo import api, models
from odoo.addons.cosmetics_base.tools.memo import Memo


class AccountAnalyticDistributionModel(models.Model):
    _inherit = "account.analytic.distribution.model"

    @api.model
    def _get_applicable_models(self, vals):
        """Core searches line by line. Within a batch, no rule at all means none for any line; the same facts find the same rules."""
        memo = Memo.of(self.env, "analytic_memo")
        if memo is None:
            return super()._get_applicable_models(vals)
        if memo.once("none", lambda: not self.search([], limit=1)):
            return self.browse()
        key = tuple((name, tuple(value) if isinstance(value, list) else value) for name, value in sorted(vals.items()))
        ask = super()._get_applicable_models
        return memo.once(key, lambda: ask(vals))
