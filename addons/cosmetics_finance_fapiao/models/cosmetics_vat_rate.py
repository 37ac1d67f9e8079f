from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

CODES = [
    ("urban_city", "Urban Construction Tax, City District"),
    ("urban_town", "Urban Construction Tax, County Town"),
    ("urban_other", "Urban Construction Tax, Elsewhere"),
    ("education", "Education Surcharge"),
    ("local_education", "Local Education Surcharge"),
    ("half_relief", "Share Left by the Relief of Surcharges"),
    ("levy", "Small-Scale Levy Rate"),
    ("exempt_month", "VAT-Free Sales in a Month"),
    ("exempt_quarter", "VAT-Free Sales in a Quarter"),
]


class CosmeticsVatRate(models.Model):
    """Rates, reliefs and thresholds with the days on which they hold, so that the law's next notice is a row and no release."""

    _name = "cosmetics.vat.rate"
    _description = "Rate of VAT and Surcharges"
    _order = "code, valid_from desc, id"
    _rec_name = "code"

    code = fields.Selection(CODES, required=True, index=True)
    value = fields.Float(digits=(16, 6), required=True, help="A share (0.07 is 7 %), or an amount in yuan for thresholds.")
    valid_from = fields.Date(required=True)
    valid_to = fields.Date(help="Last day on which it holds. Leave empty when the law names no end.")
    law = fields.Char(string="Source", help="The law or notice, so that the next one can be found.")
    company_id = fields.Many2one("res.company", help="Leave empty for every company.", index="btree_not_null")

    _dates_in_order = models.Constraint("CHECK(valid_to >= valid_from)", "The last day lies before the first. Enter the first day first.")
    _value_not_negative = models.Constraint("CHECK(value >= 0)", "A rate or threshold is 0 or more, for example 0.07.")
    _start_unique = models.UniqueIndex(
        "(code, COALESCE(company_id, 0), valid_from)", "This rate has a row from that day on already. Change that row."
    )

    @api.constrains("code", "valid_from", "valid_to", "company_id")
    def _check_overlap(self):
        for rate in self:
            others = self.search([("code", "=", rate.code), ("company_id", "=", rate.company_id.id), ("id", "!=", rate.id)])
            end = rate.valid_to or fields.Date.to_date("9999-12-31")
            for other in others:
                if other.valid_from <= end and (not other.valid_to or other.valid_to >= rate.valid_from):
                    raise ValidationError(
                        self.env._(
                            "%(rate)s has another row for these days. End that row first, for example on the day before.",
                            rate=dict(self._fields["code"]._description_selection(self.env))[rate.code],
                        )
                    )

    @api.model
    def _get(self, code, day, company):
        """Return the rate (Decimal) in force on a day, None when there is none; a row of the company goes before the common one."""
        found = self.search(
            [
                ("code", "=", code),
                ("valid_from", "<=", day),
                "|",
                ("valid_to", "=", False),
                ("valid_to", ">=", day),
                ("company_id", "in", (company.id, False)),
            ]
        )
        best = found.filtered("company_id")[:1] or found[:1]
        return Decimal(str(best.value)) if best else None
