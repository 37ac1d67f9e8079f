"""Whose advance an item of the books is, and which claim an entry has set off."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    advance_id = fields.Many2one("cosmetics.expense.advance", readonly=True, index="btree_not_null", ondelete="restrict")

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"advance_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    advance_claim_id = fields.Many2one(
        "cosmetics.expense.claim", string="Claim Set Off", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"advance_claim_id"}

    def _reverse_moves(self, default_values_list=None, cancel=False):
        self._check_cleared()
        return super()._reverse_moves(default_values_list, cancel)

    def button_draft(self):
        self._check_cleared()
        return super().button_draft()

    def _check_cleared(self):
        """Raise for entries of claims that advances are set off against: the advance would stay cleared by nothing."""
        # sudo: claims are read for whoever works on the entry
        for claim in self.sudo().expense_ids.claim_id:
            if claim._get_clearing_moves():
                raise UserError(self.env._("%s has cleared an advance. Open the claim and press “Take Set-Off Back” first.", claim.name))
