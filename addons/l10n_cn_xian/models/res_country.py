from odoo import api, models

CORE_FORMAT = "%(country_name)s, %(zip)s\n%(state_name)s %(city)s %(street)s %(street2)s"
ADDRESS_FORMAT = "%(state_name)s%(city)s%(development_zone)s%(street)s %(street2)s\n%(zip)s %(country_name)s"
CODE_LABELS = {"en_US": "Credit Code", "zh_CN": "统一社会信用代码"}


class ResCountry(models.Model):
    """China's address format and the name of its tax number."""

    _inherit = "res.country"

    @api.model
    def _xian_correct_china(self):
        """Set the Chinese order of an address and the label of the credit code, unless somebody has chosen others."""
        china = self.env.ref("base.cn")
        if china.address_format in (CORE_FORMAT, False):
            china.address_format = ADDRESS_FORMAT
        if not china.vat_label:
            china.update_field_translations("vat_label", CODE_LABELS)
