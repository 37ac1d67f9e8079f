"""Files as an old system exports them, and a buyer who imports them."""

import base64
import io
from datetime import timedelta

from openpyxl import Workbook

from .common import MONDAY, WAREHOUSE_MANAGER, ForecastCommon

HEADER = ("商品编码", "门店", "月份", "数量")


def week_before(number):
    """Return the Monday so many weeks before the present one."""
    return MONDAY - timedelta(weeks=number)


class HistoryCommon(ForecastCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Import = cls.env["cosmetics.sales.history.import"]
        cls.History = cls.env["cosmetics.sales.history"]
        cls.History.search([]).unlink()
        cls.chief = cls._create_user("forecast_chief", WAREHOUSE_MANAGER)
        cls.product.write({"default_code": "LOTION", "barcode": "6901234567892"})
        cls.cream = cls._create_ware("Test Cream", default_code="CREAM")

    def _csv(self, *rows, header=HEADER, encoding="gbk"):
        return "\r\n".join(",".join(str(cell) for cell in row) for row in (header, *rows, ())).encode(encoding)

    def _xlsx(self, *rows, header=HEADER):
        book = Workbook()
        for row in (header, *rows):
            book.active.append(row)
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()

    def _new(self, *files, user=None, **vals):
        """Return an import of files, each bytes or (name, bytes)."""
        user = user or self.buyer
        named = [file if isinstance(file, tuple) else (f"sales{number}.csv", file) for number, file in enumerate(files)]
        attachments = (
            self.env["ir.attachment"].with_user(user).create([{"name": name, "datas": base64.b64encode(raw)} for name, raw in named])
        )
        return self.Import.with_user(user).create({"attachment_ids": attachments.ids, **vals})

    def _check(self, *files, **vals):
        """Return a checked import and [(level, reason)] of its rows in the order of the file."""
        record = self._new(*files, **vals)
        record.action_check()
        return record, [(row.level, row.reason or "") for row in record.row_ids.sorted("id")]

    def _import(self, *files, **vals):
        record = self._new(*files, **vals)
        record.action_import()
        return record

    def _figures(self, product=None):
        rows = self.History.search([("product_id", "=", (product or self.product).id)], order="date_from, id")
        return [(row.kind, str(row.date_from), row.quantity) for row in rows]

    def _demand(self, product=None, warehouse=None):
        """Return {week: (sold, days, demand or None)} of the weeks before the system."""
        self.env.cr.execute(
            "SELECT week_on, sold, open_days, demand FROM cosmetics_demand_week WHERE product_id = %s AND warehouse_id = %s AND is_history",
            ((product or self.product).id, (warehouse or self.shop).id),
        )
        return {week: (float(sold), days, None if demand is None else float(demand)) for week, sold, days, demand in self.env.cr.fetchall()}
