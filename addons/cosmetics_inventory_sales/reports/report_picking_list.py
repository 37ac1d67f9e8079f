"""Use-by dates on picking lists."""

from odoo import api, models
from odoo.addons.cosmetics_sales.tools.natural_key import natural_key
from odoo.tools import format_date


class ReportPickingList(models.AbstractModel):
    _inherit = "report.cosmetics_sales.report_picking_list"

    @api.model
    def _get_lot_note(self, lot):
        """The day on the pack: whoever picks compares it with the goods in hand."""
        note = super()._get_lot_note(lot)
        if not lot.expiration_on:
            return note
        return " ".join([*filter(None, [note]), self.env._("Use by %(date)s", date=format_date(self.env, lot.expiration_on))])

    @api.model
    def _get_row_key(self, location, product, lot, lot_name, uom):
        """At one place the batch that expires first stands first."""
        place, name, _batch = super()._get_row_key(location, product, lot, lot_name, uom)
        return place, name, (str(lot.expiration_on or "9999"), natural_key(lot.name or lot_name))
