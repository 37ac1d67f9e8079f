from odoo import api, models
from odoo.addons.account.models.chart_template import template

from ..tools.rules import FEE_ACCOUNT, rule_data

TRANSFER_ACCOUNTS = {"cn": "l10n_cn_account_101202", "cn_large_bis": "l10n_cn_large_bis_account_1004"}


class AccountChartTemplate(models.AbstractModel):
    """The rules by which a Chinese company books what its bank does every month; a new company gets them with the chart."""

    _inherit = "account.chart.template"

    @template("cn", "account.account")
    def _get_cn_bank_account_account(self):
        return {FEE_ACCOUNT: {"code": "560305", "name": "Bank Charges", "name@zh_CN": "银行手续费", "account_type": "expense"}}

    @template("cn", "account.reconcile.model")
    def _get_cn_bank_reconcile_model(self):
        return rule_data("cn", TRANSFER_ACCOUNTS["cn"])

    @template("cn_large_bis", "account.reconcile.model")
    def _get_cn_large_bis_bank_reconcile_model(self):
        return rule_data("cn_large_bis", TRANSFER_ACCOUNTS["cn_large_bis"])

    @api.model
    def _bank_bring_up_to_date(self):
        """Bring companies with a Chinese chart to the state of a new one; safe to run again, what somebody changed stays."""
        companies = self.env["res.company"].search([("chart_template", "in", list(TRANSFER_ACCOUNTS)), ("parent_id", "=", False)])
        for company in companies:
            self.with_company(company).with_context(
                default_company_id=company.id,
                allowed_company_ids=company.ids,
                tracking_disable=True,
                lang="en_US",
                chart_template_load=True,
            )._bank_add_missing(company)

    def _bank_add_missing(self, company):
        chart = company.chart_template
        accounts = self._get_cn_bank_account_account() if chart == "cn" else {}
        by_code = self.env["account.account"].search([("company_ids", "in", company.ids), ("code", "in", ["560305"])])
        if accounts and by_code and not self.ref(FEE_ACCOUNT, raise_if_not_found=False):
            vals = {"xml_id": self.company_xmlid(FEE_ACCOUNT, company), "record": by_code[0], "noupdate": True}
            self.env["ir.model.data"]._update_xmlids([vals])
        data = {"account.account": accounts, "account.reconcile.model": rule_data(chart, TRANSFER_ACCOUNTS[chart])}
        missing = {
            model: {key: vals for key, vals in records.items() if not self.ref(key, raise_if_not_found=False)}
            for model, records in data.items()
        }
        self._load_data({model: self._bank_without_lost_accounts(records) for model, records in missing.items() if records})
        self._load_translations(companies=company)

    def _bank_without_lost_accounts(self, records):
        """Leave out rules whose account the company has deleted."""
        return {
            key: vals
            for key, vals in records.items()
            if all(
                self.ref(line[2]["account_id"], raise_if_not_found=False) or line[2]["account_id"] == FEE_ACCOUNT
                for line in vals.get("line_ids", ())
            )
        }
