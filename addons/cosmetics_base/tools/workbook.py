"""Workbooks (xlsx, xls, ods) by way of calamine, guarded: plain Python, no database.

calamine reads twenty thousand rows of sixty columns in 1.1 s where openpyxl needs 10.7 s, and it reads the old xls and
ods as well. But it lays a sheet out whole in memory, so that one cell at XFD1048576 would take hundreds of gigabytes
and the server with it. Therefore the extent of each sheet is measured in the packed XML first.
"""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from .file_problem import FileProblem

CHUNK = 1 << 18
ZIP_FAULTS = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, IndexError),
    RuntimeError,  # what zipfile raises for an encrypted file
    NotImplementedError,  # what zipfile raises for a compression it does not know
)
"""What zipfile raises on damaged archives."""

CELL_REFERENCE = re.compile(rb"""(?<![:\w])r\s*=\s*["']([^"']{0,64})""")
REFERENCE = re.compile(rb"([A-Za-z]{0,3})(\d{1,7})")
ODS_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"


def read_workbook(name, raw, limits, kind):
    """Yield (sheet name, iterator of rows) of a workbook of ``kind`` xlsx, xls or ods.

    Cells are str, float, bool or datetime objects, empty ones "". A merged cell that spans rows gives its value to each
    of them: that is how platforms write one order with several goods.
    """
    if kind == "xlsx":
        _check_xlsx(name, raw, limits)
    elif kind == "ods":
        _check_ods(name, raw, limits)
    book = _guarded(name, CalamineWorkbook.from_filelike, io.BytesIO(raw))
    for title in book.sheet_names:
        sheet = _guarded(name, book.get_sheet_by_name, title)
        yield title, _sheet_rows(name, sheet)


def _guarded(name, call, *arguments):
    try:
        return call(*arguments)
    except PasswordError:
        raise FileProblem("password", name=name) from None
    except (CalamineError, ValueError, OSError, OverflowError, MemoryError):
        raise FileProblem("broken", name=name) from None
    except BaseException as fault:
        # A panic of the Rust library arrives as a BaseException of a class that cannot be imported.
        if type(fault).__name__ == "PanicException":
            raise FileProblem("broken", name=name) from None
        raise


def _sheet_rows(name, sheet):
    """Rows from the first of the sheet on, so that the index is the number a clerk sees, less one."""
    if not sheet.start:
        return
    left = sheet.start[1]
    merged = {}
    for (top, first), (bottom, _last) in _guarded(name, lambda: sheet.merged_cell_ranges) or ():
        if bottom > top and first >= left:
            merged.setdefault(top, []).append((bottom, first - left))
    open_cells = {}
    rows = _guarded(name, sheet.iter_rows)
    index = 0
    while (row := _guarded(name, next, rows, None)) is not None:
        for column, (bottom, value) in list(open_cells.items()):
            if index > bottom:
                del open_cells[column]
            elif column < len(row) and row[column] == "":
                row[column] = value
        for bottom, column in merged.get(index, ()):
            if column < len(row):
                open_cells[column] = bottom, row[column]
        yield row
        index += 1


def check_archive(name, archive, limits):
    """Refuse an archive that unpacks to too much, is too much of a kind, or is locked."""
    members = archive.infolist()
    if len(members) > limits.members:
        raise FileProblem("zip_members", name=name, limit=limits.members)
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if size > limits.unpacked_bytes or (size > limits.ratio_from_bytes and size > limits.ratio * max(packed, 1)):
        raise FileProblem("zip_bomb", name=name, size=size, limit=limits.unpacked_bytes)
    if any(member.flag_bits & 1 for member in members):
        raise FileProblem("password", name=name)


def _check_xlsx(name, raw, limits):
    """Walk through every member, so that none is larger than its directory says, and measure the sheets."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            check_archive(name, archive, limits)
            for member in archive.infolist():
                is_sheet = member.filename.lower().replace("\\", "/").startswith("xl/worksheets/")
                with archive.open(member) as stream:
                    _measure(name, stream, limits, is_sheet)
    except ZIP_FAULTS:
        raise FileProblem("broken", name=name) from None


def _measure(name, stream, limits, is_sheet):
    rows = columns = 0
    tail = b""
    while chunk := stream.read(CHUNK):
        if not is_sheet:
            continue
        # An encoding with NULs or a DTD would hide references from the pattern; spreadsheets write neither.
        if b"\0" in chunk or b"<!" in chunk:
            raise FileProblem("broken", name=name)
        text = tail + chunk
        for found in CELL_REFERENCE.findall(text):
            if reference := REFERENCE.fullmatch(found):
                rows = max(rows, int(reference[2]))
                columns = max(columns, _column_number(reference[1]))
            elif b"&" in found or found.isdigit() or len(found) == 64:
                # Written so that the pattern misses it: no spreadsheet does that.
                raise FileProblem("broken", name=name)
        tail = text[-128:]
    check_extent(name, rows, columns, limits)


def _column_number(letters):
    """
    >>> _column_number(b""), _column_number(b"A"), _column_number(b"XFD")
    (0, 1, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def check_extent(name, rows, columns, limits):
    """Refuse a sheet that is larger than what may be laid out in memory."""
    if rows > limits.rows + limits.spare_rows:
        raise FileProblem("too_many_rows", name=name, limit=limits.rows)
    if columns > limits.columns or rows * columns > limits.cells:
        raise FileProblem("too_wide", name=name, columns=columns, limit=limits.columns)


def _check_ods(name, raw, limits):
    """Measure an ods sheet, where one element can stand for a million rows."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            check_archive(name, archive, limits)
            with archive.open("content.xml") as stream:
                content = stream.read(limits.unpacked_bytes + 1)
    except ZIP_FAULTS:
        raise FileProblem("broken", name=name) from None
    if b"<!" in content:
        raise FileProblem("broken", name=name)
    try:
        _measure_ods(name, content, limits)
    except (ElementTree.ParseError, ValueError):
        raise FileProblem("broken", name=name) from None


def _measure_ods(name, content, limits):
    rows = used_rows = columns = 0
    for _event, element in ElementTree.iterparse(io.BytesIO(content)):
        if element.tag == f"{ODS_TABLE}table":
            check_extent(name, used_rows, columns, limits)
            rows = used_rows = columns = 0
        if element.tag != f"{ODS_TABLE}table-row":
            continue
        rows += int(element.get(f"{ODS_TABLE}number-rows-repeated", 1))
        width = 0
        for cell in element:
            width += int(cell.get(f"{ODS_TABLE}number-columns-repeated", 1))
            if len(cell) or len(cell.attrib) > 2:
                used_rows, columns = rows, max(columns, width)
        element.clear()
