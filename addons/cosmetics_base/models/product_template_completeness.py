from odoo import api, fields, models
from odoo.tools import format_list

from ..tools import registration
from .product_template import REGULATED_KINDS

# Kept on the variant; a product with several variants needs them on each.
VARIANT_FIELDS = ("barcode", "registration_no", "registration_expiry_on")


class ProductTemplate(models.Model):
    """How much of the data of a product is filled in, and what is missing."""

    _inherit = "product.template"

    completeness = fields.Integer(
        compute="_compute_completeness",
        store=True,
        aggregator="avg",
        help="Share of the product data that is filled in, in percent.",
    )
    missing_fields = fields.Char(string="Missing Data", compute="_compute_missing_fields", help="What to fill in to reach 100 %.")

    @api.depends(lambda self: self._get_completeness_depends())
    def _compute_completeness(self):
        for product in self:
            wanted = product._get_completeness_fields()
            product.completeness = round(100 * (len(wanted) - len(product._get_missing_field_names())) / len(wanted))

    @api.depends(lambda self: self._get_completeness_depends())
    @api.depends_context("lang")
    def _compute_missing_fields(self):
        for product in self:
            labels = [self._fields[name]._description_string(self.env) for name in product._get_missing_field_names()]
            product.missing_fields = format_list(self.env, labels)

    @api.model
    def _get_completeness_names(self, kinds):
        """Return the names of the fields that products of any of these kinds should have filled in.

        An override adds its own names to the list and extends nothing else.

        :param kinds: values of `cosmetic_kind`; False stands for a product without a kind
        """
        names = ["brand_id", "cosmetic_kind", "item_class", "categ_id", "list_price", "barcode", "spec", "tax_category_code"]
        if set(kinds) & set(REGULATED_KINDS):
            names += ["net_content", "shelf_life_months", "registration_no", "registrant_id", "standard_no", "ingredients"]
        if set(kinds) & {"ordinary", "special"}:
            names.append("efficacy_ids")
        if "special" in kinds:
            names.append("registration_expiry_on")
        return names

    @api.model
    def _get_completeness_depends(self):
        names = [*self._get_completeness_names(["other", *REGULATED_KINDS]), "responsible_partner_id"]
        return [f"product_variant_ids.{name}" if name in VARIANT_FIELDS else name for name in names]

    def _get_completeness_fields(self):
        """Return the names of the fields this product should have filled in."""
        self.ensure_one()
        names = self._get_completeness_names([self.cosmetic_kind])
        numbers = (registration.parse(variant.registration_no) for variant in self.product_variant_ids)
        if any(number and number.scope != "domestic" for number in numbers):
            names.append("responsible_partner_id")
        return names

    def _get_missing_field_names(self):
        """Return the names of the wanted fields that are empty, in the order in which a clerk fills them in."""
        self.ensure_one()
        missing = []
        for name in self._get_completeness_fields():
            records = self.product_variant_ids if name in VARIANT_FIELDS else self
            if not records or not all(record[name] for record in records):
                missing.append(name)
        return missing
