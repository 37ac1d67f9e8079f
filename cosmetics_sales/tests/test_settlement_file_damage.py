"""Payout files that were spoilt on their way: each is read whole or refused with a code that has a sentence."""

import csv
import io
import random
import zipfile
from decimal import Decimal

from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.tests import BaseCase, tagged

from ..tools import settlement_file

SEED = 20260517
VARIANTS = 200
WECHAT = (
    "交易时间,微信订单号,商户订单号,交易状态,应结订单金额,微信退款单号,退款金额,退款状态,商品名称,手续费\n"
    "`2026-05-17 10:00:00,`4200,`E1,`SUCCESS,`100.00,`0,`0.00,`,`口红,正红,`0.60000\n"
    "`2026-05-18 10:00:00,`4200,`E1,`REFUND,`0.00,`5000,`30.00,`SUCCESS,`口红,正红,`-0.18000\n"
    "总交易单数,应结订单总金额,退款总金额,手续费总金额\n`2,`100.00,`30.00,`0.42000\n"
).encode()
ALIPAY = (
    "#支付宝账务明细查询\n#账号：[2088]\n#-----账务明细列表-----\n"
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,收入金额（+元）,支出金额（-元）,业务类型,备注\n"
    "A1\t,B1\t,E1\t,口红\t,2026-05-17 10:00:00\t,100.00\t,\t,在线支付\t,\t\n"
    "A2\t,B1\t,E1\t,\t,2026-05-17 10:00:01\t,\t,-5.50\t,收费\t,服务费\t\n"
    "#-----账务明细列表结束-----\n#支出合计：1笔，共-5.50元\n#收入合计：1笔，共100.00元\n"
).encode("gbk")


def zipped(data):
    """The file as the platform packs it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bill.csv", data)
    return target.getvalue()


def spoil(data, dice):
    """One accident: cut off, bytes changed, a piece lost or doubled, read in another encoding."""
    place, length = dice.randrange(len(data)), dice.randrange(1, 40)
    accident = dice.randrange(6)
    if accident == 0:
        return data[:place]
    if accident == 1:
        return data[:place] + dice.randbytes(length) + data[place + length :]
    if accident == 2:
        return data[:place] + data[place + length :]
    if accident == 3:
        return data[:place] + data[place : place + length] + data[place:]
    if accident == 4:
        return data.decode("gb18030", "replace").encode("utf-16")
    return data[:place] + b'"' + data[place:]


@tagged("post_install", "-at_install")
class TestSettlementFileDamage(BaseCase):
    def test_bills_are_whole_before_they_are_spoilt(self):
        for data, total in ((WECHAT, "69.58"), (ALIPAY, "94.50")):
            for form in (data, zipped(data)):
                self.assertEqual(settlement_file.read(form)[0].total, Decimal(total))

    def test_spoilt_file_is_read_or_refused_never_a_traceback(self):
        dice = random.Random(SEED)
        forms = (WECHAT, ALIPAY, zipped(WECHAT), zipped(ALIPAY))
        refused = 0
        for number in range(VARIANTS):
            with self.subTest(number=number):
                try:
                    files = settlement_file.read(spoil(forms[number % len(forms)], dice), "bill")
                except FileProblem:
                    refused += 1
                else:
                    for found in files:
                        self.assertEqual(found.total, sum((line.amount for line in found.lines), Decimal(0)))
        self.assertGreater(refused, VARIANTS // 2)

    def test_endless_cell_is_refused(self):
        # The limit belongs to the whole process and Odoo widens it: here it is Python's own.
        self.addCleanup(csv.field_size_limit, csv.field_size_limit(131072))
        long = ALIPAY.replace("口红".encode("gbk"), b"x" * 200_000)
        with self.assertRaises(FileProblem) as caught:
            settlement_file.read(long)
        self.assertEqual(caught.exception.code, "unknown_format")
