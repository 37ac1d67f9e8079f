"""Children under 14 join through a guardian (PIPL art. 31)."""

from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .res_partner_member import ADVISER

ADULT_IN_DATA = 14


class ResPartner(models.Model):
    _inherit = "res.partner"

    guardian_name = fields.Char(copy=False, groups=ADVISER)
    guardian_phone = fields.Char(copy=False, groups=ADVISER)
    is_under_14 = fields.Boolean(compute="_compute_is_under_14", groups=ADVISER)

    @api.depends("birthday", "birthday_has_year")
    def _compute_is_under_14(self):
        for partner in self:
            partner.is_under_14 = partner._needs_guardian(fields.Date.context_today(partner))

    @api.constrains("is_member", "birthday", "birthday_has_year", "guardian_name", "guardian_phone")
    def _check_guardian(self):
        today = fields.Date.context_today(self)
        # sudo: the rule reads the birthday whoever changes the contact.
        for member in self.sudo().filtered("is_member"):
            if member._needs_guardian(today) and not (member.guardian_name and member.guardian_phone):
                raise ValidationError(
                    self.env._(
                        "%(name)s is under 14: enter name and telephone number of the guardian who agrees, or let the guardian join"
                        " instead.",
                        name=member.name,
                    )
                )

    def _needs_guardian(self, day):
        """Tell if a person is under 14 on a day; without the year of birth nobody can know."""
        self.ensure_one()
        return bool(self.birthday and self.birthday_has_year and self.birthday + relativedelta(years=ADULT_IN_DATA) > day)
