"""Service cases of members: who, where, what about, and who takes them."""

from odoo import api, fields, models
from odoo.exceptions import UserError

# What follows from the flow of a case, and is never typed.
FOLLOWS = {"reopen_count", "is_health", "text_removed_at"}
READS_NUMBERS = "cosmetics_crm_helpdesk.group_service,cosmetics_crm.group_member_manager"


class HelpdeskTicket(models.Model):
    """A case as OCA knows it, for members of a cosmetics seller. Fields that are no business of the customer are for staff."""

    _inherit = "helpdesk.ticket"

    partner_phone = fields.Char(
        string="Phone", compute="_compute_partner_phone", store=True, readonly=False, groups=READS_NUMBERS,
        help="Where to call back; taken from the member unless typed.",
    )  # fmt: skip
    store_id = fields.Many2one(
        "cosmetics.store", compute="_compute_store_id", store=True, readonly=False, index="btree_not_null", groups="base.group_user",
        help="The shop that the case is about; the member's home shop unless chosen.",
    )  # fmt: skip
    product_id = fields.Many2one("product.product", index="btree_not_null", groups="base.group_user")

    # OCA has none, and the page of a member reads the cases of one member.
    _partner_idx = models.Index("(partner_id) WHERE partner_id IS NOT NULL")
    _commercial_partner_idx = models.Index("(commercial_partner_id) WHERE commercial_partner_id IS NOT NULL")

    @api.depends("number", "name")
    def _compute_display_name(self):
        """A case that is just being written down has neither number nor subject; OCA would call it ``/ - False``."""
        fresh = self.filtered(lambda ticket: not ticket.name)
        for ticket in fresh:
            ticket.display_name = ticket.number if ticket.id and ticket.number != "/" else self.env._("New case")
        return super(HelpdeskTicket, self - fresh)._compute_display_name()

    @api.depends("partner_id")
    def _compute_partner_phone(self):
        for ticket in self:
            # sudo: of a number only what the rights on this field let through is shown
            ticket.partner_phone = ticket.partner_id.sudo().phone or ticket.partner_phone

    @api.depends("partner_id")
    def _compute_store_id(self):
        for ticket in self:
            # sudo: which shop a member belongs to decides who sees the case
            ticket.store_id = ticket.commercial_partner_id.sudo().member_store_id or ticket.store_id

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | FOLLOWS

    @api.model_create_multi
    def create(self, vals_list):
        """Give each case to the team for its kind; what follows from the flow is not taken from who writes."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name not in FOLLOWS} for vals in vals_list]
        kinds = self.env["helpdesk.ticket.category"].browse({vals["category_id"] for vals in vals_list if vals.get("category_id")})
        # Before the rules refuse it in words that help nobody.
        self._check_may_see(kinds.filtered(lambda kind: kind._is_health()))
        for vals in vals_list:
            self._take_consent(vals, self.env["res.partner"].browse(vals.get("partner_id")))
            # Also a team that was named: the form names the first team of whoever takes the case, whatever it is about.
            if team := self._find_team(vals.get("company_id"), vals.get("category_id"), vals.get("team_id")):
                vals["team_id"] = team.id
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and FOLLOWS & set(vals):
            raise UserError(self.env._("How often a case was reopened, and what it may show, follows from the case and is not typed."))
        vals = dict(vals)
        self._take_consent(vals, self.env["res.partner"].browse(vals.get("partner_id")) or self.partner_id)
        if not self.env.su and {"name", "description"} & set(vals):
            vals["text_removed_at"] = False
        reopened = self._get_reopened(vals)
        res = super().write(vals)
        reopened._after_reopen()
        if "category_id" in vals:
            self._drop_outsiders()
            if "team_id" not in vals:
                self._hand_over()
        if {"category_id", "priority", "team_id"} & set(vals):
            self._follow_sla()
        return res

    @api.onchange("category_id")
    def _onchange_category_id(self):
        """Show the team that will get the case."""
        self.team_id = self._find_team(self.company_id.id, self.category_id.id, self.team_id.id)

    @api.model
    def _find_team(self, company_id, category_id, team_id=False):
        """Return the team for a case of this kind: the one that is named, unless the kind is the business of others.

        Teams that name the kind take it alone; if none does, any team without kinds takes it.
        """
        domain = [("company_id", "in", [False, company_id or self.env.company.id])]
        teams = self.env["helpdesk.ticket.team"].sudo().search(domain)  # sudo: customers write cases too, and read no teams
        named = teams.filtered(lambda team: category_id and category_id in team.category_ids.ids)
        takers = named or teams.filtered(lambda team: not team.category_ids)
        return takers.filtered(lambda team: team.id == team_id) or takers[:1] or teams.browse(team_id or ())

    def _hand_over(self):
        """Give cases whose kind is the business of another team to that team."""
        for ticket in self:
            team = self._find_team(ticket.company_id.id, ticket.category_id.id, ticket.team_id.id)
            if team != ticket.team_id:
                ticket.team_id = team

    # ------------------------------------------------------------------ customers
    def _get_portal_stages(self):
        """Return the stages into which the customer may close the case; allergy cases are closed by the service alone."""
        self.ensure_one()
        # sudo: customers read no kinds and no teams
        ticket = self.sudo()
        return (
            self.env["helpdesk.ticket.stage"] if ticket.is_health else ticket.team_id._get_applicable_stages().filtered("close_from_portal")
        )

    def _close_by_customer(self, stage):
        """Close the case for the customer who says it is settled (record in sudo)."""
        outcome = self.env.ref("cosmetics_crm_helpdesk.cosmetics_service_outcome_customer")
        self.write({"outcome_id": outcome.id, "stage_id": stage.id})
