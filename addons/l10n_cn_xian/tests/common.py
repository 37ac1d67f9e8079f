from odoo.addons.account.tests.common import AccountTestInvoicingCommon


class XianAccountingCommon(AccountTestInvoicingCommon):
    """A company on chart ``cn`` made from scratch, used by an accountant and not by the superuser."""

    @classmethod
    @AccountTestInvoicingCommon.setup_country("cn")
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.chart = cls.env["account.chart.template"].with_company(cls.company)
        cls.customer = cls.env["res.partner"].create({"name": "西安晨光商贸", "is_company": True})

    @classmethod
    def _tax(cls, key):
        """Return a tax of the company by the short id of the chart."""
        return cls.chart.ref(key)

    @classmethod
    def _invoice(cls, tax, price=100.0, move_type="out_invoice", **vals):
        """Return a draft with one line of one piece at ``price`` under ``tax``."""
        line = {"name": "玻尿酸面膜", "quantity": 1, "price_unit": price, "tax_ids": [(6, 0, tax.ids)]}
        return cls.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": cls.customer.id,
                "invoice_date": "2026-11-20",
                "invoice_line_ids": [(0, 0, line)],
                **vals,
            }
        )
