"""The account at Kuaidi100."""

from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

DEFAULT_URL = "https://poll.kuaidi100.com/poll/query.do"


class ResCompany(models.Model):
    _inherit = "res.company"

    # The key signs queries that cost money: whoever reads it can spend it.
    kuaidi100_customer = fields.Char(groups="base.group_system")
    kuaidi100_key = fields.Char(groups="base.group_system")
    kuaidi100_url = fields.Char(string="Kuaidi100 Address", default=DEFAULT_URL, groups="base.group_system")

    @api.constrains("kuaidi100_url")
    def _check_kuaidi100_url(self):
        """Telephone digits and the signature travel: encrypted, or within this machine."""
        for company in self.filtered("kuaidi100_url"):
            parts = urlsplit(company.kuaidi100_url)
            if not parts.hostname or (parts.scheme != "https" and (parts.scheme, parts.hostname) != ("http", "127.0.0.1")):
                raise ValidationError(self.env._("The address of Kuaidi100 starts with https://, e.g. %(url)s.", url=DEFAULT_URL))
