"""Reconciling what is beyond doubt: proposed in the screen of the add-on, done with one button."""

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.certain import Item, Movement, certain, in_parts
from ..tools.rules import TRANSFER

DAYS_ON_THE_WAY = 7


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    def _auto_reconcile(self):
        """Reconcile nothing behind the accountant's back when lines are created: she looks first, then presses the button."""

    def action_reconcile_certain(self):
        """Reconcile what is beyond doubt among these lines, or among all open ones when none is chosen; the rest stays as it is."""
        lines = self or self.search([("is_reconciled", "=", False), ("company_id", "in", self.env.companies.ids)])
        lines.check_access("write")
        # Two people at once: the second waits, and finds reconciled what the first has done.
        hold_rows(lines)
        to_do = lines.filtered(lambda line: not line.is_reconciled and line.state == "posted").sorted("internal_index")
        to_do._retrieve_partner()
        to_do._do_auto_reconcile(True)
        to_do._pair_transfers()
        done = to_do.filtered("is_reconciled")
        if not done:
            raise UserError(self.env._("Nothing is beyond doubt here. Reconcile these movements one by one."))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("%(done)s of %(all)s movements reconciled.", done=len(done), all=len(to_do)),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_open_reconcile(self):
        """Open the screen of the add-on for the bank account of a line."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("account_reconcile_oca.action_bank_statement_line_move_view_reconcile")
        return {**action, "context": {"search_default_move_id": self.move_id.id, "view_ref": self._get_reconcile_view()}}

    def _get_reconcile_view(self):
        return "account_reconcile_oca.bank_statement_line_form_reconcile_view"

    # ------------------------------------------------------------------ what belongs together
    def _do_auto_reconcile_invoices(self):
        """Propose what is beyond doubt; return (lines without a proposal, lines with one). The add-on would take any text that fits."""
        done = self.browse()
        for company, lines in self.grouped("company_id").items():
            found = lines._find_certain(company)
            for line in lines:
                if line.id in found:
                    line._propose(items=self.env["account.move.line"].browse(found[line.id]))
                elif line._is_own_transfer() and (rule := lines._get_transfer_rule(company)):
                    line._propose(rule=rule)
                else:
                    continue
                done |= line
        return self - done, done

    def _find_certain(self, company):
        """Return {line id: [item ids]} of these lines; all open lines of the company compete for the items."""
        currency = company.currency_id
        lines = self.filtered(lambda line: line.currency_id == currency and not line.foreign_currency_id)
        if not lines:
            return {}
        # Whatever amount they have: a memo may name an item that another movement pays in part.
        rivals = self.search([("is_reconciled", "=", False), ("company_id", "=", company.id), ("currency_id", "=", currency.id)])
        items = self.env["account.move.line"].search(self._get_item_domain(company))
        cents = 10**currency.decimal_places
        movements = [
            Movement(
                line.id,
                round(line.amount * cents),
                line.partner_id.commercial_partner_id.id or 0,
                f"{line.payment_ref or ''} {line.ref or ''}",
                line.date.toordinal(),
            )
            for line in lines | rivals
        ]
        open_items = [self._prepare_item(item, cents) for item in items if item.currency_id == currency]
        found = certain(movements, open_items)
        taken = {item for group in found.values() for item in group}
        left = [movement for movement in movements if movement.id not in found]
        parts = in_parts(left, [item for item in open_items if item.id not in taken])
        found |= {key: [item] for key, item in parts.items()}
        return {key: group for key, group in found.items() if key in set(lines.ids)}

    def _prepare_item(self, item, cents):
        # Paid out on a day of its own, in an entry that a settlement of several days ends with.
        paid_on = (item.date_maturity or item.date).toordinal()
        days = (paid_on, paid_on + DAYS_ON_THE_WAY) if item._is_on_the_way() else ()
        partner = item.partner_id.commercial_partner_id.id or 0
        return Item(item.id, round(item.amount_residual * cents), partner, item._get_bank_names(), days)

    def _get_item_domain(self, company):
        """Return the domain of open items that money at a bank can settle: documents, payments on their way, and what somebody pays out."""
        is_partner = Domain("account_id.account_type", "in", ("asset_receivable", "liability_payable"))
        documents = is_partner & Domain("payment_id", "=", False)
        payments = ~is_partner & Domain("payment_id", "!=", False) & Domain("account_id.reconcile", "=", True)
        # Between own accounts nobody is named; a platform or payment service that pays out is.
        payouts = Domain("account_id", "=", company.transfer_account_id.id) & Domain("partner_id", "!=", False)
        payouts &= Domain("statement_line_id", "=", False) & Domain("account_id.reconcile", "=", True)
        base = Domain([("company_id", "=", company.id), ("parent_state", "=", "posted"), ("reconciled", "=", False)])
        return base & Domain("amount_residual", "!=", 0) & (documents | payments | payouts)

    def _propose(self, items=None, rule=None):
        """Put the items, or what the rule says, against the line in the screen of the add-on."""
        self.ensure_one()
        data, auxiliary = [], 1
        for line in self._seek_for_lines()[0]:
            auxiliary, lines = self._get_reconcile_line(line, "liquidity", reconcile_auxiliary_id=auxiliary, move=True)
            data += lines
        for item in items or ():
            # Of money on its way that comes in parts, this movement settles its own part.
            limit = self.amount if len(items) == 1 and item._is_on_the_way() else False
            auxiliary, lines = self._get_reconcile_line(
                item, "other", is_counterpart=True, max_amount=limit, reconcile_auxiliary_id=auxiliary, move=True
            )
            data += lines
        if rule:
            data, auxiliary = self._reconcile_data_by_model(data, rule, auxiliary)
        self.reconcile_data_info = self._recompute_suspense_line(data, auxiliary, self.manual_reference)

    # ------------------------------------------------------------------ between own accounts
    def _is_own_transfer(self):
        """Whether the other side is another bank account of the company."""
        others = self.env["account.journal"].search([("type", "=", "bank"), ("company_id", "=", self.company_id.id)]) - self.journal_id
        number = "".join(sign for sign in self.account_number or "" if sign.isalnum())
        return bool(number) and number in others.bank_account_id.mapped("sanitized_acc_number")

    def _get_transfer_rule(self, company):
        """Return the rule of transfers between own accounts, empty when the company has none."""
        rule = self.env["account.chart.template"].with_company(company).ref(TRANSFER, raise_if_not_found=False)
        return rule if rule and rule.active else self.env["account.reconcile.model"]

    def _pair_transfers(self):
        """Reconcile the two ends of a transfer on the account between: the same amount within a week, no other like it."""
        for company, lines in self.grouped("company_id").items():
            account = company.transfer_account_id
            domain = [
                ("company_id", "=", company.id),
                ("account_id", "=", account.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
            ]
            items = self.env["account.move.line"].search(domain) if account.reconcile and lines else self.env["account.move.line"]
            # What a platform pays out is no end of a transfer.
            items = items.filtered(lambda item: not item._is_on_the_way())
            for _amount, group in items.grouped(lambda item: abs(item.amount_residual)).items():
                days = group.mapped("date")
                is_pair = len(group) == 2 and company.currency_id.is_zero(sum(group.mapped("amount_residual")))
                if is_pair and abs((max(days) - min(days)).days) <= DAYS_ON_THE_WAY:
                    group.reconcile()
