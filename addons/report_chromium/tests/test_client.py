import io
import json
from urllib.parse import urlencode

from odoo.tests import HttpCase, tagged
from pypdf import PdfReader

from .common import ARTICLE, ChromiumCommon, texts


@tagged("post_install", "-at_install")
class TestClient(ChromiumCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.authenticate(self.user.login, self.user.login)

    def test_web_client_is_told_the_state(self):
        self.assertEqual(self.make_jsonrpc_request("/report/check_wkhtmltopdf"), "ok")
        self.set_environment("CHROMIUM_PATH", "/nowhere/chromium")
        self.assertEqual(self.make_jsonrpc_request("/report/check_wkhtmltopdf"), "chromium_missing")

    def test_document_is_downloaded_as_pdf(self):
        partner = self.create_partners(ARTICLE)
        context = urlencode({"context": json.dumps({"force_report_rendering": True})})
        response = self.url_open(f"/report/pdf/{self.report.report_name}/{partner.id}?{context}", timeout=60)
        self.assertEqual((response.status_code, response.headers["Content-Type"]), (200, "application/pdf"))
        reader = PdfReader(io.BytesIO(response.content))
        self.assertEqual(len(reader.pages), 3)
        self.assertIn(ARTICLE, texts(reader)[0])

    def test_html_preview_still_works(self):
        partner = self.create_partners(ARTICLE, rows=1)
        self.set_environment("CHROMIUM_PATH", "/nowhere/chromium")
        response = self.url_open(f"/report/html/{self.report.report_name}/{partner.id}")
        self.assertEqual(response.status_code, 200)
        self.assertIn(ARTICLE, response.text)
