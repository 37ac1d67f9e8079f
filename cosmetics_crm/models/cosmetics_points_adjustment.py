"""Points given or taken by hand, by one person and approved by another."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.points_act import Act

CLOSED = {"card_id", "company_id", "points", "reason", "requested_by_id", "approved_by_id", "decided_at", "state"}
DRAFTED = {"card_id", "company_id", "points", "reason"}
APPROVER = "cosmetics_crm.group_points_approver"
STORE_APPROVER = "cosmetics_crm.group_points_store_approver"
MANAGER = "cosmetics_crm.group_member_manager"


class CosmeticsPointsAdjustment(models.Model):
    """A wish to correct the points of a member. Nobody approves a wish of their own.

    Up to a limit of the company, what a member manager asks for needs nobody else, and a store's approver decides for members of the store.

    Fewer points than there are leaves none and a debt, which the next points pay.
    """

    _name = "cosmetics.points.adjustment"
    _description = "Adjustment of Points"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "reason"

    card_id = fields.Many2one("loyalty.card", required=True, ondelete="restrict", index=True, domain="[('in_ledger', '=', True)]")
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, readonly=True, ondelete="restrict")
    points_before = fields.Float(related="card_id.points", string="Spendable Now")
    points = fields.Float(digits=(16, 2), required=True, help="More than zero gives, less than zero takes.")
    reason = fields.Char(required=True, help="The member can read it in the history of the card.")
    requested_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user, ondelete="restrict", copy=False
    )
    approved_by_id = fields.Many2one("res.users", string="Decided By", readonly=True, ondelete="restrict", copy=False, tracking=True)
    decided_at = fields.Datetime(readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "Draft"), ("waiting", "To Approve"), ("done", "Done"), ("refused", "Refused")],
        required=True, readonly=True, default="draft", index=True, copy=False, tracking=True,
    )  # fmt: skip
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _points_not_nothing = models.Constraint("CHECK (points <> 0)", "Say how many points: more than zero gives, less than zero takes.")

    @api.depends_context("uid")
    @api.depends("state", "requested_by_id")
    def _compute_may_decide(self):
        mine = self._filter_approver()
        for adjustment in self:
            adjustment.may_decide = adjustment in mine and adjustment.state == "waiting" and adjustment.requested_by_id != self.env.user

    @api.constrains("card_id", "company_id")
    def _check_card_id(self):
        for adjustment in self:
            company = adjustment.card_id.sudo().company_id  # sudo: the company decides, not who may read the card
            if company and company != adjustment.company_id:
                raise UserError(self.env._("This card belongs to another company. Switch to that company and ask there."))
        if outside := self.filtered(lambda adjustment: not adjustment.card_id.sudo().in_ledger):  # sudo: one flag decides
            raise UserError(self.env._("%s is no card of a points program. Choose a card with points.", outside[0].card_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft of the person who writes it, whatever an import says."""
        if not self.env.su:
            own = self._get_machine_fields()
            vals_list = [{name: value for name, value in vals.items() if name not in own} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if CLOSED & set(vals) - DRAFTED:
                raise UserError(self.env._("The buttons move an adjustment on; who asked and who approved is not typed."))
            if CLOSED & set(vals) and self.filtered(lambda adjustment: adjustment.state != "draft"):
                raise UserError(self.env._("An adjustment that is on its way is not changed. Have it refused and write a new one."))
        res = super().write(vals)
        if "card_id" in vals:
            self.check_access("write")  # the card of a member of one's own, after the change too
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda adjustment: adjustment.state != "draft"):
            raise UserError(self.env._("Only a draft can be deleted."))

    # ------------------------------------------------------------------ steps
    def action_submit(self):
        """Ask for approval; what a member manager asks for within the limit of the company is carried out at once."""
        self.check_access("write")
        self._check_step("draft")
        is_trusted = self.env.su or self.env.user.has_group(MANAGER)
        small = self._filter_small() if is_trusted else self.browse()
        # sudo: the state is nobody's to type
        (self - small).sudo().write({"state": "waiting"})
        small._carry_out()

    def action_approve(self):
        """Agree to the adjustments of others and carry them out."""
        self._check_step("waiting")
        self._check_approver()
        self._carry_out()

    def action_refuse(self):
        """Decline adjustments of others."""
        self._check_step("waiting")
        self._check_approver()
        # sudo: the state is nobody's to type
        self.sudo().write({"state": "refused", "approved_by_id": self.env.uid, "decided_at": fields.Datetime.now()})

    def action_view_card(self):
        """Open the card."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.card",
            "res_id": self.card_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # ------------------------------------------------------------------ helpers
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (CLOSED - DRAFTED)

    def _check_step(self, state):
        self.check_access("read")
        if self.filtered(lambda adjustment: adjustment.state != state):
            raise UserError(self.env._("This step is not due. Reload the page."))

    def _check_approver(self):
        if self - self._filter_approver():
            raise AccessError(self.env._("Points approvers decide about adjustments. Ask one."))
        if self.filtered(lambda adjustment: adjustment.requested_by_id == self.env.user):
            raise UserError(self.env._("Nobody approves an adjustment of their own. Ask a colleague."))

    def _filter_small(self):
        """Return those within the limit of their company."""
        # sudo: a number of the company
        return self.filtered(lambda adjustment: abs(adjustment.points) <= adjustment.company_id.sudo().points_adjust_limit)

    def _filter_approver(self):
        """Return those that the role of the user lets decide about: all, or small ones for members of the own stores."""
        if self.env.su or self.env.user.has_group(APPROVER):
            return self
        if not self.env.user.has_group(STORE_APPROVER):
            return self.browse()
        # sudo: the store of the member decides, not who may read card and member
        return self._filter_small().filtered(
            lambda adjustment: adjustment.card_id.sudo().partner_id.member_store_id in self.env.user.store_ids
        )

    def _carry_out(self):
        if not self:
            return
        acts = [
            Act(adjustment.card_id, "adjust", adjustment.points, f"{self._name},{adjustment.id}", adjustment, adjustment.reason)
            for adjustment in self
        ]
        self.env["loyalty.card"]._points_post(acts)
        # sudo: the state is nobody's to type
        self.sudo().write({"state": "done", "approved_by_id": self.env.uid, "decided_at": fields.Datetime.now()})
