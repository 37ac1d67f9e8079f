"""What happens when a buyer comes back: return, refund, exchange, resend."""

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..tools import aftersale as rules
from .sale_order_aftersale import china_day

GOODS_BACK = ("return", "exchange")
MONEY_BACK = ("return", "refund")
DEAD = ("refused", "cancelled")


class CosmeticsAftersale(models.Model):
    """One request of a buyer about one order. Days are those of China.

    Law: 消费者权益保护法 art. 25 (seven days, refund within seven days of the goods' coming back), 侵害消费者权益行为处罚办法 (no answer
    within fifteen days is a refusal). The state changes by the buttons only, see `cosmetics_aftersale_flow`.
    """

    _name = "cosmetics.aftersale"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "After-Sale"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default=lambda self: self.env._("New"), index="trigram")
    order_id = fields.Many2one(
        "sale.order", required=True, index=True, ondelete="restrict", check_company=True, domain="[('state', '=', 'sale')]"
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="order_id.currency_id")
    partner_id = fields.Many2one(related="order_id.partner_id", string="Buyer", store=True, index="btree_not_null")
    channel_id = fields.Many2one(related="order_id.channel_id", store=True, index="btree_not_null")
    user_id = fields.Many2one("res.users", string="Clerk", default=lambda self: self.env.user, index="btree_not_null", copy=False)
    kind = fields.Selection(
        [("return", "Return and Refund"), ("refund", "Refund Only"), ("exchange", "Exchange"), ("resend", "Resend")],
        required=True,
        default="return",
        tracking=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("waiting", "Waiting for the Return"),
            ("received", "To Inspect"),
            ("inspected", "Inspected"),
            ("refunding", "Refunding"),
            ("done", "Done"),
            ("refused", "Refused"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    channel_ref = fields.Char(
        string="Platform After-Sale No.", copy=False, index="btree_not_null", help="Number of the case on the platform."
    )
    is_from_channel = fields.Boolean(string="Opened by Import", readonly=True, copy=False)
    requested_at = fields.Datetime(string="Requested at", required=True, default=fields.Datetime.now, help="When the buyer asked.")
    reason_id = fields.Many2one("cosmetics.aftersale.reason", required=True, ondelete="restrict", tracking=True)
    note = fields.Text(string="Buyer's Words")
    is_seal_opened = fields.Boolean(string="Seal Opened", help="A broken seal ends the right to return without a reason.")
    is_customised = fields.Boolean(string="Made to Order", help="Engraved or made for this buyer: no right to return without a reason.")
    line_ids = fields.One2many("cosmetics.aftersale.line", "aftersale_id", string="Goods", copy=False)
    warehouse_id = fields.Many2one(
        "stock.warehouse",
        string="Returned to",
        compute="_compute_warehouse_id",
        store=True,
        readonly=False,
        precompute=True,
        check_company=True,
        index="btree_not_null",
        help="Where the goods come back to. They are kept apart there until they are inspected.",
    )
    # ------------------------------------------------------------------ goods
    picking_ids = fields.One2many("stock.picking", "aftersale_id", string="Transfers", readonly=True)
    return_tracking_no = fields.Char(string="Return Parcel No.", copy=False, help="Courier number of the parcel the buyer sends back.")
    received_at = fields.Datetime(readonly=True, copy=False)
    # ------------------------------------------------------------------ money
    refund_freight = fields.Boolean(tracking=True)
    freight_amount = fields.Monetary(compute="_compute_freight_amount", store=True, help="Freight that is given back.")
    gift_policy = fields.Selection(
        [("back", "Gifts Come Back"), ("charged", "Gifts Are Charged"), ("left", "Gifts Are Left to the Buyer")], default="back"
    )
    gift_charge = fields.Monetary(string="Charge for Gifts", help="Stated price of gifts that do not come back; deducted from the refund.")
    refund_amount = fields.Monetary(string="Refund", compute="_compute_refund_amount", store=True, tracking=True)
    refund_way = fields.Selection(
        [("platform", "By the Platform"), ("original", "To Where It Was Paid From"), ("credit", "Credit to the Customer's Account")],
        compute="_compute_refund_way",
        store=True,
        readonly=False,
        help="The way the order was paid. Platforms pay their buyers themselves: it is only recorded here, and matched at the settlement.",
    )
    credit_note_ids = fields.One2many("account.move", "aftersale_id", string="Credit Notes", readonly=True)
    refunded_at = fields.Datetime(readonly=True, copy=False)
    replacement_ids = fields.One2many("sale.order.line", "aftersale_id", string="Goods Sent Instead", readonly=True)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    close_reason = fields.Char(string="Reason of Refusal", copy=False, help="Told to the buyer when an after-sale is refused.")
    # ------------------------------------------------------------------ days
    no_reason_sentence = fields.Char(string="Right to Return", compute="_compute_no_reason_sentence")
    deadline_sentence = fields.Char(string="Deadline", compute="_compute_deadline_sentence")
    answer_due_on = fields.Date(string="Answer by", compute="_compute_answer_due_on", store=True)
    refund_due_on = fields.Date(string="Refund by", compute="_compute_refund_due_on", store=True, index="btree_not_null")

    _name_uniq = models.UniqueIndex("(company_id, name)", "Another after-sale has this number. Save again to get the next number.")
    _import_uniq = models.UniqueIndex("(order_id) WHERE is_from_channel", "The import has opened an after-sale of this order already.")
    _channel_ref_uniq = models.UniqueIndex(
        "(channel_id, channel_ref) WHERE channel_ref IS NOT NULL",
        "The channel has an after-sale with this number already. Search for the number and go on there.",
    )
    _gift_charge_positive = models.Constraint("CHECK (gift_charge >= 0)", "The charge for gifts cannot be negative. Correct the amount.")

    @api.model
    def default_get(self, fields_list):
        """Opened from an order: list everything of it that may still come back."""
        values = super().default_get(fields_list)
        order = self.env["sale.order"].browse(values.get("order_id") or [])
        if order and "line_ids" in fields_list:
            values["line_ids"] = [Command.create(vals) for vals in order._prepare_aftersale_line_vals()]
        return values

    @api.depends("order_id")
    def _compute_warehouse_id(self):
        for aftersale in self:
            aftersale.warehouse_id = aftersale.order_id.warehouse_id

    @api.depends("refund_freight", "kind", "order_id", "state")
    def _compute_freight_amount(self):
        for aftersale in self:
            if aftersale.state not in DEAD + ("done", "refunding"):
                wanted = aftersale.refund_freight and aftersale.kind in MONEY_BACK
                aftersale.freight_amount = aftersale.order_id._get_freight_left(aftersale) if wanted else 0.0

    @api.depends("line_ids.amount", "freight_amount", "gift_charge", "gift_policy", "kind")
    def _compute_refund_amount(self):
        for aftersale in self:
            amount = sum(aftersale.line_ids.mapped("amount")) + aftersale.freight_amount
            if aftersale.gift_policy == "charged":
                amount -= aftersale.gift_charge
            aftersale.refund_amount = amount if aftersale.kind in MONEY_BACK else 0.0

    @api.depends("order_id")
    def _compute_refund_way(self):
        for aftersale in self:
            aftersale.refund_way = aftersale.order_id._get_refund_ways().get(aftersale.order_id, "original")

    @api.depends("requested_at")
    def _compute_answer_due_on(self):
        for aftersale in self:
            aftersale.answer_due_on = aftersale.requested_at and rules.refusal_on(china_day(aftersale.requested_at))

    @api.depends("received_at", "kind")
    def _compute_refund_due_on(self):
        for aftersale in self:
            due = aftersale.received_at and aftersale.kind == "return"
            aftersale.refund_due_on = due and rules.refund_due(china_day(aftersale.received_at))

    @api.depends("order_id", "requested_at", "is_seal_opened", "is_customised")
    @api.depends_context("lang")
    def _compute_no_reason_sentence(self):
        for aftersale in self:
            aftersale.no_reason_sentence = aftersale._get_no_reason_sentence()

    @api.depends("answer_due_on", "refund_due_on", "state")
    @api.depends_context("lang")
    def _compute_deadline_sentence(self):
        today = china_day(fields.Datetime.now())
        for aftersale in self:
            aftersale.deadline_sentence = aftersale._get_deadline_sentence(today)

    # ------------------------------------------------------------------ rules
    @api.constrains("order_id", "kind", "line_ids", "gift_charge", "gift_policy", "refund_freight", "refund_way")
    def _check_refund(self):
        """Money that is given back is money that was paid, whatever the clerks enter."""
        self.line_ids._check_against_order()
        for aftersale in self:
            if aftersale.order_id.state != "sale":
                raise ValidationError(self.env._("%s is not confirmed: change or cancel the order itself.", aftersale.order_id.name))
        live = self.filtered(lambda record: record.state not in DEAD)
        live.filtered("refund_freight")._check_freight()
        live._check_refund_way()
        for aftersale in live:
            if aftersale.currency_id.compare_amounts(aftersale.refund_amount, 0) < 0:
                raise ValidationError(
                    self.env._(
                        "%s: the charge for gifts is more than the refund. Lower the charge.", aftersale.name or aftersale.order_id.name
                    )
                )

    def _check_freight(self):
        """Freight goes back once, also when two clerks take back different goods of one order at the same time."""
        hold_rows(self.order_id)
        for aftersale in self:
            left = aftersale.order_id._get_freight_left(aftersale)
            if aftersale.currency_id.compare_amounts(aftersale.freight_amount, left) > 0:
                raise ValidationError(
                    self.env._("The freight of %s goes back with another after-sale already. Leave it out here.", aftersale.order_id.name)
                )

    def _check_refund_way(self):
        """Only where the platform pays its buyers is there nothing left to pay for us."""
        ways = self.order_id._get_refund_ways()
        for aftersale in self.filtered(lambda record: record.refund_way == "platform" and not record.is_from_channel):
            if ways[aftersale.order_id] != "platform":
                raise ValidationError(self.env._("%s was not paid by a platform: choose another way of refund.", aftersale.order_id.name))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            order = self.env["sale.order"].browse(vals.get("order_id"))
            # Only the system knows these, whatever a client sends.
            vals.update(dict.fromkeys(self._get_button_fields(), False), state="draft")
            if not self.env.su:
                vals["is_from_channel"] = False
            company = order.company_id or self.env.company
            vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code(self._name) or "/"
        aftersales = super().create(vals_list)
        aftersales.order_id.check_access("read")
        return aftersales

    def write(self, vals):
        self._check_writable(vals)
        res = super().write(vals)
        if "reason_id" in vals:
            self._after_reason()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(aftersale.state != "draft" for aftersale in self):
            raise UserError(self.env._("Only a draft can be deleted. Cancel the after-sale instead, so that others see what happened."))

    def _check_writable(self, vals):
        """Refuse what only the buttons may change, what is agreed already, and everything but the inspection to keepers."""
        if self.env.su:
            return
        if self._get_button_fields() & vals.keys() or {"state", "name", "is_from_channel"} & vals.keys():
            raise UserError(self.env._("The state of an after-sale changes with its buttons only."))
        free = self._get_free_fields()
        if free.issuperset(vals):
            return
        if vals.keys() - free != {"line_ids"} and any(aftersale.state != "draft" for aftersale in self):
            raise UserError(self.env._("%s is agreed already. Set it back to draft to change it.", self[:1].name))
        if vals.keys() - free != {"line_ids"} and not self._is_clerk():
            raise UserError(self.env._("The warehouse enters the inspection only. Ask the clerk of the after-sale to change the rest."))

    @api.model
    def _is_clerk(self):
        return self.env.su or self.env.user.has_group("sales_team.group_sale_salesman")

    @api.model
    def _get_button_fields(self):
        """Return the names of the fields that only the buttons write."""
        return {"received_at", "refunded_at", "approved_by_id"}

    @api.model
    def _get_free_fields(self):
        """Return the names of the fields that may be written in every state."""
        return {
            *("channel_ref", "note", "return_tracking_no", "close_reason", "user_id"),
            *("message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"),
        }

    # ------------------------------------------------------------------ hooks and helpers
    def _after_reason(self):
        """The reasons of these after-sales are known. An override acts on them, e.g. takes down an adverse reaction."""

    def _get_allergy_lines(self):
        """Return the lines whose reason, or that of the after-sale, is an allergy."""
        return self.line_ids.filtered(lambda line: (line.reason_id or line.aftersale_id.reason_id).is_allergy)

    def _get_no_reason_sentence(self):
        """Return one sentence about the right to return without a reason (消费者权益保护法 art. 25)."""
        order = self.order_id
        kind = order.channel_id.kind
        if kind == "till":
            return self.env._("Bought in a shop: the law gives no right to return without a reason; faulty goods are taken back.")
        if kind not in ("web", "marketplace"):
            return self.env._("Bought for trade: the law gives no right to return without a reason; the contract decides.")
        if self.is_customised or self.is_seal_opened:
            why = self.env._("the goods were made for this buyer") if self.is_customised else self.env._("the seal is opened")
            return self.env._("No right to return without a reason: %s.", why)
        received_on = order._get_received_on()
        if not received_on:
            return self.env._("Not yet received: the seven days have not begun.")
        until = rules.no_reason_until(received_on)
        if self.requested_at and china_day(self.requested_at) > until:
            return self.env._("The seven days of return without a reason ended on %s; only with a reason now.", until)
        return self.env._("The buyer may return without a reason until %s.", until)

    def _get_deadline_sentence(self, today):
        """Return what is late or nearly late, False when nothing is."""
        if self.state in DEAD + ("done",):
            return False
        if self.refund_due_on and self.state in ("received", "inspected", "refunding"):
            if self.refund_due_on < today:
                return self.env._("The refund is late: it was due on %s, seven days after the goods came back.", self.refund_due_on)
            return self.env._("Refund by %s, seven days after the goods came back.", self.refund_due_on)
        if self.state != "draft" or not self.answer_due_on:
            return False
        if self.answer_due_on < today:
            return self.env._("No answer since fifteen days: the law takes it for a refusal. Answer the buyer today.")
        return self.env._("Answer the buyer by %s; after fifteen days silence counts as a refusal.", self.answer_due_on)
