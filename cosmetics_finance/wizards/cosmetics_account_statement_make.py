from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.cosmetics_finance_due import ACCOUNT_TYPES


class CosmeticsAccountStatementMake(models.TransientModel):
    """Make the statements of account of a period for many partners at once."""

    _name = "cosmetics.account.statement.make"
    _description = "Make Statements of Account"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, domain="[('id', 'in', allowed_company_ids)]"
    )
    kind = fields.Selection([("receivable", "Customer"), ("payable", "Vendor")], required=True, default="receivable")
    date_begin = fields.Date(string="From", required=True, default=lambda self: self._default_period()[0])
    date_end = fields.Date(string="To", required=True, default=lambda self: self._default_period()[1])
    partner_ids = fields.Many2many(
        "res.partner", string="Partners", help="Nobody chosen: all who have a balance or a document in the period."
    )

    @api.model
    def _default_period(self):
        return self.env["cosmetics.account.statement"]._default_period()

    def action_make(self):
        """Make what is missing; open the statements of the period, old and new."""
        self.ensure_one()
        partners = self.partner_ids.commercial_partner_id or self._find_partners()
        if not partners:
            raise UserError(self.env._("Nobody has a balance or a document in this period. Choose another period."))
        statements = self._find_statements(partners)
        subject = {"company_id": self.company_id.id, "kind": self.kind, "date_begin": self.date_begin, "date_end": self.date_end}
        missing = partners - statements.partner_id
        statements += statements.create([{**subject, "partner_id": partner.id} for partner in missing])
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_account_statement_action")
        return {**action, "domain": [("id", "in", statements.ids)], "context": {}}

    def _find_statements(self, partners):
        domain = [("company_id", "=", self.company_id.id), ("kind", "=", self.kind), ("partner_id", "in", partners.ids)]
        domain += [("date_begin", "=", self.date_begin), ("date_end", "=", self.date_end)]
        return self.env["cosmetics.account.statement"].search(domain)

    def _find_partners(self):
        """Return the partners with a balance at the end, or a document within the period."""
        domain = [("parent_state", "=", "posted"), ("account_id.account_type", "=", ACCOUNT_TYPES[self.kind])]
        domain += [("company_id", "child_of", self.company_id.id), ("partner_id", "!=", False), ("date", "<=", self.date_end)]
        items = self.env["cosmetics.account.statement"]._get_items(self.company_id)
        balances, latest = {}, {}
        for partner, balance, date in items._read_group(domain, ["partner_id"], ["balance:sum", "date:max"]):
            key = partner.commercial_partner_id
            balances[key] = balances.get(key, 0.0) + balance
            latest[key] = max(latest.get(key, date), date)
        currency = self.company_id.currency_id
        found = [key for key, balance in balances.items() if latest[key] >= self.date_begin or not currency.is_zero(balance)]
        return self.env["res.partner"].union(*found)
