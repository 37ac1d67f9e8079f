"""One posting to the points ledger: read under locks, decide in plain Python, write in a few statements."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools import points as rules
from ..tools.points_act import BY_RULE, Result
from .points_writing import PointsWriting

SIGNED = ("opening", "adjust")
UNSIGNED = ("earn", "spend", "take_back", "give_back", "forfeit")
# What the ledger calls an act that is no kind of its own: points that nobody may spend any more.
WRITTEN_AS = {"forfeit": "expire"}


class PointsPosting(PointsWriting):
    """The accounts of some cards, locked for the rest of the transaction.

    The number of statements does not grow with the number of cards. A card that somebody else moved meanwhile raises PostgreSQL's
    serialization failure, upon which Odoo starts the transaction over.
    """

    def __init__(self, cards, acts=()):
        # sudo: the ledger belongs to no role; whoever sells or refunds moves points by it
        super().__init__(cards.sudo(), acts)
        self._lock()
        self.done = self._read_done()
        moved, batch_ids = self._read_history()
        batches = self._read_batches(batch_ids)
        for root, origin, kind, units, batch_id in moved:
            self.history[root, origin].append((kind, units, batches.get(batch_id)))
        for card in self.cards:
            self._settle(card)

    # ------------------------------------------------------------------ read
    def _lock(self):
        for card in self.cards._points_lock():
            self.accounts[card.id] = rules.Account(debt=rules.to_units(card.points_debt))

    def _read_history(self):
        """Return ([(card, origin, kind, units, batch)], batches) of the origins whose points go back or are taken back."""
        moved = self._read_moves_of_origins(["card_id", "origin_model", "origin_id", "kind", "points", "batch_id"])
        cards = self.env["loyalty.card"].browse({row[0] for row in moved})
        roots = {card.id: card._points_root().id for card in cards}
        return [
            (roots[card], (model, res_id), kind, rules.to_units(points), batch) for card, model, res_id, kind, points, batch in moved
        ], {row[5] for row in moved if row[5]}

    def _read_batches(self, batch_ids):
        self.env["cosmetics.points.batch"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                SELECT id, card_id, remaining, available_on, expires_on, origin_model, origin_id FROM cosmetics_points_batch
                 WHERE (card_id = ANY(%s) AND remaining > 0) OR id = ANY(%s)
                """,
                list(self.cards.ids), list(batch_ids),
            )
        )  # fmt: skip
        batches = {}
        for batch_id, card_id, remaining, available_on, expires_on, model, res_id in self.env.cr.fetchall():
            batch = rules.Batch(batch_id, rules.to_units(remaining), available_on, expires_on, (model, res_id) if model else None)
            batches[batch_id] = batch
            if card_id in self.accounts:
                self.accounts[card_id].batches.append(batch)
        return batches

    # ------------------------------------------------------------------ decide
    def _settle(self, card):
        """Write off what has run out, so that a day that the nightly run missed changes nothing."""
        account = self.accounts[card.id]
        balance = account.balance()
        for row in rules.expire(account, self.today):
            balance = self._note(card, "expire", f"expire,{row.batch.ref},{row.batch.expires_on}", [row], balance)
            self.history[card.id, row.batch.origin].append(("expire", row.units, row.batch))

    def decide(self, act):
        """Carry out one act on the accounts in memory; return its Result."""
        if act.kind not in SIGNED + UNSIGNED or (act.kind in UNSIGNED and (act.points or 0) < 0):
            raise ValueError(f"not an act of the points ledger: {act}")
        if act.key in self.done:
            return Result(is_replay=True)
        self.done.add(act.key)
        card = act.card._points_root()
        account = self.accounts[card.id]
        before = account.balance()
        rows, missing = getattr(self, f"_decide_{act.kind}")(card.sudo(), account, act)
        # An act that found nothing to move leaves a row, too: the same key does nothing later, when there would be something.
        self._note(card, WRITTEN_AS.get(act.kind, act.kind), act.key, rows or [rules.Row(0)], before, act)
        return Result(rules.to_points(account.balance() - before), rules.to_points(missing))

    def _decide_earn(self, card, account, act):
        return rules.add(account, rules.to_units(act.points), self._new_batch(card, act)), 0

    def _decide_adjust(self, card, account, act):
        units = rules.to_units(act.points)
        if units < 0:
            return rules.take_back(account, -units, self.today), 0
        return rules.add(account, units, self._new_batch(card, act)), 0

    _decide_opening = _decide_adjust

    def _decide_forfeit(self, card, account, act):
        rows = rules.empty(account)
        for row in rows:
            if row.batch:  # a refund later in this posting must not take it back once more
                self.history[card.id, row.batch.origin].append(("expire", row.units, row.batch))
        return rows, 0

    def _decide_spend(self, card, account, act):
        units, there = rules.to_units(act.points), account.spendable(self.today)
        if units > there and not act.is_partial:
            raise UserError(
                self.env._(
                    "%(card)s: %(needed)s points are needed, %(there)s can be spent. Spend fewer points.",
                    card=card.partner_id.display_name or card.code,
                    needed=f"{act.points:g}",
                    there=f"{rules.to_points(there):g}",
                )
            )
        return rules.spend(account, units, self.today), max(units - there, 0)

    def _decide_take_back(self, card, account, act):
        history = self.history[card.id, self._origin(act)]
        earned = sum(units for kind, units, _batch in history if kind == "earn")
        taken = -sum(units for kind, units, _batch in history if kind == "take_back")
        expired = -sum(units for kind, units, _batch in history if kind == "expire")
        wanted = self._wanted(act, earned, taken)
        units = min(wanted, max(earned - taken - expired, 0))
        return rules.take_back(account, units, self.today, self._origin(act)), wanted - units

    def _decide_give_back(self, card, account, act):
        history = self.history[card.id, self._origin(act)]
        spent = -sum(units for kind, units, _batch in history if kind == "spend")
        given = sum(units for kind, units, _batch in history if kind == "give_back")
        out = self._still_out(history)
        wanted = self._wanted(act, spent, given)
        units = min(wanted, sum(part for _batch, part in out))
        grace_on = self.today + timedelta(days=card.program_id.points_grace_days)
        return rules.give_back(account, units, self.today, out, grace_on, self._new_batch(card, act)), wanted - units

    @staticmethod
    def _wanted(act, total, already):
        """Return how many units an act means: those it names, or the share of what is undone by now, less what was undone before."""
        if act.points is not None:
            return rules.to_units(act.points)
        return max(rules.share(total, rules.to_units(act.part), rules.to_units(act.whole)) - already, 0)

    @staticmethod
    def _still_out(history):
        """Return [(batch, units)] that were spent and not given back, in the order of spending."""
        out = []
        for kind, units, batch in history:
            if kind == "spend":
                out.append((batch, -units))
            while kind == "give_back" and units > 0:
                last, part = out.pop()
                if part > units:
                    out.append((last, part - units))
                units -= part
        return out

    def _new_batch(self, card, act):
        """Return a new, empty batch for an act; it is stored only if something comes into it."""
        program = card.program_id
        start = self.today if act.available_on is BY_RULE else act.available_on
        expires_on = act.expires_on
        if expires_on is BY_RULE:
            expires_on = program._get_points_expiry(start) if start else None
        return self._make_batch(card, fields.Date.to_date(start) or None, fields.Date.to_date(expires_on) or None, self._origin(act), act)

    def transfer(self, source, target, key):
        """Move everything of one card to another: each batch keeps its days and its origin, the debt goes along."""
        account, goal = self.accounts[source.id], self.accounts[target.id]
        held, debt, before = [(batch, batch.remaining) for batch in account.batches if batch.remaining], account.debt, account.balance()
        self._note(source, "transfer", f"{key},out", rules.empty(account), before)
        for batch, units in held:
            before = goal.balance()
            twin = self._make_batch(target, batch.available_on, batch.expires_on, batch.origin, batch.ref)
            self._note(target, "transfer", f"{key},in,{batch.ref}", rules.add(goal, units, twin), before)
        if debt:
            before = goal.balance()
            self._note(target, "transfer", f"{key},in,debt", rules.take_back(goal, debt, self.today), before)
