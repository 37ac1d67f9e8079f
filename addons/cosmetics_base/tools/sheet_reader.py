"""Files as a clerk drops them (csv, xlsx, xls, ods, zip of these) as sheets of rows: plain Python, no database.

Whatever the bytes, the only exception is :class:`~.file_problem.FileProblem`. Nothing is ever written to disk, so the
names inside an archive, however crafted, lead nowhere.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from .file_problem import FileProblem
from .text_table import TextTable
from .workbook import ZIP_FAULTS, check_archive, read_workbook

HEADER_SEARCH_ROWS = 30
"""A header stands among the first rows: titles and notes may come before it."""

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (
    (b"%PDF", "pdf"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
)
SKIPPED_MEMBERS = ("__macosx/", ".ds_store", "thumbs.db")


@dataclass(frozen=True)
class Limits:
    """What one dropped file may be at most; a shop can set other values."""

    file_bytes: int = 64 << 20
    unpacked_bytes: int = 400 << 20
    ratio: int = 150
    ratio_from_bytes: int = 8 << 20
    members: int = 500
    rows: int = 200_000
    spare_rows: int = 100
    columns: int = 1_000
    cells: int = 16_000_000


@dataclass
class Sheet:
    """One table. ``rows`` is read once, row by row; ``table`` is the text table behind it, None for a workbook."""

    file: str
    name: str
    rows: Iterator
    table: TextTable | None = None

    def head(self):
        """The first rows, without using them up."""
        first = list(islice(self.rows, HEADER_SEARCH_ROWS))
        self.rows = chain(first, self.rows)
        return first


def read_files(name, raw, limits=None):
    """Yield a :class:`Sheet` for each table in the bytes ``raw`` of the file ``name``.

    Raises FileProblem: empty, too_big, kind, html, encoding, quotes, broken, password, zip_bomb, zip_members,
    zip_nested, too_many_rows, too_wide.

    >>> [(sheet.file, sheet.name, list(sheet.rows)) for sheet in read_files("a.csv", b"a,b\\n1,2\\n")]
    [('a.csv', '', [['a', 'b'], ['1', '2']])]
    >>> try:
    ...     list(read_files("a.pdf", b"%PDF-1.7"))
    ... except FileProblem as problem:
    ...     problem
    FileProblem("kind: name='a.pdf', kind='pdf'")
    """
    limits = limits or Limits()
    if not raw.strip(b"\0 \t\r\n"):
        raise FileProblem("empty", name=name)
    if len(raw) > limits.file_bytes:
        raise FileProblem("too_big", name=name, size=len(raw), limit=limits.file_bytes)
    kind = kind_of(name, raw)
    if kind == "zip":
        yield from _read_archive(name, raw, limits)
    elif kind == "text":
        table = TextTable(name, raw)
        yield Sheet(name, "", _limited(name, iter(table), limits), table)
    else:
        for title, rows in read_workbook(name, raw, limits, kind):
            yield Sheet(name, title, _limited(name, rows, limits))


def kind_of(name, raw):
    """xlsx, xls, ods, zip or text, by what the bytes are: platforms name text files .xls.

    >>> kind_of("订单.xls", "订单号\\t数量".encode("gbk")), kind_of("x", OLE_MAGIC)
    ('text', 'xls')
    """
    if raw.startswith(ZIP_MAGIC):
        return _kind_of_zip(name, raw)
    if raw.startswith(OLE_MAGIC):
        return "xls"
    for magic, kind in OTHER_KINDS:
        if raw.startswith(magic):
            raise FileProblem("kind", name=name, kind=kind)
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise FileProblem("html", name=name)
    return "text"


def _kind_of_zip(name, raw):
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            names = {member.lower() for member in archive.namelist()}
            if "mimetype" in names and "content.xml" in names:
                return "ods"
    except ZIP_FAULTS:
        raise FileProblem("broken", name=name) from None
    if "[content_types].xml" not in names:
        return "zip"
    if "xl/workbook.xml" not in names:
        raise FileProblem("kind", name=name, kind="office")
    return "xlsx"


def member_name(member):
    """The name of a zip member as it was meant: Chinese platforms write GBK without saying so.

    >>> info = zipfile.ZipInfo("订单".encode("gbk").decode("cp437"))
    >>> member_name(info)
    '订单'
    """
    if member.flag_bits & 0x800:
        return member.filename
    try:
        packed = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return packed.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _read_archive(name, raw, limits):
    """The tables of each member. What is in the archive counts against the same limits as the archive itself."""
    for title, content in archive_members(name, raw, limits):
        if content.startswith(ZIP_MAGIC) and _kind_of_zip(title, content) == "zip":
            raise FileProblem("zip_nested", name=title)
        yield from read_files(title, content, limits)


def archive_members(name, raw, limits=None):
    """Yield (name, bytes) of each file in a zip archive; raises FileProblem when it unpacks to too much or is damaged."""
    limits = limits or Limits()
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            check_archive(name, archive, limits)
            for member in archive.infolist():
                title = member_name(member)
                if member.is_dir() or any(part in title.lower() for part in SKIPPED_MEMBERS) or not member.file_size:
                    continue
                if member.file_size > limits.file_bytes:
                    raise FileProblem("too_big", name=f"{name}/{title}", size=member.file_size, limit=limits.file_bytes)
                yield f"{name}/{title}", archive.read(member)
    except ZIP_FAULTS:
        raise FileProblem("broken", name=name) from None


def _limited(name, rows, limits):
    """The rows, until there are more than allowed (title and header rows are not counted against it)."""
    for count, row in enumerate(rows):
        if count >= limits.rows + limits.spare_rows:
            raise FileProblem("too_many_rows", name=name, limit=limits.rows)
        yield row
