"""Whatever confirms an order, its goods are looked for first; an order whose goods are missing waits for them, and says so."""

from odoo import api, models
from odoo.addons.cosmetics_base.tools.memo import Memo
from odoo.exceptions import UserError

from .sale_order_channel import UNCONFIRMABLE

# In the context of orders that were allocated a moment ago, in the same step: they are not allocated twice.
ALLOCATED = "order_allocation_done"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model_create_multi
    def create(self, vals_list):
        """An order that comes in as confirmed has its deliveries already: they move to where the goods are, or it says what it misses."""
        orders = super().create(vals_list)
        confirmed = orders.filtered(lambda order: order.state == "sale")
        if confirmed and self.env["cosmetics.allocation.rule"]._is_any(confirmed.company_id):
            confirmed._allocate(firm=True)
        return orders

    def write(self, vals):
        """Nobody writes an order confirmed past the goods; the button lets it wait for them instead."""
        if vals.get("state") == "sale" and Memo.of(self.env, ALLOCATED) is None:
            self._check_goods_to_confirm()
        return super().write(vals)

    def action_confirm(self):
        """Confirm what can be given; the rest stays a quotation that is confirmed by itself once its goods are there.

        :return: True, or the notification that names the orders that wait
        """
        self.check_access("write")
        ready = self._allocate_to_confirm()
        waiting = self - ready
        # What a reviewer has to see does not wait for goods: whoever asks is told at once.
        waiting._check_review_gate()
        ready = ready.with_context(**{ALLOCATED: Memo()})
        res = super(SaleOrder, ready).action_confirm() if ready else True
        return waiting._notify_waiting() if waiting else res

    def _allocate_to_confirm(self):
        """Choose where the goods of these quotations come from; return the orders that go on, and remember the others.

        Without any rule of their company orders go core's way: from their own warehouse, whether goods are there or not. What
        was chosen by hand stays, and what was paid and handed over already waits for nothing.
        """
        quotations = self._get_quotations()
        if Memo.of(self.env, ALLOCATED) is not None or not self.env["cosmetics.allocation.rule"]._is_any(quotations.company_id):
            return self
        quotations = quotations.filtered(lambda order: order._is_worth_goods())
        waiting = quotations - quotations._allocate(firm=True)
        if waiting:
            waiting -= waiting._get_review_exempt()
            waiting._keep_confirm_request()
        return self - waiting

    def _check_goods_to_confirm(self):
        """Allocate these quotations, and raise when goods of one are missing."""
        quotations = self._get_quotations()
        if not self.env["cosmetics.allocation.rule"]._is_any(quotations.company_id):
            return
        quotations = quotations.filtered(lambda order: order._is_worth_goods())
        waiting = quotations - quotations._allocate(firm=True)
        if waiting and (waiting := waiting - waiting._get_review_exempt()):
            raise UserError(
                self.env._(
                    "Not confirmed:\n%(reasons)s\nPress Confirm: the order is confirmed by itself once the goods are there.",
                    reasons="\n".join(f"{order.name}: {order.allocation_sentence}" for order in waiting),
                )
            )

    def _is_worth_goods(self):
        """Tell if the order could be confirmed with its goods there; else it goes on and hears why not, and no goods are kept for it."""
        self.ensure_one()
        return (
            self.channel_state not in UNCONFIRMABLE
            and not self._confirmation_error_message()
            and not self.order_line._filtered_against_lifecycle()
        )

    def _notify_waiting(self):
        """Return the action that tells which orders wait, and for what."""
        reasons = [self.env._("%(name)s: %(reason)s", name=order.name, reason=order.allocation_sentence or "") for order in self[:5]]
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": "\n".join([self.env._("Not confirmed yet: goods are missing."), *reasons]),
                "sticky": True,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _keep_accepted(self):
        """The customer signed or paid, the goods are missing: the order is no mere draft any more, and says why it is not confirmed."""
        self.filtered(lambda order: order.state == "draft").write({"state": "sent"})
        for order in self:
            order.message_post(
                body=self.env._("Accepted by the customer, but not confirmed yet: %(reason)s", reason=order.allocation_sentence or "")
            )
