"""Cases about allergies hold health data (PIPL art. 28 to 30): who sees them, when their text is kept, when it goes."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.models.cosmetics_consent import HOW
from odoo.exceptions import AccessError, ValidationError

SEES_HEALTH = ("cosmetics_crm_helpdesk.group_service", "cosmetics_crm.group_member_health")


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    is_health = fields.Boolean(
        string="Holds Health Data", compute="_compute_is_health", store=True, index="btree_not_null", groups="base.group_user",
        help="Once a case held health data it is never shown to others again, even if its kind is changed.",
    )  # fmt: skip
    health_consent_how = fields.Selection(
        HOW, string="Agreed to Health Data Just Now", store=False, copy=False, groups="base.group_user",
        help="The customer has just agreed that what is told about the skin and health is kept, and this is how.",
    )  # fmt: skip
    has_health_consent = fields.Boolean(compute="_compute_has_health_consent", groups="base.group_user")
    text_removed_at = fields.Datetime(readonly=True, copy=False, groups="base.group_user")

    @api.depends("category_id")
    def _compute_is_health(self):
        for ticket in self:
            ticket.is_health = ticket.is_health or ticket.category_id._is_health()

    @api.depends("partner_id")
    def _compute_has_health_consent(self):
        agreed = self.partner_id._has_consent("health")
        for ticket in self:
            ticket.has_health_consent = agreed.get(ticket.partner_id.id, False)

    @api.constrains("is_health", "category_id")
    def _check_sees_health(self):
        """Nobody writes a case that they could not read afterwards."""
        self._check_may_see(self.sudo().filtered("is_health"))  # sudo: the rule looks at what the user may not see

    @api.model
    def _check_may_see(self, health):
        """Raise when the user writes ``health``, cases or kinds with health data, without the right to see them."""
        if health and not self.env.su and not any(map(self.env.user.has_group, SEES_HEALTH)):
            raise AccessError(
                self.env._(
                    "Cases about allergies hold health data: the service and people with the right to health data open them. "
                    "Call the service and let the customer speak to them."
                )
            )

    @api.constrains("is_health", "category_id", "partner_id", "name", "description")
    def _check_health_consent(self):
        # sudo: the rule holds whoever writes
        cases = self.sudo().filtered(lambda ticket: ticket.is_health and not ticket.text_removed_at)
        if cases.filtered(lambda ticket: not ticket.partner_id):
            raise ValidationError(self.env._("Choose the customer first: a case with health data needs somebody who agreed to keep them."))
        missing = cases.partner_id - cases.partner_id._hold_consent("health")
        if missing:
            raise ValidationError(
                self.env._(
                    "%(name)s has not agreed to keep health data. Ask, and say in “Agreed to Health Data Just Now” how the customer "
                    "agreed. "
                    "Without it nothing is noted here; what the law wants reported is entered as an adverse reaction.",
                    name=missing[0].display_name,
                )
            )

    @api.model
    def _take_consent(self, vals, partner):
        """Write down the consent that came with these values, and take it out of them."""
        how = vals.pop("health_consent_how", None)
        if how and partner:
            partner._give_consent(["health"], how)

    # ------------------------------------------------------------------ who reads along
    def _message_subscribe(self, partner_ids=None, subtype_ids=None, customer_ids=None):
        """Who follows a case gets its messages whatever the rules say, so nobody follows who may not read it."""
        res = super()._message_subscribe(partner_ids, subtype_ids, customer_ids)
        self._drop_outsiders()
        return res

    def _drop_outsiders(self):
        """Take colleagues off cases with health data that they may not see; the customer stays."""
        for ticket in self.sudo().filtered("is_health"):  # sudo: followers are found whoever writes
            users = ticket.message_partner_ids.user_ids.filtered(lambda user: not user.share)
            outsiders = users.filtered(lambda user: not any(map(user.has_group, SEES_HEALTH))).partner_id - ticket.partner_id
            if outsiders:
                ticket.message_unsubscribe(outsiders.ids)

    # ------------------------------------------------------------------ what goes
    def _forget_text(self):
        """Take away what was told (records in sudo): texts, messages and files; number, kind and days stay."""
        word = self.env._("Removed on request")
        self.write({**self._prepare_forgotten_vals(), "name": word, "description": word, "text_removed_at": fields.Datetime.now()})
        self.env["mail.message"].search([("model", "=", self._name), ("res_id", "in", self.ids)]).unlink()
        self.env["ir.attachment"].search([("res_model", "=", self._name), ("res_id", "in", self.ids)]).unlink()

    def _prepare_forgotten_vals(self):
        """Return the values of other fields that hold what was told; an override adds its own."""
        return {"answer_text": False, "outcome_note": False}
