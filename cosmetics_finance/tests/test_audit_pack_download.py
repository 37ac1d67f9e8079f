"""The file leaves the house through the web server, for those who may have it."""

import hashlib
from contextlib import nullcontext
from unittest.mock import patch

from odoo.tests import HttpCase, freeze_time, tagged

from .common_audit_pack import AuditPackCommon


@tagged("post_install", "-at_install")
class TestAuditPackDownload(AuditPackCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        packs = type(cls.env["cosmetics.audit.pack"])
        cls.startClassPatcher(patch.object(packs, "_get_parts", lambda self: [("Chart", "_pack_accounts")]))

    def enter_registry_test_mode(self):
        """A test of the web server is in that mode from its beginning."""
        return nullcontext()

    def _download(self, pack, user):
        self.authenticate(user.login, user.login)
        return self.url_open(pack.with_user(self.auditor).action_download()["url"])

    def test_only_auditor_and_accountant_get_the_file(self):
        with freeze_time("2026-04-20 04:00:00"):
            pack = self._build()
        for user in (self.auditor, self.accountant):
            answer = self._download(pack, user)
            self.assertEqual((answer.status_code, answer.headers["Content-Type"]), (200, "application/zip"))
            self.assertEqual(hashlib.sha256(answer.content).hexdigest(), pack.sha256)
        self.assertEqual(self._download(pack, self.reader).status_code, 404)
