"""Approvals of orders are given by reviewers alone, whatever way they are written."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools import approval_tier
from odoo.exceptions import AccessError


class TierReview(models.Model):
    _inherit = "tier.review"

    order_fingerprint = fields.Char(readonly=True, groups="base.group_system", help="The order as it was put before the reviewer.")

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any(vals.get("model") == "sale.order" for vals in vals_list):
            raise AccessError(self.env._("Approvals of an order are asked for by its review. Press Review on the order."))
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            self.filtered(lambda tier: tier.model == "sale.order")._check_order_review_write(vals)
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_order_approval(self):
        if not self.env.su and any(tier.model == "sale.order" for tier in self):
            raise AccessError(self.env._("Approvals of an order cannot be deleted. Change the order, or ask for a new review."))

    def _check_order_review_write(self, vals):
        """Only who is asked may answer, in the own name, and what was answered stays."""
        if not self:
            return
        refusal = approval_tier.refusal_of(self, vals)
        if refusal in ("rewritten", "name"):
            raise AccessError(self.env._("An approval of an order is answered by its reviewer and cannot be rewritten."))
        if refusal == "answered":
            raise AccessError(self.env._("This approval has been answered. Change the order, or ask for a new review."))
        if refusal:
            raise AccessError(
                self.env._("This approval is not yours to give. Nobody approves an order of one's own; ask another reviewer.")
            )

    def _get_reviewers(self):
        """Members of a group by way of another one review too; who had a hand in the order does not."""
        reviewers = super()._get_reviewers()
        if self.model != "sale.order":
            return reviewers
        reviewers |= approval_tier.group_members(self)
        # sudo: who had a hand in the order is known, whoever asks
        order = self.env["sale.order"].sudo().browse(self.res_id).exists()
        return reviewers - order._get_review_authors() if order else reviewers
