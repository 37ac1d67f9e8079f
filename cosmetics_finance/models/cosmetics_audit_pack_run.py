"""The background job: a pack is built whole from one snapshot, or not at all; what was broken off begins anew."""

import mmap
import tempfile
import time
from functools import partial
from pathlib import Path

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.audit_pack import Pack, compute_digest
from .res_partner_credit import CHINA

ATTEMPTS = 3
"""How often a pack begins anew after it was broken off: a machine that is too small for it shall not try for ever."""
LARGEST = (1 << 31) - 1
"""Bytes of a pack: core keeps the size of a file in a column that holds no more."""


class CosmeticsAuditPack(models.Model):
    _inherit = "cosmetics.audit.pack"

    @api.model
    def _cron_build(self):
        """Build what is waiting, or was broken off, pack by pack; called by the scheduler."""
        packs = self.search([("state", "in", ("waiting", "running"))], order="id")
        for left, pack in zip(range(len(packs), 0, -1), packs, strict=True):
            self.env["ir.cron"]._commit_progress(remaining=left)
            # The scheduler speaks no language of its own: what it has to say is for the company.
            pack.with_context(lang=pack._get_language())._build()
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _build(self):
        """Build the pack; afterwards it is complete, or says why not."""
        self.ensure_one()
        if obstacle := self._get_obstacle():
            self._give_up(obstacle)
            return
        begun = time.monotonic()
        self.write({"state": "running", "attempts": self.attempts + 1, "progress": 0.0})
        self.env["ir.cron"]._commit_progress()
        with tempfile.TemporaryDirectory(prefix="audit-pack-") as folder:
            path = Path(folder, "pack.zip")
            try:
                result = self._as_builder()._make_zip(path)
            except UserError as refusal:
                self._leave_snapshot()
                self._give_up(str(refusal))
                return
            self._leave_snapshot()
            self._keep(path, {**result, "seconds": time.monotonic() - begun})

    def _get_obstacle(self):
        if not (self.user_id.active and self._is_builder(self.user_id)):
            return self.env._("%s may not build audit packs any more. Somebody else presses Build Again.", self.user_id.name)
        if self.attempts >= ATTEMPTS:
            return self.env._(
                "The work was broken off %s times. Ask for a shorter period or for one without vouchers.",
                self.attempts,
            )
        return None

    def _as_builder(self):
        """Return the pack for who asked for it, in the language of the company: the job reads no more than that person."""
        companies = self.env["cosmetics.statement"]._get_companies(self.company_id)
        pack = self.with_user(self.user_id).with_company(self.company_id)
        return pack.with_context(allowed_company_ids=companies.ids, lang=self._get_language(), tz=CHINA)

    def _get_language(self):
        return self.company_id.partner_id.lang or self.env.lang

    def _leave_snapshot(self):
        """All figures came from one moment; end it, undo what the dialogues of reports wrote, and see what others wrote since."""
        self.env.cr.rollback()
        self.env.transaction.reset()

    def _give_up(self, sentence):
        self.write({"state": "failed", "problem": sentence, "step": False})

    def _keep(self, path, result):
        """Keep the zip and its control page. The file is mapped, not read: its size does not matter for the memory."""
        size, digest = compute_digest(path)
        attachments = self.env["ir.attachment"]
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            attachment = attachments.create(
                {
                    "name": f"{result['name']}.zip",
                    "raw": content if attachments._storage() != "db" else bytes(content),
                    "mimetype": "application/zip",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        self.file_ids.unlink()
        self.env["cosmetics.audit.pack.file"].create([{**line, "pack_id": self.id} for line in result["files"]])
        self.write(
            {
                "state": "done", "progress": 100.0, "step": False, "problem": False, "note": "\n".join(result["notes"]) or False,
                "built_at": fields.Datetime.now(), "attachment_id": attachment.id, "sha256": digest, "size": size,
                "seconds": result["seconds"], "covered_company_ids": result["companies"],
            }
        )  # fmt: skip

    # ------------------------------------------------------------------ for who asked
    def _make_zip(self, path):
        """Write the zip; return {"name", "files": lines of the control page, "notes": sentences, "companies": ids whose books it holds}."""
        self.env.flush_all()
        self.env["cosmetics.statement"]._check_reader(self.company_id)
        files, notes = [], []
        with Pack(path) as pack:
            parts = self._get_parts()
            for number, (label, make) in enumerate(parts):
                pack.tell = partial(self._tell, label, number, len(parts))
                pack.tell(0)
                lines, sentences = getattr(self, make)(pack)
                files += lines
                notes += sentences
            self._pack_control(pack, files, notes)
        if (size := path.stat().st_size) > LARGEST:
            raise UserError(
                self.env._("The pack has %s GB, a file may have 2 at most. Ask for fewer months at a time.", f"{size / (1 << 30):.1f}")
            )
        return {"name": self._get_file_name(), "files": files, "notes": notes, "companies": self._get_company_ids()}

    @api.model
    def _get_parts(self):
        """Return [(label, name of the method)] in the order of the pack.

        A method gets the :class:`~..tools.audit_pack.Pack`; it returns (lines of the control page, sentences).
        """
        return [
            (self.env._("Chart of Accounts"), "_pack_accounts"),
            (self.env._("Journal Entries"), "_pack_entries"),
            (self.env._("Ledgers"), "_pack_ledgers"),
            (self.env._("Open Items"), "_pack_open_items"),
            (self.env._("Statements"), "_pack_statements"),
            (self.env._("Vouchers"), "_pack_vouchers"),
            (self.env._("Attachments"), "_pack_attachments"),
            (self.env._("Rights and Locks"), "_pack_people"),
        ]

    def _tell(self, label, number, parts, share):
        """Show how far the job is: `share` (0 to 1) of the part with this number is done.

        In a transaction of its own, so that the bar moves while the snapshot stands. The job itself writes the row afterwards only.
        """
        progress = 100.0 * (number + share) / parts
        with self.env.registry.cursor() as cr:
            cr.execute(SQL("UPDATE cosmetics_audit_pack SET progress = %s, step = %s WHERE id = %s", progress, label, self.id))

    def _get_file_name(self):
        return self.env._("Audit Pack %(begin)s to %(end)s", begin=f"{self.date_begin:%Y-%m}", end=f"{self.date_end:%Y-%m}")
