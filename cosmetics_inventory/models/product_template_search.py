"""Products as a clerk types them: the first letters of how the name is read."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.pinyin import spell


class ProductTemplate(models.Model):
    _inherit = "product.template"

    name_initials = fields.Char(
        compute="_compute_name_initials", store=True, index=True, help="First letters of the Chinese name in pinyin, e.g. zyxhs."
    )

    @api.depends("name")
    def _compute_name_initials(self):
        for template in self.with_context(lang="zh_CN"):
            template.name_initials = spell(template.name, is_person=False)[0] or False
