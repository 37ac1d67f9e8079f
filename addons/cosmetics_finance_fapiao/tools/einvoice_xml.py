"""The XML of one fully digital invoice (element EInvoice): plain Python, read without entities, network or DTD."""

from decimal import Decimal, InvalidOperation

from lxml import etree
from odoo.addons.cosmetics_base.tools.cell import CellProblem, moment
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem

from .money import CENT, half_up
from .platform_list import china_day, rate_of
from .record import Record, RecordLine, number_of

NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
MAX_BYTES = 8 << 20


def is_xml(raw):
    """Tell whether the bytes are XML.

    >>> is_xml(b"\\xef\\xbb\\xbf<?xml version='1.0'?><EInvoice/>"), is_xml(b"PK"), is_xml("<EInvoice/>".encode("utf-16"))
    (True, False, True)
    """
    head = raw[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith((b"<?xml", b"<EInvoice", b"<!DOCTYPE", b"<!--"))


def read(raw, name):
    """Return the `Record` of an invoice; raises FileProblem xml (broken or not allowed), unknown_format, or one of the fields."""
    root = _parse(raw, name)
    if etree.QName(root).localname != "EInvoice":
        raise FileProblem("unknown_format", name=name)
    issued = _text(root, "TaxSupervisionInfo", "IssueTime") or _text(root, "BasicInformation", "RequestTime")
    number = number_of(_text(root, "TaxSupervisionInfo", "InvoiceNumber"), "", "")
    if not number:
        raise FileProblem("no_number", name=name, text=_text(root, "TaxSupervisionInfo", "InvoiceNumber"))
    record = Record(
        number,
        _day(issued, name),
        seller_vat=_text(root, "SellerInformation", "SellerIdNum").upper(),
        seller_name=_text(root, "SellerInformation", "SellerName"),
        buyer_vat=_text(root, "BuyerInformation", "BuyerIdNum").upper(),
        buyer_name=_text(root, "BuyerInformation", "BuyerName"),
        kind=_kind(root),
        remark=_text(root, "AdditionalInformation", "Remark"),
        drawer=_text(root, "BasicInformation", "Drawer"),
        lines=[_line(element, name) for element in _all(root, "IssuItemInformation")],
        rows=[1],
        total_amount=_money(_text(root, "BasicInformation", "TotalAmWithoutTax"), name, "TotalAmWithoutTax"),
        total_tax=_money(_text(root, "BasicInformation", "TotalTaxAm") or "0", name, "TotalTaxAm"),
    )
    _check_sums(root, record, name)
    return record


def _parse(raw, name):
    if len(raw) > MAX_BYTES:
        raise FileProblem("too_big", name=name, limit=MAX_BYTES)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise FileProblem("xml", name=name) from None
    # No invoice has a DTD; entities are the way of XML bombs and of reading other files.
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise FileProblem("xml", name=name)
    return root


def _all(root, tag):
    return list(root.iter("{*}" + tag))


def _value(element):
    if element is None or element.get(NIL) in ("true", "1"):
        return ""
    return (element.text or "").strip()


def _text(root, block, tag):
    """Return the text of a field of a block, empty when it is missing or nil."""
    return next((_value(found) for parent in _all(root, block) for found in parent.iter("{*}" + tag)), "")


def _child(element, tag):
    return _value(element.find("{*}" + tag))


def _money(text, name, field):
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise FileProblem("xml_field", name=name, field=field, text=text) from None
    if not amount.is_finite() or abs(amount) >= 10**12:
        raise FileProblem("xml_field", name=name, field=field, text=text)
    return half_up(amount)


def _day(text, name):
    try:
        found = moment(text)
    except CellProblem:
        found = None
    if not found:
        raise FileProblem("xml_field", name=name, field="IssueTime", text=text)
    return china_day(found)


def _kind(root):
    for block in _all(root, "GeneralOrSpecialVAT"):
        label = _child(block, "LabelName")
        if label:
            return "digital_special" if "专用" in label else "digital_normal"
    return "digital_normal"


def _line(element, name):
    return RecordLine(
        _child(element, "ItemName"),
        _money(_child(element, "Amount"), name, "Amount"),
        _money(_child(element, "ComTaxAm") or "0", name, "ComTaxAm"),
        rate_of(_child(element, "TaxRate")),
        _child(element, "TaxClassificationCode"),
        _child(element, "SpecMod"),
        _child(element, "MeaUnits"),
        _child(element, "Quantity"),
        _child(element, "UnPrice"),
    )


def _check_sums(root, record, name):
    """Refuse a file whose lines do not add up to its totals: it was changed or cut."""
    total = _text(root, "BasicInformation", "TotalTax-includedAmount")
    said = [(record.total_amount, [line.amount for line in record.lines]), (record.total_tax, [line.tax for line in record.lines])]
    differs = record.lines and any(abs(sum(parts) - whole) > CENT * len(parts) for whole, parts in said)
    if differs or (total and abs(_money(total, name, "TotalTax-includedAmount") - record.amount - record.tax) > CENT):
        raise FileProblem("xml_sums", name=name)
