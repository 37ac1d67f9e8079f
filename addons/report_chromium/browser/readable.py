"""Make the Chinese text of a printed PDF searchable.

Many fonts draw a character and the radical of the same shape with one glyph (行 and ⾏). Chromium notes for each glyph the
first character that uses it, which is the radical: the page looks right, but a search for 行, a copied line or a program
that reads the file finds a character nobody types. This module puts the everyday character into those notes.
"""

import re
import unicodedata

from pypdf.generic import DictionaryObject, NameObject, StreamObject

# CJK Radicals Supplement (U+2E80…) -> the character of the same shape. The Kangxi radicals (U+2F00…) need no table: Unicode
# itself says which character they stand for.
SUPPLEMENT = dict(
    zip(
        "⺀⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺵⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "丶厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄㣺扌攵旡日月歹母民氵氺灬爫爫丬牛犭王疋目示礻竹糹纟罓罒㓁𦉪羊𦍌耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶阝钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
# Two more pairs that simplified Chinese fonts draw with one glyph.
SUPPLEMENT.update({"㬵": "胶", "戶": "户"})
CMAP_LINE = re.compile(rb"<([0-9A-Fa-f]+)>(?:\s*<([0-9A-Fa-f]+)>)?\s*<([0-9A-Fa-f]{4})>(?=\s*[\r\n])")


def everyday(character, written=frozenset()):
    """The character people type for a radical; any other character, and any that is ``written``, unchanged.

    >>> [everyday(character) for character in "\u2f8f\u2eda\u2f06A行"]
    ['行', '页', '二', 'A', '行']
    >>> everyday("\u2f3e"), everyday("\u2f3e", written="戶")
    ('户', '戶')
    """
    if character not in written and "\u2f00" <= character <= "\u2fd5":
        character = unicodedata.normalize("NFKC", character)
    return character if character in written else SUPPLEMENT.get(character, character)


def _hex(character):
    return character.encode("utf-16-be").hex().upper().encode()


def mend_cmap(data, written=frozenset()):
    r"""Replace the radicals in a ToUnicode map (bytes), but for characters that are ``written`` in the document.

    >>> mend_cmap(b"2 beginbfchar\n<0003> <2F8F>\n<0004> <0041>\nendbfchar\n")
    b'2 beginbfchar\n<0003> <884C>\n<0004> <0041>\nendbfchar\n'

    >>> mend_cmap(b"<0003> <2F8F>\n", written={"\u2f8f"})
    b'<0003> <2F8F>\n'

    A range of glyphs becomes a list: the characters no longer follow one another.

    >>> mend_cmap(b"1 beginbfrange\n<0003> <0004> <2F00>\nendbfrange\n")
    b'1 beginbfrange\n<0003> <0004> [<4E00> <4E28>]\nendbfrange\n'
    >>> mend_cmap(b"1 beginbfrange\n<0003> <0004> <4E00>\nendbfrange\n")
    b'1 beginbfrange\n<0003> <0004> <4E00>\nendbfrange\n'
    """

    def mend(found):
        first, last, start = found.groups()
        count = int(last, 16) - int(first, 16) + 1 if last else 1
        characters = [chr(int(start, 16) + step) for step in range(count)]
        better = [everyday(character, written) for character in characters]
        if better == characters:
            return found.group()
        if not last:
            return b"<%s> <%s>" % (first, _hex(better[0]))
        return b"<%s> <%s> [%s]" % (first, last, b" ".join(b"<%s>" % _hex(character) for character in better))

    return CMAP_LINE.sub(mend, data)


def make_searchable(writer, written=frozenset()):
    """Mend the maps of all fonts of a PDF that is being written (pypdf's PdfWriter).

    :param written: the characters of the document; what somebody really wrote stays as it is.
    """
    for item in list(writer._objects):
        if not isinstance(item, DictionaryObject) or "/ToUnicode" not in item:
            continue
        cmap = item["/ToUnicode"]
        if not isinstance(cmap, StreamObject):
            continue
        data = cmap.get_data()
        mended = mend_cmap(data, written)
        if mended != data:
            stream = StreamObject()
            stream.set_data(mended)
            item[NameObject("/ToUnicode")] = writer._add_object(stream.flate_encode())
