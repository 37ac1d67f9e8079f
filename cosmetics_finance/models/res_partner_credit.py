"""How much a customer may have on account, and for how long."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..tools.credit import Standing, find_hold, uncover

# A rule counts days alike for all whom it binds, wherever their clock stands.
CHINA = "Asia/Shanghai"
TERMS = {"credit_limit", "credit_days", "use_partner_credit_limit"}
HOLDS = [("stopped", "Stopped by Dunning"), ("late", "Payment Too Late"), ("limit", "Credit Limit Exceeded")]
READERS = "account.group_account_readonly,account.group_account_invoice"


class ResPartner(models.Model):
    _inherit = "res.partner"

    credit_limit = fields.Float(tracking=True)
    credit_days = fields.Integer(
        string="Late by at Most (Days)",
        company_dependent=True,
        copy=False,
        tracking=True,
        groups=READERS,
        help="An item that is overdue for longer holds orders and deliveries of the customer. 0: lateness holds nothing.",
    )
    credit_hold = fields.Selection(
        HOLDS,
        string="Deliveries Held",
        compute="_compute_credit_hold",
        groups=READERS,
        help="Why nothing leaves for the customer until it pays or an accountant releases it.",
    )

    @api.depends("credit_limit", "credit_days")
    @api.depends_context("company")
    def _compute_credit_hold(self):
        standings = self.commercial_partner_id._get_credit_standings(self.env.company)
        for partner in self:
            standing = standings.get(partner.commercial_partner_id.id)
            partner.credit_hold = bool(standing) and find_hold(standing)

    # ------------------------------------------------------------------ create, write
    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_credit_terms({name for name in TERMS & vals.keys() if vals[name]})
        return super().create(vals_list)

    def write(self, vals):
        self._check_credit_terms(TERMS & vals.keys())
        return super().write(vals)

    def _check_credit_terms(self, names):
        """Who sells does not give credit: limits are the accountant's, whichever way they come in."""
        if names and not self.env.su and not self.env.user.has_group("cosmetics_finance.group_accountant"):
            raise AccessError(self.env._("Credit limits are set by the accountant. Ask your accountant to change them."))

    # ------------------------------------------------------------------ actions
    def action_release_credit(self):
        """Open a new release of the customer's deliveries."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance.cosmetics_credit_release_action")
        context = {"default_partner_id": self.commercial_partner_id.id}
        return {**action, "view_mode": "form", "views": [(False, "form")], "target": "new", "context": context}

    # ------------------------------------------------------------------ hooks
    def _get_credit_promised(self, company):
        """Return {customer id: amount promised and not in the books yet}, in the currency of the company; glue knows the orders."""
        return {}

    def _get_credit_stopped(self, company):
        """Return the ids of those of these customers whom dunning has stopped."""
        return set()

    # ------------------------------------------------------------------ helpers
    @api.model
    def _get_credit_limits(self, company):
        """Return {customer id: limit in the currency of the company}, of those of `self` that have one; the company must use limits."""
        if not company.account_use_credit_limit:
            return {}
        # sudo: a limit binds whoever sells, and is not shown
        return {partner.id: partner.credit_limit for partner in self.sudo().with_company(company) if partner.credit_limit > 0}

    def _get_credit_standings(self, company):
        """Return {customer id: :class:`Standing`} of commercial partners that have a limit or that dunning stopped; no limit, no entry.

        Rights of the reader play no part: who confirms or delivers is bound by figures that he may not see.
        """
        partners = self.sudo().with_company(company).with_context(tz=CHINA)
        limits, stopped = partners._get_credit_limits(company), partners._get_credit_stopped(company)
        bound = partners.filtered(lambda partner: partner.id in limits or partner.id in stopped or partner.credit_days > 0)
        if not bound:
            return {}
        items, promised = bound._get_open_receivables(company), bound._get_credit_promised(company)
        released = bound.env["cosmetics.credit.release"]._get_released(bound, company)
        return {
            partner.id: Standing(
                owed=sum(amount for _days, amount, _disputed in items.get(partner.id, ())),
                promised=promised.get(partner.id, 0.0),
                limit=limits.get(partner.id, 0.0),
                days_late=max((days for days, _amount in partner._get_late(items)), default=0),
                days_allowed=partner.credit_days,
                # Who has paid is free at once, not with the next nightly run.
                is_stopped=partner.id in stopped and any(days > 0 for days, _amount in partner._get_late(items)),
                is_released=partner.id in released,
            )
            for partner in bound
        }

    def _get_late(self, items):
        """Return [(days late, amount)] of the undisputed items of a partner, oldest first, after unmatched money."""
        return uncover([(days, amount) for days, amount, disputed in items.get(self.id, ()) if not disputed])

    def _get_open_receivables(self, company):
        """Return {commercial partner id: [(days late, open amount, is disputed)]} of the company with its branches."""
        domain = [("partner_id", "child_of", self.ids), ("kind", "=", "receivable"), ("company_id", "child_of", company.root_id.id)]
        rows = self.env["cosmetics.finance.due"]._read_group(domain, ["partner_id", "days_overdue", "is_disputed"], ["amount:sum"])
        items = {}
        for partner, days, disputed, amount in rows:
            items.setdefault(partner.commercial_partner_id.id, []).append((days, amount, disputed))
        return items
