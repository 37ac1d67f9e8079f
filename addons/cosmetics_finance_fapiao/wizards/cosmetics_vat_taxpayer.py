from odoo import fields, models

from ..models.res_company import DISTRICTS, PERIODS, TAXPAYER_KINDS

FIELDS = ("vat_taxpayer_kind", "vat_period", "vat_district", "has_vat_half_relief", "fapiao_class_code")


class CosmeticsVatTaxpayer(models.TransientModel):
    """How the company pays VAT: the accountant's matter, though the company's record is the administrator's."""

    _name = "cosmetics.vat.taxpayer"
    _description = "Taxpayer"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    vat = fields.Char(related="company_id.vat", string="Tax Number")
    vat_taxpayer_kind = fields.Selection(
        TAXPAYER_KINDS, string="Taxpayer", required=True, default=lambda self: self.env.company.vat_taxpayer_kind
    )
    vat_period = fields.Selection(PERIODS, string="Declares Every", required=True, default=lambda self: self.env.company.vat_period)
    vat_district = fields.Selection(
        DISTRICTS, string="Place of the Taxpayer", required=True, default=lambda self: self.env.company.vat_district
    )
    has_vat_half_relief = fields.Boolean(string="Small Low-Profit Enterprise", default=lambda self: self.env.company.has_vat_half_relief)
    fapiao_class_code = fields.Char(
        string="Default Tax Classification Code", size=19, default=lambda self: self.env.company.fapiao_class_code
    )

    def action_save(self):
        """Write the taxpayer's data to the company."""
        self.ensure_one()
        self.check_access("write")
        # sudo: companies are the administrator's; these fields alone are the accountant's, who alone may use this form
        self.company_id.sudo().write({name: self[name] for name in FIELDS})
        return {"type": "ir.actions.act_window_close"}
