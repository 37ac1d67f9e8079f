"""One at a time: whoever comes second waits for the first, then starts over with what the first has left."""

from odoo.tools import SQL


def hold_rows(records):
    """Keep these rows until the end of the transaction.

    Odoo reads a snapshot: a lock alone would let the second person go on with the old one. Writing the row makes PostgreSQL refuse the
    outdated snapshot, and Odoo starts over with the new one. Core's `lock_for_update` gives up at once instead, which would greet each
    double click with "Cannot grab a lock". Rows that only refer to these ones are not kept waiting.
    """
    if not records:
        return
    records.flush_recordset()
    table = SQL.identifier(records._table)
    records.env.cr.execute(
        SQL(
            "UPDATE %s SET write_date = write_date WHERE id IN (SELECT id FROM %s WHERE id IN %s ORDER BY id FOR NO KEY UPDATE)",
            table,
            table,
            tuple(records.ids),
        )
    )
