"""What a tier and a birthday add to points."""

from odoo import api, models


class LoyaltyProgram(models.Model):
    _inherit = "loyalty.program"

    @api.model
    def _get_points_multiplier(self, partner, day):
        """Return what the points of a purchase of this partner on this day (date of the shop) are multiplied with.

        The tier's multiplier, or in the month of birth the tier's birthday multiplier instead; 1 for who is no member.
        """
        # sudo: the birthday is hidden from the clerk whose sale earns the points.
        person = partner.sudo().commercial_partner_id
        tier = person.member_tier_id
        if not person.is_member or not tier:
            return super()._get_points_multiplier(partner, day)
        factor = tier.birthday_multiplier if person.birthday_month == day.month else tier.points_multiplier
        return factor * super()._get_points_multiplier(partner, day)
