"""Orders of the shops on the platforms, as the platforms export them."""

import csv
import io
from datetime import timedelta

from .dice import dice
from .orders import SELLABLE_STAGES

# State by platform, oldest order first; the last one of a list came in this morning.
STATES = {
    "tmall": ("done", "done", "shipped", "shipped", "paid", "paid", "paid", "paid", "paid", "unpaid"),
    "douyin": ("done", "cancelled", "shipped", "paid", "paid", "paid"),
}
WORDS = {
    "tmall": {
        "unpaid": "等待买家付款",
        "paid": "买家已付款,等待卖家发货",
        "shipped": "卖家已发货,等待买家确认",
        "done": "交易成功",
    },
    "douyin": {"paid": "待发货", "shipped": "已发货", "done": "已完成", "cancelled": "已关闭"},
}
UNKNOWN_CODE = "QTL-OLD-01"
"""A code the company does not use any more: one order waits on the list of rows to mend."""


def channel_orders(products, members):
    """Return the orders of both shops.

    >>> from . import catalog, people
    >>> orders = channel_orders(catalog.products(), people.members())
    >>> len(orders), orders[0]["number"], orders[0]["days_ago"]
    (16, '4610100000000001', 10)
    """
    goods = [p for p in products if p["stage"] in SELLABLE_STAGES and p["item_class"] == "full_size"]
    orders = []
    for shop, states in STATES.items():
        for number, state in enumerate(states, start=1):
            random = dice(shop, number)
            picked = random.sample(goods, random.randint(1, 3))
            lines = [{"code": p["code"], "name": p["name"], "quantity": random.choice((1, 1, 2)), "price": p["price"]} for p in picked]
            prefix = "46101" if shop == "tmall" else "69101"
            orders.append(
                {
                    "shop": shop,
                    "number": f"{prefix}{number:011d}",
                    "state": state,
                    "days_ago": len(states) - number + (1 if state in ("done", "shipped") else 0),
                    "buyer": random.choice(members),
                    "is_masked": shop == "douyin" and number % 2 == 0,
                    "freight": 0 if len(picked) > 1 else 8,
                    "lines": lines,
                }
            )
    next(order for order in reversed(orders) if order["shop"] == "tmall" and order["state"] == "paid")["lines"][0]["code"] = UNKNOWN_CODE
    return orders


def tmall_files(orders, day):
    """Return {file name: bytes} as the seller's desk exports them: orders and lines apart, GBK, numbers wrapped against Excel.

    :param day: function that turns days ago into a date
    """
    heads = [_tmall_order(order, day(order["days_ago"])) for order in orders]
    details = [_tmall_line(order, line) for order in orders for line in order["lines"]]
    stamp = f"{day(0):%Y%m%d}0900"
    return {f"ExportOrderList{stamp}.csv": sheet(heads, "gb18030"), f"ExportOrderDetailList{stamp}.csv": sheet(details, "gb18030")}


def _tmall_order(order, made):
    buyer, state = order["buyer"], order["state"]
    goods = sum(line["price"] * line["quantity"] for line in order["lines"])
    paid = goods + order["freight"]
    return {
        "订单编号": f'="{order["number"]}"',
        "买家会员名": f"tb_{buyer['ref']}",
        "买家应付货款": f"{goods:.2f}",
        "买家应付邮费": f"{order['freight']:.2f}",
        "总金额": f"{paid:.2f}",
        "买家实际支付金额": "0.00" if state == "unpaid" else f"{paid:.2f}",
        "订单状态": WORDS["tmall"][state],
        "收货人姓名": buyer["name"],
        "收货地址 ": f"陕西省 西安市 {buyer['district']} {buyer['street']}",
        "联系手机": f"'{buyer['phone']}",
        "订单创建时间": f"{made} 09:12:30",
        "订单付款时间 ": "" if state == "unpaid" else f"{made} 09:13:05",
        "宝贝总数量": sum(line["quantity"] for line in order["lines"]),
        "物流单号 ": tracking_number(order),
        "物流公司": "顺丰速运" if tracking_number(order) else "",
        "店铺名称": "长安妆集旗舰店",
        "确认收货时间": f"{made + timedelta(days=1)} 18:00:00" if state == "done" else "",
    }


def _tmall_line(order, line):
    return {
        "订单编号": f'="{order["number"]}"',
        "标题": line["name"],
        "价格": f"{line['price']:.2f}",
        "购买数量": line["quantity"],
        "外部系统编号": line["code"],
        "商品属性": "",
        "套餐信息": "",
        "备注": "",
        "订单状态": WORDS["tmall"][order["state"]],
        "商家编码": line["code"],
    }


def douyin_files(orders, day):
    """Return {file name: bytes} of the Douyin shop: one row per line, UTF-8 with a mark, a tab before each text."""
    rows = []
    for order in orders:
        head = {**_douyin_receiver(order), **_douyin_times(order, day(order["days_ago"]))}
        rows += [{**_douyin_line(order, number), **head} for number in range(len(order["lines"]))]
    return {f"{day(0):%Y-%m-%d}_订单管理.csv": sheet(rows, "utf-8-sig")}


def _douyin_line(order, number):
    line = order["lines"][number]
    # The platform writes the freight into the amount of the first line.
    freight = 0 if number else order["freight"]
    return {
        "主订单编号": f"\t{order['number']}",
        "子订单编号": f"\t{order['number']}{number + 1}",
        "选购商品": line["name"],
        "商品规格": "-",
        "商品数量": line["quantity"],
        "商品ID": f"\t36{line['code'][-3:]}00",
        "商家编码": line["code"],
        "商品单价": f"{line['price']:.2f}",
        "订单应付金额": f"{line['price'] * line['quantity'] + freight:.2f}",
        "运费": f"{freight:.2f}",
        "优惠总金额": "0.00",
        "平台优惠": "0.00",
        "商家优惠": "0.00",
        "达人优惠": "0.00",
    }


def _douyin_receiver(order):
    """The platform hides name, telephone and street of buyers who asked for it."""
    buyer, is_masked = order["buyer"], order["is_masked"]
    phone = f"{buyer['phone'][:3]}****{buyer['phone'][-4:]}" if is_masked else buyer["phone"]
    return {
        "收件人": f"{buyer['name'][0]}**" if is_masked else buyer["name"],
        "收件人手机号": f"\t{phone}",
        "省": "陕西省",
        "市": "西安市",
        "区": buyer["district"],
        "街道": "-",
        "详细地址": "****" if is_masked else buyer["street"],
    }


def _douyin_times(order, made):
    number = tracking_number(order)
    return {
        "订单提交时间": f"{made} 10:20:00",
        "支付完成时间": f"{made} 10:21:00",
        "订单状态": WORDS["douyin"][order["state"]],
        "售后状态": "-",
        "承诺发货时间": f"{made + timedelta(days=2)} 10:21:00",
        "发货时间": f"{made + timedelta(days=1)} 09:00:00" if number else "-",
        "快递公司": "顺丰速运" if number else "-",
        "快递单号": f"\t{number}" if number else "-",
    }


def tracking_number(order):
    """Return the courier number of an order that has left, else nothing.

    >>> tracking_number({"state": "shipped", "number": "4610100000000003"}), tracking_number({"state": "paid", "number": "1"})
    ('SF4610100000003', '')
    """
    return f"SF{order['number'][:5]}{order['number'][-8:]}" if order["state"] in ("shipped", "done") else ""


def sheet(rows, encoding):
    """Return rows as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)
