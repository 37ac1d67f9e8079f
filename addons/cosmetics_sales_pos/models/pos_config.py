"""The store a till stands in."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class PosConfig(models.Model):
    _inherit = "pos.config"

    store_id = fields.Many2one("cosmetics.store", index="btree_not_null", help="The store this till stands in.")

    @api.constrains("store_id", "company_id")
    def _check_store_company(self):
        """A till books into its own company, so its store must be of that company."""
        for config in self:
            if config.store_id and config.store_id.company_id != config.company_id:
                raise ValidationError(
                    self.env._(
                        "Till “%(till)s” belongs to company %(company)s but store “%(store)s” does not. "
                        "Choose a store of the same company, or leave the store empty.",
                        till=config.name,
                        company=config.company_id.name,
                        store=config.store_id.display_name,
                    )
                )
