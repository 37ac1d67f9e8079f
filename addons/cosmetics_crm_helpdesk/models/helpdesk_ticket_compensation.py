"""Compensation in points: asked for in the case, approved where all adjustments of points are."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    adjustment_ids = fields.One2many("cosmetics.points.adjustment", "ticket_id", string="Compensations", groups="base.group_user")
    compensation_state = fields.Selection(
        [("waiting", "To Approve"), ("done", "Approved"), ("refused", "Refused")],
        string="Compensation",
        compute="_compute_compensation",
        groups="base.group_user",
        help="What became of the compensation that was asked for last.",
    )
    compensation_points = fields.Float(
        string="Compensated Points", digits=(16, 2), compute="_compute_compensation", groups="base.group_user"
    )

    @api.depends("adjustment_ids.state", "adjustment_ids.points")
    def _compute_compensation(self):
        # sudo: who reads the case reads what became of its compensation, but no cards and no ledger
        adjustments = self.env["cosmetics.points.adjustment"].sudo()
        rows = adjustments.search([("ticket_id", "in", self.ids), ("state", "!=", "draft")]).grouped("ticket_id")
        for ticket in self:
            own = rows.get(ticket._origin, adjustments)
            ticket.compensation_state = own[:1].state
            ticket.compensation_points = sum(own.filtered(lambda row: row.state == "done").mapped("points"))

    def action_compensate(self):
        """Ask for points for the customer."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Compensate in Points"),
            "res_model": "cosmetics.service.compensation",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def _ask_compensation(self, points, reason):
        """Ask for points for the customer of the case; return the adjustment, whose own rules say who approves it."""
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        if not self.partner_id:
            raise UserError(self.env._("Choose the customer first."))
        self.invalidate_recordset(["compensation_state"])  # somebody else may have asked since it was read
        if self.compensation_state == "waiting":
            raise UserError(self.env._("A compensation of case %s already waits for approval.", self.number))
        card = self.commercial_partner_id.with_company(self.company_id)._get_points_card()
        adjustment = self.env["cosmetics.points.adjustment"].create(
            {"card_id": card.id, "company_id": self.company_id.id, "points": points, "reason": reason, "ticket_id": self.id}
        )
        adjustment.action_submit()
        self.message_post(body=self.env._("Compensation asked for: %s points.", f"{points:g}"))
        return adjustment
