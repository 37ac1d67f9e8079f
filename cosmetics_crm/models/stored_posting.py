"""One posting to the ledger of stored value: read under locks, decide in plain Python, write in a few statements."""

from collections import defaultdict
from types import SimpleNamespace

from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import stored as rules
from ..tools.points import to_points as yuan
from ..tools.points import to_units as cents
from ..tools.stored_act import StoredResult
from .stored_writing import StoredWriting

KINDS = ("opening", "top_up", "spend", "give_back", "take_back", "refund")


class StoredPosting(StoredWriting):
    """The top-ups of some cards, locked for the rest of the transaction; the number of statements does not grow with the cards.

    A card that somebody else moved meanwhile raises PostgreSQL's serialization failure, upon which Odoo starts the transaction over.
    """

    def __init__(self, cards, acts=(), with_empty=False):
        # sudo: the ledger belongs to no role; whoever sells or refunds moves money by it
        super().__init__(cards.sudo(), acts)
        self.cards._points_lock()
        self.cards.invalidate_recordset(["stored_principal", "stored_bonus", "stored_state"])
        self.done = self._read_done()
        moved = self._read_history()
        self.all = self._read_batches({row[4] for row in moved}, with_empty)
        for origin, kind, principal, bonus, batch_id in moved:
            batch = self._youngest(batch_id)
            self.history[batch.card_id, origin].append((kind, principal, bonus, batch.batch))

    # ------------------------------------------------------------------ read
    def _read_history(self):
        """Return [(origin, kind, principal, bonus, batch)] of the origins whose money goes back."""
        moved = self._read_moves_of_origins(["origin_model", "origin_id", "kind", "principal", "bonus", "batch_id"])
        return [(tuple(origin), kind, cents(principal), cents(bonus), batch) for *origin, kind, principal, bonus, batch in moved if batch]

    def _read_batches(self, batch_ids, with_empty):
        """Read the top-ups of the cards, those named, and what took over from them."""
        self.env["cosmetics.stored.batch"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                WITH RECURSIVE wanted AS (
                    SELECT id FROM cosmetics_stored_batch
                     WHERE (card_id = ANY(%s) AND (principal_left > 0 OR bonus_left > 0 OR %s)) OR id = ANY(%s)
                    UNION SELECT twin.id FROM cosmetics_stored_batch twin JOIN wanted ON twin.twin_of_id = wanted.id
                )
                SELECT id, card_id, principal_paid, bonus_given, principal_left, bonus_left, twin_of_id, origin_model, origin_id
                  FROM cosmetics_stored_batch JOIN wanted USING (id) ORDER BY id
                """,
                list(self.cards.ids), with_empty, list(batch_ids),
            )
        )  # fmt: skip
        found = {}
        for batch_id, card_id, *amounts, twin_of, model, res_id in self.env.cr.fetchall():
            batch = rules.Batch(batch_id, *map(cents, amounts), origin=(model, res_id) if model else None)
            found[batch_id] = SimpleNamespace(batch=batch, card_id=card_id, twin=None)
            if twin_of in found:
                found[twin_of].twin = batch_id
            if card_id in self.held:
                self.held[card_id].append(batch)
        return found

    def _youngest(self, batch_id):
        """Return the top-up that stands for one of a card that was replaced."""
        found = self.all[batch_id]
        while found.twin:
            found = self.all[found.twin]
        return found

    # ------------------------------------------------------------------ decide
    def decide(self, act):
        """Carry out one act on the cards in memory; return its StoredResult."""
        if act.kind not in KINDS or (act.amount or 0) < 0 or (act.bonus or 0) < 0:
            raise ValueError(f"not an act of the ledger of stored value: {act}")
        if act.key in self.done:
            return StoredResult(is_replay=True)
        self.done.add(act.key)
        card = act.card._points_root().sudo()
        result = StoredResult()
        rows = getattr(self, f"_decide_{act.kind}")(card, act, result)
        result.principal, result.bonus = (yuan(sum(getattr(row, name) for row in rows)) for name in ("principal", "bonus"))
        # An act that found nothing to move leaves a row, too: the same key does nothing later, when there would be something.
        self._note(card, act.kind, act.key, rows, act)
        return result

    def _decide_opening(self, card, act, _result):
        return self._feed(card, act, cents(act.bonus or 0))

    def _decide_top_up(self, card, act, result):
        program = card.program_id
        bonus = cents(program._get_stored_bonus(act.amount) if act.bonus is None else act.bonus)
        balance = yuan(rules.left(self.held[card.id]) + cents(act.amount) + bonus)
        total = act.amount if act.total is None else act.total
        result.broken = card._get_stored_refusals(balance, total, act.is_cash, act.buyer)
        if result.broken and not act.is_partial:
            raise UserError("\n".join(result.broken))
        return self._feed(card, act, bonus)

    def _feed(self, card, act, bonus):
        return [rules.top_up(self._make_batch(card, act), cents(act.amount), bonus)]

    def _decide_spend(self, card, act, result):
        wanted, there = cents(act.amount), rules.left(self.held[card.id])
        blocked = card._get_stored_block()
        if blocked and not act.is_partial:
            raise UserError(blocked)
        if blocked:
            wanted, there, result.missing, result.broken = 0, 0, act.amount, [blocked]
        if wanted > there and not act.is_partial:
            raise UserError(
                self.env._(
                    "%(card)s: %(needed).2f is to be paid, %(there).2f is on the card. Pay less with the card.",
                    card=card.partner_id.display_name or card.code,
                    needed=act.amount,
                    there=yuan(there),
                )
            )
        if wanted > there:
            result.missing = yuan(wanted - there)
        return rules.spend(self.held[card.id], wanted, card.program_id.stored_use)

    def _decide_give_back(self, card, act, result):
        """Principal and bonus go back to the top-ups they came from, also on a card that took over."""
        out = defaultdict(lambda: [0, 0])
        batches = {}
        for kind, principal, bonus, batch in self.history[card.id, self._origin(act)]:
            if kind in ("spend", "give_back"):
                batches[batch.ref] = batch
                out[batch.ref][0] -= principal
                out[batch.ref][1] -= bonus
        open_parts = [(batches[ref], *parts) for ref, parts in sorted(out.items())]
        there = sum(principal + bonus for _batch, principal, bonus in open_parts)
        result.missing = yuan(max(cents(act.amount) - there, 0))
        return rules.give_back(open_parts, min(cents(act.amount), there))

    def _decide_take_back(self, card, act, result):
        rows, rest = [], cents(act.amount)
        seen = set()
        for kind, _principal, _bonus, batch in self.history[card.id, self._origin(act)]:
            if kind == "top_up" and batch.ref not in seen:
                seen.add(batch.ref)
                taken, _missing = rules.take_back(batch, min(rest, batch.paid))
                rest += sum(row.principal for row in taken)
                rows += taken
        if rest and not act.is_partial:
            raise UserError(
                self.env._("%.2f of this top-up has been spent already: it cannot be undone. Refund the card instead.", yuan(rest))
            )
        result.missing = yuan(rest)
        return rows

    def _decide_refund(self, card, act, _result):
        return rules.empty(self.held[card.id])

    def transfer(self, source, target, key):
        """Move everything of one card to another: each top-up keeps its day, its rates and what was consumed of it."""
        # Spent ones, too: what is given back to them later belongs to the other card.
        held = [(batch, batch.principal, batch.bonus) for batch in self.held[source.id]]
        self._note(source, "transfer", f"{key},out", rules.empty(self.held[source.id]))
        rows = []
        for batch, principal, bonus in held:
            twin = self._make_batch(target, batch.ref)
            twin.paid, twin.given, twin.origin = batch.paid, batch.given, batch.origin
            twin.principal, twin.bonus = principal, bonus
            if twin.left:
                rows.append(rules.Row(principal, bonus, twin))
        if rows:
            self._note(target, "transfer", f"{key},in", rows)
