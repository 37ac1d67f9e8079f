"""Credit terms of the customer: the review of an order is told of lateness, and goods of a held customer stay."""

from dataclasses import replace

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_finance.tools.credit import find_hold
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_review_facts(self):
        facts = super()._get_review_facts()
        standings = self._get_credit_standings()
        return tuple(self._add_credit_facts(fact, standings.get((fact.company_id, fact.customer_id))) for fact in facts)

    def _get_credit_standings(self):
        """Return {(company id, customer id): :class:`Standing`} of the customers of these orders that are bound by credit terms."""
        standings = {}
        for company, orders in self.grouped("company_id").items():
            debtors = self.env["res.partner"].union(*(order._get_debtor() for order in orders))
            found = debtors._get_credit_standings(company)
            standings.update({(company.id, partner_id): standing for partner_id, standing in found.items()})
        return standings

    @staticmethod
    def _add_credit_facts(fact, standing):
        if standing is None:
            return fact
        return replace(fact, days_late=standing.days_late, days_allowed=standing.days_allowed or None, is_stopped=standing.is_stopped)

    def _check_credit_hold(self):
        """Raise when goods of one of these orders may not leave now."""
        if not self:
            return
        asked = self - self._get_review_exempt()
        for company, orders in asked.grouped("company_id").items():
            # sudo: the terms of a customer bind whoever sends goods; nothing is shown. A second delivery waits for this one.
            debtors = self.env["res.partner"].union(*(order._get_debtor() for order in orders)).sudo()
            hold_rows(debtors._filtered_on_credit(company))
        if holds := asked._get_credit_holds():
            reasons = "\n".join(order._get_credit_hold_sentence(hold) for order, hold in holds.items())
            raise UserError(self.env._("Nothing leaves now:\n%(reasons)s\nAsk the accountant to release the customer.", reasons=reasons))

    def _get_credit_holds(self):
        """Return {order: hold} of those of these orders whose goods may not leave; a reviewer's waiver covers the limit of its order."""
        asked, holds = self - self._get_review_exempt(), {}
        standings = asked.sudo()._get_credit_standings()  # sudo: as above
        for order in asked:
            standing = standings.get((order.company_id.id, order.sudo()._get_debtor().id))
            hold = standing and find_hold(standing)
            if hold and not (hold == "limit" and order._is_limit_waived()):
                holds[order] = hold
        return holds

    def _is_limit_waived(self):
        # sudo: what a reviewer decided binds whoever sends the goods
        findings = self.sudo().finding_ids
        return bool(findings.filtered(lambda finding: finding.rule_id.kind == "credit" and finding.waived_by_id))

    def _get_credit_hold_sentence(self, hold):
        """Return why, without figures: who packs parcels does not read the books."""
        self.ensure_one()
        sentences = {
            "stopped": lambda: self.env._("%(order)s: the customer is stopped because it does not pay.", order=self.name),
            "late": lambda: self.env._("%(order)s: the customer is too late with a payment.", order=self.name),
            "limit": lambda: self.env._("%(order)s: the customer owes more than its credit limit.", order=self.name),
        }
        return sentences[hold]()
