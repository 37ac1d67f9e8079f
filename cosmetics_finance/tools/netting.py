"""What two parties owe each other is set off, the oldest items first."""


def allocate(amounts, total):
    """Return how much of each amount is taken, in order, until `total` is reached; cents are kept.

    >>> allocate([100.0, 50.0, 30.0], 120.0)
    [100.0, 20.0, 0.0]
    >>> allocate([100.0], 0), allocate([], 10)
    ([0.0], [])
    """
    taken = []
    for amount in amounts:
        part = round(max(min(amount, total), 0.0), 2)
        total = round(total - part, 2)
        taken.append(part)
    return taken
