from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from ..tools import barcode as barcode_tools
from ..tools import registration


class ProductProduct(models.Model):
    _inherit = "product.product"

    registration_no = fields.Char(
        string="Registration No.",
        index="btree_not_null",
        copy=False,
        help="Filing number of ordinary cosmetics or registration number of special ones, as printed on the pack, "
        "e.g. 陕G妆网备字2021000001. Shades may share one number.",
    )
    registration_expiry_on = fields.Date(
        string="Registration Expires On", copy=False, help="Last day of the registration certificate of special cosmetics."
    )

    @api.constrains("registration_no")
    def _check_registration_no(self):
        for product in self.filtered("registration_no"):
            if registration.parse(product.registration_no) is None:
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: %(number)s is no filing or registration number. "
                        "Copy it from the pack, e.g. %(ordinary)s (ordinary) or %(special)s (special).",
                        product=product.display_name,
                        number=product.registration_no,
                        ordinary=registration.EXAMPLES["ordinary"],
                        special=registration.EXAMPLES["special"],
                    )
                )

    @api.constrains("barcode")
    def _check_barcode_check_digit(self):
        for product in self.filtered("barcode"):
            product._check_article_number(product.barcode)

    @api.model_create_multi
    def create(self, vals_list):
        products = super().create([self._normalize_registration_vals(vals) for vals in vals_list])
        with_number = products.filtered("registration_no").product_tmpl_id
        with_new_template = self.browse(
            product.id for product, vals in zip(products, vals_list, strict=True) if not vals.get("product_tmpl_id")
        ).product_tmpl_id
        # The template was made before its variant, so its own checks could not see the number yet.
        with_number._check_numbers_of_kind()
        (with_number | with_new_template)._check_lifecycle_gate()
        return products

    def write(self, vals):
        res = super().write(self._normalize_registration_vals(vals))
        if {"registration_no", "registration_expiry_on"} & vals.keys():
            self.product_tmpl_id._check_numbers_of_kind()
            self.product_tmpl_id._check_lifecycle_gate()
        return res

    def action_move_lifecycle(self):
        """Open the wizard that moves the products of these variants to another stage."""
        return self.product_tmpl_id.action_move_lifecycle()

    def _check_lifecycle(self, flag):
        """Raise a ValidationError that names the products whose life cycle stage forbids an act.

        Products outside the life cycle (no stage) are free. Apps and joins call this in their constraints.

        :param str flag: "can_sell", "can_purchase" or "can_replenish"
        """
        forbidden = self.filtered(lambda product: not product._is_allowed_by_lifecycle(flag))
        if not forbidden:
            return
        names = format_list(self.env, [f"{product.display_name} ({product.lifecycle_stage_id.name})" for product in forbidden[:10]])
        messages = {
            "can_sell": self.env._(
                "These products may not be sold at their life cycle stage: %s. "
                "Take them out, or move them to a stage that allows it, e.g. On Sale, and see that their registration number is filled in.",
                names,
            ),
            "can_purchase": self.env._(
                "These products may not be purchased at their life cycle stage: %s. "
                "Take them out, or move them to a stage that allows it, e.g. On Sale.",
                names,
            ),
            "can_replenish": self.env._(
                "These products may not be replenished at their life cycle stage: %s. "
                "Take them out, or move them to a stage that allows it, e.g. On Sale.",
                names,
            ),
        }
        raise ValidationError(messages[flag])

    def _is_allowed_by_lifecycle(self, flag):
        """Tell whether the stage allows an act; a shade added later without its number may not be sold either."""
        self.ensure_one()
        stage = self.lifecycle_stage_id
        if not stage:
            return True
        lacks_number = (
            flag == "can_sell" and stage.requires_registration and self.product_tmpl_id._needs_registration() and not self.registration_no
        )
        return stage[flag] and not lacks_number

    def _check_article_number(self, code):
        """Raise when the check digit of `code` is wrong.

        Looked at: products of the cosmetics master, and mainland numbers (69…) wherever they stand. Other goods keep core's freedom.
        """
        self.ensure_one()
        if not (self.cosmetic_kind or barcode_tools.is_mainland_code(code)):
            return
        if right := barcode_tools.check_digit_error(code):
            raise ValidationError(
                self.env._(
                    "“%(product)s”: the last digit of barcode %(code)s is wrong. "
                    "Scan it again; with these leading digits it would be %(right)s.",
                    product=self.display_name,
                    code=code,
                    right=right,
                )
            )

    @api.model
    def _normalize_registration_vals(self, vals):
        """Return vals with the registration number as the regulator prints it."""
        if vals.get("registration_no"):
            return dict(vals, registration_no=registration.normalize(vals["registration_no"]))
        return vals
