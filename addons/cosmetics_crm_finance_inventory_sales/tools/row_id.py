"""Ids of rows of a view: each says where the row came from."""

from odoo.tools import SQL

# JavaScript counts exactly up to 2^53.
ROW_ID = "('x' || substr(md5(concat_ws(',', %s)), 1, 12))::bit(48)::bigint"


def row_id(*keys):
    """Return the expression of the id of a row with these keys (SQL names of our own, no input of anybody)."""
    return SQL(ROW_ID % ", ".join(keys))
