"""How a posting of stored value writes what was decided."""

from types import SimpleNamespace

from odoo.tools import SQL, groupby

from ..tools import stored as rules
from ..tools.points import to_points as yuan
from ..tools.points import to_units as cents
from .ledger_writing import LedgerWriting


class StoredWriting(LedgerWriting):
    """A posting to the ledger of stored value."""

    moves = "cosmetics.stored.move"

    def __init__(self, cards, acts=()):
        super().__init__(cards, acts)
        self.held = {card.id: [] for card in cards}

    def _make_batch(self, card, source):
        """Return a new, empty top-up; `source`: an act, or the id of the top-up it takes over from."""
        batch = rules.Batch(len(self.new) + 1, is_new=True)
        self.new[batch.ref] = SimpleNamespace(batch=batch, card=card, source=source)
        self.held[card.id].append(batch)
        return batch

    def _note(self, card, kind, key, rows, act=None):
        """Take down rows that were decided and applied to the card already."""
        after = rules.left(self.held[card.id])
        balance = after - sum(row.amount for row in rows)
        for number, row in enumerate(rows or [None]):
            balance += row.amount if row else 0
            more = {"key": f"{key}#{number}", "act_key": key, "listed": 0}
            self.rows.append(SimpleNamespace(card=card, kind=kind, row=row, balance=balance, act=act, **more))
            if row and act and act.origin:
                origin = (act.origin._name, act.origin.id)
                self.history[card.id, origin].append((kind, row.principal, row.bonus, row.batch))

    def apply(self):
        """Write everything down."""
        self._create_batches()
        if self.rows:
            self._set_list_amounts()
            self.env["cosmetics.stored.move"].create([self._prepare_move_vals(entry) for entry in self.rows])
            self._update_batches()
            self._write_history()
        self._update_cards()

    # ------------------------------------------------------------------ top-ups
    def _create_batches(self):
        infos = [self.new[ref] for ref in sorted(self.new)]
        olds = self.env["cosmetics.stored.batch"].browse(info.source for info in infos if isinstance(info.source, int))
        twins = {batch.id: batch for batch in olds}
        records = self.env["cosmetics.stored.batch"].create([self._prepare_batch_vals(info, twins) for info in infos])
        for info, record in zip(infos, records, strict=True):
            info.batch.ref, info.batch.is_new = record.id, False

    def _prepare_batch_vals(self, info, twins):
        batch, old = info.batch, twins.get(info.source) if isinstance(info.source, int) else None
        act = None if old else info.source
        company = info.card.company_id or self.env.company
        origin = act.origin if act else None
        return {
            "card_id": info.card.id,
            "company_id": self._company_id(info.card, origin),
            "paid_on": old.paid_on if old else self.today,
            "principal_paid": yuan(batch.paid),
            "bonus_given": yuan(batch.given),
            "principal_left": yuan(batch.principal),
            "bonus_left": yuan(batch.bonus),
            "lpr_rate": old.lpr_rate if old else company.stored_lpr_rate,
            "deposit_rate": old.deposit_rate if old else company.stored_deposit_rate,
            "origin_model": old.origin_model if old else (origin._name if origin else False),
            "origin_id": old.origin_id if old else (origin.id if origin else False),
            "origin_name": old.origin_name if old else (origin.display_name if origin else act.reason),
            "twin_of_id": old.id if old else False,
            "user_id": old.user_id.id if old else self.env.uid,
        }

    def _update_batches(self):
        touched = {entry.row.batch.ref: entry.row.batch for entry in self.rows if entry.row}
        if not touched:
            return
        batches = self.env["cosmetics.stored.batch"].browse(touched)
        batches.flush_recordset()
        values = SQL(", ").join(
            SQL("(%s, %s::numeric, %s::numeric)", ref, yuan(batch.principal), yuan(batch.bonus)) for ref, batch in touched.items()
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE cosmetics_stored_batch batch SET principal_left = new.principal, bonus_left = new.bonus
                  FROM (VALUES %s) AS new (id, principal, bonus) WHERE batch.id = new.id
                """,
                values,
            )
        )
        batches.invalidate_recordset()

    # ------------------------------------------------------------------ movements
    def _set_list_amounts(self):
        """Spread what an act names as the list price over its rows; left out, it is what was paid."""
        for _key, entries in groupby(self.rows, lambda entry: entry.act_key):
            rows = [entry for entry in entries if entry.row]
            if not rows or rows[0].kind not in ("spend", "give_back"):
                continue
            whole = abs(sum(entry.row.amount for entry in rows))
            sign = -1 if rows[0].kind == "spend" else 1
            named = rows[0].act.list_amount
            total, upto, given = whole if named is None else cents(named), 0, 0
            for entry in rows:
                upto += abs(entry.row.amount)
                entry.listed = sign * (rules.running(total, upto, whole) - given)
                given += abs(entry.listed)

    def _prepare_move_vals(self, entry):
        principal, bonus = (entry.row.principal, entry.row.bonus) if entry.row else (0, 0)
        return {
            **super()._prepare_move_vals(entry),
            "principal": yuan(principal),
            "bonus": yuan(bonus),
            "amount": yuan(principal + bonus),
            "list_amount": yuan(entry.listed),
            "batch_id": entry.row.batch.ref if entry.row else False,
        }

    def _company_id(self, card, origin):
        return super()._company_id(card, origin) or self.env.company.id

    # ------------------------------------------------------------------ cards
    def _update_cards(self):
        self._write_figures(
            {
                "points": ("float8", lambda card: yuan(rules.left(self.held[card.id]))),
                "stored_principal": ("numeric", lambda card: yuan(sum(batch.principal for batch in self.held[card.id]))),
                "stored_bonus": ("numeric", lambda card: yuan(sum(batch.bonus for batch in self.held[card.id]))),
            }
        )

    @staticmethod
    def _get_amount(row):
        return row.amount if row else 0
