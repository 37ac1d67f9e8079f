"""Whose advance an item of the books is, and which claim an entry has set off."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    advance_id = fields.Many2one("cosmetics.expense.advance", readonly=True, copy=False, index="btree_not_null", ondelete="restrict")

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"advance_id"}

    def _copy_data_extend_business_fields(self, values):
        """What takes an item back is of the same advance; another copy is of none."""
        res = super()._copy_data_extend_business_fields(values)
        if "move_reverse_cancel" in self.env.context:
            values["advance_id"] = self.advance_id.id
        return res


class AccountMove(models.Model):
    _inherit = "account.move"

    advance_claim_id = fields.Many2one(
        "cosmetics.expense.claim", string="Claim Set Off", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"advance_claim_id"}

    def _post(self, soft=True):
        self._check_advances_paid()
        return super()._post(soft)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_cleared()
        return super()._reverse_moves(default_values_list, cancel)

    def button_draft(self):
        self._check_cleared()
        return super().button_draft()

    def _check_advances_paid(self):
        """Raise for payments, reset and posted again, that are not what was approved of their advance, or one beside another."""
        # sudo: advances are read for whoever works on the payment
        for item in self.filtered("origin_payment_id").sudo().line_ids.filtered("advance_id"):
            advance, payment = item.advance_id, item.move_id.origin_payment_id
            if payment.payment_type == "inbound":
                continue
            is_own = advance.payment_id == payment and advance.state == "approved"
            if not is_own or advance.currency_id.compare_amounts(item.balance, advance.amount):
                raise UserError(
                    self.env._(
                        "%s is paid otherwise, or not approved as it is paid here. Cancel this payment and pay it anew.", advance.name
                    )
                )

    def _check_cleared(self):
        """Raise for entries of claims that advances are set off against: the advance would stay cleared by nothing."""
        # sudo: claims are read for whoever works on the entry
        for claim in self.sudo().expense_ids.claim_id:
            if claim._get_clearing_moves():
                raise UserError(self.env._("%s has cleared an advance. Open the claim and press “Take Set-Off Back” first.", claim.name))
