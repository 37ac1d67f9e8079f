"""What a review found about an order."""

from odoo import fields, models


class CosmeticsReviewFinding(models.Model):
    """One hit of a rule on an order, in a sentence with figures; a reviewer may waive a block with a reason."""

    _name = "cosmetics.review.finding"
    _description = "Review Finding"
    _order = "order_id, level, id"
    _rec_name = "sentence"

    order_id = fields.Many2one("sale.order", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    rule_id = fields.Many2one("cosmetics.review.rule", required=True, readonly=True, index=True, ondelete="cascade")
    level = fields.Selection([("warn", "Warning"), ("block", "Block")], required=True, readonly=True)
    sentence = fields.Char(string="Finding", required=True, readonly=True)
    waived_by_id = fields.Many2one("res.users", string="Waived by", readonly=True)
    waived_at = fields.Datetime(string="Waived on", readonly=True)
    waived_reason = fields.Char(string="Reason", readonly=True)

    _order_rule_uniq = models.UniqueIndex("(order_id, rule_id)", "The order has a finding of this rule already.")
