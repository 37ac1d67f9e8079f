"""Sizes of a printed page, from an Odoo paper format to what Chromium wants."""

from dataclasses import dataclass

MM_PER_INCH = 25.4
CSS_PX_PER_INCH = 96.0
A4 = (210.0, 297.0)
# Odoo's reports are designed for an engine that shrinks a page by this factor ("smart shrinking") unless the paper
# format switches it off; without it a document would print a quarter larger than its author saw it.
SHRINK = 1.28
# What Chromium accepts for the scale of a page.
MIN_SCALE, MAX_SCALE = 0.1, 2.0
DEFAULT_DPI = 90


@dataclass(frozen=True)
class Paper:
    """A page in millimetres, as it lies on the desk (already turned for landscape).

    ``css_pages``: the document says the size and the margins of its pages itself (``@page``), several sizes if it likes;
    these sizes hold only where nothing is said.
    """

    width: float = A4[0]
    height: float = A4[1]
    margin_top: float = 10.0
    margin_right: float = 10.0
    margin_bottom: float = 10.0
    margin_left: float = 10.0
    header_spacing: float = 0.0
    header_line: bool = False
    scale: float = 1.0
    css_pages: bool = False

    def px(self, millimetres):
        """CSS pixels that print as so many millimetres.

        >>> Paper(scale=1.0).px(25.4)
        96.0
        >>> Paper(scale=0.5).px(25.4)
        192.0
        """
        return millimetres / MM_PER_INCH * CSS_PX_PER_INCH / self.scale

    def print_options(self, with_margins=True):
        """Parameters of ``Page.printToPDF`` (inches).

        >>> options = Paper(margin_top=25.4).print_options()
        >>> options["marginTop"], round(options["paperWidth"], 2)
        (1.0, 8.27)
        >>> options["preferCSSPageSize"], Paper(css_pages=True).print_options()["preferCSSPageSize"]
        (False, True)
        >>> Paper(margin_top=25.4).print_options(with_margins=False)["marginTop"]
        0.0
        """
        margins = {
            "marginTop": self.margin_top,
            "marginRight": self.margin_right,
            "marginBottom": self.margin_bottom,
            "marginLeft": self.margin_left,
        }
        return {
            "paperWidth": self.width / MM_PER_INCH,
            "paperHeight": self.height / MM_PER_INCH,
            **{name: value / MM_PER_INCH if with_margins else 0.0 for name, value in margins.items()},
            "scale": self.scale,
            "printBackground": True,
            "preferCSSPageSize": self.css_pages,
            "generateTaggedPDF": False,
            "generateDocumentOutline": False,
        }


def is_set(value):
    """Whether an attribute of a report's html tag is switched on.

    >>> [is_set(value) for value in (None, False, "", "0", "False", "false", "1", "True", True)]
    [False, False, False, False, False, False, True, True, True]
    """
    return str(value or "").strip().lower() not in ("", "0", "false", "none")


def print_scale(dpi, shrink=True, page_width=None, viewport_width=None):
    """Scale at which the page prints; a lower dpi prints larger, as with Odoo's usual engine.

    >>> round(print_scale(90), 3), print_scale(96, shrink=False)
    (0.833, 1.0)
    >>> print_scale(96, shrink=False, page_width=640.0, viewport_width=1280)
    0.5
    >>> print_scale(5)
    2.0
    """
    scale = CSS_PX_PER_INCH / (dpi or DEFAULT_DPI) / SHRINK if shrink else 1.0
    if page_width and viewport_width:
        scale = min(scale, page_width / viewport_width)
    return max(MIN_SCALE, min(MAX_SCALE, scale))


def make_paper(values, attributes=None, landscape=None, set_viewport_size=False):
    """Paper for one print.

    :param values: fields of the paper format: ``size`` (width, height) in mm or None, ``landscape``, the four margins,
        ``header_spacing``, ``header_line``, ``dpi``, ``disable_shrinking``. Empty when there is no paper format.
    :param attributes: ``data-report-…`` attributes of the report's html tag; they win over the paper format.
    :param landscape: True forces landscape.
    :param set_viewport_size: the report wants a window 1280 (landscape: 1024) pixels wide.

    >>> make_paper({"size": (210, 297), "margin_top": 40, "header_spacing": 35}, landscape=True).width
    297
    >>> make_paper({"margin_top": 40}, {"data-report-margin-top": "20", "data-report-dpi": "96"}).margin_top
    20.0
    >>> make_paper({}).margin_top
    10.0
    >>> make_paper({}, {"data-report-css-pages": "True"}).css_pages, make_paper({}).css_pages
    (True, False)
    """
    attributes = attributes or {}
    if landscape is None:
        landscape = is_set(attributes.get("data-report-landscape"))
    landscape = bool(landscape or values.get("landscape"))
    width, height = values.get("size") or A4
    if landscape:
        width, height = height, width
    margins = {name: values[name] for name in ("margin_top", "margin_right", "margin_bottom", "margin_left") if name in values}
    spacing = values.get("header_spacing") or 0.0
    for attribute, name in (("data-report-margin-top", "margin_top"), ("data-report-margin-bottom", "margin_bottom")):
        if attribute in attributes:
            margins[name] = float(attributes[attribute])
    if "data-report-header-spacing" in attributes:
        spacing = float(attributes["data-report-header-spacing"])
    printable = width - margins.get("margin_left", 10.0) - margins.get("margin_right", 10.0)
    return Paper(
        width=width,
        height=height,
        header_spacing=spacing,
        header_line=bool(values.get("header_line")),
        css_pages=is_set(attributes.get("data-report-css-pages")),
        scale=print_scale(
            int(attributes.get("data-report-dpi") or values.get("dpi") or DEFAULT_DPI),
            shrink=not values.get("disable_shrinking"),
            page_width=printable / MM_PER_INCH * CSS_PX_PER_INCH,
            viewport_width=(1024 if landscape else 1280) if set_viewport_size else None,
        ),
        **margins,
    )
