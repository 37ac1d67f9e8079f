"""Goods that come back take back what they earned and give back what was spent on them."""

from odoo import models

from ..tools import ticket_points as ticket

PAID = ("paid", "done", "invoiced")


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _prepare_points_refunds(self):
        """Return the acts of what this order brings back, in the share of what came back of each sale altogether until now."""
        acts = []
        for sale in self.lines.refunded_orderline_id.order_id:
            acts += self._prepare_points_refund(sale)
        return acts

    def _prepare_points_refund(self, sale):
        """Return the acts for one sale: points spent come back first, so that no debt is made only to be paid at once."""
        earning, spending = sale._read_points_cards(["earn"]), sale._read_points_cards(["spend"])
        if not earning and not spending:
            return []
        fractions = sale._get_points_fractions(self)
        found = sale._get_points_ticket((earning | spending).program_id)
        acts = []
        for card in spending:
            part, whole = ticket.undone(sale._get_points_paid_weights(found, card), fractions)
            if part:
                acts.append(self._prepare_points_act(card, "give_back", sale, part=part, whole=whole))
        for card in earning:
            part, whole = ticket.undone(sale._get_points_weights(card.program_id, found), fractions)
            if part:
                acts.append(self._prepare_points_act(card, "take_back", sale, part=part, whole=whole))
        return acts

    def _get_points_fractions(self, refund):
        """Return {id of a line of this sale: part of it that came back in all}, `refund` included."""
        self.ensure_one()
        fractions = {}
        for line in self.lines.filtered("qty"):
            back = line.refund_orderline_ids.filtered(lambda one: one.order_id == refund or one.order_id.state in PAID)
            if back:
                fractions[line.id] = -sum(back.mapped("qty")) / line.qty
        return fractions

    def _get_points_paid_weights(self, found, card):
        """Return {line id: cents} of the goods that points of this card paid for."""
        weights = {}
        for redemption in found.redemptions:
            if redemption.card._points_root() == card:
                code = redemption.lines[:1].reward_identifier_code or f"line {redemption.lines[:1].id}"
                for ref, cents in found.parts[code].items():
                    weights[ref] = weights.get(ref, 0) + cents
        return weights
