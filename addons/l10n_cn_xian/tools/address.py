"""Chinese addresses as marketplaces and customers write them: plain Python, no database.

Divisions are recognised by their GB/T 2260 names, old ones too, so that a road named like a district stays a road.
"""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from .divisions import MUNICIPALITIES, all_divisions, by_code, current_code
from .zones import zone_at_start

PHONE = re.compile(
    r"(?<![\d*])(?:\+?86[-\s]?)?(?:1[3-9]\d{9}|1[\d*]{2,10}\*[\d*]{2,8}|[48]00-?\d{3}-?\d{4}|0\d{2,3}-?[\d*]{7,8})"
    r"(?:\s?[-转#]\s?\d{1,6}|\[\d{1,6}\])?(?![\d*])"
)
ZIP = re.compile(r"(?:^|(?<=[,\s]))(\d{6})(?=$|[,\s])")
LABEL = re.compile(
    r"(?:收货地址|详细地址|所在地区|收货人姓名|收货人|收件人|联系人|姓名|手机号码|手机号|手机|联系电话|电话|邮政编码|邮编|地址)\s*[::]\s*"
)
SEPARATOR = re.compile(r"[,;、|\n\t]+")
NAME = re.compile(r"[\u4e00-\u9fff*·A-Za-z]{1,12}(?:先生|女士|小姐)?")
ORGANISATION = re.compile(r"[\u4e00-\u9fffA-Za-z0-9()·&]{2,40}(?:公司|集团|商行|经营部|工作室|超市|门店|店)")
NOT_A_NAME = re.compile(r".*(?:[路街道巷号楼室层店区院座村户厦场园城苑部站柜]|\d)$")
OTHER_ZONE = re.compile(r"[\u4e00-\u9fff]{0,10}?(?:高新技术产业开发区|经济技术开发区|高新区|经开区|开发区|工业园区|保税区|新区|示范区)")
UNKNOWN_DISTRICT = re.compile(r"([\u4e00-\u9fff]{1,9}(?:区|县|旗|市))(?=\s)")
FILLERS = ("市辖区", "省直辖县级行政区划", "省直辖县级行政单位", "自治区直辖县级行政区划", "城区", "郊县", "县")


class Address(NamedTuple):
    """The parts of an address, each an empty string when it is not there.

    ``gb_code`` is the GB/T 2260 code of the smallest division found. ``zone`` is a development zone as written and
    ``zone_key`` its key when it is one of Xi'an. ``masked`` names the parts that a marketplace has hidden with ``*``.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    zone: str = ""
    zone_key: str = ""
    street: str = ""
    zip: str = ""
    name: str = ""
    phone: str = ""
    gb_code: str = ""
    masked: tuple = ()


def parse_address(text):
    """Take an address apart and return an :class:`Address`.

    >>> a = parse_address("陕西省 西安市 雁塔区 小寨路街道 小寨东路1号赛格国际购物中心3楼")
    >>> a.province, a.city, a.district, a.street, a.gb_code
    ('陕西省', '西安市', '雁塔区', '小寨路街道小寨东路1号赛格国际购物中心3楼', '610113')

    Taobao and Tmall, with name, telephone and postal code:

    >>> a = parse_address("张三，86-13912345678，陕西省 西安市 碑林区 南大街 钟楼饭店1层 ，710001")
    >>> a.name, a.phone, a.district, a.street, a.zip
    ('张三', '86-13912345678', '碑林区', '南大街钟楼饭店1层', '710001')

    >>> a = parse_address("西安晨光商贸有限公司，13912345678，陕西省 西安市 雁塔区 高新区 科技路18号")
    >>> a.name, a.district, a.zone, a.street
    ('西安晨光商贸有限公司', '雁塔区', '高新区', '科技路18号')

    A development zone stands where the district should, or after it:

    >>> a = parse_address("陕西省西安市高新区科技路10号")
    >>> a.district, a.zone, a.zone_key, a.street, a.gb_code
    ('', '高新区', 'high_tech', '科技路10号', '610100')
    >>> a = parse_address("西安市雁塔区曲江新区雁南一路8号")
    >>> a.province, a.district, a.zone_key, a.street
    ('陕西省', '雁塔区', 'qujiang', '雁南一路8号')
    >>> parse_address("四川省成都市高新区天府大道1号")[:5]
    ('四川省', '成都市', '', '高新区', '')

    Municipalities, autonomous regions, counties under a province, cities without districts:

    >>> parse_address("北京 北京市 朝阳区 建国路88号")[:3], parse_address("上海市浦东新区世纪大道1号")[:3]
    (('北京市', '北京市', '朝阳区'), ('上海市', '上海市', '浦东新区'))
    >>> parse_address("新疆维吾尔自治区 伊犁哈萨克自治州 伊宁市 解放路1号")[:3]
    ('新疆维吾尔自治区', '伊犁哈萨克自治州', '伊宁市')
    >>> parse_address("内蒙古呼和浩特新城区迎宾路1号")[:3]
    ('内蒙古自治区', '呼和浩特市', '新城区')
    >>> parse_address("湖北省 省直辖县级行政区划 仙桃市 干河街道")[:3], parse_address("广东省东莞市长安镇德政路1号").street
    (('湖北省', '', '仙桃市'), '长安镇德政路1号')

    Old names lead to those in force; a road stays a road:

    >>> a = parse_address("西安市户县人民路3号"); a.district, a.gb_code
    ('鄠邑区', '610118')
    >>> parse_address("陕西省西安市长安区西长安街88号").street
    '西长安街88号'

    >>> parse_address("陕西省西咸新区沣东新城启航佳苑")[:4]
    ('陕西省', '', '', '西咸新区沣东新城')
    >>> parse_address("陕西省咸阳市杨凌区康乐路1号").district
    '杨陵区'

    Masked parts are kept and named:

    >>> a = parse_address("李**,138****1234,陕西省 西安市 雁塔区 大雁塔街道 雁塔路*****")
    >>> a.name, a.phone, a.street, a.masked
    ('李**', '138****1234', '大雁塔街道雁塔路*****', ('street', 'name', 'phone'))

    Labels, blanks only, and text that is no address:

    >>> a = parse_address("收货人：王芳 手机号码：18412345678-1234 所在地区：陕西省西安市未央区 详细地址：凤城二路9号2单元501室")
    >>> a.name, a.phone, a.district, a.street
    ('王芳', '18412345678-1234', '未央区', '凤城二路9号2单元501室')
    >>> a = parse_address("西安市莲湖区北大街1号 赵敏 13912345678"); a.name, a.street
    ('赵敏', '北大街1号')
    >>> parse_address("老地方") == Address(street="老地方"), parse_address("") == parse_address(None) == Address()
    (True, True)
    """
    plain = unicodedata.normalize("NFKC", text or "").strip()
    phone, plain = _cut(PHONE, plain)
    zip_code, plain = _cut(ZIP, LABEL.sub(",", plain))
    name, plain = _cut_name([part.strip() for part in SEPARATOR.split(plain) if part.strip()], bool(phone))
    divisions, rest = _divisions(plain)
    parts = {
        **divisions,
        "street": _join(rest),
        "zip": zip_code if zip_code.strip("0") else "",
        "name": name,
        "phone": phone.strip(),
    }
    masked = tuple(key for key in ("street", "name", "phone") if "*" in parts[key])
    return Address(**parts, masked=masked)


def _cut(pattern, text):
    """Return the first match of the pattern and the text with a separator in its place."""
    match = pattern.search(text)
    return (match[0], f"{text[: match.start()]},{text[match.end() :]}") if match else ("", text)


def _cut_name(parts, has_phone):
    """Find the name before or behind the address; return it and the address."""
    words = [word for part in parts for word in part.split()]
    start = _address_start(words)
    if start is None:
        if has_phone and len(parts) > 1 and _is_name(parts[0]):
            return parts[0], " ".join(parts[1:])
        return "", " ".join(parts)
    before, after = words[:start], words[start:]
    if before and (_is_name("".join(before)) or ORGANISATION.fullmatch("".join(before))):
        return " ".join(before), " ".join(after)
    if has_phone and len(after) > 1 and len(after[-1]) <= 4 and _is_name(after[-1]):
        return after[-1], " ".join(before + after[:-1])
    return "", " ".join(before + after)


def _address_start(words):
    """Return the index of the word the address starts with, or None.

    The word that leads to the smallest division wins, so that 西安晨光商贸有限公司 before an address is no city.
    """
    best, depth = None, 0
    for index, word in enumerate(words):
        if _divisions(word)[0].get("gb_code"):
            code = _divisions(" ".join(words[index:]))[0]["gb_code"]
            found = 3 - (code.endswith("00") + code.endswith("0000"))
            if found > depth:
                best, depth = index, found
    return best


def _is_name(word):
    return bool(NAME.fullmatch(word)) and not NOT_A_NAME.fullmatch(word)


def _divisions(text):
    """Read province, city, district and zone from the start; return them and the rest."""
    rest = text.strip()
    found = {}
    for level in ("province", "city", "district"):
        division, rest = _take(level, found, rest)
        if division:
            found[level] = division
    zone_key, zone, rest = _take_zone(found, rest)
    if zone and "district" not in found:
        division, rest = _take("district", found, rest)
        if division:
            found["district"] = division
    codes = [current_code(found[level]) for level in ("district", "city", "province") if level in found]
    if not codes:
        return {"zone": zone, "zone_key": zone_key}, rest
    parts = {"gb_code": codes[0], "zone": zone, "zone_key": zone_key, **_names(codes[0], "district" in found)}
    if "district" not in found and not zone and (match := UNKNOWN_DISTRICT.match(rest)):
        parts["district"], rest = match[1], rest[match.end() :].strip()
    return parts, rest


def _names(code, has_district):
    """Return the names in force of a code and of what it belongs to."""
    names = by_code()
    province = names[code[:2] + "0000"]
    city = "" if code.endswith("0000") else names.get(code[:4] + "00", "")
    if code[:2] in MUNICIPALITIES:
        city = province
    return {"province": province, "city": city, "district": names.get(code, "") if has_district else ""}


def _take(level, found, rest):
    """Take one division from the start of the text; the longest name wins."""
    for filler in FILLERS:
        if level == "district" and rest.startswith(filler + " "):
            rest = rest[len(filler) :].strip()
    parent = found.get("city") or found.get("province")
    prefix = parent.code[: 4 if "city" in found else 2] if parent else ""
    if level == "city" and prefix in MUNICIPALITIES:
        # The city repeats the province: 北京市 北京市, 上海 上海市.
        return None, _strip_name(rest, parent)
    names, lengths = _names_of(level)
    for length in lengths:
        name = rest[:length]
        inside = [d for d in names.get(name, ()) if d.code.startswith(prefix)]
        inside = [d for d in inside if d.current] or inside
        if len({current_code(d) for d in inside}) == 1 and not _is_longer_word(rest, name, inside[0]):
            return inside[0], rest[length:].strip()
    return None, rest


def _is_longer_word(rest, name, division):
    """A short name must not be the start of another word: 吉林 of 吉林市, 海南 of 海南藏族自治州, 西安 of 西安路."""
    return name != division.name and bool(re.match(r"(?:市|省|区|县|路|街|大道|藏族|蒙古)", rest[len(name) :]))


def _strip_name(rest, division):
    for name in (division.name, division.short):
        if rest.startswith(name) and not rest.startswith(name + "路"):
            return rest[len(name) :].strip()
    return rest


@cache
def _names_of(level):
    """Return ({name: divisions}, lengths of the names, longest first) of a level; short names for provinces and cities.

    Three thousand names, of a dozen lengths: looking up each length is what makes files of a hundred thousand addresses bearable.
    """
    divisions = all_divisions()[("province", "city", "district").index(level)]
    names = {}
    for division in divisions:
        names.setdefault(division.name, []).append(division)
        if level != "district" and division.current:
            names.setdefault(division.short, []).append(division)
    return names, sorted({len(name) for name in names}, reverse=True)


def _take_zone(found, rest):
    in_xian = not found or (found.get("city") or found.get("district") or found["province"]).code[:4] in ("6101", "6104", "6100")
    key, words = zone_at_start(rest) if in_xian else ("", "")
    if not words and found and "district" not in found and (match := OTHER_ZONE.match(rest)):
        words = match[0]
    return key, words, rest[len(words) :].strip()


def _join(text):
    """Close the blanks between Chinese words; a blank beside Latin letters or digits stays."""
    return re.sub(r"(?<=[\u4e00-\u9fff*]) +(?=[\u4e00-\u9fff*])", "", text).strip()
