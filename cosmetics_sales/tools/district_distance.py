"""How far a place is from the receiver, by the GB/T 2260 codes of their districts.

Plain Python: no database. The courier's price and time change at the borders of district, city and province, so these come
first; within Xi'an the kilometres between the centres decide.
"""

from functools import cache
from math import asin, cos, radians, sin, sqrt

SAME_DISTRICT, SAME_CITY, SAME_PROVINCE, ELSEWHERE, UNKNOWN = range(5)

# Latitude and longitude of the seats of the district and county governments of Xi'an, as public maps show them, rounded to a
# hundredth of a degree (about a kilometre): good enough to say which shop is nearer, not to plan a route.
CENTRES = {
    "610102": (34.27, 108.96),  # 新城区
    "610103": (34.25, 108.94),  # 碑林区
    "610104": (34.27, 108.93),  # 莲湖区
    "610111": (34.27, 109.06),  # 灞桥区
    "610112": (34.29, 108.95),  # 未央区
    "610113": (34.21, 108.95),  # 雁塔区
    "610114": (34.66, 109.23),  # 阎良区
    "610115": (34.37, 109.21),  # 临潼区
    "610116": (34.16, 108.91),  # 长安区
    "610117": (34.53, 109.09),  # 高陵区
    "610118": (34.11, 108.61),  # 鄠邑区
    "610122": (34.15, 109.32),  # 蓝田县
    "610124": (34.16, 108.22),  # 周至县
}
EARTH_KM = 6371


@cache
def distance(here, there):
    """Return (rank, kilometres): the smaller pair is nearer; 0 km where only the rank is known.

    >>> distance("610113", "610113")
    (0, 0)
    >>> distance("610113", "610103") < distance("610113", "610124") < distance("610113", "610402") < distance("610113", "110101")
    True
    >>> distance("610113", "610402"), distance("610113", "110101"), distance("610113", "")
    ((2, 0), (3, 0), (4, 0))
    """
    if not here or not there:
        return UNKNOWN, 0
    if here == there:
        return SAME_DISTRICT, 0
    if here[:4] == there[:4]:
        return SAME_CITY, kilometres(here, there)
    return (SAME_PROVINCE if here[:2] == there[:2] else ELSEWHERE), 0


def kilometres(here, there):
    """Return the kilometres between the centres of two districts of Xi'an, 0 when one of them is not known.

    >>> kilometres("610113", "610103"), kilometres("610113", "610124"), kilometres("610113", "610402")
    (5, 67, 0)
    """
    if here not in CENTRES or there not in CENTRES:
        return 0
    (lat1, lon1), (lat2, lon2) = (map(radians, CENTRES[code]) for code in (here, there))
    arc = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(arc)))
