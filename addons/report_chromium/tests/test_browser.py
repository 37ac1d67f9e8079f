import os
import signal
import threading
import time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools.misc import mute_logger

from ..browser.printer import Job, print_job
from ..browser.process import Chromium, close_browser, discard_browser, find_chromium, get_browser
from .common import ARTICLE, ChromiumCommon, texts


def wait_until(condition, seconds=10):
    """Whether the condition comes true in time."""
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


@tagged("post_install", "-at_install")
class TestBrowser(ChromiumCommon):
    def test_one_browser_serves_all_prints(self):
        self.print_html("<p>一</p>")
        first = get_browser().process.pid
        self.print_html("<p>二</p>")
        self.assertEqual(get_browser().process.pid, first)

    def test_a_killed_browser_is_replaced_by_the_next_print(self):
        self.print_html("<p>一</p>")
        killed = get_browser()
        os.killpg(killed.process.pid, signal.SIGKILL)
        self.assertEqual(texts(self.print_html("<p>二</p>")), ["二"])
        self.assertNotEqual(get_browser().process.pid, killed.process.pid)
        self.assertFalse(os.path.exists(killed.folder))

    def test_a_browser_that_ends_while_it_prints_is_replaced(self):
        first = get_browser()
        pages = []

        def asset(url):
            pages.append(url)
            if len(pages) == 1:
                os.killpg(first.process.pid, signal.SIGKILL)
            return b"", "text/css"

        body = '<html><head><link rel="stylesheet" href="http://localhost/a.css"/></head><body>又来</body></html>'
        self.assertTrue(print_job(Job(bodies=[body], asset=asset)).startswith(b"%PDF"))
        self.assertEqual(len(pages), 2)

    def test_missing_browser_is_said_plainly(self):
        self.set_environment("CHROMIUM_PATH", "/nowhere/chromium")
        self.assertEqual(self.env["ir.actions.report"].with_user(self.user).get_wkhtmltopdf_state(), "chromium_missing")
        with self.assertRaisesRegex(UserError, "apt install chromium"):
            self.print_report(self.create_partners(ARTICLE, rows=1))

    def test_a_program_that_is_no_chromium_is_said_plainly(self):
        self.addCleanup(close_browser)
        self.set_environment("CHROMIUM_PATH", "/bin/false")
        with self.assertRaisesRegex(UserError, "/bin/false did not start"):
            self.print_html("<p>一</p>")

    def test_state_is_ok_with_a_browser(self):
        self.assertEqual(self.env["ir.actions.report"].with_user(self.user).get_wkhtmltopdf_state(), "ok")

    def test_a_document_that_takes_too_long_is_stopped(self):
        self.env["ir.config_parameter"].set_param("report_chromium.time_limit", "1")
        # Far more columns in each other than a second is enough for.
        body = "<div style='columns: 2'>" * 60 + "字" * 200000 + "</div>" * 60
        started = time.monotonic()
        with self.assertRaisesRegex(UserError, "within 1 seconds"):
            self.print_html(body)
        self.assertLess(time.monotonic() - started, 15)
        self.env["ir.config_parameter"].set_param("report_chromium.time_limit", "60")
        self.assertEqual(texts(self.print_html("<p>照常</p>")), ["照常"])

    def test_time_limit_that_is_no_number_is_the_usual_one(self):
        for value in ("", "soon", "0", "-5"):
            self.env["ir.config_parameter"].set_param("report_chromium.time_limit", value)
            self.assertEqual(self.env["ir.actions.report"]._get_print_seconds(), 60)

    def test_threads_print_side_by_side(self):
        results = {}

        def work(number):
            results[number] = print_job(Job(bodies=[f"<p>{number}</p>"] * 3))

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual({number: pdf[:4] for number, pdf in results.items()}, dict.fromkeys(range(4), b"%PDF"))

    def test_browser_ends_with_its_owner(self):
        browser = Chromium(find_chromium())
        self.addCleanup(browser.close)
        # What the system does to the pipes of a process that dies, however it dies.
        browser.process.stdin.close()
        browser.process.stdout.close()
        self.assertTrue(wait_until(lambda: not browser.is_alive()))

    def test_closing_removes_the_private_folder(self):
        browser = Chromium(find_chromium())
        self.assertTrue(os.path.isdir(browser.folder))
        self.assertEqual(os.stat(browser.folder).st_mode & 0o077, 0)
        browser.close()
        self.assertFalse(os.path.exists(browser.folder))
        self.assertFalse(browser.is_alive())

    def test_a_forked_process_has_a_browser_of_its_own(self):
        parent = get_browser().process.pid
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            # The copy of the test must not go on with the test run: leave at once, whatever happens.
            try:
                os.write(writing, str(get_browser().process.pid).encode())
                close_browser()
            finally:
                os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as answer:
            pid = answer.read()
        os.waitpid(child, 0)
        self.assertTrue(pid.isdigit())
        self.assertNotEqual(int(pid), parent)
        self.assertTrue(get_browser().is_alive())
        self.assertEqual(get_browser().process.pid, parent)

    @mute_logger("odoo.addons.report_chromium.browser.process")
    def test_sandbox_is_given_up_only_by_root_or_on_request(self):
        browser = get_browser()
        command = " ".join(browser.process.args)
        self.assertEqual("--no-sandbox" in command, os.geteuid() == 0 or os.environ.get("CHROMIUM_NO_SANDBOX") == "1")

    def test_a_browser_that_ends_every_time_is_said_plainly(self):
        class Killer:
            """Stands in the place of a document whose printing ends Chromium."""

            def __str__(self):
                os.killpg(get_browser().process.pid, signal.SIGKILL)
                return "<p>一</p>"

        with self.assertRaisesRegex(UserError, "Chromium stopped"):
            self.env["ir.actions.report"].with_user(self.user)._print_with_chromium(Job(bodies=[Killer()]))
        self.assertEqual(texts(self.print_html("<p>照常</p>")), ["照常"])

    def test_what_a_user_reads_is_chinese_for_a_chinese_user(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["ir.module.module"].search([("name", "=", "report_chromium")])._update_translations(["zh_CN"])
        self.set_environment("CHROMIUM_PATH", "/nowhere/chromium")
        reports = self.env["ir.actions.report"].with_user(self.user).with_context(lang="zh_CN")
        with self.assertRaisesRegex(UserError, "服务器.*apt install chromium"):
            reports._run_wkhtmltopdf(["<p>一</p>"])

    def test_a_configured_path_that_is_wrong_is_not_replaced_silently(self):
        self.assertTrue(find_chromium())
        self.assertIsNone(find_chromium("/nowhere/chromium"))
        self.set_environment("CHROMIUM_PATH", "/nowhere/chromium")
        self.assertIsNone(find_chromium())
        self.assertEqual(find_chromium("/bin/sh"), "/bin/sh")

    def test_discarding_a_browser_that_was_replaced_leaves_the_new_one(self):
        old = get_browser()
        discard_browser(old)
        new = get_browser()
        discard_browser(old)
        self.assertIs(get_browser(), new)
        self.assertTrue(new.is_alive())
        self.assertFalse(old.is_alive())

    def test_threads_that_start_together_start_one_browser(self):
        close_browser()
        gate, found = threading.Barrier(4), []

        def work():
            gate.wait()
            found.append(get_browser().process.pid)

        threads = [threading.Thread(target=work) for _number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(found), 4)
        self.assertEqual(len(set(found)), 1)
