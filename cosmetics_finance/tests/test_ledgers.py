"""OCA's ledgers under our menu: in Chinese, for who reads the books, with figures that agree with the statements."""

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged

from .common_statement import StatementCommon

MENUS = {
    "general_ledger_report_wizard_menu": "总账与明细账",
    "trial_balance_report_wizard_menu": "科目余额表",
    "journal_ledger_report_wizard_menu": "序时账",
    "open_items_report_wizard_menu": "未清往来明细",
    "aged_partner_balance_report_wizard_menu": "往来账龄",
}


@tagged("post_install", "-at_install")
@freeze_time("2026-05-20")
class TestLedgers(StatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls._enter("2026-05-01", ("112200", 500, cls.partner), ("5001", -500))
        cls._enter("2026-05-02", ("1002", 80), ("112200", -80, cls.partner))

    def _create_wizard(self, model, **vals):
        wizards = self.env[model].with_user(self.reader).with_context(lang="zh_CN", allowed_company_ids=self.company.ids)
        return wizards.create({"company_id": self.company.id, "target_move": "posted", **vals})

    def _create_trial_balance(self):
        return self._create_wizard("trial.balance.report.wizard", date_from="2026-05-01", date_to="2026-05-31")

    def _render_html(self, name, wizard):
        data = wizard._prepare_report_data() if hasattr(wizard, "_prepare_report_data") else wizard._prepare_report_trial_balance()
        reports = self.env["ir.actions.report"].with_user(self.reader).with_context(lang="zh_CN", allowed_company_ids=self.company.ids)
        return reports._render_qweb_html(f"account_financial_report.{name}", wizard.ids, data=data)[0].decode()

    def test_the_ledgers_stand_under_reports_in_chinese(self):
        reports = self.env.ref("cosmetics_finance.menu_reports")
        for name, chinese in MENUS.items():
            menu = self.env.ref(f"cosmetics_finance.{name}").with_context(lang="zh_CN")
            self.assertEqual((menu.name, menu.parent_id), (chinese, reports))
            self.assertTrue(menu.with_user(self.reader)._filter_visible_menus())

    def test_an_employee_sees_no_ledger(self):
        employee = self._create_user("ledger_employee")
        visible = self.env["ir.ui.menu"].with_user(employee)._visible_menu_ids()
        self.assertFalse({self.env.ref(f"cosmetics_finance.{name}").id for name in MENUS} & set(visible))
        with self.assertRaises(AccessError):
            self.env["account.move.line"].with_user(employee).search([])

    def test_the_trial_balance_agrees_with_the_balance_sheet(self):
        text = self._render_html("trial_balance", self._create_trial_balance())
        for part in ("科目余额表", "112200", "420.00", "期初余额", "期末余额", "借方", "贷方"):
            self.assertIn(part, text)
        self.assertEqual(self._get_amounts("balance", "4"), ["420.00"])

    def test_a_ledger_is_a_spreadsheet_too(self):
        wizard = self._create_trial_balance()
        action = self.env.ref("account_financial_report.action_report_trial_balance_xlsx").with_user(self.reader)
        content, kind = action.with_context(lang="zh_CN")._render(
            "a_f_r.report_trial_balance_xlsx", wizard.ids, wizard._prepare_report_data()
        )
        self.assertEqual((kind, content[:2]), ("xlsx", b"PK"))
