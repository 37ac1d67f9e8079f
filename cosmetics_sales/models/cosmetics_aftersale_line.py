"""The goods of an after-sale."""

from collections import defaultdict

from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError, ValidationError

from ..tools import aftersale as rules
from .cosmetics_aftersale import DEAD, GOODS_BACK

INSPECTION = {
    *("received_quantity", "received_lot_id", "seal_state", "is_batch_readable"),
    *("result", "inspection_note", "photo_ids"),
}


class CosmeticsAftersaleLine(models.Model):
    """A quantity of one order line, of one batch; and what the inspection found. Quantities in the unit of the order line."""

    _name = "cosmetics.aftersale.line"
    _description = "Goods of an After-Sale"
    _order = "aftersale_id desc, id"
    _check_company_auto = True

    aftersale_id = fields.Many2one("cosmetics.aftersale", required=True, index=True, ondelete="cascade")
    order_id = fields.Many2one(related="aftersale_id.order_id", store=True, index=True, precompute=True)
    company_id = fields.Many2one(related="aftersale_id.company_id", store=True, index=True, precompute=True)
    currency_id = fields.Many2one(related="aftersale_id.currency_id")
    kind = fields.Selection(related="aftersale_id.kind", store=True, precompute=True)
    state = fields.Selection(related="aftersale_id.state", store=True, precompute=True)
    requested_at = fields.Datetime(related="aftersale_id.requested_at", store=True)
    channel_id = fields.Many2one(related="aftersale_id.channel_id", store=True)
    order_line_id = fields.Many2one(
        "sale.order.line",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('order_id', '=', order_id), ('product_id.type', '=', 'consu')]",
    )
    product_id = fields.Many2one(related="order_line_id.product_id", store=True, index=True, precompute=True)
    tracking = fields.Selection(related="product_id.tracking")
    uom_id = fields.Many2one(related="order_line_id.product_uom_id")
    is_gift = fields.Boolean(related="order_line_id.is_gift")
    quantity = fields.Float(required=True, default=1.0, digits="Product Unit")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Batch",
        check_company=True,
        index="btree_not_null",
        domain="[('product_id', '=', product_id)]",
        help="The batch that was delivered to this buyer.",
    )
    reason_id = fields.Many2one(
        "cosmetics.aftersale.reason",
        ondelete="restrict",
        index="btree_not_null",
        help="Leave empty when it is the reason of the whole after-sale.",
    )
    reported_reason_id = fields.Many2one(
        "cosmetics.aftersale.reason", compute="_compute_reported_reason_id", store=True, string="Counted Reason"
    )
    amount = fields.Monetary(
        string="Goods Value",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        help="What the buyer paid for these goods: given back by a refund, carried over to the new goods by an exchange.",
    )
    replacement_product_id = fields.Many2one(
        "product.product", string="Send Instead", check_company=True, domain="[('sale_ok', '=', True)]", help="Empty: the same product."
    )
    replacement_price = fields.Float(
        string="Price Difference", digits="Product Price", help="What the buyer adds for a unit of the other product."
    )
    # ------------------------------------------------------------------ inspection
    received_quantity = fields.Float(string="Quantity Received", digits="Product Unit", copy=False)
    received_lot_id = fields.Many2one(
        "stock.lot", string="Batch on the Pack", check_company=True, copy=False, domain="[('product_id', '=', product_id)]"
    )
    seal_state = fields.Selection([("intact", "Intact"), ("opened", "Opened"), ("damaged", "Damaged")], string="Seal", copy=False)
    is_batch_readable = fields.Boolean(string="Batch Readable", copy=False)
    result = fields.Selection(
        [("restock", "Back on Sale"), ("destroy", "Destroy"), ("supplier", "Back to the Supplier")], string="Decision", copy=False
    )
    inspection_note = fields.Char(string="Inspection Findings", copy=False)
    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    inspected_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    inspected_at = fields.Datetime(readonly=True, copy=False)
    return_move_ids = fields.One2many("stock.move", "aftersale_line_id", string="Moves", readonly=True)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "Enter a quantity greater than zero, or delete the line.")
    _amount_positive = models.Constraint("CHECK (amount >= 0)", "The value of the goods cannot be negative. Correct the amount.")
    _received_range = models.Constraint(
        "CHECK (received_quantity >= 0 AND received_quantity <= quantity)",
        "More came back than was agreed. Open another after-sale for the rest.",
    )

    @api.depends("reason_id", "aftersale_id.reason_id")
    def _compute_reported_reason_id(self):
        for line in self:
            line.reported_reason_id = line.reason_id or line.aftersale_id.reason_id

    @api.depends("order_line_id", "quantity", "aftersale_id.kind", "aftersale_id.order_id")
    def _compute_amount(self):
        """Serve the lines of one order line one after another: the last unit takes what is left of its price."""
        served = defaultdict(lambda: [0.0, 0.0])
        for line in self:
            order_line = line.order_line_id
            if not order_line or line.kind == "resend":
                line.amount = 0.0
                continue
            quantity, amount = order_line._get_aftersale_used(self.ids)
            extra = served[order_line]
            line.amount = rules.share(
                order_line._get_paid_amount(), order_line.product_uom_qty, quantity + extra[0], amount + extra[1], line.quantity
            )
            extra[0] += line.quantity
            extra[1] += line.amount

    # ------------------------------------------------------------------ rules
    @api.constrains("order_line_id", "quantity", "amount", "lot_id", "kind")
    def _check_line(self):
        self._check_against_order()

    def _check_against_order(self):
        """Never more goods or money back than went out and came in, whoever enters it at the same time."""
        lines = self.exists()
        lines._lock_order_lines()
        for line in lines:
            if line.order_line_id.order_id != line.aftersale_id.order_id:
                raise ValidationError(self.env._("“%s” is not on this order. Choose a line of the order.", line.product_id.display_name))
            if line.lot_id and line.lot_id not in line.order_line_id._get_delivered_lots():
                raise ValidationError(
                    self.env._(
                        "%(product)s: batch %(lot)s was not delivered with order %(order)s. Choose a batch this buyer received.",
                        product=line.product_id.display_name,
                        lot=line.lot_id.name,
                        order=line.order_id.name,
                    )
                )
        for order_line in lines.order_line_id:
            order_line._check_aftersale_quantities()

    def _lock_order_lines(self):
        """Let one clerk at a time judge what is left of an order line."""
        self.flush_recordset()
        hold_rows(self.order_line_id)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.update(inspected_by_id=False, inspected_at=False)
        lines = super().create(vals_list)
        lines._check_draft()
        lines.aftersale_id._after_reason()
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_writable(vals)
        res = super().write(vals)
        if "photo_ids" in vals:
            self._keep_photos()
        if "reason_id" in vals:
            self.aftersale_id._after_reason()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_agreed(self):
        self._check_draft()

    def _check_draft(self):
        if not self.env.su and any(line.aftersale_id.state != "draft" for line in self):
            raise UserError(self.env._("The goods of an after-sale change only while it is a draft. Set it back to draft first."))

    def _check_writable(self, vals):
        """The clerk agrees on the goods in a draft; the warehouse enters what it finds while the goods are awaited or looked at."""
        if {"inspected_by_id", "inspected_at"} & vals.keys():
            raise UserError(self.env._("Who inspected is noted by the button “Inspected”."))
        if vals.keys() - INSPECTION:
            self._check_draft()
            if not self.aftersale_id._is_clerk():
                raise UserError(self.env._("The warehouse enters the inspection only. Ask the clerk of the after-sale to change the rest."))
        if INSPECTION & vals.keys() and any(line.aftersale_id.state not in ("draft", "waiting", "received") for line in self):
            raise UserError(self.env._("The inspection is finished. Its findings are evidence and stay as they are."))
        if {"received_quantity", "received_lot_id"} & vals.keys() and any(line.aftersale_id.state == "received" for line in self):
            raise UserError(self.env._("The goods are booked in. Correct their quantity or batch by a transfer."))

    def _keep_photos(self):
        """Let everybody who sees the after-sale see its photos: an upload belongs to its uploader alone until it has a record."""
        for line in self:
            # sudo: only those the user has just uploaded are given to the document.
            loose = line.photo_ids.sudo().filtered(lambda photo: not photo.res_id and photo.create_uid == self.env.user)
            loose.write({"res_model": line._name, "res_id": line.id})

    def action_open(self):
        """Open the line by itself: the findings and photos of the inspection."""
        self.ensure_one()
        self.check_access("read")
        view = self.env.ref("cosmetics_sales.cosmetics_aftersale_line_view_form")
        return {
            "type": "ir.actions.act_window",
            "name": self.product_id.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }

    # ------------------------------------------------------------------ helpers
    def _is_live(self):
        self.ensure_one()
        return self.aftersale_id.state not in DEAD

    def _get_back_quantity(self):
        """Return how much of the line comes or came back; 0 when the goods stay with the buyer."""
        self.ensure_one()
        if self.aftersale_id.kind not in GOODS_BACK:
            return 0.0
        return self.quantity if self.aftersale_id.state in ("draft", "approved", "waiting") else self._get_accepted_quantity()
