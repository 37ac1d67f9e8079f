"""Cards of members at the till."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

CHINA = ZoneInfo("Asia/Shanghai")
UTC = ZoneInfo("UTC")


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    points_soon = fields.Float(compute="_compute_points_soon", digits=(16, 2), help="Points that run out within the days of notice.")
    points_soon_on = fields.Date(compute="_compute_points_soon", help="Last day of the first of them.")

    def _compute_points_soon(self):
        today = self._points_today()
        for card in self:
            # sudo: the till shows sums of the batches, which belong to no role
            until = today + timedelta(days=card.sudo().program_id.points_notice_days)
            batches = card.sudo().points_batch_ids.filtered(
                lambda batch, until=until: batch.remaining and batch.expires_on and today <= batch.expires_on <= until
            )
            card.points_soon = sum(batches.mapped("remaining"))
            card.points_soon_on = min(batches.mapped("expires_on"), default=False)

    # ------------------------------------------------------------------ loaded by the till
    @api.model
    def _load_pos_data_domain(self, data, config):
        """Let the till know the points of the customers it knows, for work without a connection."""
        partners = [partner["id"] for partner in data.get("res.partner", [])]
        programs = config._get_program_ids().filtered(lambda program: program._is_kept())
        if not partners or not programs:
            return super()._load_pos_data_domain(data, config)
        return Domain("partner_id", "in", partners) & Domain("program_id", "in", programs.ids)

    @api.model
    def _load_pos_data_fields(self, config):
        return [*super()._load_pos_data_fields(config), "points_pending", "points_debt", "points_soon", "points_soon_on"]

    def _get_till_figures(self):
        """Return what the till keeps of a card."""
        self.ensure_one()
        return {
            "id": self.id,
            "code": self.code,
            "program_id": self.program_id.id,
            "partner_id": self.partner_id.id,
            "points": self.points,
            "points_pending": self.points_pending,
            "points_debt": self.points_debt,
            "points_soon": self.points_soon,
            "points_soon_on": self.points_soon_on,
        }

    # ------------------------------------------------------------------ the card of a customer
    @api.model
    def _find_till_card(self, program, partner):
        """Return the card of a customer in a points program, empty without one."""
        return (
            self.search([("program_id", "=", program.id), ("partner_id", "=", partner.id)], order="id", limit=1)
            if partner
            else self.browse()
        )

    @api.model
    def _get_till_card(self, program, partner, order):
        """Return the card of a customer, made at the first points; empty for who is no member.

        Two tills that serve one member at the same moment make one card: each first touches the member's row, so that PostgreSQL lets
        the second one start over and find the card of the first.
        """
        card = self._find_till_card(program, partner)
        if card or not self._may_have_till_card(partner):
            return card
        self.env.cr.execute(SQL("UPDATE res_partner SET id = id WHERE id = %s", partner.id))
        return self.create({"program_id": program.id, "partner_id": partner.id, "source_pos_order_id": order.id})

    @api.model
    def _may_have_till_card(self, partner):
        """Return whether a customer gets a card by buying: who has joined. Points of anybody else would be kept without consent."""
        return bool(partner.is_member)

    @api.model
    def _points_day(self, moment):
        """Return the day in China of a moment (UTC)."""
        return moment.replace(tzinfo=UTC).astimezone(CHINA).date()
