"""The SMS of a recall, and how long its answer is waited for."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm_mailing.tools import sms_text
from odoo.addons.cosmetics_crm_mailing.tools.sms_api import SmsApiGateway
from odoo.exceptions import UserError, ValidationError

# What phones in China read; a shop may have other words approved.
NAME = "产品召回通知"
TEXT = "您购买的${product}（批号${batch}）正在召回，请立即停止使用，带回任一门店即可退款，详情请致电${phone}"
VARIABLES = {"product", "batch", "phone"}


class ResCompany(models.Model):
    _inherit = "res.company"

    recall_template_id = fields.Many2one(
        "cosmetics.sms.template",
        string="SMS of a Recall",
        check_company=True,
        ondelete="restrict",
        help="A notice with the variables ${product}, ${batch} and ${phone}.",
    )
    recall_answer_days = fields.Integer(
        string="Call Buyers After Days",
        default=3,
        help="Who was written to, has not answered and of whom no delivery is known counts as not reached after so many days.",
    )

    _recall_answer_days_sane = models.Constraint(
        "CHECK(recall_answer_days BETWEEN 0 AND 30)", "Buyers of recalled goods are called after 0 to 30 days, e.g. 3."
    )

    @api.constrains("recall_template_id")
    def _check_recall_template(self):
        for template in self.sudo().recall_template_id:  # sudo: settings may be saved by who sees no templates
            template._check_fits_recall()

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._create_recall_templates()
        return companies

    @api.model
    def _create_missing_recall_templates(self):
        """Serve the companies that were there before the module."""
        # Every company is meant, and they are few.
        self.search([])._create_recall_templates()  # pylint: disable=no-search-all

    def _create_recall_templates(self):
        """Give each company without one a text to have approved."""
        lacking = self.filtered(lambda company: not company.recall_template_id)
        # sudo: whoever makes a company need not manage members
        vals_list = [{"name": NAME, "kind": "notice", "text": TEXT, "company_id": company.id} for company in lacking]
        for company, template in zip(lacking, self.env["cosmetics.sms.template"].sudo().create(vals_list), strict=True):
            company.recall_template_id = template

    def _get_recall_template(self):
        """Return the approved template of recalls, with the right to use it; say what is missing otherwise."""
        self.ensure_one()
        if self._get_sms_api_class() is SmsApiGateway:
            raise UserError(self.env._("No SMS provider is chosen. Choose one in the settings of Member Management."))
        template = self.recall_template_id.sudo()  # sudo: who runs a recall sends this template and sees no others
        if not template or not template.active or template.state != "approved":
            raise UserError(
                self.env._(
                    "The SMS of recalls is not approved yet. Have the provider approve it, then enter its code under Marketing, "
                    "SMS Templates; until then write e-mails and call."
                )
            )
        template._check_fits_recall()
        return template


class CosmeticsSmsTemplate(models.Model):
    _inherit = "cosmetics.sms.template"

    def _check_fits_recall(self):
        """A recall knows three values and is no marketing: it needs no consent and says not how to refuse."""
        self.ensure_one()
        if self.kind != "notice":
            raise ValidationError(self.env._("The SMS of a recall is a notice, not marketing. Choose another template."))
        foreign = [name for name in sms_text.variables(self.text) if name not in VARIABLES]
        if foreign:
            raise ValidationError(
                self.env._(
                    "A recall knows ${product}, ${batch} and ${phone}, not %s. Choose another template or change its text.",
                    "、".join(f"${{{name}}}" for name in foreign),
                )
            )
