"""Coupons of a campaign, and whether they may be used together."""

from odoo import fields, models
from odoo.tools import SQL

from ..tools import stacking


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    campaign_member_ids = fields.One2many("cosmetics.campaign.member", "card_id", string="Campaigns")

    def _get_use_refusal(self, order, store=None, partner=None):
        """Return the sentence why these coupons may not be used together on a document, None when they may.

        :param order: the order or receipt (a record, perhaps not saved yet)
        :param store: where they are used; left out: the store of the document, when it has one
        :param partner: who uses them; left out: the customer of the document
        """
        cards = self.sudo()  # limits count the coupons of everybody
        store = store or ("store_id" in order._fields and order.store_id) or self.env["cosmetics.store"]
        partner = partner or ("partner_id" in order._fields and order.partner_id) or cards.partner_id[:1]
        found = stacking.refusal([card._describe_use(order, store, partner) for card in cards], self.env.company.coupon_order_limit)
        if not found:
            return None
        why, number = found
        name = cards[number].program_id.name if why != "order" else ""
        sentences = {
            "order": self.env._("An order takes %s coupons at most. Leave some out.", number),
            "alone": self.env._("The coupon %s is not combined with others. Leave the others out.", name),
            "same": self.env._("Of the coupon %s an order takes one. Leave the others out.", name),
            "member": self.env._("The member has used the coupon %s as often as allowed.", name),
            "store": self.env._("The store has given the coupon %s as often as allowed.", name),
        }
        return sentences[why]

    def _lock_use(self):
        """Let no two orders be the last one that a limit allows: whoever comes second starts over and counts the first.

        Call it before coupons are used, not before it is asked whether they may be: the rows are touched, since a mere lock would leave
        the second one with the figures from before.
        """
        limited = self.sudo().program_id.filtered(lambda program: program.coupon_member_limit or program.coupon_store_limit)
        for table, records in (("loyalty_program", limited), ("loyalty_card", self)):
            if records:
                ids = sorted(records.ids)
                self.env.cr.execute(SQL("SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE", SQL.identifier(table), ids))
                self.env.cr.execute(SQL("UPDATE %s SET id = id WHERE id = ANY(%s)", SQL.identifier(table), ids))
        self.invalidate_recordset(["points"])

    def _describe_use(self, order, store, partner):
        self.ensure_one()
        program = self.program_id
        used = self.env["cosmetics.coupon.redemption"].sudo()
        others = ["|", ("order_model", "!=", order._name), ("order_id", "!=", order.id or 0), ("program_id", "=", program.id)]
        by_member, by_store = program.coupon_member_limit, program.coupon_store_limit if store else 0

        def count(name, value, limit):
            # More uses than the limit say nothing more.
            return used.search_count([*others, (name, "=", value)], limit=limit) if limit else 0

        return stacking.Coupon(
            program.id,
            program.coupon_stacking,
            by_member,
            count("partner_id", partner.commercial_partner_id.id, by_member),
            by_store,
            count("store_id", store.id, by_store),
        )
