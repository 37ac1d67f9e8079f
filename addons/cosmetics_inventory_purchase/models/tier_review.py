"""Approvals of purchases are given by those who are asked, whatever way they are written."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools import approval_tier
from odoo.exceptions import AccessError

from .tier_definition import PURCHASE_MODELS


class TierReview(models.Model):
    _inherit = "tier.review"

    purchase_fingerprint = fields.Char(readonly=True, groups="base.group_system", help="The purchase as it was put before the approver.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("model") in PURCHASE_MODELS for vals in vals_list):
            raise AccessError(self.env._("Approvals of a purchase are asked for on the document. Press Request Approval there."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self._filter_of_purchases()._check_purchase_answer(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_purchase_approval(self):
        if not self.env.su and self._filter_of_purchases():
            raise AccessError(self.env._("Approvals of a purchase cannot be deleted. Change the document, or ask for a new approval."))

    def _filter_of_purchases(self):
        return self.filtered(lambda tier: tier.model in PURCHASE_MODELS)

    def _check_purchase_answer(self, vals):
        """Only who is asked may answer, in the own name, once."""
        if not self:
            return
        refusal = approval_tier.refusal_of(self, vals)
        if refusal == "rewritten":
            raise AccessError(self.env._("An approval of a purchase is answered by its approver and cannot be rewritten."))
        if refusal == "name":
            raise AccessError(self.env._("An approval is given in one's own name."))
        if refusal == "answered":
            raise AccessError(self.env._("This approval has been answered. Change the purchase, or ask for a new approval."))
        if refusal:
            raise AccessError(self.env._("This approval is not yours to give. Nobody approves an own purchase; ask another approver."))

    def _get_reviewers(self):
        """Members of a group by way of another one approve too; who had a hand in the purchase, or works elsewhere, does not."""
        reviewers = super()._get_reviewers()
        if self.model not in PURCHASE_MODELS:
            return reviewers
        reviewers |= approval_tier.group_members(self)
        # sudo: who had a hand in the purchase is known, whoever asks
        tier = self.sudo()
        document = self.env[self.model].sudo().browse(tier.res_id).exists()
        # A person named by the node approves for every shop; of a group, those who work in the shop.
        return document._filter_approvers(reviewers, tier.review_type == "individual") if document else reviewers
