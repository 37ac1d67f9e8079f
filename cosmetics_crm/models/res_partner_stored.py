"""Stored value and identity on the page of a member."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from stdnum.cn import uscc

from ..tools import identity

READERS = "cosmetics_crm.group_member_adviser"


class ResPartner(models.Model):
    _inherit = "res.partner"

    identity_kind = fields.Selection(
        [("id_card", "Identity Card"), ("passport", "Passport"), ("permit", "Residence Permit"), ("company", "Unified Social Credit Code")],
        groups=READERS,
        copy=False,
    )
    identity_number = fields.Char(
        groups=READERS,
        copy=False,
        help="Of who buys a stored-value card; kept for 5 years at least (《单用途商业预付卡管理办法（试行）》 art. 15).",
    )
    stored_principal = fields.Float(
        string="Principal", compute="_compute_stored", digits=(16, 2), compute_sudo=True, groups="base.group_user"
    )
    stored_bonus = fields.Float(string="Bonus", compute="_compute_stored", digits=(16, 2), compute_sudo=True, groups="base.group_user")
    stored_balance = fields.Float(
        string="Stored Value", compute="_compute_stored", digits=(16, 2), compute_sudo=True, groups="base.group_user",
        help="Principal and bonus on the named cards of the chosen companies.",
    )  # fmt: skip

    @api.depends_context("allowed_company_ids")
    def _compute_stored(self):
        # Also what is on a card that was reported lost.
        cards = self.env["loyalty.card"].with_context(active_test=False)
        domain = [("partner_id", "in", self.ids), ("stored_kind", "!=", False), ("company_id", "in", [False, *self.env.companies.ids])]
        groups = cards._read_group(domain, ["partner_id"], ["stored_principal:sum", "stored_bonus:sum"])
        sums = {partner.id: figures for partner, *figures in groups}
        for partner in self:
            partner.stored_principal, partner.stored_bonus = sums.get(partner.id, (0, 0))
            partner.stored_balance = partner.stored_principal + partner.stored_bonus

    @api.constrains("identity_kind", "identity_number")
    def _check_identity_number(self):
        checks = {"id_card": identity.is_valid, "company": uscc.is_valid}
        for partner in self.sudo():  # sudo: whoever writes the number is checked
            number, check = partner.identity_number, checks.get(partner.identity_kind)
            if number and check and not check(number):
                raise ValidationError(
                    self.env._("%s is not a valid number: its last sign does not fit the others. Compare it with the document.", number)
                )

    def _has_identity(self):
        """Return whether the law's identity of a buyer is known: document, number, and how to reach the person."""
        return bool(self and self.identity_kind and self.identity_number and self.name and (self.member_phone or self.phone))

    def action_view_stored_cards(self):
        """Open the stored-value cards of this member; without one, a new card."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_stored_card_action")
        return {**action, "domain": [("stored_kind", "!=", False), ("partner_id", "=", self.id)], "context": {"active_test": False}}

    def action_open_stored_card(self):
        """Give this member a named card, empty; without the identity of the holder nothing can be put on it."""
        self.ensure_one()
        self.check_access("write")
        # sudo: advisers create no cards otherwise; the card is empty and of this member, whom the user may change
        programs = self.env["loyalty.program"].sudo()
        program = programs.search(
            [("stored_kind", "=", "named"), ("company_id", "in", [False, self.env.company.id])], order="sequence", limit=1
        )
        if not program:
            raise UserError(self.env._("There is no program of named cards yet. A member manager makes one."))
        card = self.env["loyalty.card"].sudo()._find_stored_card(program, self)
        card = card or self.env["loyalty.card"].sudo().create([{"program_id": program.id, "partner_id": self.id}])
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.card",
            "res_id": card.id,
            "view_mode": "form",
            "views": [(self.env.ref("cosmetics_crm.loyalty_card_view_form_stored").id, "form")],
        }
