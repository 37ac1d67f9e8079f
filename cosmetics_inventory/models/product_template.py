"""Cosmetics are kept by batch and use-by date, without anybody having to remember it."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.models.product_template import REGULATED_KINDS
from odoo.exceptions import ValidationError


class ProductTemplate(models.Model):
    _inherit = "product.template"

    is_shelf_life_managed = fields.Boolean(
        string="Kept by Batch and Use-by Date",
        compute="_compute_is_shelf_life_managed",
        store=True,
        precompute=True,
        help="Cosmetics that are kept in stock: every batch has a use-by date, and what is expired, stopped or held cannot be sold.",
    )

    # Core's box, ticked by itself where the law wants a date.
    use_expiration_date = fields.Boolean(compute="_compute_use_expiration_date", store=True, precompute=True, readonly=False, copy=True)

    @api.depends("cosmetic_kind", "is_storable")
    def _compute_is_shelf_life_managed(self):
        for product in self:
            product.is_shelf_life_managed = product.is_storable and product.cosmetic_kind in REGULATED_KINDS

    @api.depends("is_shelf_life_managed")
    def _compute_use_expiration_date(self):
        for product in self:
            product.use_expiration_date = product.is_shelf_life_managed or product.use_expiration_date

    @api.depends("is_shelf_life_managed")
    def _compute_tracking(self):
        """Goods with a managed shelf life go by batch; one unit one number is fine as well."""
        res = super()._compute_tracking()
        for product in self.filtered(lambda product: product.is_shelf_life_managed and product.tracking == "none"):
            product.tracking = "lot"
        return res

    @api.constrains("cosmetic_kind", "is_storable", "tracking", "use_expiration_date")
    def _check_shelf_life_tracking(self):
        for product in self.filtered("is_shelf_life_managed"):
            if product.tracking == "none" or not product.use_expiration_date:
                raise ValidationError(
                    self.env._(
                        "“%s” is a cosmetic kept in stock, so it goes by batch and use-by date. "
                        "Set Track Inventory to By Lots and tick Expiration Date.",
                        product.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._complete_shelf_life_vals(vals) for vals in vals_list])

    def write(self, vals):
        if not vals.keys() & {"cosmetic_kind", "is_storable", "type"}:
            return super().write(vals)
        before = self.filtered("is_shelf_life_managed")
        res = super().write(vals)
        after = self.filtered("is_shelf_life_managed")
        if switched := (after - before) | (before - after):
            # sudo: the batches follow the product, whoever maintains it
            lots = self.env["stock.lot"].sudo().search([("product_id.product_tmpl_id", "in", switched.ids)])
            lots._update_shelf_life()
            lots._hold_undated()
        return res

    @api.model
    def _complete_shelf_life_vals(self, vals):
        """Core's default would say "no tracking" before the compute could; what was given stays for the constraint to judge."""
        if "tracking" not in vals and vals.get("is_storable") and vals.get("cosmetic_kind") in REGULATED_KINDS:
            return {**vals, "tracking": "lot"}
        return vals
