"""An approved plan is paid, and the bank's batch transfer gets its file."""

import base64
from decimal import Decimal

from odoo import models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

from ..tools.payment_plan import Transfer, write_csv


class CosmeticsPaymentPlan(models.Model):
    _inherit = "cosmetics.payment.plan"

    def action_pay(self):
        """Register the payments of approved plans and reconcile them with their bills."""
        self.check_access("write")
        # A second click waits, then finds the plan paid.
        hold_rows(self)
        for plan in self:
            plan._check_approval()
            plan.line_ids._check_payable()
            for lines in plan._get_payments():
                payment = plan._pay(lines)
                # sudo: which payment a line became is a fact, not an entry
                lines.sudo().payment_id = payment
            plan.sudo().write({"state": "done"})

    def action_export(self):
        """Return the file of the transfers for the bank (CSV), kept with the plan."""
        self.ensure_one()
        self.check_access("read")
        self._check_approval("approved", "done")
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(  # sudo: who pays need not write attachments of plans
                {
                    "name": f"{self.name}.csv",
                    "datas": base64.b64encode(write_csv(self._get_transfers(), self._get_headings(), self.env._("Total"))),
                    "mimetype": "text/csv",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        )
        return {"type": "ir.actions.act_url", "url": f"/web/content/{attachment.id}?download=true", "target": "self"}

    def action_export_xlsx(self):
        """Return the file of the transfers as a spreadsheet."""
        self.ensure_one()
        self._check_approval("approved", "done")
        return self.env.ref("cosmetics_finance.cosmetics_payment_plan_action_xlsx").report_action(self)

    def action_open_payments(self):
        """Open the payments a plan became."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_account_payments_payable")
        return {**action, "domain": [("id", "in", self.line_ids.payment_id.ids)], "context": {}}

    # ------------------------------------------------------------------ helpers
    def _check_approval(self, *states):
        """Raise unless the plan is approved for what it is now; the state alone is not believed."""
        self._check_state(*(states or ("approved",)))
        for plan in self.sudo():  # sudo: the fingerprint is nobody's to read
            if plan.state == "approved" and plan.fingerprint != plan._get_fingerprint():
                raise UserError(self.env._("%s has changed since it was approved. Take it back and have it approved again.", plan.name))

    def _get_payments(self):
        """Return the lines that are paid by one transfer each: those of a payee that are paid in full together, a part by itself."""
        self.ensure_one()
        parts = self.line_ids.filtered(lambda line: line.currency_id.compare_amounts(line.amount, line.open_amount) < 0)
        if self.state == "done":
            return list(self.line_ids.grouped("payment_id").values())
        whole = (self.line_ids - parts).grouped(
            lambda line: (line.partner_id, line.bank_account_id, line.move_id.partner_bank_id, line.move_line_id.account_id)
        )
        return [*whole.values(), *parts]

    def _pay(self, lines):
        """Return the payment of these lines, made by core's dialogue so that its rules hold."""
        items = lines.move_line_id
        register = self.env["account.payment.register"].with_context(active_model="account.move.line", active_ids=items.ids)
        dialogue = register.with_company(self.company_id).create(
            {"payment_date": self.date, "journal_id": self.journal_id.id, "group_payment": True}
        )
        dialogue.write(
            {"amount": sum(lines.mapped("amount")), "partner_bank_id": lines.bank_account_id.id, "communication": lines._get_memo()}
        )
        payments = dialogue._create_payments()
        if len(payments) != 1:
            raise UserError(self.env._("%s cannot be paid by one transfer. Split it.", lines._get_memo()))
        return payments

    def _get_transfers(self):
        """Return the transfers as :class:`Transfer`, one for each payment."""
        transfers = []
        for lines in self._get_payments():
            bank = lines.bank_account_id[:1]
            transfers.append(
                Transfer(
                    payee=bank.acc_holder_name or bank.partner_id.name or "",
                    account_number=bank.acc_number or "",
                    bank=bank.bank_id.name or "",
                    amount=sum((Decimal(f"{line.amount:.2f}") for line in lines), Decimal(0)),
                    memo=lines._get_memo(),
                )
            )
        return transfers

    def _get_headings(self):
        return [
            self.env._("No"), self.env._("Payee"), self.env._("Account Number"), self.env._("Bank"), self.env._("Amount"),
            self.env._("Memo"),
        ]  # fmt: skip


class CosmeticsPaymentPlanLine(models.Model):
    _inherit = "cosmetics.payment.plan.line"

    def _get_memo(self):
        """Return what the vendor reads: the numbers of its own bills where they are known."""
        return ", ".join(line.move_id.ref or line.move_id.name or "" for line in self)
