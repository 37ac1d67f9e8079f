"""ABC classes: few articles carry most of the value that moves, so they are counted most often."""

from decimal import Decimal

CLASSES = ("A", "B", "C")
# Up to which share of the value moved the classes A and B reach.
LIMITS = (Decimal("0.80"), Decimal("0.95"))


def classify(values, limits=LIMITS):
    """Return {key: class} by value moved: A carries the first 80 %, B the next 15 %, C the rest.

    The article that crosses a limit still belongs to the class before it, so that there is always an A where something
    moved. What did not move is C. Equal values are ordered by key, so that the answer is the same every night.

    :param dict values: {key: value moved}, any currency; a value below 0 counts as 0
    :param limits: two shares of the whole, ascending

    >>> classify({"cream": 700, "serum": 150, "mask": 100, "soap": 50, "dust": 0})
    {'cream': 'A', 'serum': 'A', 'mask': 'B', 'soap': 'C', 'dust': 'C'}
    >>> classify({"only": 5}), classify({"still": 0, "gone": -3}), classify({})
    ({'only': 'A'}, {'still': 'C', 'gone': 'C'}, {})
    >>> classify({1: 80, 2: 15, 3: 5})
    {1: 'A', 2: 'B', 3: 'C'}
    """
    exact = {key: max(Decimal(str(value)), Decimal(0)) for key, value in values.items()}
    total = sum(exact.values())
    classes, running = {}, Decimal(0)
    for key, value in sorted(exact.items(), key=lambda item: (-item[1], str(item[0]))):
        share = running / total if total else Decimal(1)
        classes[key] = next((name for name, limit in zip(CLASSES, limits, strict=False) if value and share < limit), CLASSES[-1])
        running += value
    return {key: classes[key] for key in values}
