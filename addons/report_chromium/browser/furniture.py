"""Headers and footers of every page, as one HTML document that is printed on top of the bodies' pages."""

import copy
from dataclasses import dataclass

import lxml.html

# What Odoo's header and footer templates expect to be filled in: the engine's word -> the class in the template.
PAGE_CLASSES = ("page", "sitepage")
TOTAL_CLASSES = ("topage", "sitepages")
EMPTY_CLASSES = ("section", "subsection", "subsubsection")

STYLE = """
html, body { background: transparent !important; height: auto !important; margin: 0 !important; padding: 0 !important;
    overflow: visible !important; }
.o_chromium_page { position: relative; contain: strict; break-after: page; break-inside: avoid; }
.o_chromium_page:last-child { break-after: auto; }
/* contain: what a layout fixes to its window is fixed to the header or footer, each of which is a window of its own. */
.o_chromium_page > .o_chromium_part { position: absolute; contain: layout; max-width: none; margin: 0; height: auto;
    overflow: visible !important; }
.o_chromium_page > .o_chromium_line { position: absolute; border-top: 1px solid; }
"""


@dataclass
class Part:
    """The headers (or footers) Odoo made for one print: what belongs into head, and one block for each document.

    ``shared`` blocks come without Odoo's container: the same block stands on the pages of every document.
    """

    head: list
    attributes: dict
    blocks: list
    shared: bool

    def block(self, document):
        """Block of a document (from 0), or None when it has none."""
        if self.shared:
            return self.blocks[0]
        return self.blocks[document] if document < len(self.blocks) else None


def read_part(html, container):
    """Take a header or footer document apart; None when there is nothing in it.

    :param container: id of the element that holds one block for each document.

    >>> part = read_part('<html><head><base href="/"/><script>x()</script></head><body class="a" onload="x()">'
    ...                  '<div id="heads"><div>A</div><div>B</div></div></body></html>', "heads")
    >>> [node.tag for node in part.head], part.attributes, part.block(1).text, part.block(2)
    (['base'], {'class': 'a'}, 'B', None)
    >>> read_part('<html><body><div id="heads"></div></body></html>', "heads") is None
    True
    >>> read_part('<html><body><p>all</p></body></html>', "heads").block(7).text_content()
    'all'
    """
    if not html or not html.strip():
        return None
    root = lxml.html.document_fromstring(html)
    body = root.find("body")
    if body is None:
        return None
    found = root.xpath("//*[@id=$id]", id=container)
    if found:
        blocks, shared = list(found[0]), False
    else:
        block = lxml.html.Element("div")
        block.text = body.text
        block.extend(body)
        blocks, shared = [block] if len(block) or (block.text or "").strip() else [], True
    if not blocks:
        return None
    head = root.find("head")
    attributes = {name: value for name, value in body.attrib.items() if not name.startswith("on")}
    links = [node for node in (head if head is not None else []) if node.tag in ("base", "link", "style", "meta")]
    return Part(links, attributes, blocks, shared)


def fill_numbers(block, page, total):
    """Write the page number and the number of pages where the template wants them.

    >>> block = lxml.html.fragment_fromstring('<p>Page <span class="b page"></span> / <span class="topage"></span></p>')
    >>> fill_numbers(block, 2, 3).text_content()
    'Page 2 / 3'
    """
    words = {**dict.fromkeys(PAGE_CLASSES, str(page)), **dict.fromkeys(TOTAL_CLASSES, str(total)), **dict.fromkeys(EMPTY_CLASSES, "")}
    for node in block.iter():
        for name in (node.get("class") or "").split() if isinstance(node.tag, str) else ():
            if name in words:
                node[:] = []
                node.text = words[name]
    return block


def _place(block, attributes, class_name, style):
    """A block with the attributes its body had, at its place on the page."""
    part = lxml.html.Element("div", attributes)
    part.set("class", f"o_chromium_part {class_name} {attributes.get('class', '')}".strip())
    part.set("style", style)
    part.append(block)
    return part


def _page(paper, header, footer, document, page, total):
    """One page: the header's top lies ``header_spacing`` above the text, the footer's top where the text ends."""
    # One pixel less than the paper: a page that is a fraction too high would push an empty one out behind it.
    node = lxml.html.Element("div", {"class": "o_chromium_page"})
    node.set("style", f"width: {paper.px(paper.width):.2f}px; height: {paper.px(paper.height) - 1:.2f}px")
    width = paper.px(paper.width - paper.margin_left - paper.margin_right)
    box = f"left: {paper.px(paper.margin_left):.2f}px; width: {width:.2f}px;"
    tops = (
        (header, "o_chromium_header", paper.margin_top - paper.header_spacing),
        (footer, "o_chromium_footer", paper.height - paper.margin_bottom),
    )
    for part, class_name, top in tops:
        block = part.block(document) if part else None
        if block is not None:
            block = fill_numbers(copy.deepcopy(block), page, total)
            node.append(_place(block, part.attributes, class_name, f"{box} top: {paper.px(top):.2f}px"))
    if paper.header_line:
        line = lxml.html.Element("div", {"class": "o_chromium_line", "style": f"{box} top: {paper.px(paper.margin_top) - 4:.2f}px"})
        node.append(line)
    return node


def write_furniture(paper, header, footer, page_counts, lang):
    """HTML of all headers and footers, one page of it for each printed page; None when nothing stands on any page.

    :param header, footer: :class:`Part` or None.
    :param page_counts: number of pages of each document, in order.

    >>> from odoo.addons.report_chromium.browser.paper import Paper
    >>> part = read_part('<html><body><div id="f"><p>A <b class="page"/></p><p>B <b class="page"/></p></div></body></html>', "f")
    >>> html = write_furniture(Paper(), None, part, [2, 1], "zh-CN")
    >>> page = lxml.html.document_fromstring(html)
    >>> [node.text_content() for node in page.find_class("o_chromium_page")], page.get("lang")
    (['A 1', 'A 2', 'B 1'], 'zh-CN')
    >>> write_furniture(Paper(), None, None, [2], "zh-CN") is None
    True
    """
    parts = [part for part in (header, footer) if part]
    if not parts and not paper.header_line:
        return None
    root = lxml.html.Element("html", {"lang": lang})
    head = lxml.html.Element("head")
    for node in parts[0].head if parts else ():
        head.append(node)
    style = lxml.html.Element("style")
    style.text = STYLE
    head.append(style)
    body = lxml.html.Element("body", {name: parts[0].attributes[name] for name in ("dir",) if parts and name in parts[0].attributes})
    for document, total in enumerate(page_counts):
        body.extend(_page(paper, header, footer, document, page, total) for page in range(1, total + 1))
    root.append(head)
    root.append(body)
    return "<!DOCTYPE html>" + lxml.html.tostring(root, encoding="unicode")
