"""Replenishment rules follow the life cycle of their product."""

from odoo import api, fields, models


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    replenish_block_reason = fields.Char(
        string="Why Not Replenished",
        compute="_compute_replenish_block_reason",
        help="A rule stays in the list when its product reaches a life cycle stage that is no longer "
        "replenished, but orders nothing; this says why.",
    )

    @api.depends("product_id.lifecycle_stage_id.can_replenish")
    def _compute_replenish_block_reason(self):
        for rule in self:
            stage = rule.product_id.lifecycle_stage_id
            rule.replenish_block_reason = (
                self.env._("Stage “%(stage)s” is not replenished", stage=stage.name) if stage and not stage.can_replenish else False
            )

    @api.depends("product_id.lifecycle_stage_id.can_replenish")
    def _compute_qty_to_order_computed(self):
        """Ask for nothing while the stage of the product forbids it; the others in one go."""
        blocked = self._filtered_not_replenishable()
        blocked.qty_to_order_computed = False
        return super(StockWarehouseOrderpoint, self - blocked)._compute_qty_to_order_computed()

    @api.constrains("product_id", "active")
    def _check_product_lifecycle(self):
        """Refuse a new or revived rule; an old one may stay and be changed, it just orders nothing."""
        self.filtered("active").product_id._check_lifecycle("can_replenish")

    def _procure_orderpoint_confirm(self, use_new_cursor=False, company_id=None, raise_user_error=True):
        """The one gate to ordering: a person is told, the nightly run leaves such rules out."""
        blocked = self._filtered_not_replenishable()
        if raise_user_error:
            blocked.product_id._check_lifecycle("can_replenish")
        return super(StockWarehouseOrderpoint, self - blocked)._procure_orderpoint_confirm(
            use_new_cursor=use_new_cursor, company_id=company_id, raise_user_error=raise_user_error
        )

    def _get_orderpoint_products(self):
        """Core proposes rules for whatever runs short: leave out what is no longer replenished."""
        return super()._get_orderpoint_products() - self.env["product.product"].search(
            self.env["product.product"]._get_not_replenishable_domain()
        )

    def _filtered_not_replenishable(self):
        """Return the rules whose product is in a stage that forbids replenishment."""
        return self.filtered(lambda rule: (stage := rule.product_id.lifecycle_stage_id) and not stage.can_replenish)
