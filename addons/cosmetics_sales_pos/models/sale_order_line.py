"""Order lines that a till may settle: names in one pass, and no paid sale refused."""

from odoo import models
from odoo.addons.pos_sale.models.sale_order import SaleOrderLine as PosSaleOrderLine


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _compute_name(self):  # pylint: disable=missing-return; a compute returns nothing
        """Name all lines that no till sold together, once.

        The step of pos_sale calls the rest of the chain with the whole recordset for each such line, so a batch of n lines
        costs n². It does nothing else for them: going on behind it gives the same names at the cost of n. Lines that a
        till sold keep its step, one by one.
        """
        # sudo: only till users may read this link, as in the step this replaces.
        till_lines = self.filtered(lambda line: line.sudo().pos_order_line_ids)
        super(PosSaleOrderLine, self - till_lines)._compute_name()
        for line in till_lines:
            super(SaleOrderLine, line)._compute_name()

    def _filtered_against_lifecycle(self):
        """Let an order pass that a till has settled.

        Sending a paid sale confirms its quotation: to refuse that would lose the sale. The till order is on the list of
        sales against the life cycle then. Asked last, and only for lines that would be refused.
        """
        # sudo: only till users may read this link.
        return super()._filtered_against_lifecycle().filtered(lambda line: not line.order_id.sudo().pos_order_line_ids)
