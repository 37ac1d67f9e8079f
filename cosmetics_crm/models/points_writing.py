"""How a posting writes what was decided."""

from itertools import accumulate
from types import SimpleNamespace

from odoo.tools import SQL

from ..tools import points as rules
from .ledger_writing import LedgerWriting


class PointsWriting(LedgerWriting):
    """A posting to the ledger of points."""

    moves = "cosmetics.points.move"

    def __init__(self, cards, acts=()):
        super().__init__(cards, acts)
        self.accounts = {}

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
        batch = entry.row.batch
        vals = super()._prepare_move_vals(entry)
        if entry.kind == "expire" and batch and batch.origin and not vals["origin_model"]:
            # What has expired cannot be taken back any more: the row tells by whom it was earned.
            vals["origin_model"], vals["origin_id"] = batch.origin
        return {**vals, "points": rules.to_points(entry.row.units), "batch_id": batch.ref if batch else False}

    # ------------------------------------------------------------------ cards
    def _update_cards(self):
        old = {card: card.points for card in self.cards}
        self._write_figures(
            {
                "points": ("float8", lambda card: rules.to_points(self.accounts[card.id].spendable(self.today))),
                "points_pending": ("numeric", lambda card: rules.to_points(self.accounts[card.id].pending(self.today))),
                "points_debt": ("numeric", lambda card: rules.to_points(self.accounts[card.id].debt)),
            }
        )
        if not self.env.context.get("loyalty_no_mail"):
            self.cards._send_points_reach_communication({card: {"old": was, "new": card.points} for card, was in old.items()})

    @staticmethod
    def _get_amount(row):
        return row.units
