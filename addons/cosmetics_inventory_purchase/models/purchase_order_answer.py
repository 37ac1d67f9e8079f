"""What the vendor answers to an order: how much comes, and when."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    answered_at = fields.Datetime(string="Vendor Answered On", readonly=True, copy=False, tracking=True)
    answer_note = fields.Text(
        string="Differences of the Answer",
        compute="_compute_answer_note",
        help="Where the vendor promises less, more or later.",
    )

    @api.depends(
        "answered_at",
        "order_line.answered_quantity",
        "order_line.answered_on",
        "order_line.product_qty",
        "order_line.date_planned",
    )
    @api.depends_context("lang", "tz")
    def _compute_answer_note(self):
        for order in self:
            lines = order.order_line.filtered("product_id") if order.answered_at else order.order_line.browse()
            order.answer_note = "\n".join(sentence for line in lines for sentence in line._get_answer_sentences()) or False

    def action_vendor_answer(self):
        """Record that the vendor has confirmed these orders; lines without an answer are taken as ordered."""
        self.check_access("write")
        for order in self:
            if order.state != "purchase":
                raise UserError(self.env._("%(order)s is not confirmed yet: there is nothing the vendor could answer.", order=order.name))
            for line in order.order_line.filtered(lambda line: line.product_id and not line.answered_quantity and not line.answered_on):
                line.write({"answered_quantity": line.product_qty, "answered_on": line._get_planned_day()})
            order.write({"answered_at": fields.Datetime.now(), "acknowledged": True})
            if order.answer_note:
                order.message_post(body=order.answer_note)
        return True


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    answered_quantity = fields.Float(
        string="Vendor Delivers", digits="Product Unit", copy=False, help="What the vendor promises, in the unit of the line."
    )
    answered_on = fields.Date(string="Vendor Delivers On", copy=False, help="The day the vendor promises, in China.")

    _answered_quantity_sane = models.Constraint(
        "CHECK (answered_quantity IS NULL OR answered_quantity >= 0)", "A vendor does not deliver less than nothing: enter 0 or more."
    )

    def _get_planned_day(self):
        """Return the day on which the line is expected, in the time zone of the user, or False."""
        self.ensure_one()
        return self.date_planned and fields.Datetime.context_timestamp(self, self.date_planned).date()

    def _get_answer_sentences(self):
        """Return one sentence for each thing in which the answer of the vendor differs from this line."""
        self.ensure_one()
        product, sentences = self.product_id.display_name, []
        if self.product_uom_id.compare(self.answered_quantity, self.product_qty):
            sentences.append(
                self.env._(
                    "%(product)s: %(ordered)g ordered, the vendor delivers %(answered)g.",
                    product=product,
                    ordered=self.product_qty,
                    answered=self.answered_quantity,
                )
            )
        planned = self._get_planned_day()
        if self.answered_on and planned and self.answered_on > planned:
            sentences.append(
                self.env._(
                    "%(product)s: expected on %(planned)s, the vendor delivers on %(answered)s.",
                    product=product,
                    planned=format_date(self.env, planned),
                    answered=format_date(self.env, self.answered_on),
                )
            )
        return sentences
