import io

import lxml.html
from odoo.tests import BaseCase, tagged
from pypdf import PdfReader, PdfWriter

from ..browser.furniture import fill_numbers, read_part, write_furniture
from ..browser.paper import Paper, make_paper
from ..browser.readable import SUPPLEMENT, everyday, mend_cmap
from ..browser.stamping import count_pages, merge_documents

HEADS = "minimal_layout_report_headers"


def blank_pdf(*widths):
    """A PDF with one empty page of each width."""
    writer, stream = PdfWriter(), io.BytesIO()
    for width in widths:
        writer.add_blank_page(width, 100)
    writer.write(stream)
    return stream.getvalue()


@tagged("post_install", "-at_install")
class TestPdf(BaseCase):
    """What happens to the pages before and after Chromium: no browser and no database is needed."""

    # ------------------------------------------------------------------ several documents in one file
    def test_documents_keep_their_order_and_pages(self):
        pdf = merge_documents([blank_pdf(10, 20), blank_pdf(30), blank_pdf(40, 50)])
        self.assertEqual(count_pages(pdf), 5)
        self.assertEqual([float(page.mediabox.width) for page in PdfReader(io.BytesIO(pdf)).pages], [10, 20, 30, 40, 50])

    def test_each_document_is_marked_at_its_first_page(self):
        reader = PdfReader(io.BytesIO(merge_documents([blank_pdf(10, 20), blank_pdf(30), blank_pdf(40)])))
        destinations = reader.trailer["/Root"]["/Dests"]
        self.assertEqual([int(destinations[f"/document{number}"][0]) for number in (1, 2, 3)], [0, 2, 3])
        self.assertEqual([item["/Title"] for item in reader.outline], ["1", "2", "3"])

    def test_a_single_document_has_no_marks(self):
        reader = PdfReader(io.BytesIO(merge_documents([blank_pdf(10, 20)])))
        self.assertEqual(reader.outline, [])
        self.assertNotIn("/Dests", reader.trailer["/Root"])

    def test_headers_for_another_number_of_pages_are_refused(self):
        with self.assertRaisesRegex(ValueError, "1 pages of headers and footers for 2 pages"):
            merge_documents([blank_pdf(10, 20)], blank_pdf(10))

    # ------------------------------------------------------------------ headers and footers
    def test_scripts_and_handlers_of_a_header_are_left_behind(self):
        part = read_part(
            f'<html><head><script>x()</script><style>p {{ color: red; }}</style></head><body dir="rtl" onload="x()">'
            f'<div id="{HEADS}"><div>A</div></div></body></html>',
            HEADS,
        )
        html = write_furniture(Paper(), part, None, [1], "ar")
        self.assertIn("color: red", html)
        self.assertIn('<body dir="rtl">', html)
        self.assertNotIn("x()", html)

    def test_a_document_without_a_header_of_its_own_gets_none(self):
        part = read_part(f'<div id="{HEADS}"><div>甲</div></div>', HEADS)
        page = lxml.html.document_fromstring(write_furniture(Paper(), part, None, [1, 1], "zh-CN"))
        self.assertEqual([node.text_content() for node in page.find_class("o_chromium_page")], ["甲", ""])

    def test_nothing_in_a_header_is_no_header(self):
        for html in (None, "", "  ", "<html><body></body></html>", f'<div id="{HEADS}"></div>'):
            self.assertIsNone(read_part(html, HEADS), html)

    def test_the_line_under_the_header_stands_on_every_page_without_a_header_too(self):
        page = lxml.html.document_fromstring(write_furniture(Paper(header_line=True), None, None, [2, 1], "zh-CN"))
        self.assertEqual(len(page.find_class("o_chromium_line")), 3)

    def test_header_and_footer_stand_where_the_paper_says(self):
        paper = Paper(margin_top=40, margin_bottom=20, header_spacing=35, margin_left=10, margin_right=10)
        part = read_part("<p>x</p>", HEADS)
        page = lxml.html.document_fromstring(write_furniture(paper, part, part, [1], "en"))
        styles = {name: page.find_class(name)[0].get("style") for name in ("o_chromium_header", "o_chromium_footer")}
        self.assertIn(f"top: {paper.px(5):.2f}px", styles["o_chromium_header"])
        self.assertIn(f"top: {paper.px(277):.2f}px", styles["o_chromium_footer"])
        self.assertTrue(all(f"width: {paper.px(190):.2f}px" in style for style in styles.values()))

    def test_words_of_the_other_engine_that_are_not_known_are_emptied_and_comments_are_passed_over(self):
        block = lxml.html.fragment_fromstring('<p><!-- page --><b class="section">x</b><i class="sitepage">x</i><u class="date">今</u></p>')
        self.assertEqual(fill_numbers(block, 4, 9).text_content(), "4今")

    # ------------------------------------------------------------------ paper
    def test_the_attributes_of_a_report_win_over_its_paper(self):
        values = {"size": (100, 200), "margin_top": 40, "margin_bottom": 30, "header_spacing": 35, "dpi": 90}
        attributes = {
            "data-report-landscape": "1",
            "data-report-margin-bottom": "12.5",
            "data-report-header-spacing": "7",
            "data-report-dpi": "180",
        }
        paper = make_paper(values, attributes)
        self.assertEqual((paper.width, paper.height), (200, 100))
        self.assertEqual((paper.margin_top, paper.margin_bottom, paper.header_spacing), (40, 12.5, 7.0))
        self.assertAlmostEqual(paper.scale, make_paper(values).scale / 2)

    def test_a_wide_window_is_shrunk_to_the_paper_and_never_enlarged(self):
        narrow = make_paper({"size": (100, 200)}, set_viewport_size=True)
        self.assertLess(narrow.scale, make_paper({"size": (100, 200)}).scale)
        self.assertEqual(make_paper({"size": (900, 900)}, set_viewport_size=True).scale, make_paper({"size": (900, 900)}).scale)

    def test_no_dpi_leaves_what_chromium_accepts(self):
        for dpi in (0, 1, 90, 96, 1200, 100000):
            self.assertTrue(0.1 <= make_paper({"dpi": dpi}).scale <= 2.0, dpi)

    # ------------------------------------------------------------------ characters
    def test_every_radical_leads_to_a_character_that_is_no_radical(self):
        kangxi = [chr(code) for code in range(0x2F00, 0x2FD6)]
        for radical in [*kangxi, *SUPPLEMENT]:
            found = everyday(radical)
            self.assertEqual(len(found), 1, radical)
            self.assertFalse("\u2e80" <= found <= "\u2fdf", radical)
            self.assertEqual(everyday(found), found, radical)

    def test_a_map_without_radicals_is_left_as_it_is(self):
        for data in (b"", b"1 beginbfchar\n<0003> <0041>\nendbfchar\n", b"<0003> <0004> [<4E00> <4E28>]\n", b"not a map <2F8F>"):
            self.assertEqual(mend_cmap(data), data)
