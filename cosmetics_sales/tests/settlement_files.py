"""Payout files and bills as the platforms write them, for the tests."""

from decimal import Decimal

DOUYIN = "动账时间,动帐流水号,动账方向,动账金额,订单号,子订单号,订单实付应结,运费实付,实际平台补贴,订单退款,平台服务费,佣金,备注\n"
PINDUODUO = "商户订单号,发生时间,收入金额（+元）,支出金额（-元）,账务类型,备注\n"
ALIPAY = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\n"
)
WECHAT = "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,退款金额,退款状态,商品名称,手续费\n"
WECHAT_FOOT = "总交易单数,应结订单总金额,退款总金额,手续费总金额\n"


def douyin(*rows):
    """Rows of (flow, order, gross, refund, fee): the amount that moved is their sum."""
    body = "".join(
        f"2026-05-17 10:00:00,'{flow},入账,{gross + refund + fee:.2f},'{order},'{order},"
        f"{gross:.2f},0.00,0.00,{refund:.2f},{fee:.2f},0.00,-\n"
        for flow, order, gross, refund, fee in rows
    )
    return ("\ufeff" + DOUYIN + body).encode()


def pinduoduo(*rows):
    """Rows of (order, amount, kind of the booking); the platform numbers its flows not."""
    body = "".join(
        f"{order},2026-05-17 10:00:00,{max(amount, Decimal(0))},{min(amount, Decimal(0))},{kind},\n" for order, amount, kind in rows
    )
    return ("拼多多店铺账务明细查询\n" + PINDUODUO + body).encode("gbk")


def alipay(*rows):
    """Rows of (flow, order, amount, kind of business); the totals at the end are those of the rows."""
    body = "".join(
        f"{flow}\t,B\t,{order}\t,口红\t,2026-05-17 10:00:00\t,x\t,{amount if amount > 0 else ''}\t,{amount if amount < 0 else ''}\t,0\t,"
        f"支付宝\t,{kind}\t,\t\n"
        for flow, order, amount, kind in rows
    )
    earned = [amount for _flow, _order, amount, _kind in rows if amount > 0]
    spent = [amount for _flow, _order, amount, _kind in rows if amount < 0]
    foot = f"#支出合计：{len(spent)}笔，共{sum(spent, Decimal(0))}元\n#收入合计：{len(earned)}笔，共{sum(earned, Decimal(0))}元\n"
    head = "#支付宝账务明细查询\n#账号：[2088]\n#-----账务明细列表-----\n"
    return (head + ALIPAY + body + "#-----账务明细列表结束-----\n" + foot).encode("gbk")


def wechat(*rows):
    """Rows of (trade, order, paid, refunded, fee): a row with a refund is the refund of the trade."""
    lines = ""
    for number, (trade, order, paid, back, fee) in enumerate(rows):
        state, refund = ("REFUND", f"5{number:05d}") if back else ("SUCCESS", "0")
        lines += (
            f"`2026-05-17 10:00:00,`{trade},`{order},`{state},`{paid},`{refund},`{back},`{'SUCCESS' if back else ''},`口红,正红,`{fee}\n"
        )
    sums = [sum((row[place] for row in rows), Decimal(0)) for place in (2, 3, 4)]
    return ("\ufeff" + WECHAT + lines + WECHAT_FOOT + "`" + ",`".join(map(str, [len(rows), *sums])) + "\n").encode()
