"""Age bands of open items, by the days since they fell due. What is due today is not late yet."""

# (code, last day of the band or None); the first band that holds the days counts.
BANDS = [("not_due", 0), ("1_30", 30), ("31_60", 60), ("61_90", 90), ("91_180", 180), ("over_180", None)]


def find_band(days):
    """Return the band of an item that is so many days late; negative days: due in the future.

    >>> [find_band(days) for days in (-5, 0, 1, 30, 31, 180, 181)]
    ['not_due', 'not_due', '1_30', '1_30', '31_60', '91_180', 'over_180']
    """
    return next(code for code, last in BANDS if last is None or days <= last)
