"""Members who are asked, and what they said."""

from odoo import api, fields, models

PURPOSE = "survey"
"""The consent that surveys need: neither advertising nor a part of the purchase (PIPL art. 6 and 14)."""


class ResPartner(models.Model):
    _inherit = "res.partner"

    feedback_count = fields.Integer(string="Feedback", compute="_compute_feedback_count")

    @api.depends_context("uid")
    def _compute_feedback_count(self):
        """Count what the user may read."""
        model = self.env["cosmetics.feedback"]
        groups = model._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"]) if model.has_access("read") else ()
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.feedback_count = counts.get(partner.id, 0)

    def action_open_feedback(self):
        """Show what the member said, as far as the user may read it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm_survey.cosmetics_feedback_action")
        context = {"default_partner_id": self.id, "default_store_id": self.member_store_id.id}
        return {**action, "domain": [("partner_id", "=", self.id)], "context": context, "display_name": self.name}

    def _get_personal_data(self):
        data = super()._get_personal_data()
        # sudo: the member gets all of it, whoever hands it out
        answers = self.env["cosmetics.survey.answer"].sudo().search([("partner_id", "=", self.id)])
        feedback = self.env["cosmetics.feedback"].sudo().search([("partner_id", "=", self.id)])
        data[self.env._("Survey Answers")] = answers._as_plain_rows(
            ["answered_at", "survey_id", "origin_name", "csat", "nps", "comment", "store_id"]
        )
        data[self.env._("Feedback")] = feedback._as_plain_rows(["noted_on", "name", "description", "state", "outcome", "store_id"])
        return data

    def _before_close_membership(self):  # pylint: disable=missing-return; returns nothing
        """Nobody is asked any more; answers stay with the record, which names nobody from now on."""
        super()._before_close_membership()
        self.env["cosmetics.survey.invitation"].search([("partner_id", "in", self.ids)])._cancel()
        self.env["survey.user_input"].search([("partner_id", "in", self.ids)]).write({"email": False, "nickname": False})
