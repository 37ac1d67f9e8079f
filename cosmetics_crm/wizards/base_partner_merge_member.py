"""Two records of one member become one, and nothing of either is lost."""

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..models.res_partner_privacy import MANAGER

# What a member keeps of the own record, or takes over when it is empty there.
CARRIED = ("member_number", "member_store_id", "adviser_id", "birthday", "skin_type_id", "guardian_name", "guardian_phone")


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Orders, consents, purchases and histories follow core's merge; number, tier and telephone are decided here.

        The higher tier wins; the telephone number of the record that stays remains, the other one is free again.
        """
        partners = self.env["res.partner"].browse(partner_ids).exists()
        members = partners.filtered("is_member")
        if not members or len(partners) < 2:
            return super()._merge(partner_ids, dst_partner, extra_checks)
        if not self.env.user.has_group(MANAGER) and not self.env.su:
            raise AccessError(self.env._("Only a member manager merges members."))
        target = dst_partner if dst_partner in partners else self._get_ordered_partner(partners.ids)[-1]
        sources = partners - target
        plan = self._prepare_member_merge(members, target)
        self._before_merge_members(sources, target)
        # sudo: leaving by a merge is no closing, which is all that a user may do.
        sources.sudo().filtered("is_member")._leave_by_merge()
        super()._merge(partner_ids, target, extra_checks)
        target.sudo()._join_by_merge(plan)
        return None

    @api.model
    def _prepare_member_merge(self, members, target):
        """Return what the member has afterwards: {"vals": values, "tier": (tier, since, review day)}."""
        members = members.sudo()  # the values are those of fields a manager sees anyway, and of stores of other companies
        first = target.sudo() if target in members else members.sorted(lambda member: member.member_tier_id.upgrade_amount)[-1]
        ordered = first | members
        vals = {name: next((member[name] for member in ordered if member[name]), False) for name in CARRIED}
        vals = {name: value.id if isinstance(value, models.BaseModel) else value for name, value in vals.items()}
        vals["birthday_has_year"] = next((member.birthday_has_year for member in ordered if member.birthday), True)
        best = members.sorted(lambda member: (member.member_tier_id.upgrade_amount, member.member_tier_review_on or fields.Date.today()))[
            -1
        ]
        return {
            "vals": {**vals, "phone": first.phone, "member_since": min(filter(None, members.mapped("member_since")), default=False)},
            "tier": (best.member_tier_id, best.member_tier_since, best.member_tier_review_on),
        }

    @api.model
    def _before_merge_members(self, sources, target):
        """What must be carried over before core moves the rest, such as points; an override calls super."""
