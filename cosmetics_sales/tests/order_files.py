"""Order files as the platforms write them, for tests, samples and browser stories: plain Python, no database.

Each builder takes the odd ways of its platform along: wrapped order numbers, leading TABs, repeated totals, ciphers.
All amounts here are made up.
"""

import csv
import io
import json
import zipfile
from pathlib import Path

import xlsxwriter

HEADERS = json.loads((Path(__file__).parent / "order_headers.json").read_text(encoding="utf-8"))
"""Header of each shipped profile, word for word (blanks at the end of some of Taobao's headers too)."""

ADDRESS = "陕西省 西安市 雁塔区 小寨路街道 小寨东路1号"
HOW = {
    "taobao_orders": {"encoding": "gb18030"},
    "taobao_lines": {"encoding": "gb18030"},
    "pinduoduo": {"encoding": "utf-8-sig", "tail": "\t"},
    "douyin": {"encoding": "utf-8-sig", "lead": "\t", "quote_all": True},
}


def taobao_order(number, paid="128.00", freight="0.00", **more):
    values = {
        "订单编号": f'="{number}"',
        "买家会员名": "tb**1",
        "买家应付邮费": freight,
        "总金额": paid,
        "买家实际支付金额": paid,
        "订单状态": "买家已付款，等待卖家发货",
        "收货人姓名": "张**",
        "收货地址 ": ADDRESS,
        "联系手机": "'13912345678",
        "订单创建时间": "2026-05-17 10:00:00",
        "订单付款时间 ": "2026-05-17 10:01:00",
        "宝贝总数量": "1",
        "打款商家金额": f"{paid}元",
    }
    return values | more


def taobao_line(number, sku, qty="1", price="128.00", **more):
    values = {"订单编号": f'="{number}"', "标题": "雪肌精华水", "价格": price, "购买数量": qty, "商家编码": sku, "外部系统编号": sku}
    return values | {"商品属性": "颜色分类:01自然色[30ml];净含量:30ml", "订单状态": "买家已付款，等待卖家发货"} | more


def jd_line(number, sku, qty="1", price="99.00", total="99.00", **more):
    values = {
        "订单号": number,
        "商品ID": f"1000{sku}",
        "商品名称": "雪肌精华水 30ml",
        "订购数量": qty,
        "下单时间": "2026-05-17 10:00:00",
        "京东价": price,
        "订单金额": total,
        "结算金额": total,
        "应付金额": total,
        "订单状态": "等待出库",
        "下单帐号": "jd_1***",
        "客户姓名": "李**",
        "客户地址": "陕西西安市雁塔区小寨东路1号",
        "联系电话": "1******6198",
        "运费金额": "0.00",
        "付款确认时间": "2026-05-17 10:02:00",
        "货号": sku,
        "商家应收": f"{total}（系统计算中，该值仅供参考）",
    }
    return values | more


def pinduoduo_order(number, sku, qty="1", received="99.00", paid="95.00", **more):
    values = {
        "商品": "雪肌精华水",
        "订单号": number,
        "订单状态": "待发货",
        "商品总价(元)": received,
        "邮费(元)": "0.00",
        "用户实付金额(元)": paid,
        "商家实收金额(元)": received,
        "商品数量(件)": qty,
        "订单成交时间": "2026-05-17 10:00:00",
        "省": "陕西省",
        "市": "西安市",
        "区": "****",
        "商品规格": "30ml",
        "样式ID": f"77{sku}",
        "商家编码-规格维度": sku,
        "售后状态": "无售后或售后取消",
    }
    return values | more


def douyin_line(number, sub, sku, qty="1", price="59.00", paid="59.00", **more):
    values = {
        "主订单编号": number,
        "子订单编号": sub,
        "选购商品": "丝绒口红",
        "商品规格": "颜色:正红;容量:3g",
        "商品数量": qty,
        "商品ID": f"35{sku}",
        "商家编码": sku,
        "商品单价": price,
        "订单应付金额": paid,
        "运费": "0.00",
        "收件人": "##9wKxAbc=##",
        "收件人手机号": "$$1a2b3c$$",
        "省": "陕西省",
        "市": "西安市",
        "区": "雁塔区",
        "街道": "小寨路街道",
        "详细地址": "##kk2xx==##",
        "订单提交时间": "2026-05-17 10:00:00",
        "支付完成时间": "2026-05-17 10:00:30",
        "订单状态": "待发货",
        "承诺发货时间": "2026-05-19 10:00:00",
        "售后状态": "-",
        "快递信息": "-",
    }
    return values | more


def youzan_order(number, total="88.00", **more):
    values = {
        "订单号": number,
        "归属店铺": "西安店",
        "订单状态": "待发货",
        "订单创建时间": "2026-05-17 10:00:00",
        "买家付款时间": "2026-05-17 10:01:00",
        "运费": "0.00",
        "应收订单金额": total,
        "订单实付金额": total,
        "订单实收金额": total,
        "收货人省份": "陕西省",
        "收货人城市": "西安市",
        "收货人地区": "碑林区",
        "详细收货地址/提货地址": "南大街钟楼饭店1层",
        "收货人/提货人": "王芳",
        "收货人手机号/提货人手机号": "13912345679",
        "订单已退款金额": "0.00",
    }
    return values | more


def youzan_line(number, sku, qty="1", amount="88.00", **more):
    values = {"订单号": number, "订单商品状态": "待发货", "商品名称": "玫瑰面膜", "商品规格": "5片", "规格编码": sku, "商品单价": amount}
    return values | {"商品数量": qty, "商品实际成交金额": amount, "商品已退款金额": "0.00"} | more


def xiaohongshu_line(number, sku, qty="1", total="79.00", **more):
    values = {
        "订单号": number,
        "订单状态": "待配货",
        "收件人姓名": "赵*",
        "收件人电话": "18412345678-1234",
        "收件人地址": "陕西省西安市未央区凤城五路2号",
        "省": "陕西省",
        "市": "西安市",
        "区": "未央区",
        "小红书编码": f"XHS{sku}",
        "条形码": "6901234567892",
        "规格ID": f"5f{sku}",
        "SKU名称": "气垫粉底",
        "SKU件数": qty,
        "是否为赠品": "否",
        "商品总价(元)": total,
        "用户应付金额(元)": total,
        "商家应收金额(元)（支付金额）": total,
        "支付时间": "2026-05-17 10:01:00",
        "订单创建时间": "2026-05-17 10:00:00",
        "承诺发货时间": "2026-05-18 23:59:59",
        "商家编码": sku,
    }
    return values | more


def wechat_line(number, sku, qty="1", price="66.00", total="66.00", **more):
    values = {
        "订单号": number,
        "订单下单时间": "2026-05-17 10:00:00",
        "订单状态": "待发货",
        "收件人姓名": "孙**",
        "收件人地址": "陕西省西安市长安区航天大道1号",
        "收件人手机": "186******05",
        "订单实际支付金额": total,
        "订单实际收款金额": total,
        "订单运费": "0.00",
        "支付时间": "2026-05-17 10:01:00",
        "商品名称": "眉笔",
        "商品编码(平台)": f"10{sku}",
        "SKU编码(自定义)": sku,
        "商品价格(单件)": price,
        "商品实际价格(总共)": price,
        "商品数量": qty,
    }
    return values | more


def generic_line(number, sku, qty="1", price="50.00", total="50.00", **more):
    values = {
        "订单号": number,
        "订单状态": "待发货",
        "下单时间": "2026/5/17 10:00",
        "收货人": "刘洋",
        "手机": "13912345670",
        "省": "陕西省",
        "市": "西安市",
        "区": "莲湖区",
        "详细地址": "西大街1号",
        "商家编码": sku,
        "商品名称": "护手霜",
        "数量": qty,
        "单价": price,
        "应收金额": total,
    }
    return values | more


def table(key, rows):
    """Header and rows (dicts) of a profile as lists of text."""
    header = HEADERS[key]
    taken = [{name: row.get(name, "") for name in row} for row in rows]
    return [list(header), *([row.get(name, "") for name in header] for row in taken)]


def csv_bytes(lines, encoding="utf-8-sig", lead="", tail="", quote_all=False, delimiter=",", end="\r\n"):
    """Lists of cells as a text file. ``lead`` and ``tail`` stand in each cell before and after the text of data rows."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL)
    for index, line in enumerate(lines):
        writer.writerow([f"{lead}{cell}{tail}" if index else cell for cell in line])
    return stream.getvalue().encode(encoding)


def xlsx_bytes(sheets, merges=()):
    """{sheet name: lists of cells} as a workbook; ``merges`` [(first row, column, last row, value)] of the first sheet."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    for position, (title, lines) in enumerate(sheets.items()):
        sheet = book.add_worksheet(title)
        for index, line in enumerate(lines):
            for column, cell in enumerate(line):
                sheet.write(index, column, cell)
        for first, column, last, value in () if position else merges:
            sheet.merge_range(first, column, last, column, value)
    book.close()
    return stream.getvalue()


def zip_bytes(members, gbk_names=False):
    """{name: bytes} as an archive; with ``gbk_names`` as Chinese platforms write the names."""
    places = {name: _placeholder(name, chr(97 + index)) for index, name in enumerate(members)}
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            # zipfile marks names that are not ASCII as UTF-8; placeholders of one byte each are put right below.
            archive.writestr(places[name] if gbk_names else name, content)
    raw = stream.getvalue()
    if gbk_names:
        for name in members:
            raw = raw.replace(places[name].encode(), name.encode("gbk"))
    return raw


def _placeholder(name, letter):
    return "".join(sign if sign.isascii() else f"~{letter}" for sign in name)


def file_of(key, rows):
    """The file of one platform with ``rows`` (dicts of the ``*_order``/``*_line`` builders), as that platform writes it."""
    if key == "xiaohongshu":
        return xlsx_bytes({"订单": table(key, rows)})
    return csv_bytes(table(key, rows), **HOW.get(key, {}))


def samples():
    """A small file of each platform: {file name: bytes}; ten orders, two of them in two files each."""
    return {
        "ExportOrderList202605171200.csv": file_of(
            "taobao_orders", [taobao_order("2605171234567890123", paid="256.00", freight="6.00", 宝贝总数量="3")]
        ),
        "ExportOrderDetailList202605171200.csv": file_of(
            "taobao_lines",
            [taobao_line("2605171234567890123", "KH01", "2", "80.00"), taobao_line("2605171234567890123", "KH02", "1", "100.00")],
        ),
        "京东订单.csv": file_of(
            "jd", [jd_line("290011223344", "KH01", "2", "50.00", "149.99"), jd_line("290011223344", "KH02", "1", "49.99", "149.99")]
        ),
        "拼多多订单.csv": file_of("pinduoduo", [pinduoduo_order("260517-607198974342268", "KH01", "2")]),
        "抖店订单.csv": file_of(
            "douyin",
            [
                douyin_line("6930123456789012345", "6930123456789012346", "KH03"),
                douyin_line("6930123456789012345", "6930123456789012347", "KH04", "2", "30.00", "55.00", 平台实际承担优惠金额="5.00"),
            ],
        ),
        "有赞订单.csv": file_of("youzan_orders", [youzan_order("E20260517100000000001")]),
        "有赞商品.csv": file_of("youzan_lines", [youzan_line("E20260517100000000001", "KH05")]),
        "小红书.xlsx": file_of(
            "xiaohongshu",
            [xiaohongshu_line("P700000000000000001", "KH06"), xiaohongshu_line("P700000000000000001", "KH07", 是否为赠品="是")],
        ),
        "微信小店.csv": file_of("wechat_shop", [wechat_line("3720000000000000001", "KH08")]),
        "通用模板.csv": file_of("generic", [generic_line("XA-0001", "KH09")]),
    }
