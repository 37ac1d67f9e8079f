"""The one way into the ledger of stored value."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.stored_act import StoredAct
from .stored_posting import StoredPosting


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model
    def _stored_post(self, acts):
        """Carry out acts on stored-value cards, in this order; all of them or, with an error, none.

        The cards are locked until the end of the transaction. An act whose key is in the ledger already is skipped.

        :param acts: list of `tools.stored_act.StoredAct`
        :return: list of `tools.stored_act.StoredResult`, one an act
        :raises UserError: when more is to be paid than there is, the card is blocked, or a top-up breaks a rule
        :raises ValueError: for an act that makes no sense, or a card that holds no stored value
        """
        acts = [act for act in acts if act.card]
        cards = self.browse().union(*(act.card._points_root() for act in acts))
        if outside := cards.sudo().filtered(lambda card: not card.stored_kind):
            raise ValueError(f"no stored-value cards: {outside}")
        if not acts:
            return []
        posting = StoredPosting(cards, acts)
        results = [posting.decide(act) for act in acts]
        posting.apply()
        cards.sudo()._start_stored_validity()
        return results

    def _stored_absorb(self, others):
        """Take over everything from other cards of the same program; they are closed and stand for this one from now on."""
        self.ensure_one()
        if not others:
            return
        # sudo: the ledger belongs to no role
        posting = StoredPosting((self | others).sudo(), with_empty=True)
        for card in others.sudo():
            posting.transfer(card, self.sudo(), f"move,{card.id},{self.id}")
        posting.apply()
        others._set_stored_state("replaced", False)
        others.sudo()._set_merged_into(self)

    def _set_stored_state(self, state, is_active):
        """Write what a card is; by SQL, for the gate lets nobody through. Core offers no card that is not active."""
        cards = self.sudo()  # sudo: the caller has checked who may
        old = dict(self._fields["stored_state"]._description_selection(self.env))
        for card in cards:
            text = self.env._("%(old)s → %(new)s", old=old[card.stored_state], new=old[state])
            card.message_post(body=text, author_id=self.env.user.partner_id.id)
        cards.flush_recordset()
        self.env.cr.execute(
            SQL("UPDATE loyalty_card SET stored_state = %s, active = %s WHERE id = ANY(%s)", state, is_active, list(self.ids))
        )
        cards.invalidate_recordset(["stored_state", "active"])
        cards.modified(["stored_state", "active"])

    def _start_stored_validity(self):
        """Let a bearer card live its years from the first top-up on."""
        for card in self.filtered(lambda card: card.stored_kind == "bearer" and not card.expiration_date and card.points):
            card.expiration_date = fields.Date.add(self._points_today(), years=card.program_id.stored_years)

    @api.model
    def _find_stored_card(self, program, partner):
        """Return the named card of a customer, also one that was reported lost; empty without one."""
        if not partner:
            return self.browse()
        states = ("active", "lost")
        domain = [("program_id", "=", program.id), ("partner_id", "=", partner.id), ("stored_state", "in", states)]
        return self.with_context(active_test=False).search(domain, order="id", limit=1).with_env(self.env)

    @api.model
    def _open_stored_ledger(self, held):
        """Give the cards of before the ledger their opening row: all of it is principal.

        :param held: {card: what it held}
        """
        reason = self.env._("Balance at the start of the ledger")
        self._stored_post([StoredAct(card, "opening", amount, f"opening,{card.id}", reason=reason) for card, amount in held.items()])

    def _post_stored_opening(self, amount):
        """Give a new card what it had elsewhere, e.g. in the books of before."""
        self.ensure_one()
        refusals = self.sudo()._get_stored_refusals(amount, amount)  # sudo: rules of the program
        if refusals:
            raise UserError("\n".join(refusals))
        self._stored_post([StoredAct(self, "opening", amount, f"opening,{self.id}", reason=self.env._("Opening balance"))])
