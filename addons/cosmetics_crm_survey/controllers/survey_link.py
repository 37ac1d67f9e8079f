"""The short link of an invitation, opened on a phone by somebody who is not signed in."""

from odoo import SUPERUSER_ID, http
from odoo.http import request

from ..models.res_partner import PURPOSE


class SurveyLink(http.Controller):
    @http.route("/q/<string:code>", type="http", auth="public", website=True, sitemap=False)
    def open_survey(self, code):
        """Lead to the questions of the invitation with this code, without the page before them."""
        invitation = self._find(code)
        sheet = invitation.user_input_id
        if not sheet or invitation.state == "cancelled":
            return request.render("cosmetics_crm_survey.link_page", {"what": "unknown"})
        if sheet.state == "new" and invitation.state == "sent" and sheet.survey_id.active:
            sheet._mark_in_progress()
        return request.redirect(sheet.get_start_url())

    @http.route("/q/<string:code>/stop", type="http", auth="public", website=True, sitemap=False, methods=["GET", "POST"])
    def stop_surveys(self, code, **post):
        """Let the member say: ask me no more (PIPL art. 15). The page asks first, because machines open links, too."""
        invitation = self._find(code)
        if not invitation:
            return request.render("cosmetics_crm_survey.link_page", {"what": "unknown"})
        if request.httprequest.method == "GET":
            return request.render("cosmetics_crm_survey.link_page", {"what": "stop", "code": code})
        consents = invitation.partner_id.consent_ids.filtered(lambda consent: consent.is_active and consent.purpose_id.code == PURPOSE)
        consents._withdraw("online")
        return request.render("cosmetics_crm_survey.link_page", {"what": "stopped"})

    def _find(self, code):
        # As the system: the code is the key, whoever holds it.
        model = request.env["cosmetics.survey.invitation"].with_user(SUPERUSER_ID)
        return model.search([("code", "=", code)], limit=1) if code else model
