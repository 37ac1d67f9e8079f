"""What postings to any ledger of cards share."""

from collections import defaultdict

from odoo import fields
from odoo.tools import SQL

from ..tools.points import to_points


class LedgerWriting:
    """Collects rows in memory and writes them: new batches, movements, what is left of batches, the figures of the cards."""

    moves = None  # name of the model of the movements

    def __init__(self, cards, acts=()):
        self.cards = cards
        self.acts = acts
        self.env = cards.env
        self.today = cards._points_today()
        self.history = defaultdict(list)
        self.rows = []
        self.new = {}

    @staticmethod
    def _origin(act):
        return (act.origin._name, act.origin.id) if act.origin else None

    # ------------------------------------------------------------------ read
    def _read_done(self):
        """Return the keys of the acts that were carried out before."""
        keys = [act.key for act in self.acts]
        self.env.cr.execute(SQL("SELECT DISTINCT act FROM %s WHERE act = ANY(%s)", self._table(), keys))
        return {key for (key,) in self.env.cr.fetchall()}

    def _read_moves_of_origins(self, columns):
        """Return these columns of the movements of the documents whose acts go back, oldest first."""
        wanted = defaultdict(set)
        for act in self.acts:
            if act.kind in ("take_back", "give_back") and act.origin:
                wanted[act.origin._name].add(act.origin.id)
        moved = []
        for model, ids in wanted.items():
            query = "SELECT %s FROM %s WHERE origin_model = %s AND origin_id = ANY(%s) ORDER BY id"
            self.env.cr.execute(SQL(query, SQL(", ").join(map(SQL.identifier, columns)), self._table(), model, list(ids)))
            moved += self.env.cr.fetchall()
        return moved

    def _table(self):
        return SQL.identifier(self.env[self.moves]._table)

    # ------------------------------------------------------------------ movements
    def _prepare_move_vals(self, entry):
        """Return the values of a movement that every ledger has; an override adds its figures."""
        origin = entry.act.origin if entry.act else None
        return {
            "card_id": entry.card.id,
            "company_id": self._company_id(entry.card, origin),
            "kind": entry.kind,
            "balance": to_points(entry.balance),
            "moved_at": fields.Datetime.now(),
            "origin_model": origin._name if origin else False,
            "origin_id": origin.id if origin else False,
            "origin_name": origin.display_name if origin else False,
            "reason": entry.act.reason if entry.act else False,
            "user_id": self.env.uid,
            "act": entry.act_key,
            "key": entry.key,
        }

    def _company_id(self, card, origin):
        return (origin and "company_id" in origin._fields and origin.company_id.id) or card.company_id.id

    # ------------------------------------------------------------------ cards
    def _write_figures(self, figures):
        """Write the figures of all cards of the posting, also of those that stay as they are: their row tells others that it was used.

        :param figures: {column: (its type in PostgreSQL, function that returns the figure of a card)}
        """
        columns = [SQL.identifier(name) for name in figures]
        values = SQL(", ").join(
            SQL("(%s, %s)", card.id, SQL(", ").join(SQL("%s::%s", of(card), SQL(kind)) for kind, of in figures.values()))
            for card in self.cards
        )
        self.env.cr.execute(
            SQL(
                """
                UPDATE loyalty_card card SET %s, write_uid = %s, write_date = timezone('UTC', clock_timestamp())
                  FROM (VALUES %s) AS new (id, %s) WHERE card.id = new.id
                """,
                SQL(", ").join(SQL("%s = new.%s", column, column) for column in columns),
                self.env.uid,
                values,
                SQL(", ").join(columns),
            )
        )
        self.cards.invalidate_recordset([*figures, "write_date", "write_uid"])
        self.cards.modified([*figures])

    @staticmethod
    def _get_amount(row):
        """Return how much a row moves, in hundredths; None is a row of an act that found nothing."""
        raise NotImplementedError  # each ledger has rows of its own

    # ------------------------------------------------------------------ history
    def _write_history(self):
        """Write what core shows its customers: a line for each card and document."""
        lines = {}
        kinds = dict(self.env[self.moves]._fields["kind"]._description_selection(self.env))
        for entry in self.rows:
            if not (amount := self._get_amount(entry.row)):
                continue
            origin = entry.act.origin if entry.act else None
            key = (entry.card.id, (origin._name, origin.id) if origin else entry.act_key)
            line = lines.setdefault(key, {"card_id": entry.card.id, "issued": 0, "used": 0, **self._describe(entry, origin, kinds)})
            line["issued" if amount > 0 else "used"] += abs(amount)
        self.env["loyalty.history"].create(
            [{**line, "issued": to_points(line["issued"]), "used": to_points(line["used"])} for line in lines.values()]
        )

    @staticmethod
    def _describe(entry, origin, kinds):
        reason = entry.act.reason if entry.act else ""
        # Documents of our own are nothing a customer can open.
        face = {"order_model": origin._name, "order_id": origin.id} if origin and not origin._name.startswith("cosmetics.") else {}
        return {"description": reason or (origin and origin.display_name) or kinds[entry.kind], **face}
