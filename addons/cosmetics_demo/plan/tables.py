"""Reads the hand-written tables of the demo company."""

import csv
from pathlib import Path

FOLDER = Path(__file__).with_name("tables")


def rows(name):
    """Return the rows of table `name` as dictionaries of text.

    >>> rows("brands")[0]["code"]
    'QTL'
    """
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def words(text):
    """Return the parts of a cell with several values.

    >>> words("11;08"), words("")
    (['11', '08'], [])
    """
    return text.split(";") if text else []
