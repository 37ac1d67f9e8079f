from odoo import api, fields, models

from .account_move import TRANSFER_REASONS

SECTIONS = [
    ("output", "Sales"),
    ("input", "Purchases"),
    ("pay", "Tax Owed"),
    ("surcharge", "Surcharges"),
    ("check", "Check with the Ledger"),
]
CODES = [
    ("out_special", "Special Invoices"),
    ("out_normal", "Normal Invoices"),
    ("out_none", "Without Invoice"),
    ("out_red", "Refunds"),
    ("out_manual", "Entries by Hand"),
    ("out_total", "Sales in Total"),
    ("in_certified", "Input Tax Certified"),
    ("in_transfer", "Input Tax Transferred Out"),
    ("credit_before", "Credit of the Period Before"),
    ("deduction", "Deduction from Output Tax"),
    ("relief", "Tax Relief"),
    ("levy_relief", "Relief from 3% to 1% (Information)"),
    ("exempt", "VAT-Free below the Threshold"),
    ("payable", "VAT Payable"),
    ("paid", "Paid in the Period"),
    ("unpaid", "VAT Still to Pay"),
    ("overpaid", "VAT Overpaid"),
    ("credit_after", "Credit Carried Forward"),
    ("urban", "Urban Construction Tax"),
    ("education", "Education Surcharge"),
    ("local_education", "Local Education Surcharge"),
    ("surcharge_total", "Surcharges in Total"),
    ("chk_sales", "Sales: Sheet and Income Accounts"),
    ("chk_output", "Output Tax: Sheet and Ledger"),
    ("chk_input", "Input Tax: Certified and Ledger"),
    ("chk_balance", "Account 222101 after the Entry"),
]
TOTALS = ("out_total", "payable", "unpaid", "surcharge_total", "credit_after")


class CosmeticsVatDeclarationLine(models.Model):
    """A row of the work sheet. Check rows compare the sheet (``tax``, or ``sales`` for sales) with the ledger."""

    _name = "cosmetics.vat.declaration.line"
    _description = "Row of a VAT Declaration"
    _order = "declaration_id, sequence, id"
    _rec_name = "label"

    declaration_id = fields.Many2one("cosmetics.vat.declaration", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="declaration_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="declaration_id.currency_id")
    sequence = fields.Integer()
    section = fields.Selection(SECTIONS, required=True)
    code = fields.Selection(CODES, required=True)
    rate = fields.Float(digits=(6, 4), help="A share: 0.13 is 13 %.")
    has_rate = fields.Boolean()
    reason = fields.Selection(TRANSFER_REASONS)
    label = fields.Char(string="Row", compute="_compute_label")
    is_total = fields.Boolean(compute="_compute_label")
    sales = fields.Monetary(string="Sales without Tax")
    tax = fields.Monetary()
    ledger = fields.Monetary()
    difference = fields.Monetary()

    @api.depends("code", "rate", "has_rate", "reason")
    @api.depends_context("lang")
    def _compute_label(self):
        names = {name: dict(self._fields[name]._description_selection(self.env)) for name in ("code", "reason")}
        for line in self:
            parts = [names["code"].get(line.code, "")]
            if line.code.startswith("out_") and line.code not in ("out_manual", "out_total"):
                parts.append(f"{line.rate * 100:g}%" if line.has_rate else self.env._("Exempt"))
            elif line.has_rate:
                parts.append(f"{line.rate * 100:g}%")
            if line.code == "in_transfer":
                parts.append(names["reason"].get(line.reason or "other"))
            line.label = " ".join(parts)
            line.is_total = line.code in TOTALS

    def action_open_items(self):
        """Open what the row was counted from: journal items, or the tax invoices that were certified."""
        self.ensure_one()
        declaration = self.declaration_id
        if self.code in ("in_certified", "chk_input"):
            action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance_fapiao.cosmetics_fapiao_received_action")
            domain = [("company_id", "=", declaration.company_id.id), *declaration._get_certified_domain()]
            return {**action, "name": self.label, "domain": domain, "context": {}}
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_account_moves_all")
        return {**action, "name": self.label, "domain": declaration._get_items_domain(self), "context": {}}
