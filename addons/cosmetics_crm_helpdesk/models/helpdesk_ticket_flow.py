"""How a case ends, and how it is taken up again."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HelpdeskTicket(models.Model):
    _inherit = "helpdesk.ticket"

    outcome_id = fields.Many2one(
        "cosmetics.service.outcome",
        string="Case Outcome",
        copy=False,
        ondelete="restrict",
        tracking=True,
        index="btree_not_null",
        groups="base.group_user",
    )
    outcome_note = fields.Char(string="Reason", copy=False, groups="base.group_user", help="Why the case ended this way.")
    reopen_count = fields.Integer(string="Times Reopened", readonly=True, copy=False, groups="base.group_user")

    @api.constrains("stage_id", "outcome_id", "outcome_note")
    def _check_outcome(self):
        for ticket in self.filtered("closed"):
            if not ticket.outcome_id:
                raise ValidationError(
                    self.env._("Case %s cannot be closed yet: use Close Case and say how it ended.", ticket.number or ticket.name)
                )
            if ticket.outcome_id.needs_note and not ticket.outcome_note and not ticket.text_removed_at:
                raise ValidationError(
                    self.env._("Case %(case)s: say why it ends as “%(outcome)s”.", case=ticket.number, outcome=ticket.outcome_id.name)
                )

    # ------------------------------------------------------------------ steps
    def action_close_case(self):
        """Ask how the case ended."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Close Case"),
            "res_model": "cosmetics.service.close",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_ticket_id": self.id},
        }

    def action_reopen_case(self):
        """Take up closed cases again."""
        self.check_access("write")
        if self.filtered(lambda ticket: not ticket.closed):
            raise UserError(self.env._("Only a closed case is reopened. Reload the page."))
        for ticket in self:
            ticket.stage_id = ticket._get_working_stage()

    # ------------------------------------------------------------------ helpers
    def _close(self, outcome, note=False):
        """Close the cases with an outcome."""
        self.write({"outcome_id": outcome.id, "outcome_note": note, "stage_id": outcome.stage_id.id})

    def _get_working_stage(self):
        """Return the first stage in which somebody works on the case."""
        self.ensure_one()
        stages = self.team_id._get_applicable_stages().filtered(lambda stage: not stage.closed)
        return (stages.filtered(lambda stage: not stage.unattended) or stages)[:1]

    def _get_reopened(self, vals):
        """Return the closed cases that these values open again."""
        stage = self.env["helpdesk.ticket.stage"].browse(vals.get("stage_id"))
        return self.filtered("closed") if stage and not stage.closed else self.browse()

    def _after_reopen(self):
        """What a case that is taken up again no longer has."""
        # sudo: how often is nobody's to type
        for ticket in self.sudo():
            ticket.write({"outcome_id": False, "outcome_note": False, "closed_date": False, "reopen_count": ticket.reopen_count + 1})

    # ------------------------------------------------------------------ mails and ratings
    def _has_address(self):
        self.ensure_one()
        return bool(self.partner_id.email or self.partner_email)

    def _track_template(self, tracking):
        """Most members have no mail address: to them goes no mail that could only fail."""
        res = super()._track_template(tracking)
        if not self[0]._has_address():
            res.pop("stage_id", None)
        return res

    def _send_ticket_rating_mail(self, force_send=False):
        """Ask for a rating by mail; not for allergies: the page of ratings shows titles to everybody. The queue sends it."""
        asked = self.filtered(lambda ticket: ticket.partner_id.email and not ticket.is_health)
        return super(HelpdeskTicket, asked)._send_ticket_rating_mail(force_send=False)
