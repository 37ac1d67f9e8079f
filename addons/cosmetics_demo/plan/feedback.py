"""What members of the demo company say about the shop: plain Python, no database."""

SMS_TEXT = "${member}，请用半分钟评价您在${store}的购物：changan-zhuangji.example/q/${code}"

# Whose answer, where, when, about what; the scores are those of the ready-made survey.
ANSWERS = (
    {
        "ref": "a01",
        "member": "m001",
        "store": "xiaozhai",
        "days_ago": 64,
        "product": "qtl001",
        "csat": 5,
        "nps": 10,
        "comment": "顾问讲得很细，会再来。",
    },
    {"ref": "a02", "member": "m003", "store": "xiaozhai", "days_ago": 58, "product": "qtl002", "csat": 4, "nps": 9, "comment": ""},
    {
        "ref": "a03",
        "member": "m005",
        "store": "zhonglou",
        "days_ago": 51,
        "product": "qtl003",
        "csat": 3,
        "nps": 7,
        "comment": "排队有点久。",
    },
    {"ref": "a04", "member": "m007", "store": "gaoxin", "days_ago": 44, "product": "qtl001", "csat": 5, "nps": 9, "comment": ""},
    {
        "ref": "a05",
        "member": "m009",
        "store": "zhonglou",
        "days_ago": 30,
        "product": "qtl002",
        "csat": 2,
        "nps": 4,
        "comment": "想要的色号没货，也没人告诉我什么时候到。",
    },
    {"ref": "a06", "member": "m011", "store": "gaoxin", "days_ago": 21, "product": "qtl003", "csat": 4, "nps": 8, "comment": ""},
    {
        "ref": "a07",
        "member": "m013",
        "store": "xiaozhai",
        "days_ago": 12,
        "product": "qtl001",
        "csat": 5,
        "nps": 10,
        "comment": "小样很贴心。",
    },
    {
        "ref": "a08",
        "member": "m015",
        "store": "gaoxin",
        "days_ago": 3,
        "product": "qtl002",
        "csat": 1,
        "nps": 2,
        "comment": "泵头坏了，店员态度冷淡。",
    },
)

# What the staff heard.
NOTES = (
    {
        "ref": "n01",
        "store": "xiaozhai",
        "kind": "idea",
        "theme": "store",
        "days_ago": 40,
        "name": "希望周末晚点打烊",
        "outcome": "周五、周六延长营业到 22:00。",
    },
    {"ref": "n02", "store": "zhonglou", "kind": "product", "theme": "stock", "days_ago": 9, "name": "防晒 50 毫升经常断货", "outcome": ""},
    {"ref": "n03", "store": "gaoxin", "kind": "praise", "theme": "advice", "days_ago": 2, "name": "顾客表扬试妆很耐心", "outcome": ""},
)
