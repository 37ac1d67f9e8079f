from odoo import api, models
from odoo.addons.account.models.chart_template import template

CHART = "cn"
MODULE = "l10n_cn_xian"
TIME_ZONE = "Asia/Shanghai"
LANGUAGE = "zh_CN"


class AccountChartTemplate(models.AbstractModel):
    """Chart ``cn`` as a seller in Xi'an needs it: taxes, VAT sub-accounts, stock accounts, language, time zone.

    A new company gets it with the chart; ``_xian_bring_up_to_date`` brings a company that has the chart already
    to the same state. It adds what is missing and changes a value only while it is still the one core has set.
    """

    _inherit = "account.chart.template"

    # ------------------------------------------------------------------ a new company
    @template(CHART, "account.account")
    def _get_cn_xian_account_account(self):
        return self._parse_csv(CHART, "account.account", module=MODULE)

    @template(CHART, "account.tax.group")
    def _get_cn_xian_account_tax_group(self):
        return self._parse_csv(CHART, "account.tax.group", module=MODULE)

    @template(CHART, "account.tax")
    def _get_cn_xian_account_tax(self):
        return self._parse_csv(CHART, "account.tax", module=MODULE)

    @template(CHART, "res.company")
    def _get_cn_xian_res_company(self):
        # Core names 1403 raw materials, closed against 5601 selling expenses: wrong for a trading company.
        return {self.env.company.id: {"account_stock_valuation_id": "l10n_cn_common_account_1405"}}

    def _post_load_data(self, template_code, company, template_data):
        res = super()._post_load_data(template_code, company, template_data)
        if template_code == CHART:
            self._xian_set_company_defaults(company or self.env.company)
        return res

    @api.model
    def _xian_set_company_defaults(self, company):
        """Currency, time zone and language of a Chinese company; what somebody has chosen stays."""
        self.env.ref("base.CNY").active = True
        partner = company.partner_id
        if not partner.tz:
            partner.tz = TIME_ZONE
        Defaults = self.env["ir.default"]
        if not Defaults._get("res.partner", "tz", company_id=company.id):
            Defaults.set("res.partner", "tz", TIME_ZONE, company_id=company.id)
        users = self.env["res.users"].search([("company_id", "=", company.id), ("tz", "=", False)])
        users.partner_id.tz = TIME_ZONE
        if LANGUAGE not in dict(self.env["res.lang"].get_installed()):
            return
        if partner.lang in (False, "en_US"):
            partner.lang = LANGUAGE
        if not Defaults._get("res.partner", "lang", company_id=company.id):
            Defaults.set("res.partner", "lang", LANGUAGE, company_id=company.id)

    # ------------------------------------------------------------------ a company that has the chart already
    @api.model
    def _xian_bring_up_to_date(self):
        """Bring every company on chart ``cn`` to the state of a new one; safe to run again."""
        for company in self.env["res.company"].search([("chart_template", "=", CHART)], order="parent_path"):
            template = self.with_company(company).with_context(
                default_company_id=company.id,
                allowed_company_ids=company.ids,
                tracking_disable=True,
                delay_account_group_sync=True,
                lang="en_US",
                chart_template_load=True,
            )
            company = company.with_env(template.env)
            if not company.parent_id:  # a branch shares the accounts and taxes of its head office
                template._xian_add_missing_records(company)
                template._xian_correct_accounts(company)
                template._xian_move_vat_accounts()
            template._xian_set_stock_accounts(company)
            template._xian_set_company_defaults(company)
            template._load_translations(companies=company)

    def _xian_add_missing_records(self, company):
        """Create our accounts, tax groups and taxes; an account or tax made by hand is taken over, not doubled."""
        accounts = self._get_cn_xian_account_account()
        taxes = self._get_cn_xian_account_tax()
        data = {
            "account.account": {key: vals for key, vals in accounts.items() if "code" in vals},
            "account.tax.group": self._get_cn_xian_account_tax_group(),
            "account.tax": {key: vals for key, vals in taxes.items() if "name" in vals},
        }
        self._xian_take_over_accounts(data["account.account"], company)
        self._xian_take_over_taxes(data["account.tax"], company)
        missing = {
            model: {key: vals for key, vals in records.items() if not self.ref(key, raise_if_not_found=False)}
            for model, records in data.items()
        }
        self._load_data({model: records for model, records in missing.items() if records})

    def _xian_take_over_accounts(self, records, company):
        by_code = {account.code: account for account in self.env["account.account"].search([("company_ids", "in", company.ids)])}
        self._xian_name_records({key: by_code.get(vals["code"]) for key, vals in records.items()}, company)

    def _xian_take_over_taxes(self, records, company):
        """Take over a tax of the same use, name and rate; when only the name is the same, ours gets a longer name."""
        taxes = self.env["account.tax"].with_context(active_test=False).search([("company_id", "=", company.id)])
        found = {}
        for key, vals in records.items():
            if self.ref(key, raise_if_not_found=False):
                continue
            names = {vals["name"], vals["name@zh_CN"]}
            same = taxes.filtered(
                lambda t, v=vals, n=names: t.type_tax_use == v["type_tax_use"] and {t.name, t.with_context(lang=LANGUAGE).name} & n
            )[:1]
            if same.amount == vals["amount"] and same.price_include == (vals.get("price_include_override") == "tax_included"):
                found[key] = same
            elif same:
                vals["name"] = f"VAT {vals['name']}"
                vals["name@zh_CN"] = f"增值税{vals['name@zh_CN']}"
        self._xian_name_records(found, company)

    def _xian_name_records(self, found, company):
        """Give records the external ids of the chart: ``found`` maps an id to a record or to nothing."""
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": self.company_xmlid(key, company), "record": record, "noupdate": True}
                for key, record in found.items()
                if record and not self.ref(key, raise_if_not_found=False)
            ]
        )

    def _xian_correct_accounts(self, company):
        """Correct core's names and account types, while they are still core's; the type only while the account has no entry."""
        core = self._parse_csv(CHART, "account.account", module="l10n_cn")
        corrections = {key: vals for key, vals in self._get_cn_xian_account_account().items() if "code" not in vals}
        for key, vals in corrections.items():
            account = self.ref(key, raise_if_not_found=False)
            if not account:
                continue
            # In one call: a database without English takes a write in Chinese for the source term.
            names = {"en_US": "name", LANGUAGE: f"name@{LANGUAGE}"}
            known = {core[key][column] for column in names.values()}
            renamed = {
                lang: vals[column] for lang, column in names.items() if vals.get(column) and account.with_context(lang=lang).name in known
            }
            account.update_field_translations("name", renamed)
            if vals.get("account_type") and account.account_type == core[key]["account_type"] and not account.used:
                account.account_type = vals["account_type"]

    def _xian_move_vat_accounts(self):
        """Taxes that still post to 2221 as a whole post to its sub-accounts from now on; old entries stay."""
        whole = self.ref("l10n_cn_common_account_2221", raise_if_not_found=False)
        for key, vals in self._get_cn_xian_account_tax().items():
            tax = self.ref(key, raise_if_not_found=False)
            account_key = vals["repartition_line_ids"][1][2].get("account_id")
            if tax and whole and account_key:
                lines = tax.repartition_line_ids.filtered(lambda line: line.account_id == whole)
                lines.account_id = self.ref(account_key)

    def _xian_set_stock_accounts(self, company):
        """Value goods in 1405 and close against 5401. A company that has entries on 1403 has used it: it keeps its choice."""
        goods, materials = self.ref("l10n_cn_common_account_1405"), self.ref("l10n_cn_common_account_1403")
        cost, selling = self.ref("l10n_cn_account_5401"), self.ref("l10n_cn_account_5601")
        for account in goods | materials:
            if account.account_stock_variation_id in (selling, account.browse()):
                account.account_stock_variation_id = cost
        used = self.env["account.move.line"].search_count([("account_id", "=", materials.id), ("company_id", "=", company.id)], limit=1)
        if company.account_stock_valuation_id in (materials, goods.browse()) and not used:
            company.account_stock_valuation_id = goods
            categories = self.env["product.category"].search([("property_stock_valuation_account_id", "=", materials.id)])
            categories.property_stock_valuation_account_id = goods
