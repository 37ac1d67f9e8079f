from odoo import api, fields, models
from odoo.exceptions import UserError


class CosmeticsLifecycleMove(models.Model):
    """One move of a product from stage to stage. The log only grows: nobody changes or deletes an entry."""

    _name = "cosmetics.lifecycle.move"
    _description = "Life Cycle Move"
    _order = "moved_at desc, id desc"
    _rec_name = "product_name"

    # The name stays when the product is deleted, so the log can still be read.
    product_name = fields.Char(required=True, readonly=True)
    product_tmpl_id = fields.Many2one("product.template", string="Product", index=True, ondelete="set null", readonly=True)
    company_id = fields.Many2one("res.company", index="btree_not_null", readonly=True)
    from_stage_id = fields.Many2one("cosmetics.lifecycle.stage", string="From", ondelete="restrict", readonly=True)
    to_stage_id = fields.Many2one("cosmetics.lifecycle.stage", string="To", required=True, ondelete="restrict", readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Moved By", required=True, readonly=True, ondelete="restrict", default=lambda self: self.env.user
    )
    moved_at = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    reason = fields.Char(required=True, readonly=True)

    def write(self, vals):
        if self:
            raise UserError(
                self.env._(
                    "The life cycle log cannot be changed. Move the product again and give the reason, e.g. “Wrong stage by mistake”."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("The life cycle log cannot be deleted. It shows who moved a product, when and why."))
