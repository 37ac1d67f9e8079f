"""What a review found about an order."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_round, format_list

from ..tools.still_there import still_there


class CosmeticsReviewFinding(models.Model):
    """One hit of a rule on an order, in a sentence with figures; a reviewer may waive a block with a reason."""

    _name = "cosmetics.review.finding"
    _description = "Review Finding"
    _order = "order_id, level, id"
    _rec_name = "message"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    rule_id = fields.Many2one("cosmetics.review.rule", required=True, readonly=True, index=True, ondelete="cascade")
    level = fields.Selection([("warn", "Warning"), ("block", "Block")], required=True, readonly=True)
    sentence = fields.Char(string="Finding, as First Told", required=True, readonly=True, help="The finding as it was first told.")
    figures = fields.Json(readonly=True, help="What the sentence is made of.")
    message = fields.Char(string="Finding", compute="_compute_message", help="What was found, in the language of the reader.")
    waived_by_id = fields.Many2one("res.users", string="Waived by", readonly=True)
    waived_at = fields.Datetime(string="Waived on", readonly=True)
    waived_reason = fields.Char(string="Reason", readonly=True)
    waived_fingerprint = fields.Char(readonly=True, groups="base.group_system", help="The order as it was waived.")

    _order_rule_uniq = models.UniqueIndex("(order_id, rule_id)", "The order has a finding of this rule already.")

    @api.depends("figures", "sentence", "rule_id.kind")
    @api.depends_context("lang")
    def _compute_message(self):
        for finding in self:
            # sudo: a rule may belong to another company than the reader's; its kind only says which sentence it is
            kind = finding.rule_id.sudo().kind
            finding.message = self._get_sentence(kind, finding.figures) if finding.figures else finding.sentence

    def _waive(self, reason):
        """Let these findings pass, for a reason that is kept; only a reviewer who had no hand in the order may."""
        if not self.env.user.has_group("cosmetics_sales.group_order_reviewer"):
            raise AccessError(self.env._("Only an order reviewer can waive a finding. Ask your reviewer."))
        if not (reason or "").strip():
            raise UserError(self.env._("Say why the order may go on all the same."))
        orders = self.order_id
        orders.check_access("read")
        own = orders.filtered(lambda order: self.env.user in order._get_review_authors())
        if own:
            raise UserError(
                self.env._(
                    "%(orders)s: nobody waives findings of an order of one's own. Ask another reviewer.",
                    orders=format_list(self.env, own.mapped("name")),
                )
            )
        # sudo: nobody may write findings directly, or a block could be waived without its reason
        for finding in self.sudo():
            finding.write(
                {
                    "waived_by_id": self.env.uid,
                    "waived_at": fields.Datetime.now(),
                    "waived_reason": reason.strip(),
                    "waived_fingerprint": finding.order_id._get_fingerprint(),
                }
            )
            finding.order_id.message_post(
                body=self.env._("Waived: %(finding)s Reason: %(reason)s", finding=finding.message, reason=reason.strip()),
                author_id=self.env.user.partner_id.id,
            )
        orders.sudo()._update_review_state()

    @api.model
    def _get_sentence(self, kind, figures):
        """Return the sentence of a finding: what is wrong, with its figures."""
        money = {name: f"{float_round(value, 2):.2f}" if isinstance(value, float) else value for name, value in figures.items()}
        if product := figures.get("product_id"):
            # sudo: the name of what was ordered, whatever the reader may see of the product now
            money["product"] = still_there(self.env["product.product"].sudo().browse(product)).display_name or figures["product"]
        return self._get_sentence_of_lines(kind, money) or self._get_sentence_of_order(kind, money)

    @api.model
    def _get_sentence_of_lines(self, kind, figures):
        sentences = {
            "floor": lambda: self.env._("%(product)s is sold at %(price)s before tax, below its lowest price of %(floor)s.", **figures),
            "control": lambda: self.env._("%(product)s is sold at %(price)s, below the control price of %(control)s.", **figures),
            "stock": lambda: self.env._("%(product)s: %(missing)s of %(quantity)s are not in stock for this customer.", **figures),
            "lifecycle": lambda: self.env._("%(product)s is in a stage in which it is not sold.", **figures),
            "free": lambda: self.env._(
                "%(product)s is given away by hand, usually %(worth)s in all; up to %(limit)s needs no review.", **figures
            ),
            "discount": lambda: self.env._("The order gives away %(discount)s %%, the limit is %(limit)s %%.", **figures),
        }
        return sentences[kind]() if kind in sentences else ""

    @api.model
    def _get_sentence_of_order(self, kind, figures):
        empty = self.env._("(empty)")
        parts = {"name": self.env._("the receiver's name"), "street": self.env._("the street"), "place": self.env._("the district")}
        sentences = {
            "credit": lambda: self._get_credit_sentence(figures),
            "duplicate": lambda: self.env._("Same buyer and same goods as %(order)s, within %(hours)s hours.", **figures),
            "address": lambda: self.env._(
                "The delivery address lacks %(part)s: %(address)s",
                part=parts[figures["part"]],
                address=figures["address"] or empty,
            ),
            "phone": lambda: self.env._("The telephone cannot be used for delivery: %(phone)s", phone=figures["phone"] or empty),
            "region": lambda: self.env._("Nothing is sent to %(region)s.", **figures),
            "first": lambda: self.env._("First order of this customer, %(amount)s.", **figures),
            "amount": lambda: self.env._("The order amounts to %(amount)s, the limit is %(limit)s.", **figures),
        }
        return sentences[kind]()

    @api.model
    def _get_credit_sentence(self, figures):
        if figures.get("stopped"):
            return self.env._("The customer is stopped because it does not pay.")
        if "days" in figures:
            return self.env._("The customer is %(days)s days late with a payment, %(allowed)s are allowed.", **figures)
        return self.env._("With this order the customer owes %(total)s, the credit limit is %(limit)s.", **figures)
