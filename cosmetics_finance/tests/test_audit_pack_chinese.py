"""The pack speaks the language of the company: an auditor in Xi'an reads it."""

import io
from unittest.mock import patch

from odoo.tests import freeze_time, tagged
from python_calamine import CalamineWorkbook

from .common_audit_pack import AuditPackCommon


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackChinese(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("zh_CN")
        cls.company.partner_id.lang = "zh_CN"
        packs = type(cls.env["cosmetics.audit.pack"])
        # Paper is tested in test_audit_pack_papers.
        cls.startClassPatcher(patch.object(packs, "_add_statement", lambda *args: None))

    def test_what_the_scheduler_says_is_chinese(self):
        self._ask()
        self.auditor.active = False
        self._run_job()
        self.assertIn("已无权制作审计资料包", self.env["cosmetics.audit.pack"].search([], limit=1).problem)

    def test_files_bear_the_names_of_the_books(self):
        pack = self._build()
        self.assertEqual(pack.attachment_id.name, "审计资料包 2026-01 至 2026-03.zip")
        with self._open(pack) as file:
            names = [name for name in file.namelist() if name.endswith(".csv")]
        self.assertEqual(
            names,
            [
                "01_会计科目.csv",
                "02_会计凭证.csv",
                "03_总账.csv",
                "04_明细账.csv",
                "05_科目余额表.csv",
                "06_未清往来明细.csv",
                "09_附件索引.csv",
                "10_财务权限用户.csv",
                "11_锁定与结账日志.csv",
            ],
        )

    def test_headings_of_entries_are_those_of_the_standard(self):
        headings = list(self._read(self._build(), "02_")[0])
        self.assertEqual(
            headings,
            [
                "记账凭证日期", "会计年度", "会计期间号", "记账凭证类型", "凭证号", "行号", "摘要", "科目编号", "科目名称",
                "往来单位编号", "往来单位名称", "币种编码", "借方原币金额", "贷方原币金额", "借方金额", "贷方金额",
                "附件数", "制单人", "单据", "日记账", "公司",
            ],
        )  # fmt: skip

    def test_balances_have_a_side_in_words(self):
        rows = self._read(self._build(), "04_")
        self.assertEqual({row["方向"] for row in rows}, {"借", "贷", "平"})
        self.assertIn("期初余额", {row["摘要"] for row in rows})

    def test_accounts_have_their_chinese_names(self):
        names = {row["科目编号"][:4]: row["科目名称"] for row in self._read(self._build(), "05_")}
        self.assertEqual((names["1122"], names["5001"]), ("应收账款", "主营业务收入"))

    def test_control_page_is_chinese_throughout(self):
        with self._open(self._build()) as file:
            page = CalamineWorkbook.from_filelike(io.BytesIO(file.read("00_控制表.xlsx"))).get_sheet_by_index(0).to_python()
        texts = [cell for row in page for cell in row if isinstance(cell, str)]
        self.assertIn("审计资料包控制表", texts)
        self.assertIn("各文件的笔数与金额均与账簿一致。", texts)
        latin = [text for text in texts if text.isascii() and len(text) < 64 and any(map(str.isalpha, text))]
        self.assertLessEqual(set(latin), {"Test Books", "SHA-256", self.auditor.name})

    def test_a_difference_is_told_in_the_language_of_the_company(self):
        sale = self.sale.line_ids[0]
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move_line SET date = '2026-04-02' WHERE id = %s", [sale.id])
        self.assertIn("02_会计凭证.csv 与账簿不符", self._build_without("entries"))
