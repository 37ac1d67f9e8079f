"""A reference that outlives what it refers to."""

from odoo import fields


class LooseMany2one(fields.Many2one):
    """A stored many2one without a foreign key.

    For logs written in a transaction of their own: a foreign key would make PostgreSQL look for a row that the
    open transaction has created but not committed yet (an error), or has locked (a deadlock that no one sees).
    The log keeps names beside the reference, so it can be read after the record is gone.
    """

    def update_db_foreign_key(self, model, column):
        """No foreign key, see above."""
