import io
import os

from odoo.tests import TransactionCase, new_test_user
from pypdf import PdfReader

from ..browser.process import close_browser

ARTICLE = "西安雁塔美妆商贸有限公司"


class ChromiumCommon(TransactionCase):
    """A report of our own: each contact prints as one document with as many rows as its reference says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(close_browser)
        cls.env.company.write(
            {
                "external_report_layout_id": cls.env.ref("web.external_layout_standard").id,
                "company_details": "<p>雁塔区小寨东路</p>",
                "report_footer": "<p>谢谢惠顾</p>",
            }
        )
        cls.paperformat = cls.env["report.paperformat"].create(
            {
                "name": "Test A4",
                "format": "A4",
                "orientation": "Portrait",
                "margin_top": 52,
                "margin_bottom": 32,
                "margin_left": 0,
                "margin_right": 0,
                "header_spacing": 52,
                "dpi": 90,
                "css_margins": True,
            }
        )
        cls.report = cls.create_report(
            "report_chromium.test_document",
            '<table class="table"><thead><tr><th>品名</th></tr></thead><tbody>'
            '<tr t-foreach="range(int(o.ref))" t-as="row"><td>第<t t-out="row + 1"/>行 烟酰胺透亮精华液</td></tr></tbody></table>',
        )
        # Built once for the class: each test would build, and roll back, the same style sheets.
        for bundle in ("web.report_assets_pdf", "web.report_assets_common"):
            cls.env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=False, autoprefix=True).css()
        cls.user = new_test_user(cls.env, "print_clerk", groups="base.group_user", lang="en_US")

    @classmethod
    def create_report(cls, key, content, **values):
        """A report on contacts with the company's header and footer around ``content`` (``o`` is the contact)."""
        cls.env["ir.ui.view"].create(
            {
                "name": key,
                "key": key,
                "type": "qweb",
                "arch": f"""
                    <t t-name="{key}">
                        <t t-call="web.html_container">
                            <t t-foreach="docs" t-as="o">
                                <t t-call="web.external_layout">
                                    <div class="page"><h2 t-out="o.name"/>{content}</div>
                                </t>
                            </t>
                        </t>
                    </t>
                """,
            }
        )
        return cls.env["ir.actions.report"].create(
            {
                "name": key,
                "model": "res.partner",
                "report_type": "qweb-pdf",
                "report_name": key,
                "paperformat_id": cls.paperformat.id,
                **values,
            }
        )

    @classmethod
    def create_partners(cls, *names, rows=60):
        return cls.env["res.partner"].create([{"name": name, "ref": str(rows)} for name in names])

    def print_report(self, partners, report=None, **context):
        """Print as the clerk; return the PDF as a reader."""
        reports = self.env["ir.actions.report"].with_user(self.user).with_context(force_report_rendering=True, **context)
        pdf, kind = reports._render_qweb_pdf((report or self.report).report_name, partners.ids)
        self.assertEqual(kind, "pdf")
        return PdfReader(io.BytesIO(pdf))

    def print_html(self, body, **options):
        """Print one body without a report; return the PDF as a reader."""
        pdf = self.env["ir.actions.report"].with_user(self.user)._run_wkhtmltopdf([body], **options)
        return PdfReader(io.BytesIO(pdf))

    def set_environment(self, name, value):
        """Set a variable of the process for this test."""
        before = os.environ.get(name)
        os.environ[name] = value
        self.addCleanup(os.environ.__setitem__, name, before) if before is not None else self.addCleanup(os.environ.pop, name, None)


def texts(reader):
    """Text of each page, without the blanks and line ends a PDF has between its glyphs."""
    return ["".join(page.extract_text().split()) for page in reader.pages]
