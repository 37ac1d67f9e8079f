from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    overdue_receivable = fields.Monetary(
        compute="_compute_overdue",
        currency_field="currency_id",
        groups="account.group_account_readonly,account.group_account_invoice",
        help="What the customer should have paid by now, over the chosen companies, in the currency of the current company.",
    )
    overdue_payable = fields.Monetary(
        compute="_compute_overdue",
        currency_field="currency_id",
        groups="account.group_account_readonly,account.group_account_invoice",
        help="What should have been paid to the vendor by now, over the chosen companies, in the currency of the current company.",
    )

    @api.depends_context("company", "allowed_company_ids")
    def _compute_overdue(self):
        """Addresses of a company have the figure of the company: invoices are booked there."""
        commercial = self.commercial_partner_id
        sums = self._sum_overdue(commercial)
        for partner in self:
            key = partner.commercial_partner_id.id
            partner.overdue_receivable = sums.get((key, "receivable"), 0.0)
            partner.overdue_payable = sums.get((key, "payable"), 0.0)

    def _sum_overdue(self, commercial):
        """Return {(commercial partner id, kind): overdue amount}, converted where a company keeps another currency."""
        today, own = fields.Date.context_today(self), self.env.company
        domain = [("partner_id", "child_of", commercial.ids), ("amount_overdue", "!=", 0), ("company_id", "in", self.env.companies.ids)]
        rows = self.env["cosmetics.finance.due"]._read_group(domain, ["partner_id", "kind", "company_id"], ["amount_overdue:sum"])
        sums = {}
        for partner, kind, company, amount in rows:
            key = (partner.commercial_partner_id.id, kind)
            sums[key] = sums.get(key, 0.0) + company.currency_id._convert(amount, own.currency_id, own, today)
        return sums

    def action_open_due(self):
        """Open the open items of a partner; the rights are those of the list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_finance_due_action")
        commercial = self.commercial_partner_id
        return {**action, "domain": [("partner_id", "child_of", commercial.id)], "display_name": commercial.name, "context": {}}
