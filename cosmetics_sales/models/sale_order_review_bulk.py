"""Hundreds of orders are reviewed and confirmed at once; what cannot be confirmed stays and says why."""

from odoo import api, fields, models
from odoo.tools import split_every

CHUNK = 200
PER_RUN = 2000


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_review(self):
        """Review these quotations and say how many may be confirmed; a reviewer who reads them may as well."""
        self.check_access("read" if self.env.user.has_group("cosmetics_sales.group_order_reviewer") else "write")
        quotations = self._get_quotations()
        allowed = quotations._review()
        return quotations._notify_review(
            self.env._("%(allowed)s may be confirmed, %(stay)s wait.", allowed=len(allowed), stay=len(quotations) - len(allowed)),
            quotations - allowed,
        )

    def action_review_confirm(self):
        """Review, allocate and confirm these quotations; those that may not be confirmed stay, with the reason."""
        self.check_access("write")
        quotations = self._get_quotations()
        allowed = quotations._review()
        done, refused = allowed._confirm_in_bulk()
        # sudo: the reason is written by the machine, never by hand
        for order, sentence in refused.items():
            order.sudo().write({"review_note": sentence, "review_reason": order._get_refusal_reason()})
        return quotations._notify_review(
            self.env._("%(done)s confirmed, %(stay)s stay.", done=len(done), stay=len(quotations) - len(done)), quotations - done
        )

    def _get_quotations(self):
        return self.filtered(lambda order: order.state in ("draft", "sent"))

    def _get_refusal_reason(self):
        """Return what tells each reader why the order was refused: its allocation, or nothing but the words of the refusal."""
        self.ensure_one()
        return {"allocation": True} if self.is_confirm_requested and self.allocation_state == "waiting" else False

    def _notify_review(self, message, staying):
        """Return the action that tells the result and opens what stays."""
        # Not as a title: the client puts a full stop between the two, and a line break of the message is a space on the screen.
        told = [self.env._("%(name)s: %(reason)s", name=order.name, reason=order.review_sentence or "") for order in staying[:5]]
        if len(self) > 1 and staying:
            following = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_sales.sale_order_action_to_review")
            following.update(domain=[("id", "in", staying.ids)], context={}, name=self.env._("Orders That Stay"))
        else:
            following = {"type": "ir.actions.client", "tag": "soft_reload"}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if staying else "success",
                "message": "\n".join([message, *told]),
                "sticky": bool(staying),
                "next": following,
            },
        }

    # ------------------------------------------------------------------ nobody waits silently
    def _validate_order(self):
        """A signature or payment is kept whatever the review says; the order is confirmed if it may be, else it waits for a reviewer."""
        allowed = self._review() | self._get_review_exempt()
        (self - allowed)._keep_for_review()
        res = super(SaleOrder, allowed)._validate_order() if allowed else None
        allowed._get_quotations()._keep_accepted()
        return res

    def _keep_for_review(self):
        """The customer accepted these orders, but they need a reviewer first."""
        self.filtered(lambda order: order.state == "draft").write({"state": "sent"})
        for order in self:
            order.message_post(
                body=self.env._("Accepted by the customer, but not confirmed yet: %(reason)s", reason=order.sudo().review_sentence)
            )

    @api.model
    def _cron_review_orders(self):
        """Review orders of the platforms that nobody has looked at; each batch is kept before the next."""
        orders = self.search(self._get_review_cron_domain(), limit=PER_RUN, order="id")
        self.env["ir.cron"]._commit_progress(remaining=len(orders))
        for ids in split_every(CHUNK, orders.ids):
            batch = self.browse(ids)
            batch._review()
            if not self.env["ir.cron"]._commit_progress(len(batch)):
                break

    @api.model
    def _get_review_cron_domain(self):
        """Return the domain of orders that are reviewed by themselves: of platforms, alive there, not reviewed as they stand."""
        return fields.Domain(
            [
                ("state", "in", ("draft", "sent")),
                ("review_state", "=", "none"),
                ("channel_id.kind", "=", "marketplace"),
                ("channel_state", "not in", ("unpaid", "cancelled", "refunded")),
            ]
        )
