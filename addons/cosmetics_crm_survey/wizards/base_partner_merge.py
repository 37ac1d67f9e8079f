"""Two records of one member may both have been asked lately."""

from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    @api.model
    def _before_merge_members(self, sources, target):  # pylint: disable=missing-return; returns nothing
        """Let the last question alone count for the days between, or the database would refuse the merge."""
        super()._before_merge_members(sources, target)
        # sudo: invitations of all companies
        rows = (
            self.env["cosmetics.survey.invitation"]
            .sudo()
            .search([("partner_id", "in", (sources | target).ids), ("is_counted", "=", True)], order="invited_on desc, id desc")
        )
        for same in rows.grouped("company_id").values():
            same[1:].write({"is_counted": False})
        self.env.flush_all()
