"""Tables in text files: which encoding, which separator, and row by row without holding the whole. Plain Python."""

import codecs
import csv
import io
from itertools import islice

from .file_problem import FileProblem

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
DELIMITERS = (",", "\t", ";")
CHUNK = 1 << 16
SNIFF_ROWS = 30


def encoding_of(raw):
    """The encoding of a text and how many bytes at its start are whole characters: (name, skip, end).

    GB18030 contains GBK and GB2312; it comes after UTF-8 because Chinese UTF-8 is nearly never valid the other way round.

    >>> encoding_of("订单编号".encode("gbk"))
    ('gb18030', 0, 8)
    >>> encoding_of("\\ufeff订单".encode("utf-8")), encoding_of("订单,".encode("utf-16"))[0], encoding_of("订a,b".encode("utf-16-le"))[0]
    (('utf-8', 3, 9), 'utf-16-le', 'utf-16-le')

    A file cut in the middle of a character is read up to there:

    >>> encoding_of("订单编号".encode("utf-8")[:-1])
    ('utf-8', 0, 9)
    >>> encoding_of(bytes(range(128, 256)) * 3) is None
    True
    """
    for bom, name in BOMS:
        if raw.startswith(bom):
            end = _whole_characters(raw, name)
            return (name, len(bom), end) if end is not None else None
    head = raw[:4096]
    names = ("utf-8", "gb18030")
    if b"\0" in head:
        names = ("utf-16-le", "utf-16-be") if head[1::2].count(0) >= head[::2].count(0) else ("utf-16-be", "utf-16-le")
    for name in names:
        end = _whole_characters(raw, name)
        if end is not None:
            return name, 0, end
    return None


def _whole_characters(raw, name):
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for start in range(0, len(raw), CHUNK):
            decoder.decode(raw[start : start + CHUNK])
    except UnicodeDecodeError:
        return None
    return len(raw) - len(decoder.getstate()[0])


class TextTable:
    """The rows of a text file, as lists of str; iterate once.

    ``is_cut`` says, after the last row, that the file ends in the middle of a line. ``delimiter`` is the sign found.

    >>> table = TextTable("a.csv", '订单编号,标题\\n="1","红,蓝"\\n2,"两\\n行"'.encode("gbk"))
    >>> list(table), table.is_cut, table.delimiter
    ([['订单编号', '标题'], ['="1"', '红,蓝'], ['2', '两\\n行']], True, ',')
    >>> TextTable("a.txt", b"a\\tb,c\\td\\te\\n").delimiter
    '\\t'
    """

    def __init__(self, name, raw):
        found = encoding_of(raw)
        if not found:
            raise FileProblem("encoding", name=name)
        self.name = name
        self.encoding, self._skip, self._end = found
        self._raw = raw
        tail = raw[max(self._skip, self._end - 4) : self._end].decode(self.encoding, "replace")
        self.is_cut = self._end < len(raw) or not tail.endswith(("\n", "\r"))
        self.delimiter = self._find_delimiter()

    def __iter__(self):
        return self._rows(self.delimiter)

    def _rows(self, delimiter):
        stream = io.BytesIO(memoryview(self._raw)[self._skip : self._end])
        lines = io.TextIOWrapper(stream, self.encoding, newline="")
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            yield from reader
        except csv.Error:
            raise FileProblem("quotes", name=self.name, row=reader.line_num) from None
        except UnicodeDecodeError:
            raise FileProblem("encoding", name=self.name) from None

    def _find_delimiter(self):
        """The sign that makes the most columns; another than the comma only when it makes twice as many.

        Cells that carry a TAB before or after their text (Douyin, Pinduoduo) make as many "columns" by TAB as by comma.
        """
        widths = {sign: max((len(row) for row in islice(self._rows(sign), SNIFF_ROWS)), default=0) for sign in DELIMITERS}
        other = max(DELIMITERS[1:], key=widths.get)
        return other if widths[other] >= 2 * widths[","] else ","
