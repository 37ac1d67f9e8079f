"""Whose name, telephone and address somebody may read: of the deliveries that are the own work, no others."""

from odoo import models
from odoo.exceptions import AccessError
from odoo.tools import format_list


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _check_printable(self):
        """Refuse the papers of deliveries that the user neither keeps nor sells: they tell receivers (个人信息保护法, art. 6)."""
        self.check_access("read")
        hidden = self - self._filtered_printable()
        if hidden:
            raise AccessError(
                self.env._(
                    "You may not print %(picking)s: it leaves another shop, or belongs to an order of somebody else. "
                    "Let a colleague there print it.",
                    picking=format_list(self.env, hidden[:5].mapped("name")),
                )
            )

    def _filtered_printable(self):
        """Return the deliveries whose papers are the user's work: kept by the user, or of an order the user sells."""
        if self.env.su:
            return self
        kept = self._filtered_kept()
        rest = self - kept
        if rest and self.env.user.has_group("sales_team.group_sale_salesman"):
            # sudo: the link alone; whether the user may read the order is asked of the order
            orders = rest.sudo().sale_id.sudo(False)._filtered_access("read")
            kept |= rest.filtered(lambda picking: picking.sudo().sale_id.sudo(False) in orders)
        return kept

    def _filtered_kept(self):
        """Return those of these deliveries that are the user's work in the warehouse; a module that knows shops takes some out."""
        return self if self.env.user.has_group("stock.group_stock_user") else self.browse()

    def _get_labelled_parcels(self):
        """Return the parcels a label is printed for, those first that were entered first."""
        self.ensure_one()
        return self.parcel_ids.sorted("id")
