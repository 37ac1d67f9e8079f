"""Giving back what is on a stored-value card: one asks, another approves, the money is paid."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools import stored_refund as rules
from ..tools.points import to_points as yuan
from ..tools.points import to_units as cents
from ..tools.stored_act import StoredAct

DRAFTED = {"card_id", "reason", "note", "requested_on", "list_amount"}
DECIDED = {"approved_by_id", "approved_on", "paid_on", "paid_by_id", "paid_how", "paid_reference"}
FIGURES = {"computation", "principal_back", "interest", "principal_left", "bonus_left", "deadline_on"}
FIXED = DRAFTED | DECIDED | FIGURES | {"state", "requested_by_id", "company_id"}
APPROVER = "cosmetics_crm.group_stored_approver"
# 《侵害消费者权益行为处罚办法》 art. 10: later than this, a refund is delayed on purpose.
DAYS_TO_PAY = 15
ACTIVITY = "mail.mail_activity_data_todo"


class CosmeticsStoredRefund(models.Model):
    """A customer gives a card back. Nobody approves a refund of their own.

    What is due follows from the ledger and the reason; when it is approved the card is closed by rows of the ledger (principal back, bonus
    void) and the figures stay as they are. Costs of the shop are never taken off.
    """

    _name = "cosmetics.stored.refund"
    _description = "Refund of a Card"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "card_id"

    card_id = fields.Many2one(
        "loyalty.card", required=True, ondelete="restrict", index=True, domain="[('stored_kind', '!=', False)]",
        context={"active_test": False},
    )  # fmt: skip
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    reason = fields.Selection(
        [
            ("seven_days", "Within Seven Days, Nothing Used"),
            ("operator", "Not the Customer's Fault"),
            ("consumer", "The Customer's Own Reason"),
        ],
        required=True,
        default="operator",
    )
    note = fields.Char(help="What the customer said, or what happened.")
    list_amount = fields.Float(
        string="Consumed at List Price", digits=(16, 2),
        help="For the customer's own reason: what was bought would have cost so much without the card. Empty: what was paid with it.",
    )  # fmt: skip
    requested_by_id = fields.Many2one(
        "res.users", required=True, readonly=True, default=lambda self: self.env.user, ondelete="restrict", copy=False
    )
    requested_on = fields.Date(required=True, default=lambda self: self.env["loyalty.card"]._points_today(), help="Day in China.")
    deadline_on = fields.Date(string="Pay Until", compute="_compute_deadline_on", store=True, help="15 days after the request.")
    state = fields.Selection(
        [("draft", "Draft"), ("waiting", "To Approve"), ("approved", "To Pay"), ("paid", "Paid"), ("refused", "Refused")],
        required=True, readonly=True, default="draft", index=True, copy=False, tracking=True,
    )  # fmt: skip
    approved_by_id = fields.Many2one("res.users", string="Decided By", readonly=True, ondelete="restrict", copy=False, tracking=True)
    approved_on = fields.Date(string="Decided On", readonly=True, copy=False)
    paid_on = fields.Date(readonly=True, copy=False)
    paid_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", copy=False)
    paid_how = fields.Selection(
        [("cash", "Cash"), ("transfer", "Bank Transfer"), ("wechat", "WeChat Pay"), ("alipay", "Alipay"), ("card", "Bank Card")],
        string="Paid By Means Of", copy=False,
    )  # fmt: skip
    paid_reference = fields.Char(string="Payment Reference", copy=False)
    principal_left = fields.Float(digits=(16, 2), compute="_compute_amounts", store=True, help="Principal on the card before the refund.")
    bonus_left = fields.Float(string="Bonus Void", digits=(16, 2), compute="_compute_amounts", store=True)
    principal_back = fields.Monetary(compute="_compute_amounts", store=True)
    interest = fields.Monetary(compute="_compute_amounts", store=True)
    amount = fields.Monetary(string="To Pay", compute="_compute_amount", store=True)
    computation = fields.Text(compute="_compute_amounts", store=True)
    may_decide = fields.Boolean(compute="_compute_may_decide")

    _one_open = models.UniqueIndex("(card_id) WHERE state IN ('draft', 'waiting')", "There is an open refund of this card already.")
    _amounts_check = models.Constraint(
        "CHECK (coalesce(principal_back, 0) >= 0 AND coalesce(interest, 0) >= 0)", "A refund is never less than nothing."
    )

    @api.depends("requested_on")
    def _compute_deadline_on(self):
        for refund in self:
            refund.deadline_on = refund.requested_on and fields.Date.add(refund.requested_on, days=DAYS_TO_PAY)

    @api.depends("card_id", "card_id.points", "reason", "list_amount", "requested_on", "state")
    def _compute_amounts(self):
        """Compute while it is open; what was decided stays."""
        for refund in self:
            if refund.state in ("approved", "paid") and refund.id:
                # Assigning what is there keeps it.
                for name in ("principal_left", "bonus_left", "principal_back", "interest", "computation"):
                    refund[name] = refund[name]
            else:
                refund.update(refund._prepare_amounts())

    @api.depends("principal_back", "interest")
    def _compute_amount(self):
        for refund in self:
            refund.amount = refund.principal_back + refund.interest

    @api.depends_context("uid")
    @api.depends("state", "requested_by_id")
    def _compute_may_decide(self):
        is_approver = self.env.su or self.env.user.has_group(APPROVER)
        for refund in self:
            refund.may_decide = is_approver and refund.state == "waiting" and refund.requested_by_id != self.env.user

    @api.constrains("card_id", "company_id")
    def _check_card_id(self):
        for refund in self:
            card = refund.card_id.sudo()  # sudo: kind and company decide, not who may read the card
            if not card.stored_kind:
                raise UserError(self.env._("%s holds no stored value.", card.display_name))
            if card.company_id and card.company_id != refund.company_id:
                raise UserError(self.env._("This card belongs to another company. Switch to that company and ask there."))

    @api.constrains("requested_on")
    def _check_requested_on(self):
        if self.filtered(lambda refund: refund.requested_on > self._get_today()):
            raise UserError(self.env._("The customer cannot have asked later than today."))

    @api.model_create_multi
    def create(self, vals_list):
        """Begin as a draft of the person who writes it, whatever an import says."""
        if not self.env.su:
            vals_list = [{name: value for name, value in vals.items() if name in DRAFTED} for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if FIXED & set(vals) - DRAFTED - {"paid_how", "paid_reference"}:
                raise UserError(self.env._("The buttons move a refund on; figures and names are not typed."))
            if DRAFTED & set(vals) and self.filtered(lambda refund: refund.state != "draft"):
                raise UserError(self.env._("A refund that is on its way is not changed. Have it refused and write a new one."))
            if self.filtered(lambda refund: refund.state in ("paid", "refused")) and {"paid_how", "paid_reference"} & set(vals):
                raise UserError(self.env._("This refund is over."))
        res = super().write(vals)
        if "card_id" in vals:
            self.check_access("write")  # the card of a member of one's own, after the change too
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if self.filtered(lambda refund: refund.state != "draft"):
            raise UserError(self.env._("Only a draft can be deleted."))

    # ------------------------------------------------------------------ steps
    def action_submit(self):
        """Ask for approval; from the request on the law gives 15 days."""
        self.check_access("write")
        self._check_step("draft")
        for refund in self:
            refund._check_seven_days()
            refund.sudo().write({"state": "waiting"})  # sudo: the state is nobody's to type
            refund.activity_schedule(
                ACTIVITY,
                date_deadline=refund.deadline_on,
                user_id=refund._get_approver().id,
                summary=self.env._("Refund a card: %s", refund.partner_id.display_name or refund.card_id.code),
            )

    def action_approve(self):
        """Agree to refunds of others: their cards are closed."""
        self._check_step("waiting")
        self._check_approver()
        for refund in self.sudo():  # sudo: the checks above say who may; the ledger belongs to no role
            refund.card_id._points_lock()
            refund.invalidate_recordset()
            refund._check_seven_days()
            refund.write(
                {**refund._prepare_amounts(), "state": "approved", "approved_by_id": self.env.uid, "approved_on": refund._get_today()}
            )
            key = f"{self._name},{refund.id}"
            reason = dict(self._fields["reason"]._description_selection(self.env))[refund.reason]
            self.env["loyalty.card"]._stored_post([StoredAct(refund.card_id, "refund", 0, key, refund, reason)])
            refund.card_id._points_root()._set_stored_state("closed", False)

    def action_refuse(self):
        """Decline refunds of others."""
        self._check_step("waiting")
        self._check_approver()
        # sudo: the state is nobody's to type
        self.sudo().write({"state": "refused", "approved_by_id": self.env.uid, "approved_on": self._get_today()})
        self.sudo().activity_unlink([ACTIVITY])

    def action_pay(self):
        """Note that the money was paid, and how."""
        self.check_access("write")
        self._check_step("approved")
        if self.filtered(lambda refund: not refund.paid_how):
            raise UserError(self.env._("Say how the money was paid."))
        # sudo: the state is nobody's to type
        self.sudo().write({"state": "paid", "paid_on": self._get_today(), "paid_by_id": self.env.uid})
        self.sudo().activity_feedback([ACTIVITY])

    # ------------------------------------------------------------------ what is due
    def _prepare_amounts(self):
        """Return what is due by now, with the sentences that say why."""
        self.ensure_one()
        card = self.card_id.sudo()._points_root() if self.card_id else self.card_id  # sudo: whoever asks sees what is due
        topped = card._get_stored_top_ups(self.list_amount) if card else []
        day = self._get_today()
        back = [rules.refund(one, self.reason, day) for one in topped]
        return {
            "principal_left": card.stored_principal,
            "bonus_left": card.stored_bonus,
            "principal_back": yuan(sum(one.principal for one in back)),
            "interest": yuan(sum(one.interest for one in back)),
            "computation": "\n".join(self._explain(one, refund) for one, refund in zip(topped, back, strict=True)),
        }

    def _explain(self, topped, refund):
        """Return one sentence that says what of a top-up goes back."""
        facts = {
            "day": fields.Date.to_string(topped.paid_on), "paid": f"{yuan(topped.paid):.2f}", "given": f"{yuan(topped.given):.2f}",
            "spent": f"{yuan(topped.spent):.2f}", "used": f"{yuan(refund.used):.2f}", "back": f"{yuan(refund.principal):.2f}",
            "interest": f"{yuan(refund.interest):.2f}", "rate": f"{refund.rate:g}", "days": refund.days,
        }  # fmt: skip
        if self.reason == rules.SEVEN_DAYS:
            return self.env._("%(day)s: %(paid)s was paid and nothing used within seven days, so %(back)s goes back.", **facts)
        if self.reason == rules.OPERATOR:
            return self.env._(
                "%(day)s: %(paid)s was paid and %(given)s given; of %(spent)s spent, %(spent)s × %(paid)s ÷ (%(paid)s + %(given)s) ="
                " %(used)s is principal, so %(back)s goes back, with %(interest)s interest (LPR %(rate)s%%, %(days)s days of 360).",
                **facts,
            )
        return self.env._(
            "%(day)s: %(paid)s was paid and %(given)s given; goods of %(used)s at list price were bought, so %(back)s goes back, with"
            " %(interest)s interest (deposit rate %(rate)s%%, %(days)s days of 360).",
            **facts,
        )

    # ------------------------------------------------------------------ helpers
    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (FIXED - DRAFTED - {"company_id"})

    def _get_today(self):
        return self.env["loyalty.card"]._points_today()

    def _get_approver(self):
        """Return who is reminded: the first approver of the company who did not ask."""
        group = self.env.ref(APPROVER).sudo()  # sudo: whoever asks need not read users
        users = group.all_user_ids.filtered(lambda user: user.active and self.company_id in user.company_ids) - self.requested_by_id
        return (users - self.env.ref("base.user_root"))[:1] or self.env.user

    def _check_step(self, state):
        self.check_access("read")
        if self.filtered(lambda refund: refund.state != state):
            raise UserError(self.env._("This step is not due. Reload the page."))

    def _check_approver(self):
        if not self.env.su and not self.env.user.has_group(APPROVER):
            raise AccessError(self.env._("Approvers of refunds decide. Ask one."))
        if self.filtered(lambda refund: refund.requested_by_id == self.env.user):
            raise UserError(self.env._("Nobody approves a refund of their own. Ask a colleague."))

    def _check_seven_days(self):
        if self.reason != rules.SEVEN_DAYS:
            return
        card = self.card_id.sudo()._points_root()  # sudo: whoever asks sees what is due
        if not rules.may_return_in_seven_days(card._get_stored_top_ups(), self.requested_on):
            raise UserError(
                self.env._(
                    "Something was bought with the card, or a top-up is older than seven days. Choose another reason for the refund."
                )
            )


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    def _get_stored_top_ups(self, list_amount=0.0):
        """Return the top-ups of this card as `tools.stored_refund.TopUp`, oldest first; what was undone or refunded counts no more.

        :param list_amount: what all that was consumed would have cost without the card; 0: as the ledger has it
        """
        self.ensure_one()
        batches = self.stored_batch_ids.sorted("id")
        facts = {batch: batch._get_stored_facts() for batch in batches}
        spent = sum(fact["spent"] for fact in facts.values())
        found, upto = [], 0
        for batch, fact in facts.items():
            listed = fact["listed"]
            if list_amount and spent:
                before = cents(list_amount) * upto // spent
                upto += fact["spent"]
                listed = cents(list_amount) * upto // spent - before
            if fact["paid"] or fact["given"]:
                amounts = (fact["paid"], fact["given"], fact["spent"], listed)
                found.append(rules.TopUp(batch.paid_on, *amounts, lpr=batch.lpr_rate, deposit=batch.deposit_rate))
        return found


class CosmeticsStoredBatch(models.Model):
    _inherit = "cosmetics.stored.batch"

    def _get_stored_facts(self):
        """Return cents {paid, given, spent, listed} of this top-up, with what happened on the cards before this one."""
        self.ensure_one()
        chain = self
        while chain[-1:].twin_of_id:
            chain |= chain[-1:].twin_of_id
        gone = chain.move_ids.filtered(lambda move: move.kind in ("take_back", "refund"))
        bought = chain.move_ids.filtered(lambda move: move.kind in ("spend", "give_back"))
        return {
            "paid": cents(self.principal_paid) + sum(cents(move.principal) for move in gone),
            "given": cents(self.bonus_given) + sum(cents(move.bonus) for move in gone),
            "spent": -sum(cents(move.amount) for move in bought),
            "listed": -sum(cents(move.list_amount) for move in bought),
        }
