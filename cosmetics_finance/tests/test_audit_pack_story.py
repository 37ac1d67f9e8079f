"""The visit of an auditor: asks for a quarter, waits, unpacks, checks. With real paper."""

import hashlib
import io
from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from pypdf import PdfReader

from .common_audit_pack import AuditPackCommon

STATEMENTS = 3


@tagged("post_install", "-at_install")
@freeze_time("2026-04-20 04:00:00")
class TestAuditPackStory(AuditPackCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.auditor.audit_until = date(2026, 4, 30)
        numbers = cls.env["account.move"].with_user(cls.accountant)
        for month in (1, 2, 3):
            numbers._number_vouchers(cls.company, date(2026, month, 1), date(2026, month, 28))
        contract = {"name": "合同.txt", "raw": "盖章".encode(), "res_model": "account.move", "res_id": cls.sale.id}
        cls.books["ir.attachment"].create(contract)

    def test_an_auditor_asks_waits_unpacks_and_checks(self):
        pack = self._ask(voucher_limit=10)
        self._run_job(force_report_rendering=True)
        self.assertEqual(pack.state, "done", pack.problem)
        self.assertEqual(pack.action_download()["type"], "ir.actions.act_url")
        self.assertIn("1 entries have no voucher number yet", pack.note, "the invoice of March 31 came after the 28th")

        # The list of sums is right, as sha256sum would find.
        with self._open(pack) as file:
            contents = {name: file.read(name) for name in file.namelist()}
        for line in contents.pop("SHA256SUMS.txt").decode().splitlines():
            digest, name = line.split("  ", 1)
            self.assertEqual(hashlib.sha256(contents.pop(name)).hexdigest(), digest, name)
        self.assertFalse(contents, "every file is in the list")

        # The books tie with each other.
        entries, general, balances = (self._read(pack, prefix) for prefix in ("02_", "03_", "05_"))
        for heading in ("Debit Amount", "Credit Amount"):
            self.assertEqual(self._sum(entries, heading), self._sum(general, heading))
            self.assertEqual(self._sum(entries, heading), self._sum(balances, heading))

        # The paper is there: three statements, a page for each voucher.
        with self._open(pack) as file:
            paper = {name: file.read(name) for name in file.namelist() if name.endswith(".pdf")}
        pages = {name: len(PdfReader(io.BytesIO(content)).pages) for name, content in paper.items()}
        self.assertEqual(len([name for name in pages if name.startswith("07_")]), STATEMENTS)
        self.assertEqual([count for name, count in pages.items() if name.startswith("08_")], [len({row["Document"] for row in entries})])

        # From a line of the books to the document behind it.
        (index,) = self._read(pack, "09_")
        (sale,) = [row for row in entries if row["Document"] == self.sale.name and row["Debit Amount"] != "0.00"]
        self.assertEqual((index["Voucher No."], sale["Voucher No."], sale["Number of Attachments"]), ("记-0001", "1", "1"))
        with self._open(pack) as file:
            self.assertEqual(file.read(index["Path in the Pack"]).decode(), "盖章")

        # After the last day nothing is read any more, not even the pack.
        with freeze_time("2026-05-01 04:00:00"), self.assertRaises(AccessError):
            self.env.invalidate_all()
            pack.action_download()
