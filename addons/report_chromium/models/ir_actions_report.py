import logging
import time

from odoo import api, models, modules
from odoo.addons.base.models.report_paperformat import PAPER_SIZES
from odoo.exceptions import UserError
from odoo.tools import config

from ..browser.errors import ChromiumError, ChromiumMissing, ChromiumTimeout
from ..browser.paper import make_paper
from ..browser.printer import Job, print_job
from ..browser.process import close_browser, find_chromium

_logger = logging.getLogger(__name__)

# Not one of core's states: the web client has no (wrong) sentence for it, ours is shown by report_handler.js.
MISSING = "chromium_missing"
DEFAULT_SECONDS = 60


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    @api.model
    def get_wkhtmltopdf_state(self):
        """State of the PDF engine, as the web client asks for it before a print: 'ok' or 'chromium_missing'."""
        return "ok" if find_chromium(self._get_chromium_path()) else MISSING

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        """Print with Chromium what core hands to its own engine; same arguments, same result (PDF as bytes)."""
        paperformat = self._get_report(report_ref).get_paperformat() if report_ref else self.get_paperformat()
        base_url = self._get_report_url()
        assets = self.env["report.chromium.asset"]
        job = Job(
            bodies=list(bodies),
            header=header,
            footer=footer,
            paper=make_paper(self._get_paper_values(paperformat), specific_paperformat_args, landscape, set_viewport_size),
            base_url=base_url,
            lang=self.env.context.get("lang") or self.env.user.lang,
            seconds=self._get_print_seconds(),
            chromium_path=self._get_chromium_path(),
            asset=lambda url: assets._get_asset(url, base_url),
        )
        started = time.monotonic()
        pdf = self._print_with_chromium(job)
        _logger.info("%s document(s) printed with Chromium in %.2f s.", len(job.bodies), time.monotonic() - started)
        return pdf

    @api.model
    def _print_with_chromium(self, job):
        test = modules.module.current_test
        if hasattr(test, "addClassCleanup"):
            # Odoo complains of processes that outlive the tests that started them.
            test.addClassCleanup(close_browser)
        try:
            return print_job(job)
        except ChromiumMissing as error:
            raise UserError(self._get_chromium_help()) from error
        except ChromiumTimeout as error:
            raise UserError(
                self.env._(
                    "The document was not printed within %(seconds)s seconds, so printing was stopped. Print fewer or smaller documents, "
                    "or let the administrator raise the system parameter report_chromium.time_limit, for example to 180.",
                    seconds=job.seconds,
                )
            ) from error
        except ChromiumError as error:
            _logger.info("Chromium could not print: %s", error)
            raise UserError(
                self.env._(
                    "The PDF could not be made because Chromium stopped. Print it again; if this comes back, show the administrator "
                    "what Chromium said: %(reason)s",
                    reason=error,
                )
            ) from error

    @api.model
    def _get_chromium_help(self):
        """Sentence for whoever prints on a server without Chromium."""
        return self.env._(
            "There is no Chromium browser on the server, and PDF documents are printed with it. Ask the administrator to install it, "
            "for example with “apt install chromium fonts-noto-cjk”, or to set CHROMIUM_PATH to where it is, for example "
            "/usr/bin/chromium."
        )

    @api.model
    def _get_chromium_path(self):
        """Path of Chromium from Odoo's configuration file; None leaves it to CHROMIUM_PATH and PATH."""
        return config.get("chromium_path") or None

    @api.model
    def _get_print_seconds(self):
        """Seconds that one document may take."""
        # Every user prints, only administrators read system parameters.
        value = self.env["ir.config_parameter"].sudo().get_param("report_chromium.time_limit", "")
        return int(value) if value.isdigit() and int(value) else DEFAULT_SECONDS

    @api.model
    def _get_paper_values(self, paperformat):
        """Return what :func:`make_paper` wants to know of a paper format (a dict, empty without a format)."""
        if not paperformat:
            return {}
        if paperformat.format == "custom":
            size = (paperformat.page_width, paperformat.page_height)
        else:
            size = next(((known["width"], known["height"]) for known in PAPER_SIZES if known["key"] == paperformat.format), None)
        return {
            "size": size if size and all(size) else None,
            "landscape": paperformat.orientation == "Landscape",
            **{name: paperformat[name] for name in ("margin_top", "margin_right", "margin_bottom", "margin_left")},
            **{name: paperformat[name] for name in ("header_spacing", "header_line", "dpi", "disable_shrinking")},
        }
