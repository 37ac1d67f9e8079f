from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..tools.issue import CLASS_CODE


def check_class_codes(records):
    """Refuse a tax classification code that is not 19 digits."""
    for record in records:
        if record.fapiao_class_code and not CLASS_CODE.fullmatch(record.fapiao_class_code):
            raise ValidationError(
                record.env._(
                    "“%s” is no tax classification code. Enter its 19 digits as the tax platform shows them,"
                    " for example 1070223010000000000.",
                    record.fapiao_class_code,
                )
            )


class ProductTemplate(models.Model):
    _inherit = "product.template"

    fapiao_class_code = fields.Char(
        string="Tax Classification Code",
        size=19,
        help="19 digits, for the tax invoice. Empty: that of the category, else the default of the company.",
    )

    @api.constrains("fapiao_class_code")
    def _check_fapiao_class_code(self):
        check_class_codes(self)


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_fapiao_class_code(self, company):
        """Return (code, whether it is only the company's default) for tax invoices of this product, also of none."""
        code = self.fapiao_class_code or self.categ_id._get_fapiao_class_code()
        return (code, False) if code else (company.fapiao_class_code or "", True)
