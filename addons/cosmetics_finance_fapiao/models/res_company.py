from odoo import api, fields, models

from .product_template import check_class_codes

TAXPAYER_KINDS = [("general", "General Taxpayer"), ("small", "Small-Scale Taxpayer")]
PERIODS = [("month", "Month"), ("quarter", "Quarter")]
DISTRICTS = [("city", "City District"), ("town", "County Town"), ("other", "Elsewhere")]
DEFAULT_CLASS_CODE = "1070223010000000000"
"""A code of household chemicals that is in use; whether it fits the goods, the accountant confirms on the tax platform."""

# Short ids of the chart: the first tax that is in force on the day.
SALE_TAXES = {
    ("general", False): ["l10n_cn_sales_excluded_13"],
    ("general", True): ["xian_tax_sale_13_included"],
    ("small", False): ["xian_tax_sale_1", "xian_tax_sale_3"],
    ("small", True): ["xian_tax_sale_1_included", "xian_tax_sale_3_included"],
}
PURCHASE_TAX = "l10n_cn_purchase_excluded_13"


class ResCompany(models.Model):
    """How a company pays VAT. The default taxes of products follow."""

    _inherit = "res.company"

    vat_taxpayer_kind = fields.Selection(TAXPAYER_KINDS, string="Taxpayer", default="general", required=True)
    vat_period = fields.Selection(PERIODS, string="Declares Every", default="month", required=True)
    vat_district = fields.Selection(
        DISTRICTS,
        string="Place of the Taxpayer",
        default="city",
        required=True,
        help="Decides the rate of the urban construction tax. The 11 districts of Xi'an are city districts.",
    )
    has_vat_half_relief = fields.Boolean(
        string="Small Low-Profit Enterprise",
        help="Pays half of the surcharges as long as the relief is in force. Small-scale taxpayers have it anyway.",
    )
    fapiao_class_code = fields.Char(
        string="Default Tax Classification Code",
        size=19,
        default=DEFAULT_CLASS_CODE,
        help="For goods whose product and category name none. Confirm on the tax platform that it fits.",
    )

    _vat_general_monthly = models.Constraint(
        "CHECK(vat_taxpayer_kind <> 'general' OR vat_period = 'month')",
        "A general taxpayer declares every month. Choose Month.",
    )

    @api.constrains("fapiao_class_code")
    def _check_fapiao_class_code(self):
        check_class_codes(self)

    def write(self, vals):
        res = super().write(vals)
        if "vat_taxpayer_kind" in vals and "account_sale_tax_id" not in vals:
            self._set_default_vat_taxes()
        return res

    def _set_default_vat_taxes(self):
        """Make the taxes of the taxpayer's kind those of new products; a small-scale taxpayer deducts nothing: purchases carry none."""
        today = fields.Date.context_today(self)
        for company in self.filtered(lambda c: c.chart_template == "cn"):
            ref = self.env["account.chart.template"].with_company(company.root_id).ref
            keys = SALE_TAXES[company.vat_taxpayer_kind, company.account_sale_tax_id.price_include]
            taxes = [tax for key in keys if (tax := ref(key, raise_if_not_found=False)) and not (tax.valid_to and tax.valid_to < today)]
            if taxes:
                company.account_sale_tax_id = taxes[0]
            is_general = company.vat_taxpayer_kind == "general"
            company.account_purchase_tax_id = is_general and ref(PURCHASE_TAX, raise_if_not_found=False)

    @api.model
    def _cron_vat_taxes(self):
        """When a relief has ended, new products get the tax that is in force."""
        today = fields.Date.context_today(self)
        self.search([("account_sale_tax_id.valid_to", "<", today)])._set_default_vat_taxes()
