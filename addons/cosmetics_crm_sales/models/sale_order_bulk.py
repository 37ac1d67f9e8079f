"""Many orders confirmed together: which of them have anything to do with points is asked once."""

from odoo import models
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.fields import Domain


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_confirm(self):
        if len(self) > 1 and Memo.of(self.env, "programs_memo") is None:
            self = self.with_context(programs_memo=Memo(orders=self.ids))
        return super().action_confirm()

    def _update_programs_and_rewards(self):
        """Core asks for each order which cards and programs there are; for an order without any there is nothing to bring up to date."""
        memo = Memo.of(self.env, "programs_memo")
        if memo is not None and not self._is_in_programs(memo):
            return None
        return super()._update_programs_and_rewards()

    def _is_in_programs(self, memo):
        """Tell if the order has, or would now get, any card, points, reward or program."""
        self.ensure_one()
        lines = self.order_line
        if self.applied_coupon_ids or self.coupon_point_ids or self.code_enabled_rule_ids or lines.reward_id or lines.coupon_id:
            return True
        if self.partner_id in memo.once("owners", self.browse(memo["orders"])._get_card_owners):
            return True
        programs = self._get_automatic_programs(memo)
        return bool(programs) and any("error" not in status for status in self._program_check_compute_points(programs).values())

    def _get_automatic_programs(self, memo):
        """Return the programs that apply by themselves to an order like this one."""
        domain = Domain(self._get_program_domain()) & Domain("trigger", "=", "auto") & Domain("rule_ids.mode", "=", "auto")
        return memo.once(repr(domain), lambda: self.env["loyalty.program"].search(domain))

    def _get_card_owners(self):
        """Return the customers of these orders with points or money on a card that core loads by itself."""
        kinds = Domain("program_id.program_type", "=", "ewallet") | (
            Domain("program_id.program_type", "=", "loyalty") & Domain("program_id.applies_on", "!=", "current")
        )
        cards = self.env["loyalty.card"].search(Domain("partner_id", "in", self.partner_id.ids) & Domain("points", ">", 0) & kinds)
        return cards.partner_id
