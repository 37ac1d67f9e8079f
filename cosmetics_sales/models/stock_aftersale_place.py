"""The place of returns."""

from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    aftersale_location_id = fields.Many2one(
        "stock.location",
        string="Returns to Inspect",
        readonly=True,
        copy=False,
        check_company=True,
        help="Goods that came back from buyers wait here. The place lies beside the warehouse, not in it, so nothing of it is free, "
        "reserved, sold at a till or promised to anybody.",
    )

    def _get_aftersale_location(self):
        """Return the place where returns to this warehouse wait; made when the first one is needed.

        Core counts as stock of a warehouse what lies below its view location, so the place hangs beside that one.
        """
        self.ensure_one()
        warehouse = self.sudo()  # sudo: whoever handles the first return needs no right to make places
        if not warehouse.aftersale_location_id:
            warehouse.aftersale_location_id = (
                self.env["stock.location"]
                .sudo()
                .create(
                    {
                        "name": self.env._("%s Returns to Inspect", warehouse.code),
                        "usage": "internal",
                        "location_id": warehouse.view_location_id.location_id.id,
                        "company_id": warehouse.company_id.id,
                    }
                )
            )
        return warehouse.aftersale_location_id
