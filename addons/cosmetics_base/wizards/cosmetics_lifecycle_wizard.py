from odoo import api, fields, models


class CosmeticsLifecycleWizard(models.TransientModel):
    """Asks for the next stage of products and for the reason."""

    _name = "cosmetics.lifecycle.wizard"
    _description = "Move Products in Their Life Cycle"

    product_tmpl_ids = fields.Many2many("product.template", string="Products", required=True)
    allowed_stage_ids = fields.Many2many("cosmetics.lifecycle.stage", compute="_compute_allowed_stage_ids")
    stage_id = fields.Many2one("cosmetics.lifecycle.stage", string="New Stage", required=True, domain="[('id', 'in', allowed_stage_ids)]")
    reason = fields.Char(required=True)

    @api.model
    def default_get(self, fields):
        vals = super().default_get(fields)
        if "product_tmpl_ids" in fields and not vals.get("product_tmpl_ids") and self.env.context.get("active_model") == "product.template":
            vals["product_tmpl_ids"] = self.env.context.get("active_ids", [])
        return vals

    @api.depends("product_tmpl_ids")
    def _compute_allowed_stage_ids(self):
        stages = self.env["cosmetics.lifecycle.stage"].search([])  # pylint: disable=no-search-all; a handful of stages
        for wizard in self:
            allowed = stages
            for from_stage in wizard.product_tmpl_ids.lifecycle_stage_id:
                allowed &= from_stage.next_stage_ids
            wizard.allowed_stage_ids = allowed

    def action_confirm(self):
        """Move the products; the gates are those of the product."""
        self.ensure_one()
        self.product_tmpl_ids.write({"lifecycle_stage_id": self.stage_id.id, "lifecycle_reason": self.reason})
        return {"type": "ir.actions.act_window_close"}
