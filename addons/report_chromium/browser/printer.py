"""From Odoo's HTML to one PDF."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from .devtools import Tab
from .errors import ChromiumGone
from .furniture import read_part, write_furniture
from .paper import Paper
from .process import discard_browser, get_browser
from .stamping import count_pages, merge_documents

_logger = logging.getLogger(__name__)

HTML_TAG = re.compile(r"<html\b(?![^>]*\blang=)", re.IGNORECASE)
HEAD_END = re.compile(r"</head>|(?=<body\b)", re.IGNORECASE)
# Headers and footers lie under the text, so that a coloured shape in them never covers a word.
BODY_STYLE = "<style>html, body { background: transparent !important; }</style>"
BODY_LANG = re.compile(r"""data-oe-lang=["']([\w@.-]+)["']""")


@dataclass
class Job:
    """What to print, and how.

    ``asset(url)`` answers what the pages ask for, with ``(content, mimetype)`` or None.
    """

    bodies: list
    header: str = None
    footer: str = None
    paper: Paper = field(default_factory=Paper)
    base_url: str = "http://localhost"
    lang: str = "en_US"
    seconds: float = 60
    chromium_path: str = None
    asset: Callable = lambda url: None


def html_lang(code):
    """Language for the html tag; it decides between the Chinese, Japanese and Korean form of the same character.

    >>> html_lang("zh_CN"), html_lang("sr@latin"), html_lang(None)
    ('zh-CN', 'sr-latin', 'en')
    """
    return re.sub(r"[_@]", "-", code or "en").split(".")[0]


def prepare_body(body, lang):
    """A body as a whole document that says its language and lets the headers and footers shine through.

    >>> prepare_body('<html style="height: 0;"><head></head><body><div data-oe-lang="zh_CN"/></body></html>', "en_US")
    '<html lang="zh-CN" style="height: 0;"><head><style>html, body { background: transparent !important; }</style></head><body>...
    >>> prepare_body("<p>x</p>", "en_US")
    '<!DOCTYPE html><html lang="en-US"><head><style>...</style></head><body><p>x</p></body></html>'
    """
    own = BODY_LANG.search(body)
    lang = html_lang(own.group(1) if own else lang)
    if "<html" not in body[:2000].lower():
        return f'<!DOCTYPE html><html lang="{lang}"><head>{BODY_STYLE}</head><body>{body}</body></html>'
    html = HTML_TAG.sub(f'<html lang="{lang}"', body.lstrip(), count=1)
    return HEAD_END.sub(lambda found: BODY_STYLE + found.group(), html, count=1)


class _Documents:
    """Serves the documents of a job under addresses of their own, everything else through the job."""

    def __init__(self, job):
        self.job = job
        self.pages = {}

    def add(self, html):
        url = f"{self.job.base_url.rstrip('/')}/report_chromium/{len(self.pages)}.html"
        self.pages[url] = html
        return url

    def answer(self, url):
        if url in self.pages:
            return self.pages[url].encode(), "text/html; charset=utf-8"
        if url.endswith("/favicon.ico"):
            # Chromium asks for one with every page.
            return b"", "image/x-icon"
        return self.job.asset(url)


def print_job(job):
    """Print a job; a browser that ends under it is replaced once.

    :return: PDF as bytes.
    :raise ChromiumError: with the reason.
    """
    browser = get_browser(job.chromium_path)
    try:
        return _print(job, browser)
    except ChromiumGone as error:
        _logger.info("Chromium ended while printing (%s); trying once more.", error)
        discard_browser(browser)
        return _print(job, get_browser(job.chromium_path))


def _print(job, browser):
    documents = _Documents(job)
    with Tab(browser, documents.answer, job.seconds) as tab:

        def to_pdf(html, **options):
            tab.restart_clock()
            tab.open_page(documents.add(html))
            return tab.print_pdf(**job.paper.print_options(**options))

        bodies = [to_pdf(prepare_body(str(body), job.lang)) for body in job.bodies]
        furniture = write_furniture(
            job.paper,
            read_part(job.header, "minimal_layout_report_headers"),
            read_part(job.footer, "minimal_layout_report_footers"),
            [count_pages(pdf) for pdf in bodies],
            html_lang(job.lang),
        )
        overlay = to_pdf(furniture, with_margins=False) if furniture else None
    return merge_documents(bodies, overlay, set().union(furniture or "", *job.bodies))
