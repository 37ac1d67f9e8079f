"""What should be: batches as plain Python, without a line of the code it judges.

The oracle is told what was received and decided, reads the finished stock lines from the database by SQL, and says which of them should
never have happened. Its arithmetic is its own on purpose.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

REAL = ("internal", "transit")
PEOPLE = ("customer", "transit", "production")


@dataclass
class Batch:
    """A batch as the pack shows it. `made_on` and `expires_on` are the first and the last day of its life."""

    name: str
    made_on: date
    expires_on: date
    quality: str = "released"

    @property
    def stops_on(self):
        """First day on which it is not sold any more: 45 days before the last day, but no more than a tenth of its life.

        >>> Batch("B", date(2024, 3, 1), date(2027, 2, 28)).stops_on, Batch("B", date(2026, 1, 1), date(2026, 6, 29)).stops_on
        (datetime.date(2027, 1, 14), datetime.date(2026, 6, 11))
        """
        life = (self.expires_on - self.made_on).days + 1
        return self.expires_on - timedelta(days=min(45, life // 10))

    def obstacle(self, day):
        """Return why it must not be sold on a day, or an empty text.

        >>> batch = Batch("B", date(2026, 1, 1), date(2026, 6, 29))
        >>> [batch.obstacle(date(2026, 6, day)) for day in (10, 11, 29, 30)]
        ['', 'stopped', 'stopped', 'expired']
        """
        if day > self.expires_on:
            return "expired"
        if self.quality != "released":
            return self.quality
        return "stopped" if day >= self.stops_on else ""


@dataclass(frozen=True)
class Spot:
    """A location. `warehouse` is None outside of all warehouses; `use` names gifts and testers."""

    id: int
    usage: str
    use: str = ""
    warehouse: int | None = None
    is_shop: bool = False


@dataclass(frozen=True)
class Line:
    """A finished stock line."""

    id: int
    lot_id: int
    source: Spot
    target: Spot
    quantity: float


def needs_sellable(source, target):
    """True when only goods that may be sold can go this way.

    >>> stock, shop = Spot(1, "internal", warehouse=1), Spot(2, "internal", warehouse=2, is_shop=True)
    >>> customer, scrap, gift = Spot(3, "customer"), Spot(4, "inventory"), Spot(5, "inventory", use="gift")
    >>> [needs_sellable(stock, target) for target in (customer, shop, gift, scrap, Spot(6, "supplier"), stock)]
    [True, True, True, False, False, False]
    >>> needs_sellable(customer, shop), needs_sellable(shop, shop), needs_sellable(shop, stock)
    (False, False, False)
    """
    if target.usage in PEOPLE or target.use in ("gift", "tester"):
        return True
    # What a customer brings back, or a count finds, lies there already: that it stays there is judged when it moves on.
    arrives = source.usage in ("internal", "supplier", "transit") and source.warehouse != target.warehouse
    return target.usage == "internal" and target.is_shop and arrives


@dataclass
class Oracle:
    """Everything that is true about the batches of one path."""

    batches: dict = field(default_factory=dict)
    stock: defaultdict = field(default_factory=lambda: defaultdict(float))
    seen: set = field(default_factory=set)
    counts: defaultdict = field(default_factory=lambda: defaultdict(int))

    def judge(self, lines, day):
        """Take finished lines into the books; return a sentence for each new one that should never have happened.

        >>> oracle = Oracle({7: Batch("B", date(2026, 1, 1), date(2026, 6, 29))})
        >>> stock, customer = Spot(1, "internal", warehouse=1), Spot(3, "customer")
        >>> oracle.judge([Line(1, 7, Spot(9, "supplier"), stock, 5.0), Line(2, 7, stock, customer, 2.0)], date(2026, 6, 10))
        []
        >>> oracle.judge([Line(2, 7, stock, customer, 2.0), Line(3, 7, stock, customer, 1.0)], date(2026, 6, 30))
        ['batch B, expired, went from internal to customer']
        >>> oracle.on_hand()
        {(7, 1): 2.0}
        """
        wrong = []
        for line in lines:
            if line.id in self.seen:
                continue
            self.seen.add(line.id)
            if line.source.usage in REAL:
                self.stock[line.lot_id, line.source.id] -= line.quantity
            if line.target.usage in REAL:
                self.stock[line.lot_id, line.target.id] += line.quantity
            batch = self.batches[line.lot_id]
            if needs_sellable(line.source, line.target):
                self.counts["lines that need a sellable batch"] += 1
                if obstacle := batch.obstacle(day):
                    wrong.append(f"batch {batch.name}, {obstacle}, went from {line.source.usage} to {line.target.usage}")
        return wrong

    def on_hand(self):
        """Return {(batch, location): quantity} of what should lie in warehouses and on the way."""
        return {key: quantity for key, quantity in self.stock.items() if quantity}

    def first_expiring(self, free, quantity, day):
        """Return {last day: quantity} a FEFO reservation must take of the free quantities, what cannot be sold left out.

        >>> oracle = Oracle({n: Batch(f"B{n}", date(2026, 1, 1), date(2026, 6, n)) for n in (5, 20, 25)})
        >>> oracle.first_expiring({25: 4.0, 20: 1.0, 5: 9.0}, 3.0, date(2026, 6, 1))
        {datetime.date(2026, 6, 20): 1.0, datetime.date(2026, 6, 25): 2.0}
        """
        taken = defaultdict(float)
        for lot_id in sorted(free, key=lambda lot_id: self.batches[lot_id].expires_on):
            part = min(free[lot_id], quantity)
            if part > 0 and not self.batches[lot_id].obstacle(day):
                taken[self.batches[lot_id].expires_on] += part
                quantity -= part
        return dict(taken)
