"""Records that a sentence names may be gone by the time it is read."""

from odoo.exceptions import MissingError


def still_there(records):
    """Return those of the records that exist; nothing is asked of the database while all of them do and are known."""
    try:
        records.mapped("display_name")
    except MissingError:
        return records.exists()
    return records
