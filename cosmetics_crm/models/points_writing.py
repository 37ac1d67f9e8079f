"""How a posting writes what was decided."""

from collections import defaultdict
from itertools import accumulate
from types import SimpleNamespace

from odoo import fields
from odoo.tools import SQL

from ..tools import points as rules


class PointsWriting:
    """Collects rows in memory and writes them: new batches, movements, what is left of batches, the figures of the cards."""

    def __init__(self, cards):
        self.cards = cards
        self.env = cards.env
        self.today = cards._points_today()
        self.accounts = {}
        self.history = defaultdict(list)
        self.rows = []
        self.new = {}

    def _make_batch(self, card, available_on, expires_on, origin, source):
        """Return a new, empty batch; `source` (an act or the batch it is a twin of) names its origin."""
        batch = rules.Batch(len(self.new) + 1, 0, available_on, expires_on, origin, is_new=True)
        self.new[batch.ref] = SimpleNamespace(batch=batch, card=card, source=source)
        return batch

    def _note(self, card, kind, key, rows, balance, act=None):
        """Take down rows that were decided; return the balance after them (`balance` is that before)."""
        for number, row in enumerate(rows):
            balance += row.units
            self.rows.append(SimpleNamespace(card=card, kind=kind, key=f"{key}#{number}", act_key=key, row=row, balance=balance, act=act))
            if act and act.origin:
                self.history[card.id, (act.origin._name, act.origin.id)].append((kind, row.units, row.batch))
        return balance

    def apply(self):
        """Write everything down."""
        self._create_batches()
        if self.rows:
            self.env["cosmetics.points.move"].create([self._prepare_move_vals(entry) for entry in self.rows])
            self._update_batches()
            self._write_history()
        self._update_cards()

    # ------------------------------------------------------------------ batches
    def _create_batches(self):
        used = {entry.row.batch.ref for entry in self.rows if entry.row.batch and entry.row.batch.is_new}
        twins = {info.source for ref, info in self.new.items() if ref in used and isinstance(info.source, int)}
        origins = {batch.id: batch for batch in self.env["cosmetics.points.batch"].browse(twins)}
        infos = [self.new[ref] for ref in sorted(used)]
        records = self.env["cosmetics.points.batch"].create([self._prepare_batch_vals(info, origins) for info in infos])
        for info, record in zip(infos, records, strict=True):
            info.batch.ref, info.batch.is_new = record.id, False

    def _prepare_batch_vals(self, info, origins):
        batch, twin = info.batch, origins.get(info.source) if isinstance(info.source, int) else None
        # What was put in may have been taken out by a later act of the same posting.
        issued = max(accumulate(entry.row.units for entry in self.rows if entry.row.batch is batch))
        origin = None if twin else info.source.origin
        # What comes back to a card that was merged meanwhile keeps the origin of its earning, not that of its spending.
        model, res_id = batch.origin or (False, False)
        return {
            "card_id": info.card.id,
            "company_id": self._company_id(info.card, origin),
            "issued": rules.to_points(issued),
            "remaining": rules.to_points(batch.remaining),
            "earned_on": twin.earned_on if twin else self.today,
            "available_on": batch.available_on,
            "expires_on": batch.expires_on,
            "origin_model": model,
            "origin_id": res_id,
            "origin_name": twin.origin_name if twin else (origin.display_name if origin else info.source.reason),
        }

    def _update_batches(self):
        touched = {entry.row.batch.ref: entry.row.batch for entry in self.rows if entry.row.batch}
        if not touched:
            return
        batches = self.env["cosmetics.points.batch"].browse(touched)
        batches.flush_recordset()
        values = SQL(", ").join(
            SQL("(%s, %s::numeric, %s::date)", ref, rules.to_points(batch.remaining), batch.expires_on) for ref, batch in touched.items()
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE cosmetics_points_batch batch
                   SET remaining = new.remaining, issued = greatest(batch.issued, new.remaining), expires_on = new.expires_on,
                       noticed_on = CASE WHEN batch.expires_on = new.expires_on THEN batch.noticed_on END
                  FROM (VALUES %s) AS new (id, remaining, expires_on) WHERE batch.id = new.id
                """,
                values,
            )
        )
        batches.invalidate_recordset()

    # ------------------------------------------------------------------ movements
    def _prepare_move_vals(self, entry):
        origin = entry.act.origin if entry.act else None
        # What has expired cannot be taken back any more: the row tells by whom it was earned.
        expired = entry.row.batch.origin if entry.kind == "expire" and entry.row.batch else None
        model, res_id = (origin._name, origin.id) if origin else expired or (False, False)
        return {
            "card_id": entry.card.id,
            "company_id": self._company_id(entry.card, origin),
            "kind": entry.kind,
            "points": rules.to_points(entry.row.units),
            "balance": rules.to_points(entry.balance),
            "batch_id": entry.row.batch.ref if entry.row.batch else False,
            "moved_at": fields.Datetime.now(),
            "origin_model": model,
            "origin_id": res_id,
            "origin_name": origin.display_name if origin else False,
            "reason": entry.act.reason if entry.act else False,
            "user_id": self.env.uid,
            "act": entry.act_key,
            "key": entry.key,
        }

    @staticmethod
    def _company_id(card, origin):
        return (origin and "company_id" in origin._fields and origin.company_id.id) or card.company_id.id

    # ------------------------------------------------------------------ cards
    def _update_cards(self):
        """Write the figures of all cards of the posting, also of those that stay as they are: their row tells others that it was used."""
        old = {card: card.points for card in self.cards}
        values = SQL(", ").join(
            SQL(
                "(%s, %s::float8, %s::numeric, %s::numeric)",
                card.id,
                rules.to_points(account.spendable(self.today)),
                rules.to_points(account.pending(self.today)),
                rules.to_points(account.debt),
            )
            for card in self.cards
            for account in [self.accounts[card.id]]
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card card SET points = new.points, points_pending = new.pending, points_debt = new.debt,
                       write_uid = %s, write_date = timezone('UTC', clock_timestamp())
                  FROM (VALUES %s) AS new (id, points, pending, debt) WHERE card.id = new.id
                """,
                self.env.uid,
                values,
            )
        )
        self.cards.invalidate_recordset(["points", "points_pending", "points_debt", "write_date", "write_uid"])
        self.cards.modified(["points", "points_pending", "points_debt"])
        if not self.env.context.get("loyalty_no_mail"):
            self.cards._send_points_reach_communication({card: {"old": was, "new": card.points} for card, was in old.items()})

    # ------------------------------------------------------------------ history
    def _write_history(self):
        """Write what core shows its customers: a line for each card and document."""
        lines = {}
        for entry in (entry for entry in self.rows if entry.row.units):
            act = entry.act
            origin = act.origin if act else None
            key = (entry.card.id, (origin._name, origin.id) if origin else entry.act_key)
            line = lines.setdefault(key, {"card_id": entry.card.id, "issued": 0, "used": 0, **self._describe(entry, origin)})
            line["issued" if entry.row.units > 0 else "used"] += abs(entry.row.units)
        self.env["loyalty.history"].create(
            [{**line, "issued": rules.to_points(line["issued"]), "used": rules.to_points(line["used"])} for line in lines.values()]
        )

    def _describe(self, entry, origin):
        kinds = dict(self.env["cosmetics.points.move"]._fields["kind"]._description_selection(self.env))
        reason = entry.act.reason if entry.act else ""
        # Documents of our own are nothing a customer can open.
        face = {"order_model": origin._name, "order_id": origin.id} if origin and not origin._name.startswith("cosmetics.") else {}
        return {"description": reason or (origin and origin.display_name) or kinds[entry.kind], **face}
