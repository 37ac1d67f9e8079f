"""What core looks up order by order is asked for once when orders come in by the lot."""

from odoo import api, models
from odoo.tools import SQL


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.model
    def _get_searched_defaults(self):
        """Return the defaults that core searches for anew for each order (documents of quotations): the same for all of a lot."""
        names = [
            name
            for name, field in self._fields.items()
            if field.type == "many2many" and field.default and f"default_{name}" not in self.env.context
        ]
        return self.default_get(names) if names else {}

    @api.model
    def _draw_channel_names(self, company, count):
        """Return [{"name": number}] for new orders, drawn in one query.

        Numbers by period and numbers without gaps are left to core, which draws each by itself: [{}].
        """
        sequences = self.env["ir.sequence"].with_company(company)
        domain = [("code", "=", "sale.order"), ("company_id", "in", (company.id, False))]
        sequence = sequences.search(domain, order="company_id", limit=1)
        if not sequence or sequence.use_date_range or sequence.implementation != "standard":
            return [{} for _number in range(count)]
        counter = SQL("%s::regclass", f"ir_sequence_{sequence.id:03d}")
        rows = self.env.execute_query(SQL("SELECT nextval(%s) FROM generate_series(1, %s)", counter, count))
        return [{"name": sequence.get_next_char(number)} for (number,) in rows]
