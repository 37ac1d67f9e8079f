"""The till offers what may be sold."""

from odoo import api, models
from odoo.fields import Domain


class ProductTemplate(models.Model):
    _inherit = "product.template"

    @api.model
    def _load_pos_data_domain(self, data, config):
        return Domain(super()._load_pos_data_domain(data, config)) & self._get_till_lifecycle_domain()

    @api.model
    def load_product_from_pos(self, config_id, domain, offset=0, limit=0):
        """Apply the life cycle when the till searches; by id it gets what an order or a return names already."""
        domain = Domain(domain)
        if not any(condition.field_expr in {"id", "product_variant_ids.id"} for condition in domain.iter_conditions()):
            domain &= self._get_till_lifecycle_domain()
        return super().load_product_from_pos(config_id, domain, offset, limit)

    def _unrelevant_records(self, config):
        """Take products out of the till's own memory once they may no longer be sold."""
        blocked = self.filtered(lambda product: product.lifecycle_stage_id and not product.lifecycle_stage_id.can_sell)
        return [*super()._unrelevant_records(config), *blocked.ids]

    @api.model
    def _get_till_lifecycle_domain(self):
        """Return the domain of products whose life cycle stage lets a till sell them."""
        return Domain("lifecycle_stage_id", "=", False) | Domain("lifecycle_stage_id.can_sell", "=", True)
