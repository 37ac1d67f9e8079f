"""What a till order does to the points of its member: decided here from the order, never by the till."""

from odoo import models
from odoo.addons.cosmetics_crm.tools import points as ledger
from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools import ticket_points as ticket


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _post_points(self):
        """Post to the ledger what this paid order spends, earns, gives back and takes back; a second time does nothing.

        The customer has gone: a sale that spent more than there was is stored, and what is missing goes to the conflict list.
        """
        self.ensure_one()
        # sudo: points follow from the order; the clerk neither reads the ledger nor other shops' returns of the same sale
        order = self.sudo()
        programs = order._get_points_programs()
        found = order._get_points_ticket(programs)
        conflicts = order._get_points_faults(found)
        spends = order._prepare_points_spends(found)
        earns = order._prepare_points_earns(found, programs)
        acts = [*spends, *earns, *order._prepare_points_refunds()]
        if not acts and not conflicts:
            return
        results = order.env["loyalty.card"]._points_post(acts)
        if acts and all(result.is_replay for result in results):
            return
        conflicts += order._get_points_shortfalls(found, zip(acts, results, strict=True))
        order.env["cosmetics.points.conflict"]._record(conflicts)
        order._note_points(list(zip(acts, results, strict=True)))

    def _note_points(self, done):
        """Keep on the order what its receipt says."""
        signs = {"earn": "points_earned", "take_back": "points_earned", "spend": "points_spent", "give_back": "points_spent"}
        sums = dict.fromkeys(("points_earned", "points_spent"), 0.0)
        for act, result in done:
            sums[signs[act.kind]] += result.points
        cards = self.browse()._get_points_roots(act.card for act, _result in done)
        balance = sum(cards.mapped("points"))
        self.write({"points_earned": sums["points_earned"], "points_spent": -sums["points_spent"], "points_balance": balance})

    def _get_points_roots(self, cards):
        """Return the cards that these stand for by now."""
        return self.env["loyalty.card"].browse().union(*(card._points_root() for card in cards))

    # ------------------------------------------------------------------ earning
    def _get_points_programs(self):
        """Return the points programs that hold for this order at the day (China) and the till of its sale."""
        self.ensure_one()
        day = self._get_points_day()
        return (
            self.env["loyalty.program"]
            .search(
                Domain("program_type", "=", "loyalty")
                & Domain("pos_ok", "=", True)
                & (Domain("pos_config_ids", "=", False) | Domain("pos_config_ids", "in", self.config_id.ids))
                & (Domain("date_from", "=", False) | Domain("date_from", "<=", day))
                & (Domain("date_to", "=", False) | Domain("date_to", ">=", day))
                & (Domain("pricelist_ids", "=", False) | Domain("pricelist_ids", "in", self.pricelist_id.ids))
                & Domain("company_id", "in", (False, self.company_id.id))
                & Domain("currency_id", "=", self.currency_id.id)
            )
            .filtered(lambda program: program._is_points_ledger())
        )

    def _get_points_day(self):
        """Return the day in China on which the order was sold."""
        return self.env["loyalty.card"]._points_day(self.date_order)

    def _prepare_points_earns(self, found, programs):
        """Return the acts that add what the goods of this order earn; only who has a card, or may get one, earns."""
        acts = []
        partner, day = self.partner_id, self._get_points_day()
        if not partner or not found.goods:
            return acts
        for program in programs:
            weights = self._get_points_weights(program, found)
            units = ticket.earned(weights, program._get_points_multiplier(partner, day))
            card = self.env["loyalty.card"]._get_till_card(program, partner, self) if units > 0 else None
            if card:
                acts.append(self._prepare_points_act(card, "earn", self, points=ledger.to_points(units)))
        return acts

    def _prepare_points_act(self, card, kind, origin, **vals):
        reason = self.env._("Till %s", self.pos_reference or self.name)
        card = card._points_root()
        return Act(card, kind, vals.pop("points", None), f"pos.order,{self.id},{kind},{card.id},{origin.id}", origin, reason, **vals)

    # ------------------------------------------------------------------ spending
    def _prepare_points_spends(self, found):
        """Return the acts that take what was redeemed, one a card."""
        wanted = {}
        for redemption in found.redemptions:
            if self._is_points_own_card(redemption):
                card = redemption.card._points_root()
                wanted[card] = wanted.get(card, 0) + redemption.points
        return [self._prepare_points_act(card, "spend", self, points=points, is_partial=True) for card, points in wanted.items()]

    def _is_points_own_card(self, redemption):
        """Return whether a reward was paid with points of the customer of this order."""
        card = redemption.card
        if not card or not card.in_ledger or card.program_id != redemption.reward.program_id:
            return False
        owner = card._points_root().partner_id
        return bool(owner) and owner == self.partner_id

    # ------------------------------------------------------------------ what went wrong
    def _get_points_faults(self, found):
        """Return conflicts that the ticket itself shows: points of somebody else, or more than points may pay."""
        faults = []
        for redemption in found.redemptions:
            if not self._is_points_own_card(redemption):
                own = self.env["loyalty.card"]._find_till_card(redemption.reward.program_id, self.partner_id)
                faults.append(self._prepare_points_conflict("foreign", own, redemption.points, redemption.amount))
        for program in {redemption.reward.program_id for redemption in found.redemptions}:
            limit = self._get_points_limit(program, found)
            used = sum(redemption.amount for redemption in found.redemptions if self._is_points_capped(redemption, program))
            if self.currency_id.compare_amounts(used, limit) > 0:
                cards = [redemption.card for redemption in found.redemptions if redemption.reward.program_id == program]
                faults.append(self._prepare_points_conflict("cap", cards[0], 0, used - limit))
        return faults

    @staticmethod
    def _is_points_capped(redemption, program):
        reward = redemption.reward
        return reward.program_id == program and reward.reward_type == "discount" and reward.discount_mode != "percent"

    def _get_points_limit(self, program, found):
        """Return the money that points of a program may pay: a part of the goods, other discounts taken off."""
        goods = sum(line.amount for line in found.goods)
        own = {redemption.lines[:1].reward_identifier_code for redemption in found.redemptions}
        others = sum(sum(part.values()) for code, part in found.parts.items() if code not in own)
        return self.currency_id.round(max(goods - others, 0) / 100 * program.points_redeem_cap / 100)

    def _get_points_shortfalls(self, found, done):
        """Return conflicts of points that were not there any more."""
        faults = []
        for act, result in done:
            if act.kind == "spend" and result.missing:
                worth = sum(
                    one.amount for one in found.redemptions if self._is_points_own_card(one) and one.card._points_root() == act.card
                )
                faults.append(self._prepare_points_conflict("missing", act.card, result.missing, worth * result.missing / act.points))
        return faults

    def _prepare_points_conflict(self, kind, card, points, value):
        return {
            "order_id": self.id,
            "card_id": card.id if card else False,
            "kind": kind,
            "points": points,
            "value": self.currency_id.round(value),
            "company_id": self.company_id.id,
        }

    # ------------------------------------------------------------------ ledger
    def _read_points_cards(self, kinds):
        """Return the cards whose points these orders moved in these ways."""
        query = SQL(
            "SELECT DISTINCT card_id FROM cosmetics_points_move"
            " WHERE origin_model = 'pos.order' AND origin_id = ANY(%s) AND kind = ANY(%s)",
            list(self.ids), list(kinds),
        )  # fmt: skip
        cards = self.env["loyalty.card"].browse([card_id for (card_id,) in self.env.execute_query(query)])
        return self._get_points_roots(cards)
