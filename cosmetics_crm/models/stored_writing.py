"""How a posting of stored value writes what was decided."""

from collections import defaultdict
from types import SimpleNamespace

from odoo import fields
from odoo.tools import SQL, groupby

from ..tools import stored as rules
from ..tools.points import to_points as yuan
from ..tools.points import to_units as cents


class StoredWriting:
    """Collects rows in memory and writes them: new top-ups, movements, what is left of top-ups, the figures of the cards."""

    def __init__(self, cards):
        self.cards = cards
        self.env = cards.env
        self.today = cards._points_today()
        self.held = {card.id: [] for card in cards}
        self.history = defaultdict(list)
        self.rows = []
        self.new = {}

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
        act, row = entry.act, entry.row
        origin = act.origin if act else None
        principal, bonus = (row.principal, row.bonus) if row else (0, 0)
        return {
            "card_id": entry.card.id,
            "company_id": self._company_id(entry.card, origin),
            "kind": entry.kind,
            "principal": yuan(principal),
            "bonus": yuan(bonus),
            "amount": yuan(principal + bonus),
            "list_amount": yuan(entry.listed),
            "balance": yuan(entry.balance),
            "batch_id": row.batch.ref if row else False,
            "moved_at": fields.Datetime.now(),
            "origin_model": origin._name if origin else False,
            "origin_id": origin.id if origin else False,
            "origin_name": origin.display_name if origin else False,
            "reason": act.reason if act else False,
            "user_id": self.env.uid,
            "act": entry.act_key,
            "key": entry.key,
        }

    @staticmethod
    def _company_id(card, origin):
        return (origin and "company_id" in origin._fields and origin.company_id.id) or card.company_id.id or card.env.company.id

    # ------------------------------------------------------------------ cards
    def _update_cards(self):
        """Write the figures of all cards of the posting, also of those that stay as they are: their row tells others that it was used."""
        values = SQL(", ").join(
            SQL(
                "(%s, %s::float8, %s::numeric, %s::numeric)",
                card.id,
                yuan(rules.left(self.held[card.id])),
                yuan(sum(batch.principal for batch in self.held[card.id])),
                yuan(sum(batch.bonus for batch in self.held[card.id])),
            )
            for card in self.cards
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card card SET points = new.points, stored_principal = new.principal, stored_bonus = new.bonus,
                       write_uid = %s, write_date = timezone('UTC', clock_timestamp())
                  FROM (VALUES %s) AS new (id, points, principal, bonus) WHERE card.id = new.id
                """,
                self.env.uid,
                values,
            )
        )
        names = ["points", "stored_principal", "stored_bonus"]
        self.cards.invalidate_recordset([*names, "write_date", "write_uid"])
        self.cards.modified(names)

    def _write_history(self):
        """Write what core shows its customers: a line for each card and document."""
        lines = {}
        kinds = dict(self.env["cosmetics.stored.move"]._fields["kind"]._description_selection(self.env))
        for entry in (entry for entry in self.rows if entry.row):
            origin = entry.act.origin if entry.act else None
            key = (entry.card.id, (origin._name, origin.id) if origin else entry.act_key)
            # Documents of our own are nothing a customer can open.
            face = {"order_model": origin._name, "order_id": origin.id} if origin and not origin._name.startswith("cosmetics.") else {}
            reason = (entry.act.reason if entry.act else "") or kinds[entry.kind]
            line = lines.setdefault(key, {"card_id": entry.card.id, "issued": 0, "used": 0, "description": reason, **face})
            line["issued" if entry.row.amount > 0 else "used"] += abs(entry.row.amount)
        self.env["loyalty.history"].create(
            [{**line, "issued": yuan(line["issued"]), "used": yuan(line["used"])} for line in lines.values()]
        )
