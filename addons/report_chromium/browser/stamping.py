"""Put printed documents, and their headers and footers, into one PDF."""

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from .readable import make_searchable


def count_pages(pdf):
    """Number of pages of a PDF given as bytes."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def merge_documents(documents, furniture=None, written=frozenset()):
    """One PDF of all documents, in order, with the pages of ``furniture`` laid under theirs.

    :param documents: PDFs as bytes.
    :param furniture: PDF with exactly as many pages as all documents together, or None.
    :param written: the characters that stand in the documents.
    """
    writer = PdfWriter()
    starts = []
    for pdf in documents:
        starts.append(len(writer.pages))
        writer.append(PdfReader(io.BytesIO(pdf)), import_outline=False)
    if furniture:
        overlays = PdfReader(io.BytesIO(furniture)).pages
        if len(overlays) != len(writer.pages):
            raise ValueError(f"{len(overlays)} pages of headers and footers for {len(writer.pages)} pages")
        for page, overlay in zip(writer.pages, overlays, strict=True):
            _stamp(writer, page, overlay)
    if len(starts) > 1:
        _mark_starts(writer, starts)
    make_searchable(writer, written)
    result = io.BytesIO()
    writer.write(result)
    return result.getvalue()


def _stream(writer, data):
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)


def _stamp(writer, page, overlay):
    """Draw a page under another one, as a form: neither content has to be parsed, which makes this quick."""
    contents = overlay["/Contents"].get_object()
    if isinstance(contents, ArrayObject):
        form = DecodedStreamObject()
        form.set_data(b"\n".join(part.get_object().get_data() for part in contents))
        writer._add_object(form)
    else:
        form = contents.clone(writer, force_duplicate=True)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(overlay.mediabox)
    form[NameObject("/Resources")] = overlay["/Resources"].clone(writer)
    name = NameObject("/OdooFurniture")
    # A copy: two pages may share their resources.
    resources = DictionaryObject(page["/Resources"].get_object())
    xobjects = DictionaryObject(resources.get("/XObject", DictionaryObject()).get_object())
    xobjects[name] = form.indirect_reference
    resources[NameObject("/XObject")] = xobjects
    page[NameObject("/Resources")] = resources
    original = page.raw_get("/Contents")
    parts = original if isinstance(original, ArrayObject) else [original]
    # q … Q: the page's own content may leave the drawing state turned or scaled.
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, b"q %s Do Q\nq\n" % name.encode()), *parts, _stream(writer, b"\nQ\n")],
    )


def _mark_starts(writer, starts):
    """Outline with one entry for each document.

    Odoo cuts a print of several records into attachments at these marks and reads them as its usual engine writes them:
    a named destination, and the number of the page in it.
    """
    destinations = DictionaryObject()
    outline = DictionaryObject({NameObject("/Type"): NameObject("/Outlines")})
    outline_ref = writer._add_object(outline)
    items = []
    for number, start in enumerate(starts, start=1):
        name = NameObject(f"/document{number}")
        destinations[name] = ArrayObject([NumberObject(start), NameObject("/XYZ"), NullObject(), NullObject(), NullObject()])
        item = DictionaryObject({NameObject("/Title"): TextStringObject(str(number)), NameObject("/Dest"): name})
        item[NameObject("/Parent")] = outline_ref
        items.append(writer._add_object(item))
    for before, after in zip(items, items[1:], strict=False):
        before.get_object()[NameObject("/Next")] = after
        after.get_object()[NameObject("/Prev")] = before
    outline[NameObject("/First")], outline[NameObject("/Last")] = items[0], items[-1]
    outline[NameObject("/Count")] = NumberObject(len(items))
    writer.root_object[NameObject("/Outlines")] = outline_ref
    writer.root_object[NameObject("/Dests")] = writer._add_object(destinations)
