from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    is_disposal_photo_required = fields.Boolean(
        string="Photo for Disposals", help="A disposal can only be confirmed with at least one photo of the goods."
    )

    def _create_per_company_locations(self):
        res = super()._create_per_company_locations()
        self._create_shelf_life_locations()
        return res

    def _create_shelf_life_locations(self):
        """Give the company the places where goods are used up: testers on the counter, gifts and samples."""
        for company in self:
            self.env["stock.location"].create(
                [
                    {"name": name, "usage": "inventory", "shelf_life_use": use, "company_id": company.id}
                    for use, name in (("tester", self.env._("Testers")), ("gift", self.env._("Gifts and Samples")))
                    if not company._get_shelf_life_location(use)
                ]
            )

    def _get_shelf_life_location(self, use):
        """Return the location of the company for testers ("tester") or gifts ("gift")."""
        self.ensure_one()
        # sudo: shop staff may not see every location of the company, but their goods are used up there.
        domain = [("shelf_life_use", "=", use), ("company_id", "=", self.id)]
        return self.env["stock.location"].sudo().search(domain, order="id", limit=1)

    @api.model
    def _create_missing_shelf_life_locations(self):
        """Serve the companies that were there before the module."""
        # Every company is meant, and they are few.
        self.search([])._create_shelf_life_locations()  # pylint: disable=no-search-all
