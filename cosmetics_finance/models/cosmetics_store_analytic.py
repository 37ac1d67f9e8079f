"""Each shop has an analytic account in the plan 门店, so that costs can be shared among shops."""

from odoo import api, fields, models


class CosmeticsStore(models.Model):
    _inherit = "cosmetics.store"

    analytic_account_id = fields.Many2one(
        "account.analytic.account",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        groups="account.group_account_readonly",
        help="Rent, wages and other costs of the shop carry it; made with the shop.",
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"analytic_account_id"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "analytic_account_id"} for vals in vals_list]
        stores = super().create(vals_list)
        stores._add_analytic_accounts()
        return stores

    def write(self, vals):
        if "analytic_account_id" in vals and not self.env.su:
            self._refuse_fields({"analytic_account_id"})
        res = super().write(vals)
        if {"name", "code", "company_id"} & vals.keys():
            # sudo: whoever keeps the shops need not keep analytic accounts
            for store in self.sudo().filtered("analytic_account_id"):
                store.analytic_account_id.write(store._prepare_analytic_vals())
        return res

    @api.model
    def _add_missing_analytic_accounts(self):
        """Give shops that were there before their account; run by every update, and idle when none lacks one."""
        self.sudo().with_context(active_test=False).search([("analytic_account_id", "=", False)])._add_analytic_accounts()

    def _add_analytic_accounts(self):
        # sudo: as above
        stores = self.sudo()
        accounts = self.env["account.analytic.account"].sudo().create([store._prepare_analytic_vals() for store in stores])
        for store, account in zip(stores, accounts, strict=True):
            store.analytic_account_id = account

    def _prepare_analytic_vals(self):
        self.ensure_one()
        plan = self.env.ref("cosmetics_finance.analytic_plan_store")
        return {"name": self.name, "code": self.code, "plan_id": plan.id, "company_id": self.company_id.id}
