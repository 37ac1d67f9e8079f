"""Five hundred spoilt files: nothing but a sentence for the clerk comes of what cannot be read, never a half order."""

import csv
import io
import random
import zipfile

from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.sheet_reader import Limits
from odoo.tests import BaseCase, tagged

from ..tools.order_file import read_orders
from . import order_files

FILES = 500
SMALL = Limits(file_bytes=4 << 20, unpacked_bytes=16 << 20, ratio=40, ratio_from_bytes=1 << 20, rows=2_000, cells=400_000)
FORMULAS = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1:A9)", '=HYPERLINK("http://127.0.0.1")', "\t=1+1")
BAD_CELLS = ("", "-1", "NaN", "9" * 400, "1e99", "免费", "0000-13-45", "²", "٣", "∞", "x" * 9000)
NUMBERS = {
    "taobao_orders": "2605171234567{:06d}",
    "jd": "2900112{:05d}",
    "pinduoduo": "260517-607198974{:06d}",
    "douyin": "6930123456789{:06d}",
    "youzan_orders": "E20260517100000{:06d}",
    "xiaohongshu": "P700000000000{:06d}",
    "wechat_shop": "3720000000000{:06d}",
    "generic": "XA-{:06d}",
}


def build(key, seed):
    """Rows of a platform: eight orders of one to three lines, as (rows, rows of the second file or None)."""
    chance = random.Random(seed)
    rows, others = [], []
    for index in range(8):
        number = NUMBERS[key].format(chance.randrange(10**5) * 10 + index)
        skus = [f"KH{chance.randrange(100):02d}{line}" for line in range(1 if key == "pinduoduo" else chance.randint(1, 3))]
        qtys = [str(chance.randint(1, 4)) for _sku in skus]
        total = f"{chance.randint(1000, 99999) / 100:.2f}"
        makers = {
            "jd": order_files.jd_line,
            "xiaohongshu": order_files.xiaohongshu_line,
            "wechat_shop": order_files.wechat_line,
            "generic": order_files.generic_line,
        }
        if key in makers:
            rows += [makers[key](number, sku, qty, total=total) for sku, qty in zip(skus, qtys, strict=True)]
        elif key == "taobao_orders":
            rows.append(order_files.taobao_order(number, total, 宝贝总数量=str(sum(map(int, qtys))), 买家留言="请,发\n顺丰"))
            others += [order_files.taobao_line(number, sku, qty) for sku, qty in zip(skus, qtys, strict=True)]
        elif key == "youzan_orders":
            rows.append(order_files.youzan_order(number, total))
            others += [order_files.youzan_line(number, sku, qty) for sku, qty in zip(skus, qtys, strict=True)]
        elif key == "pinduoduo":
            rows.append(order_files.pinduoduo_order(number, skus[0], qtys[0], total, total))
        else:
            rows += [
                order_files.douyin_line(number, f"{number}{line}", sku, qty) for line, (sku, qty) in enumerate(zip(skus, qtys, strict=True))
            ]
    return rows, others


def second_file(key, others):
    partner = {"taobao_orders": "taobao_lines", "youzan_orders": "youzan_lines"}.get(key)
    return [("明细.csv", order_files.file_of(partner, others))] if partner else []


def lines_of(result):
    """{order number: its lines as sorted (goods, quantity)} of what is taken over."""
    return {order.order_no: sorted((line.merchant_sku, line.qty) for line in order.lines) for order in result.orders}


class Spoiler:
    """Ways to spoil a file; each takes the random generator, the profile and its rows, and returns bytes."""

    def truncate(self, chance, key, rows):
        raw = order_files.file_of(key, rows)
        return raw[: chance.randrange(len(raw))]

    def wrong_encoding(self, chance, key, rows):
        lines = order_files.table(key, rows)
        encodings = ("gb18030", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "big5", "shift_jis", "utf-7", "utf-32")
        encoding = chance.choice(encodings)
        return order_files.csv_bytes(lines).decode("utf-8-sig").encode(encoding, "replace")

    def mixed_encodings(self, chance, key, rows):
        text = order_files.csv_bytes(order_files.table(key, rows), "utf-8").decode()
        half = chance.randrange(len(text))
        return text[:half].encode() + text[half:].encode("gb18030")

    def missing_columns(self, chance, key, rows):
        lines = order_files.table(key, rows)
        gone = set(chance.sample(range(len(lines[0])), chance.randint(1, len(lines[0]) // 2)))
        return order_files.csv_bytes([[cell for index, cell in enumerate(line) if index not in gone] for line in lines])

    def formulas(self, chance, key, rows):
        lines = order_files.table(key, rows)
        for line in lines[1:]:
            line[chance.randrange(len(line))] = chance.choice(FORMULAS)
        return chance.choice((order_files.csv_bytes(lines), order_files.xlsx_bytes({"订单": lines})))

    def random_bytes(self, chance, _key, _rows):
        magic = chance.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf", b"\xff\xfe", b"<html>"))
        return magic + chance.randbytes(chance.randrange(5000))

    def flipped_bytes(self, chance, key, rows):
        raw = bytearray(order_files.file_of(key, rows))
        for _turn in range(chance.randint(1, 40)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        return bytes(raw)

    def nuls(self, chance, key, rows):
        raw = bytearray(order_files.file_of(key, rows))
        for _turn in range(chance.randint(1, 30)):
            raw.insert(chance.randrange(len(raw)), 0)
        return bytes(raw)

    def broken_workbook(self, chance, key, rows):
        raw = bytearray(order_files.xlsx_bytes({"订单": order_files.table(key, rows)}))
        if chance.random() < 0.4:
            return bytes(raw[: chance.randrange(len(raw))])
        for _turn in range(chance.randint(1, 12)):
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        return bytes(raw)

    def spoilt_sheet_xml(self, chance, key, rows):
        """A workbook whose archive is sound and whose sheet is not."""
        whole = zipfile.ZipFile(io.BytesIO(order_files.xlsx_bytes({"订单": order_files.table(key, rows)})))
        members = {name: whole.read(name) for name in whole.namelist()}
        name = chance.choice(list(members))
        content = bytearray(members[name])
        for _turn in range(chance.randint(1, 8)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        return order_files.zip_bytes(members | {name: bytes(content)})

    def zip_bomb(self, chance, key, rows):
        content = chance.choice((b"0" * (6 << 20), b",\n" * (3 << 20)))
        inner = order_files.zip_bytes({"订单.csv": content})
        nested = order_files.zip_bytes({f"{index}.zip": inner for index in range(3)})
        far = order_files.file_of(key, rows) if chance.random() < 0.5 else b""
        return chance.choice((inner, nested, order_files.zip_bytes({f"../../{index}.csv": far for index in range(600)})))

    def many_rows(self, chance, key, rows):
        return order_files.csv_bytes(order_files.table(key, rows * (SMALL.rows // len(rows) + 20)), chance.choice(("gb18030", "utf-8")))

    def open_quote(self, chance, key, rows):
        text = order_files.csv_bytes(order_files.table(key, rows), "utf-8").decode()
        commas = [index for index, sign in enumerate(text) if sign == "," and index > text.index("\n")]
        at = chance.choice(commas) + 1
        return (text[:at] + '"' + text[at:]).encode()

    def bare_line_break(self, chance, key, rows):
        lines = [line.split(",") for line in order_files.csv_bytes(order_files.table(key, rows), "utf-8").decode().splitlines()]
        line = chance.choice(lines[1:])
        column = chance.randrange(1, len(line))
        line[column] = f"第一\n第二{line[column]}"
        return "\n".join(",".join(line) for line in lines).encode()

    def rounded_numbers(self, chance, key, rows):
        lines = order_files.table(key, rows)
        column = next(index for index, name in enumerate(lines[0]) if name in ("订单号", "订单编号", "主订单编号"))
        for line in lines[1:]:
            line[column] = chance.choice(("2.60517E+18", 2.6051712345678901e18, 1.0, "1E+15"))
        return chance.choice((order_files.csv_bytes(lines), order_files.xlsx_bytes({"订单": lines})))

    def bad_cells(self, chance, key, rows):
        lines = order_files.table(key, rows)
        for _turn in range(6):
            line = chance.choice(lines[1:])
            line[chance.randrange(len(line))] = chance.choice(
                ("", "-1", "NaN", "9" * 400, "1e99", "免费", "0000-13-45", "²", "٣", "∞", "x" * 9000)
            )
        return order_files.csv_bytes(lines)


WAYS = sorted(name for name in vars(Spoiler) if not name.startswith("_"))
LINES_KEPT = ("truncate", "open_quote", "bare_line_break")
"""Ways that lose rows but change no cell of the others: what is taken over must be whole, line for line."""


@tagged("post_install", "-at_install")
class TestOrderFileFuzz(BaseCase):
    def _spoilt(self, number):
        chance = random.Random(number)
        key = sorted(NUMBERS)[number % len(NUMBERS)]
        way = WAYS[number // len(NUMBERS) % len(WAYS)]
        rows, others = build(key, number)
        raw = getattr(Spoiler(), way)(chance, key, rows)
        return way, key, rows, others, raw

    def _assert_whole(self, result):
        self.assertTrue(result.totals.is_balanced)
        for order in result.orders:
            self.assertTrue(order.lines)
            self.assertEqual(sum(line.amount for line in order.lines) + order.freight, order.receivable)
            self.assertTrue(all(line.qty > 0 and line.amount >= 0 and line.sub_no for line in order.lines))
            self.assertEqual(len({line.sub_no for line in order.lines}), len(order.lines))
        numbers = [order.order_no for order in result.orders]
        rejected = {entry.order_no for entry in result.rejected if entry.order_no}
        self.assertEqual(len(set(numbers)), len(numbers), "one order twice")
        self.assertFalse(rejected.intersection(numbers), "an order both taken over and rejected")
        self.assertTrue(all(entry.problems for entry in result.rejected), "rejected without a reason")

    def _cut_shows(self, key, raw):
        """Whether the last row can be seen to be torn: a cut in its last cell or at its end leaves no trace."""
        text = raw.decode(order_files.HOW.get(key, {}).get("encoding", "utf-8-sig"), "ignore")
        rows = list(csv.reader(io.StringIO(text)))
        return len(rows) > 1 and len(rows[-1]) < len(rows[0]) and not text.endswith(("\r", "\n"))

    def test_five_hundred_spoilt_files_make_no_traceback_and_no_half_order(self):
        seen = dict.fromkeys(WAYS, 0)
        for number in range(FILES):
            way, key, rows, others, raw = self._spoilt(number)
            second = second_file(key, others)
            with self.subTest(number=number, way=way, key=key):
                result = read_orders([("文件", raw), *second], limits=SMALL)
                seen[way] += 1
                self._assert_whole(result)
                for reading in result.files:
                    self.assertIsInstance(reading.problem, FileProblem | None)
                if way in LINES_KEPT and (way != "truncate" or (key != "xiaohongshu" and self._cut_shows(key, raw))):
                    right = lines_of(read_orders([("文件", order_files.file_of(key, rows)), *second]))
                    for order_no, lines in lines_of(result).items():
                        self.assertEqual(lines, right[order_no], "a half order")
        self.assertEqual(sum(seen.values()), FILES)
        self.assertGreater(min(seen.values()), 20, "a way of spoiling was hardly tried")

    def test_the_order_of_rows_and_files_changes_nothing(self):
        for number in range(40):
            key = sorted(NUMBERS)[number % len(NUMBERS)]
            rows, others = build(key, number)
            right = read_orders([("文件", order_files.file_of(key, rows)), *second_file(key, others)])
            self.assertEqual(len(right.orders), 8)
            chance = random.Random(number)
            chance.shuffle(rows)
            chance.shuffle(others)
            mixed = read_orders([*second_file(key, others), ("文件", order_files.file_of(key, rows))])
            self.assertEqual(self._facts(mixed), self._facts(right))

    def _facts(self, result):
        return {
            order.order_no: (
                order.receivable,
                order.phone,
                [(line.sub_no, line.merchant_sku, line.qty, line.amount) for line in order.lines],
            )
            for order in result.orders
        }

    def test_a_bomb_is_refused_before_it_is_unpacked(self):
        bomb = order_files.zip_bytes({"订单.csv": b"0" * (32 << 20)})
        self.assertLess(len(bomb), 64 << 10)
        result = read_orders([("订单.zip", bomb)], limits=SMALL)
        self.assertEqual(result.files[0].problem.code, "zip_bomb")

    def test_one_cell_at_the_far_corner_is_refused_before_it_is_laid_out(self):
        raw = order_files.xlsx_bytes({"订单": [["订单号"]]})
        whole = zipfile.ZipFile(io.BytesIO(raw))
        members = {name: whole.read(name) for name in whole.namelist()}
        name = "xl/worksheets/sheet1.xml"
        for corner, code in ((b'r="XFD1048576"', "too_many_rows"), (b'r="XFD9"', "too_wide"), (b'r="&#88;FD1048576"', "broken")):
            far = order_files.zip_bytes(members | {name: members[name].replace(b'r="A1"', corner)})
            self.assertEqual(read_orders([("订单.xlsx", far)], limits=SMALL).files[0].problem.code, code)
