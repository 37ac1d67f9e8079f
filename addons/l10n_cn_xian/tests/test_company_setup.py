from odoo.tests import new_test_user, tagged

from .common import XianAccountingCommon

TAXES = (
    "xian_tax_sale_13_included",
    "xian_tax_sale_1",
    "xian_tax_sale_1_included",
    "xian_tax_sale_3",
    "xian_tax_sale_3_included",
    "xian_tax_sale_0",
    "xian_tax_sale_exempt",
    "xian_tax_purchase_1",
    "xian_tax_purchase_3",
)


@tagged("post_install", "-at_install")
class TestCompanySetup(XianAccountingCommon):
    """A new company and one that has the chart already end in the same state."""

    def _state(self):
        """Return all the set-up of the company as plain values."""
        company = self.company.sudo()
        self.env.invalidate_all()
        taxes, accounts = self._chart_records("account.tax"), self._chart_records("account.account")
        return {
            "taxes": sorted(
                (
                    t.type_tax_use,
                    t.name,
                    t.amount,
                    t.price_include,
                    str(t.valid_to),
                    tuple(t.repartition_line_ids.account_id.mapped("code")),
                )
                for t in taxes
            ),
            "accounts": sorted((a.code, a.name, a.account_type, a.account_stock_variation_id.code or "") for a in accounts),
            "stock": company.account_stock_valuation_id.code,
            "zone": company.partner_id.tz,
            "lang": company.partner_id.lang,
        }

    def _chart_records(self, model):
        """Return the records of the chart; the base test case adds others of its own."""
        domain = [("module", "=", "account"), ("model", "=", model), ("name", "=like", f"{self.company.id}\\_%")]
        return self.env[model].browse(self.env["ir.model.data"].sudo().search(domain).mapped("res_id")).sudo()

    def _as_core_leaves_it(self):
        """Undo our set-up: the company as the Chinese chart alone makes it."""
        company = self.company.sudo()
        chart = self.chart.sudo()
        whole = chart.ref("l10n_cn_common_account_2221")
        for key in TAXES:
            chart.ref(key).unlink()
        data = self.env["ir.model.data"].sudo().search([("module", "=", "account"), ("name", "=like", f"{company.id}_xian_account_%")])
        lines = company.env["account.tax.repartition.line"].search([("company_id", "=", company.id), ("account_id", "!=", False)])
        lines.account_id = whole
        company.env["account.account"].browse(data.mapped("res_id")).unlink()
        materials = chart.ref("l10n_cn_common_account_1403")
        company.account_stock_valuation_id = materials
        materials.account_stock_variation_id = chart.ref("l10n_cn_account_5601")
        chart.ref("l10n_cn_common_account_1405").account_stock_variation_id = False
        chart.ref("l10n_cn_common_account_222101").update_field_translations("name", {"en_US": "Tax Received", "zh_CN": "应收税费"})
        chart.ref("l10n_cn_account_4101").account_type = "expense_direct_cost"
        company.partner_id.write({"tz": False})

    def test_the_chart_brings_the_taxes_by_their_ids(self):
        for key in TAXES:
            self.assertEqual(self.env.ref(f"account.{self.company.id}_{key}").company_id, self.company, key)

    def test_core_taxes_stay_the_defaults(self):
        self.assertEqual(self.company.account_sale_tax_id, self._tax("l10n_cn_sales_excluded_13"))
        self.assertEqual(self.company.account_purchase_tax_id, self._tax("l10n_cn_purchase_excluded_13"))

    def test_no_vat_tax_posts_to_the_account_as_a_whole(self):
        whole = self.chart.ref("l10n_cn_common_account_2221")
        lines = self._chart_records("account.tax").repartition_line_ids
        self.assertTrue(lines)
        self.assertNotIn(whole, lines.account_id)

    def test_currency_zone_and_language_are_chinese(self):
        self.assertEqual(self.company.currency_id, self.env.ref("base.CNY"))
        self.assertTrue(self.company.currency_id.active)
        self.assertEqual(self.company.partner_id.tz, "Asia/Shanghai")
        self.assertEqual(self.company.partner_id.lang, "zh_CN")
        partner = self.env["res.partner"].with_company(self.company).create({"name": "张三"})
        self.assertEqual((partner.tz, partner.lang), ("Asia/Shanghai", "zh_CN"))

    def test_account_names_are_those_of_the_standard(self):
        names = {
            "l10n_cn_common_account_222101": "应交增值税",
            "l10n_cn_account_1602": "累计折旧",
            "l10n_cn_account_4101": "制造费用",
            "l10n_cn_account_5403": "税金及附加",
            "xian_account_22210107": "应交增值税（销项税额）",
            "xian_account_540313": "地方教育附加",
        }
        for key, name in names.items():
            self.assertEqual(self.chart.ref(key).with_context(lang="zh_CN").name, name)

    def test_tax_names_are_chinese(self):
        exempt = self._tax("xian_tax_sale_exempt").with_context(lang="zh_CN")
        self.assertEqual((exempt.name, exempt.invoice_label), ("免税", "免税"))
        self.assertEqual(self._tax("xian_tax_sale_13_included").with_context(lang="zh_CN").name, "13% 含税")

    def test_an_existing_company_reaches_the_state_of_a_new_one(self):
        new = self._state()
        self._as_core_leaves_it()
        self.assertNotEqual(self._state(), new)
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertEqual(self._state(), new)

    def test_a_second_run_changes_nothing(self):
        self._as_core_leaves_it()
        chart = self.env["account.chart.template"].sudo()
        chart._xian_bring_up_to_date()
        once = self._state()
        chart._xian_bring_up_to_date()
        self.assertEqual(self._state(), once)

    def test_an_account_and_a_tax_made_by_hand_are_taken_over(self):
        self._as_core_leaves_it()
        account = self.env["account.account"].create({"code": "540313", "name": "地方教育费附加", "account_type": "expense"})
        same = self.env["account.tax"].create({"name": "1%", "amount": 1, "type_tax_use": "purchase"})
        other = self.env["account.tax"].create({"name": "3%", "amount": 3.5, "type_tax_use": "purchase"})
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertEqual(self.chart.ref("xian_account_540313"), account)
        self.assertEqual(account.name, "地方教育费附加")
        self.assertEqual(self._tax("xian_tax_purchase_1"), same)
        self.assertNotEqual(self._tax("xian_tax_purchase_3"), other)
        self.assertEqual(self._tax("xian_tax_purchase_3").amount, 3.0)

    def test_what_an_accountant_has_chosen_stays(self):
        tax = self._tax("l10n_cn_sales_excluded_13")
        chosen = self.chart.ref("xian_account_222106")
        tax.repartition_line_ids.filtered("account_id").account_id = chosen
        self.chart.ref("l10n_cn_account_5403").name = "税费"
        self.company.account_stock_valuation_id = self.chart.ref("l10n_cn_common_account_1411")
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertEqual(tax.repartition_line_ids.account_id, chosen)
        self.assertEqual(self.chart.ref("l10n_cn_account_5403").name, "税费")
        self.assertEqual(self.company.account_stock_valuation_id.code, "141100")

    def test_a_company_with_entries_on_raw_materials_keeps_them(self):
        self._as_core_leaves_it()
        bill = self._invoice(self._tax("l10n_cn_purchase_excluded_13"), move_type="in_invoice")
        bill.invoice_line_ids.account_id = self.chart.ref("l10n_cn_common_account_1403")
        bill.action_post()
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertEqual(self.company.account_stock_valuation_id.code, "140300")

    def test_a_company_on_another_chart_is_left_alone(self):
        other = self.env["res.company"].create({"name": "香港分公司", "country_id": self.env.ref("base.hk").id})
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertFalse(other.account_stock_valuation_id)
        self.assertFalse(self.env["account.tax"].search_count([("company_id", "=", other.id)]))
        self.assertFalse(self.env["ir.default"].search_count([("company_id", "=", other.id), ("field_id.name", "in", ("tz", "lang"))]))

    def test_a_second_company_gets_accounts_and_taxes_of_its_own(self):
        other = self.setup_other_company()["company"]
        chart = self.env["account.chart.template"].with_company(other)
        for key in TAXES:
            self.assertEqual(chart.ref(key).company_id, other, key)
            self.assertNotEqual(chart.ref(key), self._tax(key))
        self.assertEqual(other.account_stock_valuation_id, chart.ref("l10n_cn_common_account_1405"))

    def test_a_language_and_zone_that_somebody_has_chosen_stay(self):
        partner = self.company.partner_id
        partner.write({"tz": "Asia/Urumqi", "lang": "zh_CN"})
        user = new_test_user(self.env, "xian_traveller", "base.group_user", company_id=self.company.id, tz="Asia/Tokyo")
        self.chart.sudo()._xian_set_company_defaults(self.company)
        self.assertEqual((partner.tz, user.tz), ("Asia/Urumqi", "Asia/Tokyo"))

    def test_a_user_without_a_zone_takes_that_of_the_company(self):
        user = new_test_user(self.env, "xian_newcomer", "base.group_user", company_id=self.company.id)
        user.sudo().partner_id.tz = False
        self.chart.sudo()._xian_set_company_defaults(self.company)
        self.assertEqual(user.tz, "Asia/Shanghai")

    def test_an_account_with_entries_keeps_its_type(self):
        account = self.chart.ref("l10n_cn_account_4101")
        account.account_type = "expense_direct_cost"
        bill = self._invoice(self._tax("l10n_cn_purchase_excluded_13"), move_type="in_invoice")
        bill.invoice_line_ids.account_id = account
        bill.action_post()
        self.env["account.chart.template"].sudo()._xian_bring_up_to_date()
        self.assertEqual(account.account_type, "expense_direct_cost")
