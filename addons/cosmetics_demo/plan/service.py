"""Service cases of the demo company."""

from .tables import rows


def cases():
    """Return the cases, one for each kind and one that is over.

    >>> sorted({case["kind"] for case in cases()})
    ['allergy', 'complaint', 'consultation']
    """
    return rows("service_cases")
