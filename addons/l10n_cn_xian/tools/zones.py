"""Development zones (开发区) of Xi'an: they stand in addresses beside the district and are no division of GB/T 2260."""

ZONES = {
    "high_tech": ("高新区", "高新技术产业开发区", "西安高新区"),
    "economic": ("经开区", "经济技术开发区", "西安经开区"),
    "qujiang": ("曲江新区",),
    "chanba": ("浐灞生态区", "浐灞国际港", "浐灞新区"),
    "port": ("国际港务区",),
    "aerospace": ("航天基地", "航天产业基地", "国家民用航天产业基地"),
    "aviation": ("航空基地", "阎良国家航空高技术产业基地"),
    "xixian_konggang": ("空港新城",),
    "xixian_fengdong": ("沣东新城",),
    "xixian_qinhan": ("秦汉新城",),
    "xixian_fengxi": ("沣西新城",),
    "xixian_jinghe": ("泾河新城",),
    "xixian": ("西咸新区",),
}
"""Key of each zone and the names it goes by; the first one is for display."""


def zone_at_start(text):
    """Return the key of the zone that ``text`` starts with and the words it takes, or two empty strings.

    >>> zone_at_start("高新区科技路10号")
    ('high_tech', '高新区')
    >>> zone_at_start("西咸新区沣东新城启航佳苑")
    ('xixian_fengdong', '西咸新区沣东新城')
    >>> zone_at_start("高新路10号")
    ('', '')
    """
    prefix = "西咸新区" if text.startswith("西咸新区") else ""
    rest = text[len(prefix) :].lstrip()
    names = sorted(((name, key) for key, names in ZONES.items() for name in names), key=lambda pair: -len(pair[0]))
    for name, key in names:
        if rest.startswith(name):
            return key, text[: len(text) - len(rest) + len(name)]
    return ("xixian", prefix) if prefix else ("", "")
