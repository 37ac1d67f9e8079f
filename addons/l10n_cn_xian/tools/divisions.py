"""Administrative divisions of China by GB/T 2260 code: plain Python, no database.

The names and codes come from ``python-stdnum``, which also knows the names that have gone.
"""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stdnum import numdb

SPAN = re.compile(r"(?:\[(?P<start>\d*)-(?P<end>\d*)\])?(?P<name>[^,\[\]]+)")
PLACEHOLDER = re.compile(r"市辖区|市区|林区|县|.*直辖.*")
MUNICIPALITIES = ("11", "12", "31", "50")
RENAMED = {  # the word itself has changed, so that the old name does not lead to the new one
    "610125": "610118",  # 户县 → 鄠邑区
    "610427": "610482",  # 彬县 → 彬州市
    "610521": "610503",  # 华县 → 华州区
}
SUFFIX = re.compile(
    r"(?:壮族|回族|维吾尔|藏族|羌族|彝族|白族|傣族|哈尼族|苗族|侗族|布依族|土家族|朝鲜族|蒙古族|蒙古(?=自治[州县])|哈萨克|柯尔克孜|景颇族|傈僳族)*"
    r"(?:特别行政区|自治区|自治州|自治县|自治旗|新区|地区|林区|省|市|盟|区|县|旗)$"
)


class Division(NamedTuple):
    """One division; ``current`` is false for a name that is no longer in force."""

    code: str
    name: str
    current: bool

    @property
    def short(self):
        """The name as people say it: 陕西, 西安, 雁塔; as it stands when one character would be left."""
        short = SUFFIX.sub("", self.name)
        return short if len(short) > 1 else self.name

    @property
    def level(self):
        """``province``, ``city`` or ``district``."""
        if self.code.endswith("0000"):
            return "province"
        return "city" if self.code.endswith("00") else "district"


SPOKEN = (Division("610403", "杨凌区", False), Division("610403", "杨凌示范区", False))
"""Names that everybody uses and that have never been those of the standard."""


@cache
def all_divisions():
    """Return every division by level: provinces, cities, districts; a gone prefecture takes its counties with it.

    >>> provinces, cities, districts = all_divisions()
    >>> len(provinces)
    34
    >>> [d.name for d in districts if d.code.startswith("6101") and d.current]  # doctest: +NORMALIZE_WHITESPACE
    ['新城区', '碑林区', '莲湖区', '灞桥区', '未央区', '雁塔区', '阎良区', '临潼区', '长安区', '高陵区', '鄠邑区', '蓝田县', '周至县']
    """
    levels = {"province": [], "city": [], "district": []}
    # Not numdb.get("cn/loc"): the server wraps the loader of stdnum, so that its package data cannot be found that way.
    with Path(numdb.__file__).with_name("cn").joinpath("loc.dat").open(encoding="utf-8") as file:
        prefixes = numdb.read(file).prefixes
    for _length, code, _high, props, children in prefixes:
        name = props["province"].replace("區", "区").replace("門", "门").replace("別", "别")
        levels["province"].append(Division(f"{code}0000", name, True))
        for _len, sub, _hi, sub_props, _none in children:
            for match in SPAN.finditer(sub_props["county"]):
                division = Division(code + sub, match["name"], not match["end"])
                if not PLACEHOLDER.fullmatch(division.name) and division.level != "province":
                    levels[division.level].append(division)
    levels["district"] += SPOKEN
    # Counties stand under a city, under a municipality, or (90) straight under the province.
    cities = {d.code[:4] for d in levels["city"] if d.current}
    levels["city"] = [d for d in levels["city"] if d.code[:4] in cities]
    levels["district"] = [d for d in levels["district"] if d.code[:4] in cities or d.code[2:4] == "90" or d.code[:2] in MUNICIPALITIES]
    return tuple(tuple(level) for level in levels.values())


@cache
def by_code():
    """Return the name in force of each code.

    >>> by_code()["610113"], by_code()["610100"], by_code()["610000"]
    ('雁塔区', '西安市', '陕西省')
    >>> "610125" in by_code()
    False
    """
    return {d.code: d.name for level in all_divisions() for d in level if d.current}


def current_code(division):
    """Return the code in force for a division that may have been renamed.

    >>> old = {d.name: d for d in all_divisions()[2] if not d.current and d.code.startswith("61")}
    >>> [by_code()[current_code(old[name])] for name in ("高陵县", "户县", "彬县", "神木县", "凤翔县")]
    ['高陵区', '鄠邑区', '彬州市', '神木市', '凤翔区']
    """
    if division.current or division.code in RENAMED:
        return RENAMED.get(division.code, division.code)
    same_city = (d for d in all_divisions()[2] if d.current and d.code[:4] == division.code[:4])
    return next((d.code for d in same_city if d.name[:-1] == division.name[:-1]), division.code)
