import io
import re

from odoo.tests import tagged
from pypdf import PdfReader

from .common import ARTICLE, ChromiumCommon, texts


@tagged("post_install", "-at_install")
class TestPrint(ChromiumCommon):
    def page_numbers(self, reader):
        return [re.search(r"Page(\d+)/(\d+)", text).groups() for text in texts(reader)]

    def test_chinese_text_can_be_read_back_from_every_page(self):
        partner = self.create_partners(ARTICLE)
        pages = texts(self.print_report(partner))
        self.assertIn(ARTICLE, pages[0])
        rows = "".join(pages)
        for row in range(1, 61):
            self.assertEqual(rows.count(f"第{row}行烟酰胺透亮精华液"), 1, row)

    def test_pages_are_numbered_within_their_document(self):
        reader = self.print_report(self.create_partners(ARTICLE))
        self.assertEqual(len(reader.pages), 3)
        self.assertEqual(self.page_numbers(reader), [("1", "3"), ("2", "3"), ("3", "3")])

    def test_header_footer_and_table_head_stand_on_every_page(self):
        pages = texts(self.print_report(self.create_partners(ARTICLE)))
        for text in pages:
            self.assertEqual((text.count("雁塔区小寨东路"), text.count("谢谢惠顾"), text.count("品名")), (1, 1, 1))

    def test_records_are_merged_in_order_each_with_its_own_numbers(self):
        partners = self.create_partners("甲店", "乙店")
        partners[1].ref = "3"
        reader = self.print_report(partners[1] + partners[0])
        self.assertEqual(self.page_numbers(reader), [("1", "1"), ("1", "3"), ("2", "3"), ("3", "3")])
        pages = texts(reader)
        self.assertIn("乙店", pages[0])
        self.assertIn("甲店", pages[1])
        self.assertNotIn("乙店", pages[1])

    def test_paper_is_turned_by_the_paper_format(self):
        self.paperformat.orientation = "Landscape"
        page = self.print_report(self.create_partners(ARTICLE, rows=1)).pages[0]
        self.assertAlmostEqual(float(page.mediabox.width) / 72 * 25.4, 297, delta=0.5)
        self.assertAlmostEqual(float(page.mediabox.height) / 72 * 25.4, 210, delta=0.5)

    def test_paper_is_turned_by_the_context(self):
        page = self.print_report(self.create_partners(ARTICLE, rows=1), landscape=True).pages[0]
        self.assertGreater(page.mediabox.width, page.mediabox.height)

    def test_own_paper_size_is_kept_to_the_millimetre(self):
        self.paperformat.write(
            {"format": "custom", "page_width": 57, "page_height": 32, "margin_top": 0, "margin_bottom": 0, "header_spacing": 0}
        )
        page = self.print_html("<p>标签</p>", report_ref=self.report.report_name).pages[0]
        size = [float(side) / 72 * 25.4 for side in (page.mediabox.width, page.mediabox.height)]
        self.assertAlmostEqual(size[0], 57, delta=0.5)
        self.assertAlmostEqual(size[1], 32, delta=0.5)

    def test_margins_leave_less_room(self):
        partner = self.create_partners(ARTICLE, rows=60)
        before = len(self.print_report(partner).pages)
        self.paperformat.margin_bottom = 150
        self.assertGreater(len(self.print_report(partner).pages), before)

    def test_lower_dpi_prints_larger(self):
        partner = self.create_partners(ARTICLE, rows=60)
        self.paperformat.dpi = 140
        few = len(self.print_report(partner).pages)
        self.paperformat.dpi = 70
        self.assertGreater(len(self.print_report(partner).pages), few)

    def test_rows_are_not_cut_by_the_end_of_a_page(self):
        report = self.create_report(
            "report_chromium.test_high_rows",
            '<table class="table"><tbody><tr t-foreach="range(9)" t-as="row"><td>'
            '首<t t-out="row"/><div style="height: 250px"/>尾<t t-out="row"/></td></tr></tbody></table>',
        )
        pages = texts(self.print_report(self.create_partners(ARTICLE), report))
        self.assertGreater(len(pages), 2)
        for text in pages:
            self.assertEqual(re.findall(r"首(\d)", text), re.findall(r"尾(\d)", text))

    def test_the_same_record_twice_prints_twice(self):
        partner = self.create_partners(ARTICLE, rows=1)
        reports = self.env["ir.actions.report"].with_user(self.user).with_context(force_report_rendering=True)
        pdf, _kind = reports._render_qweb_pdf(self.report.report_name, partner.ids * 2)
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 2)

    def test_each_layout_of_a_company_prints_with_page_numbers(self):
        partner = self.create_partners(ARTICLE, rows=40)
        layouts = self.env["report.layout"].search([])
        self.assertGreaterEqual(len(layouts), 4)
        for layout in layouts:
            self.env.company.external_report_layout_id = layout.view_id
            pages = texts(self.print_report(partner))
            self.assertGreater(len(pages), 1)
            for number, text in enumerate(pages, start=1):
                self.assertIn(f"{number}/{len(pages)}", text, layout.name)

    def test_header_without_odoos_container_stands_on_every_page(self):
        reader = self.print_html(
            '<div style="height: 3000px">正文</div>',
            header='<html><body><p>页眉 <span class="page"/>/<span class="topage"/></p></body></html>',
            report_ref=self.report.report_name,
        )
        total = len(reader.pages)
        self.assertGreater(total, 2)
        self.assertEqual([text.replace("正文", "") for text in texts(reader)], [f"页眉{page}/{total}" for page in range(1, total + 1)])

    def test_every_common_character_is_read_back_as_itself(self):
        # GB 2312: all 6763 characters of everyday Chinese. A PDF that looks right may still say radicals (⾏ for 行).
        characters = [bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF)]
        expected = "".join(characters)
        self.assertEqual(len(expected), 6763)
        found = "".join(texts(self.print_html(f"<p>{expected}</p>")))
        self.assertEqual(sorted(set(expected) - set(found)), [])
        self.assertEqual(sorted(set(found) - set(expected)), [])

    def test_print_without_header_and_footer_is_only_the_body(self):
        self.assertEqual(texts(self.print_html("<p>只有正文</p>")), ["只有正文"])

    def test_paper_without_a_size_of_its_own_is_a4(self):
        reports = self.env["ir.actions.report"]
        self.paperformat.write({"format": "custom", "page_width": 0, "page_height": 0})
        self.assertIsNone(reports._get_paper_values(self.paperformat)["size"])
        self.assertEqual(reports._get_paper_values(self.paperformat.browse()), {})
        page = self.print_html("<p>正文</p>").pages[0]
        self.assertAlmostEqual(float(page.mediabox.width) / 72 * 25.4, 210, delta=0.5)

    def test_a_second_company_prints_with_its_own_header(self):
        other = self.env["res.company"].create({"name": "咸阳分公司"})
        layout = self.env.ref("web.external_layout_standard").id
        other.write({"external_report_layout_id": layout, "company_details": "<p>咸阳市秦都区</p>", "report_footer": "<p>欢迎再来</p>"})
        self.user.write({"company_ids": [(4, other.id)], "company_id": other.id})
        text = texts(self.print_report(self.create_partners(ARTICLE, rows=1), allowed_company_ids=other.ids))[0]
        self.assertIn("咸阳市秦都区", text)
        self.assertNotIn("雁塔区小寨东路", text)

    def test_the_line_under_the_header_is_drawn(self):
        partner = self.create_partners(ARTICLE, rows=1)

        def under_the_text():
            page = self.print_report(partner).pages[0]
            return page["/Resources"]["/XObject"]["/OdooFurniture"].get_object().get_data()

        plain = under_the_text()
        self.assertEqual(under_the_text(), plain)
        self.paperformat.header_line = True
        self.assertNotEqual(under_the_text(), plain)

    def test_a_document_that_names_its_pages_has_several_sizes(self):
        body = (
            "<style>@page small { size: 76mm 130mm; margin: 0 } @page large { size: 100mm 180mm; margin: 0 }"
            " .small { page: small } .large { page: large }</style>"
            '<div class="small">一</div><div class="large">二</div><div class="small">三</div>'
        )
        sizes = [
            [(round(float(page.mediabox.width) / 72 * 25.4), round(float(page.mediabox.height) / 72 * 25.4)) for page in reader.pages]
            for reader in (
                self.print_html(body, specific_paperformat_args={"data-report-css-pages": "True"}),
                self.print_html(body),
            )
        ]
        self.assertEqual(sizes[0], [(76, 130), (100, 180), (76, 130)])
        self.assertEqual(len(set(sizes[1])), 1, "a document that does not say so keeps the size of its paper format")
