"""Partners, stores and users of the demo company."""

from . import identity
from .dice import dice
from .tables import rows, words

# Districts and counties of Xi'an (GB/T 2260).
DISTRICTS = {
    "新城区": "610102",
    "碑林区": "610103",
    "莲湖区": "610104",
    "灞桥区": "610111",
    "未央区": "610112",
    "雁塔区": "610113",
    "阎良区": "610114",
    "临潼区": "610115",
    "长安区": "610116",
    "高陵区": "610117",
    "鄠邑区": "610118",
    "蓝田县": "610122",
    "周至县": "610124",
}
MEMBER_COUNT = 72
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN_NAMES = (  # two characters each
    "雨桐梓涵思琪静怡佳宁欣妍若溪诗雅婉清晓棠语嫣芷晴可欣梦洁书瑶沐晨子墨浩然一鸣景行"
    "知夏念秋听雪安然清欢怀瑾星遥云舒悦然嘉禾慕青南乔疏影采薇望舒予安照晚青禾简宁初晴"
)
_HOMES = (
    ("雁塔区", "小寨东路示例花园"),
    ("碑林区", "友谊西路示例家属院"),
    ("莲湖区", "劳动路示例小区"),
    ("新城区", "长缨西路示例小区"),
    ("未央区", "凤城八路示例花园"),
    ("灞桥区", "纺织城正街示例小区"),
    ("长安区", "航天大道示例花园"),
    ("雁塔区", "锦业路示例公寓"),
)

COMPANY = {
    "name": "西安长安妆集化妆品有限公司",
    "vat": identity.credit_code("610111", "0001"),
    "registry": "0001",
    "district": "灞桥区",
    "zone": "国际港务区",
    "street": "港务西路示例1号",
    "phone": "029-80000300",
    "email": "service@changan-zhuangji.example",
    "website": "https://changan-zhuangji.example",
}
LUMINOYA = {"ref": "lmy_fr", "name": "LUMINOYA SAS", "country": "FR", "city": "Lyon", "street": "1 rue de l'Exemple"}


def suppliers():
    """Return the makers and importers the company buys from.

    >>> suppliers()[0]["vat"][2:8]
    '610113'
    """
    return [
        {key: row[key] for key in ("ref", "name", "province", "city", "district", "street", "phone", "licence", "contact", "term")}
        | {"vat": identity.credit_code(row["region"], row["uscc_no"]), "lead_days": int(row["lead_days"])}
        for row in rows("suppliers")
    ]


def customers():
    """Return the wholesale customers.

    >>> sorted({customer["level"] for customer in customers()})
    ['a', 'b']
    """
    return [
        {key: row[key] for key in ("ref", "name", "district", "zone", "street", "phone", "contact", "term", "level")}
        | {"vat": identity.credit_code(DISTRICTS[row["district"]], row["uscc_no"]), "credit_limit": float(row["credit"])}
        for row in rows("customers")
    ]


def members():
    """Return consumers with a name nobody else of the list has, a mobile number and a home.

    >>> members()[0]["phone"], len({member["name"] for member in members()}) == MEMBER_COUNT
    ('19900000001', True)
    """
    names = [surname + given for surname in _SURNAMES for given in map("".join, zip(_GIVEN_NAMES[::2], _GIVEN_NAMES[1::2], strict=True))]
    people = []
    for serial, name in enumerate(dice("names").sample(names, MEMBER_COUNT), start=1):
        random = dice("member", serial)
        district, estate = random.choice(_HOMES)
        house = f"{random.randint(1, 28)}号楼{random.randint(1, 3)}单元{random.randint(1, 28)}{random.randint(1, 4):02d}室"
        store = random.choice(("xiaozhai", "zhonglou", "gaoxin", "online"))
        people.append(
            {
                "ref": f"m{serial:03d}",
                "name": name,
                "phone": identity.mobile(serial),
                "district": district,
                "street": estate + house,
                "store": store,
            }
        )
    return people


def stores():
    """Return the places of the company.

    >>> [store["kind"] for store in stores()]
    ['warehouse', 'shop', 'shop', 'shop', 'online']
    """
    return [
        {key: row[key] for key in ("ref", "name", "code", "kind", "district", "zone", "street", "phone")}
        | {"float": float(row["float"] or 0)}
        for row in rows("stores")
    ]


def users():
    """Return one user for each role.

    >>> len({user["login"] for user in users()}) == len(users())
    True
    """
    return [
        {key: row[key] for key in ("login", "name", "title", "group", "home")}
        | {"stores": words(row["stores"]), "manages": words(row["manages"])}
        for row in rows("users")
    ]
