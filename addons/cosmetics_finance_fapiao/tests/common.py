"""A company on chart ``cn`` with a tax number, its accountant, and what customers and suppliers are invoiced."""

import io

import xlsxwriter
from odoo import Command
from odoo.addons.l10n_cn_xian.tests.common import XianAccountingCommon
from odoo.tests import new_test_user

VAT = "91610131MA6U0C0X2K"
BUYER_VAT = "91610113MA6TXXXX0E"
SELLER_VAT = "91310115MA1K3XXX5B"
DAY = "2026-11-20"


def number(serial):
    """Return a number of a fully digital invoice of Shaanxi."""
    return f"26612{serial:015d}"


def workbook(*sheets):
    """Return the bytes of a workbook of (name, rows)."""
    raw = io.BytesIO()
    with xlsxwriter.Workbook(raw, {"in_memory": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for row_no, row in enumerate(rows):
                for column, value in enumerate(row):
                    (sheet.write_string if isinstance(value, str) else sheet.write_number)(row_no, column, value)
    return raw.getvalue()


class FapiaoCommon(XianAccountingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The checksum of a tax number is another module's matter, and these are nobody's.
        cls.env = cls.env(context={**cls.env.context, "no_vat_validation": True})
        cls.company = cls.company.with_env(cls.env)
        cls.company.partner_id.vat = VAT
        cls.accountant = new_test_user(
            cls.env,
            "fapiao_accountant",
            "base.group_user,cosmetics_finance.group_accountant",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.customer = cls.customer.with_env(cls.env)
        cls.customer.vat = BUYER_VAT
        cls.supplier = cls.env["res.partner"].create({"name": "上海丽颜供应链", "is_company": True, "vat": SELLER_VAT})
        cls.chart = cls.chart.with_env(cls.env)
        cls.tax13 = cls._tax("l10n_cn_sales_excluded_13")
        cls.tax13_included = cls._tax("xian_tax_sale_13_included")
        cls.purchase13 = cls._tax("l10n_cn_purchase_excluded_13")

    def as_accountant(self, model):
        """Return a model as the accountant of the company sees it."""
        return self.env[model].with_user(self.accountant).with_company(self.company)

    @classmethod
    def _post(cls, tax, price=100.0, move_type="out_invoice", **vals):
        """Return a posted invoice of one line, dated 2026-11-20 unless told."""
        move = cls._invoice(tax, price, move_type, **vals)
        move.action_post()
        return move

    @classmethod
    def _bill(cls, price=100.0, **vals):
        """Return a posted bill of the supplier under 13 %."""
        return cls._post(cls.purchase13, price, "in_invoice", **{"partner_id": cls.supplier.id, **vals})

    def _fapiao(self, serial=1, amount=100.0, tax=13.0, direction="issued", **vals):
        """Return a tax invoice made by the accountant: a digital special one to the customer or from the supplier."""
        ours, other = (VAT, self.company.name), (BUYER_VAT, self.customer.name)
        if direction == "received":
            ours, other = (SELLER_VAT, self.supplier.name), ours
        return self.as_accountant("cosmetics.fapiao").create(
            {
                "number": number(serial),
                "direction": direction,
                "kind": "digital_special",
                "day": DAY,
                "seller_vat": ours[0],
                "seller_name": ours[1],
                "buyer_vat": other[0],
                "buyer_name": other[1],
                "amount": amount,
                "tax": tax,
                **vals,
            }
        )

    def _list_of(self, moves):
        """Return the issue list the accountant makes of chosen invoices."""
        action = moves.with_user(self.accountant).with_company(self.company).action_request_fapiao()
        return self.as_accountant("cosmetics.fapiao.batch").browse(action["res_id"])

    def _link(self, fapiao, move, amount=None):
        """Return the link with which the accountant lets a tax invoice stand for an amount of an invoice, for all of it unless told."""
        vals = {"fapiao_id": fapiao.id, "move_id": move.id, "amount": move._get_fapiao_target() if amount is None else amount}
        return self.as_accountant("cosmetics.fapiao.link").create(vals)

    def _entry(self, lines, date=DAY, **vals):
        """Return a posted entry of (account code, balance)."""
        accounts = self.env["account.account"].with_company(self.company)
        company = [("company_ids", "in", self.company.ids)]
        found = [(accounts.search([("code", "=", code), *company], limit=1), balance) for code, balance in lines]
        move = self.as_accountant("account.move").create(
            {
                "move_type": "entry",
                "date": date,
                "line_ids": [Command.create({"account_id": account.id, "balance": balance, "name": "凭证"}) for account, balance in found],
                **vals,
            }
        )
        move.action_post()
        return move

    def _balance(self, code, date_to="2026-11-30"):
        """Return debit less credit of the account with this code up to a day."""
        domain = [
            ("account_id.code", "=", code),
            ("parent_state", "=", "posted"),
            ("date", "<=", date_to),
            ("company_id", "=", self.company.id),
        ]
        return round(sum(self.env["account.move.line"].with_company(self.company).search(domain).mapped("balance")), 2)

    def _declaration(self, date_from="2026-11-01", date_to="2026-11-30", **vals):
        """Return a counted declaration of the accountant."""
        sheet = self.as_accountant("cosmetics.vat.declaration").create({"date_from": date_from, "date_to": date_to, **vals})
        sheet.action_count()
        return sheet

    def _row(self, sheet, code, **facts):
        """Return (sales, tax) of the rows of a code."""
        rows = sheet.line_ids.filtered(lambda line: line.code == code and all(line[name] == value for name, value in facts.items()))
        return round(sum(rows.mapped("sales")), 2), round(sum(rows.mapped("tax")), 2)

    def _read_file(self, name, raw, **vals):
        """Return the import of a file, read by the accountant."""
        upload = self.as_accountant("ir.attachment").create({"name": name, "raw": raw})
        record = self.as_accountant("cosmetics.fapiao.import").create({"attachment_ids": [Command.set(upload.ids)], **vals})
        record.action_read()
        return record

    def _find(self, serial):
        """Return the tax invoice with the number of a serial."""
        return self.as_accountant("cosmetics.fapiao").search([("number", "=", number(serial))])
