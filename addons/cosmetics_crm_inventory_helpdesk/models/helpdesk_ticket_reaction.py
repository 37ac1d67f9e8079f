"""An allergy is a suspected adverse reaction, which the law wants reported (化妆品监督管理条例 art. 52)."""

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext

QUALITY = "cosmetics_inventory.group_adverse_reaction"
ACTIVITY = "cosmetics_inventory.mail_activity_type_adverse_reaction"


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    reaction_id = fields.Many2one(
        "cosmetics.adverse.reaction", string="Adverse Reaction", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        groups=QUALITY,
    )  # fmt: skip
    reaction_name = fields.Char(string="Adverse Reaction No.", compute="_compute_reaction", groups="base.group_user")
    reaction_state = fields.Selection(
        selection=lambda self: self.env["cosmetics.adverse.reaction"]._fields["state"]._description_selection(self.env),
        compute="_compute_reaction", groups="base.group_user",
    )  # fmt: skip
    reaction_due_on = fields.Date(string="Report By", compute="_compute_reaction", groups="base.group_user")
    no_reaction_reason = fields.Char(
        string="No Report Because", copy=False, groups="base.group_user",
        help="Why this case is no suspected adverse reaction, e.g. the customer only asks about an ingredient.",
    )  # fmt: skip

    @api.depends("reaction_id.name", "reaction_id.state", "reaction_id.due_on")
    def _compute_reaction(self):
        for ticket in self:
            # sudo: who reads the case reads how far the report is, not the report itself
            reaction = ticket.sudo().reaction_id
            ticket.reaction_name, ticket.reaction_state, ticket.reaction_due_on = reaction.name, reaction.state, reaction.due_on

    @api.constrains("stage_id", "no_reaction_reason")
    def _check_reaction(self):
        # sudo: the rule holds whoever closes
        for ticket in self.sudo().filtered(lambda ticket: ticket.is_health and ticket.closed and not ticket.text_removed_at):
            if not ticket.reaction_id and not ticket.no_reaction_reason:
                raise ValidationError(
                    self.env._(
                        "Case %s is about an allergy: open the adverse reaction case, which the law wants reported on suspicion, "
                        "or write under “No Report Because” why there is none.",
                        ticket.number,
                    )
                )

    def write(self, vals):
        if not self.env.su and "reaction_id" in vals:
            raise UserError(self.env._("The adverse reaction of a case is opened by its button."))
        return super().write(vals)

    def action_open_reaction(self):
        """Open the adverse reaction case of this case; the first time it is made, with product, batch and what was told."""
        self.ensure_one()
        self.check_access("write")
        if not self.sudo().reaction_id:
            self._make_reaction()
        # sudo: only the number leaves here; the case itself opens for its own group
        reaction = self.sudo().reaction_id
        if self.env.user.has_group(QUALITY):
            return reaction.sudo(False).get_formview_action()
        message = self.env._("Adverse reaction %(name)s is with %(user)s.", name=reaction.name, user=reaction.user_id.name)
        reload = {"type": "ir.actions.client", "tag": "soft_reload"}
        params = {"type": "success", "message": message, "next": reload}
        return {"type": "ir.actions.client", "tag": "display_notification", "params": params}

    # ------------------------------------------------------------------ helpers
    def _make_reaction(self):
        """Make the adverse reaction case and hand it to who reports it."""
        self.lock_for_update(allow_referencing=True)
        if not self.is_health:
            raise UserError(self.env._("Case %s is not about an allergy. Change its kind first.", self.number))
        if not self.product_id:
            raise UserError(self.env._("Choose the product first: an adverse reaction is reported for a product."))
        # sudo: taking a case down is everybody's duty who hears of it; reading the reports is a right of its own
        reaction = self.env["cosmetics.adverse.reaction"].sudo().create(self._prepare_reaction_vals())
        self.sudo().reaction_id = reaction
        user = reaction.user_id
        summary = reaction.with_context(lang=user.lang)._get_reminder("soon")
        reaction.activity_schedule(ACTIVITY, date_deadline=reaction.due_on, user_id=user.id, summary=summary)
        self.message_post(body=self.env._("Handed over as adverse reaction %s.", reaction.name))

    def _prepare_reaction_vals(self):
        """Return the values of the adverse reaction case; the days of the law count from when the case was taken."""
        ticket = self.sudo()  # batch and purchase, whoever opens
        return {
            "company_id": ticket.company_id.id,
            "store_id": ticket.store_id.id,
            "user_id": self._get_reporter().id,
            "aware_on": china_day(ticket.create_date),
            "reporter": ticket.partner_id.name,
            "reporter_kind": "consumer",
            "reporter_phone": ticket.partner_phone,
            "product_id": ticket.product_id.id,
            "lot_id": ticket.lot_id.id,
            "lot_name": ticket.lot_id.name or ticket.lot_name,
            "purchased_on": ticket.purchased_on,
            "purchase_document": ticket.purchase_name,
            "purchase_channel": "online" if ticket.purchase_source == "sale" else "shop",
            "description": html2plaintext(ticket.description or ""),
        }

    def _get_reporter(self):
        """Return who reports: the user, if reports are the user's right, else a quality manager of the company."""
        if self.env.user.has_group(QUALITY):
            return self.env.user
        # sudo: who works in the company is looked up, nothing else
        managers = self.env["cosmetics.adverse.reaction"].sudo().new({"company_id": self.company_id.id})._get_quality_managers()
        if not managers:
            raise UserError(self.env._("Nobody in the company reports adverse reactions. Let the owner name a quality manager."))
        return managers.sorted("id")[0]

    def _prepare_forgotten_vals(self):
        return {**super()._prepare_forgotten_vals(), "no_reaction_reason": False}
