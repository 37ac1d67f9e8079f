"""An accountant lets a customer have goods although the credit terms hold them."""

from dataclasses import replace
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.credit import find_hold
from .res_partner_credit import HOLDS

KEPT = {"user_id", "ended_at", "ended_by_id", "hold"}


class CosmeticsCreditRelease(models.Model):
    """A release is a decision with a name, a reason and an end: it is never changed, only ended, and stays as a record."""

    _name = "cosmetics.credit.release"
    _description = "Credit Release"
    _order = "id desc"
    _rec_name = "partner_id"
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, index=True, ondelete="restrict", check_company=True,
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )  # fmt: skip
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="restrict")
    reason = fields.Char(required=True)
    valid_until = fields.Date(required=True, default=lambda self: self._default_valid_until(), help="Last day on which goods may leave.")
    user_id = fields.Many2one(
        "res.users", string="Released by", required=True, readonly=True, default=lambda self: self.env.uid, ondelete="restrict"
    )
    hold = fields.Selection(HOLDS, string="Why It Was Held", readonly=True, help="The hold on the day of the release.")
    ended_at = fields.Datetime(readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", string="Ended by", readonly=True, copy=False)
    is_in_force = fields.Boolean(string="In Force", compute="_compute_is_in_force", search="_search_is_in_force")

    _reason_given = models.Constraint("CHECK (btrim(reason) <> '')", "Say why the goods may leave all the same.")

    @api.model
    def _default_valid_until(self):
        return fields.Date.context_today(self) + timedelta(days=7)

    @api.depends("valid_until", "ended_at")
    def _compute_is_in_force(self):
        today = fields.Date.context_today(self)
        for release in self:
            release.is_in_force = not release.ended_at and bool(release.valid_until) and release.valid_until >= today

    def _search_is_in_force(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("ended_at", "=", False), ("valid_until", ">=", fields.Date.context_today(self))]

    @api.constrains("partner_id")
    def _check_partner(self):
        for release in self:
            commercial = release.partner_id.commercial_partner_id
            if commercial != release.partner_id:
                message = self.env._("%(address)s is an address of %(company)s. Release the company.")
                raise UserError(message % {"address": release.partner_id.name, "company": commercial.name})

    @api.constrains("valid_until")
    def _check_valid_until(self):
        today = fields.Date.context_today(self)
        if self.filtered(lambda release: release.valid_until < today):
            raise UserError(self.env._("The last day of a release is over already. Choose today or a later day."))

    # ------------------------------------------------------------------ create, write
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | KEPT

    @api.model_create_multi
    def create(self, vals_list):
        """Who releases and what was held are facts, not entries."""
        asked = [{name: value for name, value in vals.items() if name not in KEPT} for vals in vals_list]
        releases = super().create(asked)
        for release in releases:
            standing = release.partner_id._get_credit_standings(release.company_id).get(release.partner_id.id)
            # sudo: the record is never written by hand
            release.sudo().hold = bool(standing) and find_hold(replace(standing, is_released=False))
        return releases

    def action_end(self):
        """End releases before their day."""
        self.check_access("create")
        # sudo: a release is never written by hand; the button alone ends it
        self.sudo().filtered("is_in_force").write({"ended_at": fields.Datetime.now(), "ended_by_id": self.env.uid})

    @api.model
    def _get_released(self, partners, company):
        """Return the ids of those customers whom a release lets pass today."""
        domain = [("partner_id", "in", partners.ids), ("company_id", "=", company.id), ("is_in_force", "=", True)]
        return set(self.search(domain).partner_id.ids)
