"""The steps of an after-sale."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .cosmetics_aftersale import GOODS_BACK, MONEY_BACK


class CosmeticsAftersale(models.Model):
    _inherit = "cosmetics.aftersale"

    def action_approve(self):
        """Agree to what the buyer asks. Goods that are to come back are awaited from now on."""
        self._check_step("draft")
        self._check_clerk()
        for aftersale in self:
            aftersale._check_approve()
        # sudo: the state is nobody's to type; who may approve has been checked above
        records = self.sudo()
        records.write({"state": "approved", "approved_by_id": self.env.uid})
        coming = records.filtered(lambda record: record.kind in GOODS_BACK)
        for aftersale in coming:
            aftersale._create_return_pickings()
        coming.write({"state": "waiting"})

    def action_draft(self):
        """Open an agreed after-sale again; the transfer that waits for the goods is cancelled."""
        self._check_step("approved", "waiting")
        self._check_clerk()
        self._cancel_pickings()
        self.sudo().write({"state": "draft", "approved_by_id": False})  # sudo: as above

    def action_refuse(self):
        """Tell the buyer no, with a reason."""
        self._check_step("draft", "approved", "waiting")
        self._check_clerk()
        for aftersale in self:
            if not (aftersale.close_reason or "").strip():
                raise UserError(self.env._("%s: write the reason of the refusal first; the buyer is told.", aftersale.name))
        self._cancel_pickings()
        self.sudo().write({"state": "refused"})  # sudo: as above

    def action_cancel(self):
        """The buyer has dropped the matter."""
        self._check_step("draft", "approved", "waiting")
        self._check_clerk()
        self._cancel_pickings()
        self.sudo().write({"state": "cancelled"})  # sudo: as above

    def action_receive(self):
        """Book in what came back, into the place where returns wait for inspection."""
        self._check_step("waiting")
        self._check_keeper()
        for aftersale in self:
            aftersale._receive_goods()

    def action_receive_all(self):
        """Everything that was agreed came back, in the batches that were delivered."""
        self._check_step("waiting")
        self._check_keeper()
        for line in self.line_ids.filtered(lambda line: not line.received_quantity):
            line.write({"received_quantity": line.quantity, "received_lot_id": (line.received_lot_id or line.lot_id).id})
        self.action_receive()

    def action_inspect(self):
        """Finish the inspection: goods go back on sale, are destroyed, wait for the supplier, or go back to the buyer."""
        self._check_step("received")
        self._check_keeper()
        lines = self.line_ids.filtered("received_quantity")
        for line in lines:
            line._check_inspected()
        lines._check_restock()
        # sudo: who inspected is nobody's to type; the right to inspect has been checked above
        lines.sudo().write({"inspected_by_id": self.env.uid, "inspected_at": fields.Datetime.now()})
        lines._apply_results()
        self.sudo().write({"state": "inspected"})
        self.sudo().filtered(lambda aftersale: not any(line._get_accepted_quantity() for line in aftersale.line_ids))._end_not_accepted()

    def _end_not_accepted(self):
        """Nothing of these is accepted: they end refused, with the findings as the reason."""
        for aftersale in self:
            found = dict.fromkeys(line.inspection_note for line in aftersale.line_ids.filtered("inspection_note"))
            aftersale.write({"state": "refused", "close_reason": " ".join(found)})

    def action_refund(self):
        """Give the money back: prepare the credit notes for the accountant; what a platform pays is only recorded."""
        self._check_clerk()
        for aftersale in self:
            aftersale._check_step(*aftersale._get_states_before_refund())
            aftersale._check_gifts()
        self.line_ids._lock_order_lines()
        self.sudo()._fit_amounts()  # sudo: the lines are closed to everybody; what came back decides
        self.sudo()._create_credit_notes()
        self.sudo().write({"state": "refunding"})
        paid = self.filtered(lambda aftersale: aftersale.refund_way == "platform" or not aftersale.refund_amount)
        paid.sudo()._finish_refund()

    def action_refunded(self):
        """The accountant has paid the buyer."""
        self._check_step("refunding")
        if not self.env.user.has_group("account.group_account_invoice"):
            raise AccessError(self.env._("The accountant notes that the money is out. Ask the accountant."))
        for aftersale in self:
            if aftersale.sudo().credit_note_ids.filtered(lambda move: move.state == "draft"):  # sudo: only its state is read
                raise UserError(self.env._("%s: post the credit note first.", aftersale.name))
        self.sudo()._finish_refund()  # sudo: accountants do not handle after-sales, only their money

    def action_send(self):
        """Send the other goods of an exchange, or the goods of a resend once more."""
        self._check_clerk()
        for aftersale in self:
            aftersale._check_step("inspected" if aftersale.kind == "exchange" else "approved")
            if aftersale.kind in MONEY_BACK:
                raise UserError(self.env._("Goods are sent for an exchange or a resend only."))
            aftersale._send_replacement()
        self.sudo().write({"state": "done"})  # sudo: as above

    # ------------------------------------------------------------------ who and when
    def _check_step(self, *states):
        self.check_access("read")
        labels = dict(self._fields["state"]._description_selection(self.env))
        self.order_id.check_access("read")
        for aftersale in self:
            if aftersale.state not in states:
                raise UserError(
                    self.env._(
                        "%(name)s is “%(state)s”: this step is not due. Reload the page.",
                        name=aftersale.name,
                        state=labels[aftersale.state],
                    )
                )

    def _check_clerk(self):
        self.check_access("write")
        if not self._is_clerk():
            raise AccessError(self.env._("The clerks of the orders decide this step. The warehouse books in and inspects."))

    def _check_keeper(self):
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("stock.group_stock_user"):
            raise AccessError(self.env._("The warehouse books in and inspects what comes back. Ask a warehouse keeper."))

    def _check_approve(self):
        """Refuse what is incomplete, too much for a clerk, or silent about the gifts."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("%s: list the goods first.", self.name))
        self._check_gifts()
        limit = self.company_id.aftersale_approval_amount
        is_reviewer = self.env.su or self.env.user.has_group("cosmetics_sales.group_order_reviewer")
        if limit and self.currency_id.compare_amounts(self.refund_amount, limit) > 0 and not is_reviewer:
            raise AccessError(
                self.env._(
                    "%(name)s refunds %(amount).2f. Above %(limit).2f a reviewer approves: ask one.",
                    name=self.name,
                    amount=self.refund_amount,
                    limit=limit,
                )
            )
        if self.kind in GOODS_BACK and not self.warehouse_id:
            raise UserError(self.env._("%s: choose the warehouse the goods come back to.", self.name))

    def _check_gifts(self):
        """When all that was paid comes back, the gifts come back too, or are charged."""
        if self.kind != "return" or self.gift_policy == "left":
            return
        order = self.order_id
        goods = order.order_line.filtered(lambda line: line._is_aftersale_goods() and not line.is_gift)
        if any(line._get_returnable_quantity() for line in goods):
            return
        kept = order.order_line.filtered(lambda line: line._is_aftersale_goods() and line.is_gift and line._get_returnable_quantity())
        if self.gift_policy == "charged" and not self.gift_charge and kept:
            raise UserError(self.env._("%s: enter the price at which the gifts are charged.", self.name))
        if self.gift_policy == "back" and kept:
            raise UserError(
                self.env._(
                    "%(name)s: everything that was paid comes back, the gift “%(gift)s” does not. Add it to the goods, charge it, "
                    "or leave it to the buyer.",
                    name=self.name,
                    gift=kept[0].product_id.display_name,
                )
            )

    def _get_states_before_refund(self):
        """Return the states in which the money may be given back."""
        self.ensure_one()
        if self.kind not in MONEY_BACK:
            raise UserError(self.env._("%s gives no money back: it sends goods.", self.name))
        return ("approved",) if self.kind == "refund" else ("inspected",)

    def _finish_refund(self):
        """The buyer has the money. Settlements call this too when they find the refund of a platform."""
        self.write({"state": "done", "refunded_at": fields.Datetime.now()})
        for aftersale in self:
            sentence = self.env._("%(name)s: %(amount).2f given back.", name=aftersale.name, amount=aftersale.refund_amount)
            aftersale.order_id._record_event("returned", sentence)

    def _fit_amounts(self):
        """What did not come back is not given back: lower the value of such lines by their share."""
        for line in self.filtered(lambda aftersale: aftersale.kind == "return").line_ids:
            if line.uom_id.compare(line.received_quantity, line.quantity) < 0:
                line.amount = line.currency_id.round(line.amount * line.received_quantity / line.quantity)

    def _follow_channel(self, refund_amount, state):
        """Take over what the platform tells: the amount while nothing is agreed, and whether it has paid."""
        for aftersale in self:
            if (
                aftersale.state == "draft"
                and refund_amount
                and aftersale.currency_id.compare_amounts(refund_amount, aftersale.refund_amount)
            ):
                aftersale._spread_amount(refund_amount)
            if state == "cancelled" and aftersale.state in ("draft", "approved", "waiting"):
                aftersale._cancel_pickings()
                aftersale.write({"state": "cancelled"})
            elif state == "refunded" and not aftersale.refunded_at:
                aftersale.refunded_at = fields.Datetime.now()
                if aftersale.kind == "refund" and aftersale.state == "draft":
                    aftersale.write({"state": "done"})

    def _spread_amount(self, amount):
        """Spread what the platform gives back over the goods, the rest is freight; never more than was paid."""
        self.ensure_one()
        from_goods = {
            line: line.order_line_id._get_paid_amount() - line.order_line_id._get_aftersale_used(line.ids)[1] for line in self.line_ids
        }
        goods = min(amount, sum(from_goods.values()))
        self.refund_freight = amount > goods
        parts = self.env["cosmetics.aftersale.line"]._spread(goods, from_goods)
        for line, part in parts.items():
            line.amount = part
