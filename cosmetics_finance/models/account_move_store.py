"""Costs of a shop carry its analytic account."""

from odoo import api, models
from odoo.tools import SQL

from ..tools import break_even

SHARED = (break_even.FIXED, break_even.VARIABLE)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.depends("store_id")
    def _compute_analytic_distribution(self):
        return super()._compute_analytic_distribution()

    def _related_analytic_distribution(self):
        """The shop of a cost is its analytic account, unless somebody shares it otherwise."""
        related = super()._related_analytic_distribution()
        # sudo: whoever enters a bill need not see the accounts of shops
        own = self.sudo().store_id.analytic_account_id if self.account_id.cost_behaviour in SHARED else None
        return {**related, str(own.id): 100} if own else related

    @api.model
    def _get_store_shares_sql(self):
        """Return a SELECT of ``store_id, share`` of a journal item ``item``: by its analytic accounts, the rest by its shop (or none)."""
        return SQL(
            """SELECT shared.store_id, shared.share FROM (
                   SELECT store.id AS store_id, sum(part.value::numeric) / 100 AS share
                     FROM jsonb_each_text(item.analytic_distribution) part
                     JOIN cosmetics_store store ON store.analytic_account_id::text = ANY(string_to_array(part.key, ','))
                    GROUP BY store.id) shared
               UNION ALL
               SELECT item.store_id, 1 - COALESCE((
                   SELECT sum(part.value::numeric) / 100
                     FROM jsonb_each_text(item.analytic_distribution) part
                    WHERE string_to_array(part.key, ',') && (
                        SELECT array_agg(store.analytic_account_id::text) FROM cosmetics_store store
                         WHERE store.analytic_account_id IS NOT NULL)), 0)"""
        )
