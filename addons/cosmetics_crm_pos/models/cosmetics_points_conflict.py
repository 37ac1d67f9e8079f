"""Till sales that spent points which were not there."""

from odoo import api, fields, models
from odoo.addons.cosmetics_crm.tools.points_act import Act
from odoo.exceptions import AccessError, UserError

STORED = ("stored", "stored_rule")
# Kinds that name no points, so that no limit of points lets a store manager forgive them.
MONEY = ("cap", *STORED)


class CosmeticsPointsConflict(models.Model):
    """What a till gave for points that the ledger could not take: it worked without a connection, or with old figures.

    The customer has gone with the goods, so the sale stands and the card is empty, never below zero. A manager decides: the card owes
    the points, the member pays, or the shop lets them go.
    """

    _name = "cosmetics.points.conflict"
    _description = "Points Conflict"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "state, id desc"
    _rec_name = "sentence"

    order_id = fields.Many2one("pos.order", string="Till Order", required=True, readonly=True, index=True, ondelete="cascade")
    config_id = fields.Many2one(related="order_id.config_id", string="Till")
    store_id = fields.Many2one(related="order_id.config_id.store_id", store=True, index="btree_not_null")
    cashier_id = fields.Many2one(related="order_id.user_id", string="Sold By")
    sold_at = fields.Datetime(related="order_id.date_order", string="Sold At", store=True)
    card_id = fields.Many2one("loyalty.card", readonly=True, index="btree_not_null", ondelete="restrict")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Member")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    kind = fields.Selection(
        [
            ("missing", "Not Enough Points"),
            ("foreign", "Points of Somebody Else"),
            ("cap", "More Than Points May Pay"),
            ("stored", "Not Enough on the Card"),
            ("stored_rule", "Top-Up Against the Rules"),
        ],
        string="Why",
        required=True,
        readonly=True,
    )
    points = fields.Float(string="Missing Points", digits=(16, 2), readonly=True)
    value = fields.Monetary(readonly=True, help="What the customer did not pay.")
    detail = fields.Char(readonly=True)
    sentence = fields.Char(string="What Is Wrong", compute="_compute_sentence")
    state = fields.Selection(
        [("open", "Open"), ("settled", "Made Good"), ("waived", "Forgiven")],
        required=True, default="open", readonly=True, index=True, tracking=True,
    )  # fmt: skip
    settlement = fields.Selection(
        [("debt", "The Card Owes Them"), ("paid", "The Member Paid")], string="Made Good By", readonly=True, tracking=True
    )
    note = fields.Char(readonly=True)
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(readonly=True)

    _one_of_a_kind = models.UniqueIndex(
        "(order_id, kind, COALESCE(card_id, 0), points, value)", "This points conflict is on the list already."
    )
    _amounts_positive = models.Constraint("CHECK (points >= 0 AND value >= 0)", "Missing points and their value are not negative.")

    @api.depends("kind", "points", "value", "detail", "order_id")
    def _compute_sentence(self):
        sentences = {
            "missing": self.env._("%(order)s spent %(points)s points (%(value).2f) that were not on the card any more."),
            "foreign": self.env._("%(order)s was paid with %(points)s points (%(value).2f) of a card that is not the customer's."),
            "cap": self.env._("%(order)s: points paid %(value).2f more than the program allows."),
            "stored": self.env._("%(order)s: %(value).2f was not on the stored-value card any more. %(detail)s"),
            "stored_rule": self.env._("%(order)s topped up %(value).2f against the rules. %(detail)s"),
        }
        for conflict in self:
            conflict.sentence = sentences.get(conflict.kind, "") % {
                "order": conflict.order_id.pos_reference or conflict.order_id.name,
                "points": f"{conflict.points:g}",
                "value": conflict.value,
                "detail": conflict.detail or "",
            }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A points conflict cannot be deleted: it shows what was given away. Decide on it instead."))

    @api.model
    def _record(self, vals_list):
        """List conflicts and tell the managers of the shops; return them."""
        # sudo: the till records what it did, nobody writes the list by hand
        conflicts = self.sudo().create(vals_list)
        for conflict in conflicts:
            user = conflict.store_id.manager_id or conflict.order_id.session_id.user_id
            conflict.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id or self.env.uid,
                summary=conflict._get_summary(),
                note=conflict.sentence,
            )
        return conflicts

    def _get_summary(self):
        """Return in a few words what the manager is asked about."""
        self.ensure_one()
        if self.kind in STORED:
            return self.env._("Look at a stored-value card")
        return self.env._("Points were spent that were not there")

    def action_decide(self):
        """Ask the manager what becomes of the missing points."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "cosmetics.points.conflict.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_conflict_id": self.id},
        }

    # ------------------------------------------------------------------ decisions
    def _decide(self, decision, note):
        """Close a conflict.

        :param decision: ``debt`` (the card owes the points), ``paid`` (the member paid their value) or ``waive``
        """
        self.ensure_one()
        self._check_may_decide(decision, note)
        # sudo: nobody writes on a conflict by hand; the act of the manager is what is written
        conflict = self.sudo()
        conflict.lock_for_update()
        conflict.invalidate_recordset(["state"])
        if conflict.state != "open":
            raise UserError(self.env._("Somebody has decided this already. Open the list again."))
        if decision == "debt":
            conflict._charge_card()
        conflict.write(
            {
                "state": "waived" if decision == "waive" else "settled",
                "settlement": False if decision == "waive" else decision,
                "note": note,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
            }
        )
        conflict.activity_ids.action_feedback(feedback=note or "")

    def _check_may_decide(self, decision, note):
        """Store managers settle; who lets points go is not who sold, and beyond the limit of the company approves points."""
        self.check_access("read")
        user = self.env.user
        if not user.has_group("cosmetics_sales_pos.group_store_manager") and not user.has_group("cosmetics_crm.group_member_manager"):
            raise AccessError(self.env._("Store managers and member managers decide on points conflicts."))
        if decision != "waive":
            return
        if not note:
            raise UserError(self.env._("Say why the points are forgiven."))
        if self.cashier_id == user:
            raise UserError(self.env._("Who sold cannot forgive the points of the sale. Ask somebody else."))
        limit = self.company_id.sudo().points_adjust_limit  # sudo: the limit is no secret of another company
        if (self.points > limit or self.kind in MONEY) and not user.has_group("cosmetics_crm.group_points_approver"):
            raise UserError(
                self.env._(
                    "You can forgive up to %(limit)s points, here %(points)s are missing. Ask a points approver, or let the card owe them.",
                    limit=f"{limit:g}",
                    points=f"{self.points:g}",
                )
            )

    def _charge_card(self):
        """Take the missing points from the card; what is not there it owes."""
        if not self.card_id or not self.points:
            raise UserError(self.env._("There is no card, or there are no points, to charge. Let the member pay, or forgive it."))
        key, reason = f"{self._name},{self.id},debt", self.sentence
        self.env["loyalty.card"]._points_post([Act(self.card_id, "adjust", -self.points, key, self.order_id, reason)])
