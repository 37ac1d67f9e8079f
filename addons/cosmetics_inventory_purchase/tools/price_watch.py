"""Whether a price is out of the ordinary. Plain Python: no database."""


def deviation(price, reference):
    """Return by which share a price differs from another; None when there is nothing to compare with.

    >>> round(deviation(33.0, 30.0), 4), round(deviation(27.0, 30.0), 4), deviation(27.0, 0.0)
    (0.1, -0.1, None)
    """
    return price / reference - 1 if reference else None


def is_striking(price, references, share):
    """Tell if a price differs by more than a share from any of the references that are known.

    >>> is_striking(33.5, (30.0, 0.0), 0.1), is_striking(33.0, (30.0, 32.0), 0.1), is_striking(25.0, (30.0,), 0.1)
    (True, False, True)
    >>> is_striking(99.0, (), 0.1), is_striking(99.0, (1.0,), 0.0)
    (False, False)
    """
    # A price at the edge is none that strikes: the shares are those of floats.
    found = [deviation(price, reference) for reference in references]
    return bool(share) and any(value is not None and abs(value) > share + 1e-9 for value in found)
