import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from stdnum.cn import ric

from ..tools.address import parse_address
from ..tools.phone import normalize_phone

EXAMPLE_CODE = "91110000600037341L"


class ResPartner(models.Model):
    """Addresses, telephone numbers and credit codes of Chinese partners."""

    _inherit = "res.partner"

    development_zone = fields.Selection(
        [
            ("high_tech", "High-tech Zone"),
            ("economic", "Economic Development Zone"),
            ("qujiang", "Qujiang New District"),
            ("chanba", "Chanba Ecological District"),
            ("port", "International Trade and Logistics Park"),
            ("aerospace", "Aerospace Base"),
            ("aviation", "Aviation Base"),
            ("xixian", "Xixian New Area"),
            ("xixian_konggang", "Xixian New Area, Konggang New City"),
            ("xixian_fengdong", "Xixian New Area, Fengdong New City"),
            ("xixian_qinhan", "Xixian New Area, Qinhan New City"),
            ("xixian_fengxi", "Xixian New Area, Fengxi New City"),
            ("xixian_jinghe", "Xixian New Area, Jinghe New City"),
        ],
        help="Development zone that the address names beside the district. It is no administrative division.",
    )
    district_id = fields.Many2one("l10n_cn_xian.district", compute="_compute_district_id", store=True, index="btree_not_null")

    @api.depends("city_id")
    def _compute_district_id(self):
        districts = self.env["l10n_cn_xian.district"].search([("city_id", "in", self.city_id.ids)])
        by_city = {district.city_id: district for district in districts}
        for partner in self:
            partner.district_id = by_city.get(partner.city_id, False)

    @api.constrains("phone", "country_id")
    def _check_mainland_mobile(self):
        """Refuse only what is plainly a mainland mobile number with a wrong digit; anything else stays as typed."""
        for partner in self:
            if partner.phone and partner._is_in_mainland() and normalize_phone(partner.phone).kind == "malformed":
                raise ValidationError(
                    self.env._(
                        "%(phone)s is not a mobile number: a mainland mobile number has 11 digits. Check the digits, for example"
                        " 139 1234 5678.",
                        phone=partner.phone,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalize_phone_vals(vals) for vals in vals_list])

    def write(self, vals):
        if not vals.get("phone"):
            return super().write(vals)
        if "country_id" in vals:
            return super().write(self._normalize_phone_vals(vals))
        for country, partners in self.grouped("country_id").items():
            normalized = self._normalize_phone_vals({**vals, "country_id": country.id})
            super(ResPartner, partners).write({**vals, "phone": normalized["phone"]})
        return True

    # ------------------------------------------------------------------ hooks
    @api.model
    def _address_fields(self):
        return [*super()._address_fields(), "development_zone"]

    @api.model
    def _prepare_address_vals(self, text):
        """Return the values of a partner for an address in one string, as :func:`parse_address` reads it.

        Keys: country_id, state_id, city_id, city, zip, street, development_zone, and name and phone when they are there.
        A masked name or telephone is in it as it came: the caller decides whether to keep it.
        """
        address = parse_address(text)
        china = self.env.ref("base.cn")
        city_name = f"{'' if address.city == address.province else address.city}{address.district}"
        state = self.env["res.country.state"].search([("country_id", "=", china.id), ("name", "=", address.province)], limit=1)
        city = self.env["res.city"].search(
            [("state_id", "=", state.id), ("name", "in", [address.city + address.district, city_name])], limit=1
        )
        zone_text = "" if address.zone_key else address.zone
        vals = {
            "country_id": china.id,
            "state_id": state.id,
            "city_id": city.id,
            "city": city.name or address.city + address.district,
            "zip": address.zip or city.zipcode or False,
            "street": zone_text + address.street,
            "development_zone": address.zone_key or False,
        }
        vals.update({key: getattr(address, key) for key in ("name", "phone") if getattr(address, key)})
        return vals

    # ------------------------------------------------------------------ display
    def _prepare_display_address(self, without_company=False):
        """Chinese order without blanks: province, city, district, zone, street; the country only for a foreign reader."""
        address_format, args = super()._prepare_display_address(without_company=without_company)
        if self.country_id.code != "CN":
            return address_format, args
        state, city = args["state_name"], args["city"]
        if city.startswith(state):  # a municipality is its own city
            args["state_name"] = ""
        zone = dict(self._fields["development_zone"]._description_selection(self.env)).get(self.development_zone, "")
        args["development_zone"] = "" if zone and zone in (args["street"] or "") else zone
        if self.env.company.country_id == self.country_id:
            args["country_name"] = ""
        return address_format, args

    def _display_address(self, without_company=False):
        address = super()._display_address(without_company=without_company)
        if self.country_id.code != "CN":
            return address
        # A part that is missing must not leave a blank or an empty line behind.
        return "\n".join(line.strip() for line in address.splitlines() if line.strip())

    def _display_address_depends(self):
        return [*super()._display_address_depends(), "development_zone"]

    # ------------------------------------------------------------------ helpers
    def _is_in_mainland(self):
        """Return whether numbers of the partner are read as Chinese: by its country, else by that of the company."""
        self.ensure_one()
        return (self.country_id or self.env.company.country_id).code == "CN"

    @api.model
    def _normalize_phone_vals(self, vals):
        """Return vals with a Chinese number as it is stored; without a country it is read by that of the company."""
        country = self.env["res.country"].browse(vals.get("country_id")) or self.env.company.country_id
        if not vals.get("phone") or country.code != "CN":
            return vals
        return {**vals, "phone": normalize_phone(vals["phone"]).display}

    @api.model
    def _build_vat_error_message(self, country_code, wrong_vat, record_label):
        """Say in one sentence what is wrong with a Chinese credit code."""
        if (country_code or "").upper() != "CN":
            return super()._build_vat_error_message(country_code, wrong_vat, record_label)
        number = wrong_vat.strip()
        if len(number) == 15:
            return self.env._(
                "%(number)s is a tax number of the old kind with 15 digits. Enter the unified social credit code of 18 characters"
                " from the business licence, for example %(example)s.",
                number=number,
                example=EXAMPLE_CODE,
            )
        # Not ric.is_valid: it looks up the place of birth in package data that the server hides.
        if re.fullmatch(r"\d{17}[\dX]", number) and ric.calc_check_digit(number) == number[-1]:
            return self.env._("This is the identity number of a person. Leave the tax number of a person empty.")
        if len(number) != 18:
            return self.env._(
                "A unified social credit code has 18 characters; %(number)s has %(count)s. Copy it from the business licence,"
                " for example %(example)s.",
                number=number,
                count=len(number),
                example=EXAMPLE_CODE,
            )
        return self.env._(
            "The check character of the unified social credit code %(number)s is wrong. Compare it with the business licence, for"
            " example %(example)s; the letters I, O, S, V and Z never occur.",
            number=number,
            example=EXAMPLE_CODE,
        )
