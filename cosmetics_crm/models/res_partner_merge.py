"""What becomes of the records of one member that are merged."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _leave_by_merge(self):
        """Make these records plain contacts that core can merge and delete: number and telephone become free."""
        self.member_figures_ids.unlink()
        empty = dict.fromkeys(
            ("member_number", "member_tier_id", "member_tier_since", "member_tier_review_on", "member_tier_notice_on"), False
        )
        self.write({**empty, "is_member": False})

    def _join_by_merge(self, plan):
        """Write what the merged member has (record in sudo)."""
        tier, since, review = plan["tier"]
        was = self.member_tier_id
        self.write({**plan["vals"], "is_member": True})
        day = fields.Date.context_today(self)
        self._apply_tier_rows([(self, "merge", was, tier, self._get_member_spends(day).get(self.id, 0.0))], day)
        self._write_tier_days(since, review)
        self.env["cosmetics.member.figures"].sudo()._rebuild(self)
