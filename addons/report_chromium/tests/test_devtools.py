import os
import signal

from odoo.tests import TransactionCase, tagged

from ..browser.devtools import Tab
from ..browser.errors import ChromiumError, ChromiumGone, ChromiumTimeout
from ..browser.process import Chromium, close_browser, find_chromium, get_browser

PAGE = "http://localhost/page.html"


@tagged("post_install", "-at_install")
class TestDevtools(TransactionCase):
    """The conversation with one tab: what it answers, and how each failure is told apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(close_browser)

    def open_tab(self, browser=None, seconds=20, **pages):
        """A tab that knows the pages given: ``page="<p>x</p>"`` is served at ``PAGE``. The test sees what was asked."""
        self.asked = []

        def answer(url):
            self.asked.append(url)
            name = url.rsplit("/", 1)[-1].split(".")[0]
            return (pages[name].encode(), "text/html; charset=utf-8") if name in pages else None

        tab = Tab(browser or get_browser(), answer, seconds)
        self.addCleanup(tab.close)
        return tab

    def test_a_page_is_loaded_with_what_it_links(self):
        tab = self.open_tab(page='<link rel="stylesheet" href="a.css"/><p>一</p><iframe src="inner.html"></iframe>', inner="<p>二</p>")
        tab.open_page(PAGE)
        self.assertEqual({url.rsplit("/", 1)[-1] for url in self.asked}, {"page.html", "a.css", "inner.html"})
        self.assertTrue(tab.print_pdf().startswith(b"%PDF"))

    def test_an_unknown_command_is_told_with_its_name(self):
        tab = self.open_tab(page="<p>一</p>")
        with self.assertRaisesRegex(ChromiumError, "Page.fly"):
            tab.call("Page.fly")
        tab.open_page(PAGE)
        self.assertTrue(tab.print_pdf().startswith(b"%PDF"), "the tab goes on after a refused command")

    def test_impossible_paper_is_refused_by_chromium_in_words(self):
        tab = self.open_tab(page="<p>一</p>")
        tab.open_page(PAGE)
        with self.assertRaisesRegex(ChromiumError, "Page.printToPDF"):
            tab.print_pdf(paperWidth=-1.0)

    def test_a_page_that_is_not_answered_is_an_error(self):
        with self.assertRaisesRegex(ChromiumError, "missing.html"):
            self.open_tab().open_page("http://localhost/missing.html")

    def test_a_form_cannot_be_sent(self):
        tab = self.open_tab(
            page='<form id="f" method="post" action="sent.html"></form><iframe name="i"></iframe>',
            sent="<p>angekommen</p>",
        )
        tab.open_page(PAGE)
        tab.call("Emulation.setScriptExecutionDisabled", value=False)
        tab.call("Runtime.evaluate", expression="document.forms[0].submit()")
        tab.call("Runtime.evaluate", expression="1")
        self.assertNotIn("http://localhost/sent.html", self.asked)

    def test_no_time_left_is_a_timeout(self):
        with self.assertRaises(ChromiumTimeout):
            self.open_tab(seconds=0)

    def test_the_clock_starts_anew_for_each_document(self):
        tab = self.open_tab(page="<p>一</p>")
        tab._deadline = 0
        with self.assertRaises(ChromiumTimeout):
            tab.call("Page.enable")
        tab.restart_clock()
        tab.open_page(PAGE)
        self.assertTrue(tab.print_pdf().startswith(b"%PDF"))

    def test_a_browser_that_is_gone_is_told_apart_from_a_slow_one(self):
        browser = Chromium(find_chromium())
        self.addCleanup(browser.close)
        tab = self.open_tab(browser, page="<p>一</p>")
        os.killpg(browser.process.pid, signal.SIGKILL)
        browser.process.wait()
        with self.assertRaises(ChromiumGone):
            tab.open_page(PAGE)
        with self.assertRaises(ChromiumGone):
            self.open_tab(browser)

    def test_a_browser_that_hangs_is_a_timeout_and_can_still_be_ended(self):
        browser = Chromium(find_chromium())
        tab = self.open_tab(browser, seconds=2, page="<p>一</p>")
        os.killpg(browser.process.pid, signal.SIGSTOP)
        with self.assertRaises(ChromiumTimeout):
            tab.open_page(PAGE)
        browser.close()
        self.assertFalse(browser.is_alive())
        self.assertFalse(os.path.exists(browser.folder))

    def test_a_tab_that_crashes_is_gone_and_the_browser_stays(self):
        tab = self.open_tab(page="<p>一</p>")
        tab.open_page(PAGE)
        with self.assertRaises(ChromiumGone):
            tab.call("Page.crash")
        self.assertTrue(get_browser().is_alive())
        other = self.open_tab(page="<p>二</p>")
        other.open_page(PAGE)
        self.assertTrue(other.print_pdf().startswith(b"%PDF"))

    def test_tabs_share_no_cookies_and_are_thrown_away(self):
        first, second = self.open_tab(page="<p>一</p>"), self.open_tab(page="<p>二</p>")
        first.call("Network.setCookie", name="a", value="1", url=PAGE)
        self.assertTrue(first.call("Network.getCookies", urls=[PAGE])["cookies"])
        self.assertFalse(second.call("Network.getCookies", urls=[PAGE])["cookies"])
        first.close()
        with self.assertRaises(ChromiumGone):
            first.call("Page.enable")
