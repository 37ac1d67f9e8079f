"""Lists that show documents of several kinds as one."""

from collections.abc import Sequence, Set

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class CosmeticsUnionView(models.AbstractModel):
    """Rows of several SELECT statements in one model without a table: the id of a row tells its statement and its id there.

    Rows that are asked for by their ids are looked up in their own statements, by their own indexes. The database cannot see that by
    itself, and would read every document of every kind.
    """

    _name = "cosmetics.union.view"
    _description = "Documents of Several Kinds in One List"

    @property
    def _table_query(self):
        return self._get_union(tuple(filter(None, self._ids)))

    @api.model
    def _search(self, domain, *args, **kwargs):
        return super(CosmeticsUnionView, self.browse(_ids_of(domain)))._search(domain, *args, **kwargs)

    @api.model
    def _get_union(self, ids=()):
        """Return the content of the model as :class:`odoo.tools.SQL`; with ids the rows of these alone."""
        raise NotImplementedError  # abstract: each list says which statements it unites

    @api.model
    def _unite(self, queries, columns, where=None, ids=()):
        """Return the union of SELECT statements that each give an ``id``, with ids that are unique over all of them.

        :param queries: list of :class:`odoo.tools.SQL`
        :param columns: what to take of a row ``q`` besides its id
        :param where: which rows ``q`` to take; all of them when left out
        :param ids: ids of the rows wanted; all of them when empty
        """
        count = len(queries)
        known = {number: tuple(row // count for row in ids if row % count == number) for number in range(count)} if ids else {}
        return SQL(" UNION ALL ").join(
            SQL(
                "SELECT q.id * %s + %s AS id, %s FROM (%s) AS q WHERE %s%s",
                count,
                number,
                columns,
                query,
                where or SQL("TRUE"),
                SQL(" AND q.id = ANY(%s)", list(known[number])) if ids else SQL(),
            )
            for number, query in enumerate(queries)
            if not ids or known[number]
        )


def _ids_of(domain):
    """Return the ids (tuple) when a domain asks for nothing but these, else an empty tuple."""
    condition = Domain(domain)
    if getattr(condition, "field_expr", None) != "id" or condition.operator != "in" or not isinstance(condition.value, Set | Sequence):
        return ()
    return tuple(filter(None, condition.value))
