"""A small ledger of 2026 with every kind of item a pack has to get right, and an auditor who asks for it."""

import csv
import io
import zipfile
from decimal import Decimal

from odoo import api
from odoo.tools import mute_logger

from .common_due import DueCommon

BANK, CAPITAL, SALES, COSTS = "1002", "3001", "5001", "5602"


class AuditPackCommon(DueCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = {"company_id": cls.company.id, "company_ids": cls.company.ids}
        cls.auditor = cls._create_user("pack_auditor", "cosmetics_finance.group_auditor", **companies)
        cls.company.partner_id.lang = "en_US"
        cls._enter("2025-12-30", (BANK, 1000), (CAPITAL, -1000))
        cls.sale = cls._enter("2026-01-10", (BANK, 113.50), (SALES, -113.50))
        cls._enter("2026-02-20", (COSTS, 40.25), (BANK, -40.25, cls.other))
        cls.invoice = cls._create_invoice("2026-02-05", 300, due="2026-03-05")
        cls._create_invoice("2026-03-31", 80)
        cls._enter("2026-04-01", (BANK, 7), (SALES, -7))
        cls.books["account.move"].create(cls._prepare_entry("2026-02-01", (BANK, 9999), (SALES, -9999)))

    @classmethod
    def _ask(cls, user=None, **vals):
        """Have a pack of the first quarter asked for in the dialogue; return it."""
        env = cls.env(user=user or cls.auditor, context={"lang": "en_US", "allowed_company_ids": cls.company.ids})
        vals = {"company_id": cls.company.id, "date_begin": "2026-01-15", "date_end": "2026-03-02", "voucher_limit": 0, **vals}
        action = env["cosmetics.audit.pack.make"].create(vals).action_build()
        return env["cosmetics.audit.pack"].browse(action["res_id"])

    def _run_job(self, user=None, **context):
        """Run the job as the scheduler does, in a transaction of its own, or as a user who has no business to."""
        user = user or self.env.ref("base.user_root")
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            api.Environment(cr, user.id, context)["cosmetics.audit.pack"]._cron_build()
        self.env.invalidate_all()

    def _build(self, **vals):
        """Return a pack that is built; by then it is complete."""
        pack = self._ask(**vals)
        self._run_job()
        self.assertEqual(pack.state, "done", pack.problem)
        return pack

    def _build_without(self, part, **vals):
        """Return what a job says that cannot complete a pack."""
        pack = self._ask(**vals)
        with mute_logger("odoo.sql_db"):
            self._run_job()
        self.assertEqual((pack.state, pack.attachment_id.id), ("failed", False), part)
        return pack.problem

    @staticmethod
    def _open(pack):
        return zipfile.ZipFile(io.BytesIO(pack.attachment_id.raw))

    @classmethod
    def _read(cls, pack, prefix):
        """Return the rows of a CSV of the pack as [{heading: text}]."""
        with cls._open(pack) as file:
            name = next(name for name in file.namelist() if name.startswith(prefix) and name.endswith(".csv"))
            return list(csv.DictReader(io.StringIO(file.read(name).decode("utf-8-sig"))))

    @staticmethod
    def _sum(rows, heading):
        return sum(Decimal(row[heading] or 0) for row in rows)
