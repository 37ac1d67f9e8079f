"""Who must approve an order, and that nobody approves an own one."""

from ast import literal_eval

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools import approval_tier
from odoo.exceptions import UserError
from odoo.tools import format_list


class SaleOrder(models.Model):
    _inherit = "sale.order"

    can_approve = fields.Boolean(compute="_compute_can_approve", help="An approval of this order waits for you.")

    @api.depends("state", "review_ids.status")
    @api.depends_context("uid")
    def _compute_can_approve(self):
        for order in self:
            order.can_approve = order.state in ("draft", "sent") and bool(order._get_my_reviews())

    def _compute_need_validation(self):
        """Ask for the nodes once for all orders, not once for each."""
        nodes = self.filtered("id").sudo()._get_approval_nodes()
        for order in self:
            found = nodes.get(order.sudo())
            order.need_validation = bool(found) and not order.review_ids and order._check_state_from_condition()

    # ------------------------------------------------------------------ actions
    def action_review_approve(self):
        """Approve what waits for the user on these orders."""
        return self._answer_approvals("approved")

    def action_review_refuse(self):
        """Refuse what waits for the user on these orders."""
        return self._answer_approvals("rejected")

    def _answer_approvals(self, status):
        # Who is asked answers, and need not be able to write orders.
        self.check_access("read")
        mine = {order: order._get_my_reviews() for order in self}
        if not all(mine.values()):
            names = format_list(self.env, [order.name for order, tiers in mine.items() if not tiers])
            raise UserError(self.env._("%(orders)s: no approval waits for you. Nobody approves an order of one's own.", orders=names))
        for order, tiers in mine.items():
            if order._is_review_outdated():
                raise UserError(self.env._("%(order)s has changed since it was put before you. Review it again.", order=order.name))
            tiers.write({"status": status, "done_by": self.env.uid, "reviewed_date": fields.Datetime.now()})
            order.review_ids._update_review_status()
        self._after_approval(status)
        return True

    # ------------------------------------------------------------------ flow of the approval tiers
    def _validate_tier(self, tiers=False):
        res = super()._validate_tier(tiers)
        self._after_approval("approved")
        return res

    def _rejected_tier(self, tiers=False):
        res = super()._rejected_tier(tiers)
        self._after_approval("rejected")
        return res

    def request_validation(self):
        """The button of the approval tiers: approvals are part of the review."""
        self.check_access("write")
        self._review()
        return self.review_ids

    def restart_validation(self):
        """The button of the approval tiers: what was answered is asked anew."""
        self.check_access("write")
        for order in self.filtered(lambda order: order.state in ("draft", "sent")):
            order.sudo()._withdraw_review()
        self._review()

    # ------------------------------------------------------------------ hooks and helpers
    def _get_approval_nodes(self):
        """Return {order: approval nodes (tier.definition) that the order has to pass}; one query, however many orders."""
        # sudo: nodes bind whoever sells, and a portal user who signs reads none
        nodes = self.env["tier.definition"].sudo().search([("model", "=", "sale.order")], order="sequence, id")
        found = dict.fromkeys(self, nodes.browse())
        for node in nodes:
            orders = self.filtered(lambda order, node=node: node.company_id in (order.company_id, node.company_id.browse()))
            domain = literal_eval(node.definition_domain or "[]")
            for order in orders.sudo().filtered_domain(domain):
                found[self.browse(order.id)] |= node
        return found

    def _get_given_approvals(self):
        """Return the nodes that approved this order as it stands."""
        self.ensure_one()
        fingerprint = self._get_fingerprint()
        tiers = self.sudo().review_ids
        return tiers.filtered(lambda tier: tier.status == "approved" and tier.order_fingerprint == fingerprint).definition_id

    def _get_review_authors(self):
        """Return the users who cannot approve this order: who entered it, sells it, changed it or asked for the approval."""
        self.ensure_one()
        order = self.sudo()
        return order.create_uid | order.user_id | order.review_author_ids | order.review_ids.requested_by

    def _get_my_reviews(self):
        """Return the approvals of this order that wait for the user, those of the first open step only."""
        self.ensure_one()
        return approval_tier.waiting_for(self.env.user, self.review_ids)

    def _is_review_outdated(self):
        """Tell if the order changed since its approval was asked for."""
        self.ensure_one()
        order = self.sudo()
        return order._get_fingerprint() != order.review_fingerprint

    def _request_approvals(self):
        """Drop requests of an earlier state of these orders, and ask for those that are missing; one create for all.

        The request is the seller's, whoever pressed the button or whichever job ran.
        """
        nodes = self._get_approval_nodes()
        stale, new = self.review_ids.browse(), []
        for order in self:
            fits = {node: node.id for node in nodes[order]}
            kept = order.review_ids.filtered(
                lambda tier, order=order, fits=fits: tier.definition_id in fits and tier.order_fingerprint == order.review_fingerprint
            )
            stale |= order.review_ids - kept
            missing = nodes[order] - kept.definition_id
            for sequence, node in enumerate(nodes[order], 1):
                if node in missing:
                    vals = order._prepare_tier_review_vals(node, sequence)
                    seller = order.user_id or order.create_uid
                    new.append({**vals, "requested_by": seller.id, "order_fingerprint": order.review_fingerprint})
        stale.unlink()
        created = self.env["tier.review"].create(new)
        created._update_review_status()
        for order in self.browse(set(created.mapped("res_id"))):
            order._notify_review_requested(created.filtered(lambda tier, order=order: tier.res_id == order.id))

    def _after_approval(self, status):
        """Bring the state of the review up to date; the seller hears of a refusal."""
        orders = self.sudo()
        orders.invalidate_recordset(["review_ids"])
        orders._update_review_state()
        for order in orders if status == "rejected" else ():
            order.message_post(
                body=self.env._("The order was refused by %(user)s.", user=self.env.user.name),
                author_id=self.env.user.partner_id.id,
                partner_ids=(order.user_id.partner_id - self.env.user.partner_id).ids,
            )

    def action_review_waive(self):
        """Open the dialogue that waives the blocks of this order."""
        self.ensure_one()
        self.check_access("read")
        blocks = self.finding_ids.filtered(lambda finding: finding.level == "block" and not finding.waived_by_id)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Waive Findings"),
            "res_model": "cosmetics.review.waive",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id, "default_finding_ids": blocks.ids},
        }
