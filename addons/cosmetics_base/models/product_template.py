from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_list

from ..tools import label, registration

# Kinds the regulator files or registers; "other" is tools, accessories and the like.
REGULATED_KINDS = ("ordinary", "special", "toothpaste")
SUNSCREEN_CODE = "04"
# No cosmetics keep longer than ten years; more is a slip of the finger.
MAX_MONTHS = 120


class ProductTemplate(models.Model):
    _inherit = "product.template"

    brand_id = fields.Many2one("cosmetics.brand", index="btree_not_null", ondelete="restrict", tracking=True)
    series_id = fields.Many2one("cosmetics.series", index="btree_not_null", ondelete="restrict", domain="[('brand_id', '=', brand_id)]")
    cosmetic_kind = fields.Selection(
        [("ordinary", "Ordinary Cosmetics"), ("special", "Special Cosmetics"), ("toothpaste", "Toothpaste"), ("other", "Not Cosmetics")],
        index="btree_not_null",
        tracking=True,
        help="Special: hair dye, perm, whitening, sunscreen, anti-hair-loss and new efficacies; these are registered. "
        "Ordinary cosmetics and toothpaste are filed. Not cosmetics: tools and accessories.",
    )
    item_class = fields.Selection(
        [
            ("full_size", "Full Size"),
            ("set", "Set"),
            ("sample", "Sample Size"),
            ("gift", "Gift"),
            ("tester", "Tester"),
            ("tool", "Tool"),
        ],
        help="What the item is for: goods for sale, a set, a sample, a gift, a tester on the counter, or a tool.",
    )
    spec = fields.Char(string="Specification", help="As printed on the pack, e.g. 50ml or 30 pieces × 25ml.")
    model_no = fields.Char(string="Model")
    efficacy_ids = fields.Many2many("cosmetics.efficacy", string="Efficacy Claims")
    skin_type_ids = fields.Many2many("cosmetics.skin.type", string="Skin Types")
    skin_concern_ids = fields.Many2many("cosmetics.skin.concern", string="Skin Concerns")
    ingredients = fields.Text(help="All ingredients in the order of the label.")
    net_content = fields.Float(digits=(12, 2))
    net_content_uom = fields.Selection(
        [("ml", "ml"), ("g", "g"), ("piece", "Pieces"), ("stick", "Sticks")], string="Unit of Net Content", default="ml"
    )
    price_per_100 = fields.Float(
        string="Price per 100 ml/g",
        compute="_compute_price_per_100",
        min_display_digits="Product Price",
        help="Sales price of 100 ml or 100 g, to compare sizes.",
    )
    shelf_life_months = fields.Integer(string="Shelf Life (Months)", help="Months from production to the use-by date, usually 36.")
    pao_months = fields.Integer(string="Period after Opening (Months)", help="Months the product keeps once opened, e.g. 6, 12 or 24.")
    is_children = fields.Boolean(
        string="Children's Cosmetics",
        help="Made for children of 12 years or less, or for the whole family. The pack shows the gold shield.",
    )
    has_gold_shield = fields.Boolean(string="Gold Shield", help="The mark of children's cosmetics (小金盾) is printed on the pack.")
    spf = fields.Char(string="SPF", help="Sun protection factor of sunscreens: 2 to 50, or 50+.")
    pa = fields.Char(string="PA", help="UVA grade of sunscreens: PA+ to PA++++.")
    registrant_id = fields.Many2one(
        "res.partner", string="Registrant / Filer", index="btree_not_null", help="The company that registered or filed the product."
    )
    # Not "responsible_id": the stock app keeps a user of its own under that name.
    responsible_partner_id = fields.Many2one(
        "res.partner", string="Domestic Responsible Person", index="btree_not_null", help="Answers in China for an imported product."
    )
    standard_no = fields.Char(string="Executed Standard", help="Standard printed on the label, e.g. QB/T 1857.")
    tax_category_code = fields.Char(
        help="Code of the tax bureau's list of goods and services, 19 digits, e.g. 1070223010000000000. Printed on invoices.",
    )
    control_price = fields.Float(
        min_display_digits="Product Price",
        tracking=True,
        help="Lowest price the brand allows. Nobody should sell below it.",
    )
    # Mirrors of the single variant, as core does for the barcode.
    registration_no = fields.Char(
        string="Registration No.", compute="_compute_registration_no", inverse="_inverse_registration", store=True, copy=False
    )
    registration_expiry_on = fields.Date(
        string="Registration Expires On",
        compute="_compute_registration_expiry_on",
        inverse="_inverse_registration",
        store=True,
        copy=False,
    )

    @api.depends("list_price", "net_content", "net_content_uom")
    def _compute_price_per_100(self):
        for product in self:
            product.price_per_100 = label.price_per_100(product.list_price, product.net_content, product.net_content_uom)

    @api.depends("product_variant_ids.registration_no")
    def _compute_registration_no(self):
        self._compute_template_field_from_variant_field("registration_no")

    @api.depends("product_variant_ids.registration_expiry_on")
    def _compute_registration_expiry_on(self):
        self._compute_template_field_from_variant_field("registration_expiry_on")

    def _inverse_registration(self):
        """Hand number and date to the single variant in one write: the gate of the stage wants to see both."""
        for product in self:
            variants = product.with_context(active_test=product.active).product_variant_ids
            vals = {name: product[name] for name in ("registration_no", "registration_expiry_on")}
            if len(variants) == 1:
                variants.write(vals)
            elif any(value and variant[name] != value for name, value in vals.items() for variant in variants):
                raise ValidationError(
                    self.env._(
                        "“%(product)s” has %(count)s variants. Enter the registration number on each variant, e.g. shade 01.",
                        product=product.display_name,
                        count=len(variants),
                    )
                )

    @api.constrains("brand_id", "series_id")
    def _check_series_of_brand(self):
        for product in self.filtered("series_id"):
            if product.series_id.brand_id != product.brand_id:
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: series “%(series)s” belongs to brand “%(brand)s”. "
                        "Choose that brand, or a series of the product's brand.",
                        product=product.display_name,
                        series=product.series_id.name,
                        brand=product.series_id.brand_id.name,
                    )
                )

    @api.constrains("cosmetic_kind", "efficacy_ids")
    def _check_kind_of_efficacy(self):
        for product in self.filtered("efficacy_ids"):
            special = product.efficacy_ids.filtered("is_special")
            if special and product.cosmetic_kind != "special":
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: only special cosmetics may claim %(claims)s. "
                        "Set the kind to Special Cosmetics, or take the claim out.",
                        product=product.display_name,
                        claims=format_list(self.env, special.mapped("display_name")),
                    )
                )
            if product.cosmetic_kind == "special" and not special:
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: special cosmetics claim at least one of 01 to 05 or A, e.g. 04 Sunscreen. "
                        "Add it, or set the kind to Ordinary Cosmetics.",
                        product=product.display_name,
                    )
                )

    @api.constrains("is_children", "has_gold_shield")
    def _check_gold_shield(self):
        for product in self:
            if product.is_children and not product.has_gold_shield:
                raise ValidationError(
                    self.env._(
                        "“%s”: children's cosmetics must show the gold shield. Tick Gold Shield, or untick Children's Cosmetics.",
                        product.display_name,
                    )
                )
            if product.has_gold_shield and not product.is_children:
                raise ValidationError(
                    self.env._(
                        "“%s”: only children's cosmetics may show the gold shield. Tick Children's Cosmetics, or untick Gold Shield.",
                        product.display_name,
                    )
                )

    @api.constrains("spf", "pa", "efficacy_ids")
    def _check_sun_protection(self):
        for product in self.filtered(lambda product: product.spf or product.pa):
            if product.spf and not label.is_spf(product.spf):
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: SPF %(spf)s is not possible. Enter a number from 2 to 50, or 50+.",
                        product=product.display_name,
                        spf=product.spf,
                    )
                )
            if product.pa and not label.is_pa(product.pa):
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: %(pa)s is no UVA grade. Enter PA+, PA++, PA+++ or PA++++.",
                        product=product.display_name,
                        pa=product.pa,
                    )
                )
            if SUNSCREEN_CODE not in product.efficacy_ids.mapped("code"):
                raise ValidationError(
                    self.env._(
                        "“%s” has an SPF or PA but does not claim sunscreen. Add efficacy claim 04, or empty SPF and PA.",
                        product.display_name,
                    )
                )

    @api.constrains("tax_category_code")
    def _check_tax_category_code(self):
        for product in self.filtered("tax_category_code"):
            if not label.is_tax_category_code(product.tax_category_code):
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: tax category code %(code)s has %(length)s characters. It has 19 digits, e.g. 1070223010000000000.",
                        product=product.display_name,
                        code=product.tax_category_code,
                        length=len(product.tax_category_code),
                    )
                )

    @api.constrains("net_content", "shelf_life_months", "pao_months")
    def _check_amounts(self):
        for product in self:
            if product.net_content < 0:
                raise ValidationError(
                    self.env._(
                        "“%s”: the net content must be above zero. Enter what is printed on the pack, e.g. 50.", product.display_name
                    )
                )
            for name in ("shelf_life_months", "pao_months"):
                if not 0 <= product[name] <= MAX_MONTHS:
                    raise ValidationError(
                        self.env._(
                            "“%(product)s”: %(field)s cannot be %(value)s. Enter months from 1 to %(max)s, e.g. 36.",
                            product=product.display_name,
                            field=self._fields[name]._description_string(self.env),
                            value=product[name],
                            max=MAX_MONTHS,
                        )
                    )

    @api.constrains("control_price", "list_price")
    def _check_control_price(self):
        for product in self.filtered("control_price"):
            if product.control_price < 0:
                raise ValidationError(
                    self.env._(
                        "“%s”: the control price must be above zero. Enter the lowest price the brand allows, e.g. 199.",
                        product.display_name,
                    )
                )
            if product.control_price > product.list_price:
                raise ValidationError(
                    self.env._(
                        "“%(product)s”: the sales price %(price).2f is below the control price %(control).2f. "
                        "Raise the sales price, or lower the control price.",
                        product=product.display_name,
                        price=product.list_price,
                        control=product.control_price,
                    )
                )

    @api.onchange("is_children")
    def _onchange_is_children(self):
        self.has_gold_shield = self.is_children

    @api.onchange("brand_id")
    def _onchange_brand_id(self):
        if self.series_id.brand_id != self.brand_id:
            self.series_id = False

    @api.model
    def _normalize_label_vals(self, vals):
        """Return vals with numbers and codes brought to the form in which they are printed and compared."""
        normalizers = {
            "registration_no": registration.normalize,
            "spf": label.normalize_spf,
            "pa": label.normalize_pa,
            "tax_category_code": label.narrow,
        }
        normalized = {name: normalize(vals[name]) for name, normalize in normalizers.items() if vals.get(name)}
        return {**vals, **normalized}

    def _prepare_variant_values(self, combination):
        """A number given for the template goes to the variants it makes: shades often share one."""
        return {
            **super()._prepare_variant_values(combination),
            "registration_no": self.registration_no,
            "registration_expiry_on": self.registration_expiry_on,
        }

    def _forget_shared_registration(self):
        """Empty the mirrors of new products with several variants: the variants hold what was given for all of them."""
        several = self.filtered(lambda product: len(product.product_variant_ids) > 1)
        for name in ("registration_no", "registration_expiry_on"):
            self.env.add_to_compute(self._fields[name], several)

    def _needs_registration(self):
        """Tell whether the law asks for a filing or registration number."""
        self.ensure_one()
        return self.cosmetic_kind in REGULATED_KINDS

    def _check_numbers_of_kind(self):
        """Raise when a variant has a number of another kind. No constraint: those run before a number reaches its variant."""
        for variant in self.with_context(active_test=False).product_variant_ids.filtered("registration_no"):
            number = registration.parse(variant.registration_no)
            if number:
                variant.product_tmpl_id._check_number_of_kind(number)

    def _check_number_of_kind(self, number):
        """Raise when a parsed number does not belong to the kind of the product.

        :param tools.registration.Registration number: what the number says
        """
        self.ensure_one()
        if number.kind == self.cosmetic_kind:
            return
        kinds = dict(self._fields["cosmetic_kind"]._description_selection(self.env))
        example = registration.EXAMPLES.get(self.cosmetic_kind)
        if example:
            message = self.env._(
                "“%(product)s” is of kind %(kind)s, but %(number)s is a number of %(number_kind)s. "
                "Correct the kind or the number, e.g. %(example)s.",
                product=self.display_name,
                kind=kinds[self.cosmetic_kind],
                number=number.number,
                number_kind=kinds[number.kind],
                example=example,
            )
        else:
            message = self.env._(
                "“%(product)s” has number %(number)s, so its kind is %(number_kind)s. Set this kind, or empty the number.",
                product=self.display_name,
                number=number.number,
                number_kind=kinds[number.kind],
            )
        raise ValidationError(message)
