from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.divisions import by_code


class L10nCnXianDistrict(models.Model):
    """A district or county by its GB/T 2260 code; the data hold those of Xi'an, others can be added."""

    _name = "l10n_cn_xian.district"
    _description = "District"
    _order = "gb_code"
    _rec_names_search = ["name", "gb_code", "former_name"]

    name = fields.Char(required=True)
    gb_code = fields.Char(
        string="GB Code", size=6, required=True, help="Code of the division in GB/T 2260, six digits, for example 610113."
    )
    kind = fields.Selection([("district", "City District"), ("county", "County")], required=True, default="district")
    zip = fields.Char(string="Postal Code", size=6, help="Postal code of the district's head office.")
    urban_tax_rate = fields.Float(
        string="Urban Construction Tax (%)",
        digits=(16, 2),
        help="Rate of the urban maintenance and construction tax: 7 in a city district, 5 in a county town. "
        "The tax office decides for the rural towns of a district.",
    )
    former_name = fields.Char(help="Code and name before the last change; still found on older identity numbers and papers.")
    state_id = fields.Many2one("res.country.state", string="Province", required=True, ondelete="restrict")
    city_id = fields.Many2one("res.city", string="City Record", ondelete="set null", index="btree_not_null")
    active = fields.Boolean(default=True)

    _gb_code_unique = models.Constraint("UNIQUE(gb_code)", "There is a district with this GB code already.")
    _gb_code_six_digits = models.Constraint(
        "CHECK(gb_code ~ '^[0-9]{6}$')", "A GB code has six digits, for example 610113 for the Yanta district."
    )
    _city_unique = models.UniqueIndex("(city_id) WHERE city_id IS NOT NULL", "Another district has this city record already.")
    _zip_six_digits = models.Constraint("CHECK(zip ~ '^[0-9]{6}$')", "A Chinese postal code has six digits, for example 710061.")
    _urban_tax_rate_range = models.Constraint(
        "CHECK(urban_tax_rate BETWEEN 0 AND 7)", "The urban construction tax is 7, 5 or 1 percent. Enter a rate between 0 and 7."
    )

    @api.constrains("gb_code")
    def _check_gb_code(self):
        """A code that the standard does not know is a typing error."""
        for district in self:
            if district.gb_code not in by_code():
                raise ValidationError(
                    self.env._(
                        "GB/T 2260 has no division %(code)s. Enter the code in force, for example 610113 for the Yanta district.",
                        code=district.gb_code,
                    )
                )

    @api.depends("name", "gb_code")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        for district in self:
            if self.env.context.get("formatted_display_name") and district.gb_code:
                district.display_name = f"{district.name}\t--{district.gb_code}--"
            else:
                district.display_name = district.name
