"""What the grade of a vendor means: of a D nothing is ordered, of a C the buyer is warned."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .cosmetics_vendor_evaluation import GRADES

BLOCKED = "D"


class ResPartner(models.Model):
    _inherit = "res.partner"

    vendor_grade = fields.Selection(
        GRADES,
        company_dependent=True,
        copy=False,
        help="Grade of the last confirmed evaluation in this company. Of a D nothing is ordered.",
    )

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | {"vendor_grade"}

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name != "vendor_grade"} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if "vendor_grade" in vals and not self.env.su:
            raise AccessError(self.env._("The grade of a vendor comes from its evaluations: confirm or reopen one."))
        return super().write(vals)

    def _get_vendor_grade(self, company):
        """Return the grade of the vendor these contacts belong to, False without one."""
        # sudo: a grade binds whoever orders
        return self.commercial_partner_id.sudo().with_company(company).vendor_grade


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    vendor_grade = fields.Selection(GRADES, string="Grade of the Vendor", compute="_compute_vendor_grade")

    @api.depends("partner_id", "company_id")
    def _compute_vendor_grade(self):
        for order in self:
            order.vendor_grade = order.partner_id._get_vendor_grade(order.company_id) if order.partner_id else False

    @api.constrains("partner_id", "company_id", "state")
    def _check_vendor_grade(self):
        """Refuse to begin, to confirm, or to turn an order to a vendor with the grade D, by whatever way it comes."""
        for order in self:
            if order.state != "cancel" and order.partner_id._get_vendor_grade(order.company_id) == BLOCKED:
                raise UserError(
                    self.env._(
                        "%(vendor)s has the grade D: nothing is ordered there. "
                        "Choose another vendor, or have the evaluation looked at again.",
                        vendor=order.partner_id.commercial_partner_id.name,
                    )
                )


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _prepare_sellers(self, params=False):
        """Replenishment passes by vendors of whom nothing is ordered, and takes the next one."""
        company = self.env.company
        return super()._prepare_sellers(params).filtered(lambda seller: seller.partner_id._get_vendor_grade(company) != BLOCKED)
