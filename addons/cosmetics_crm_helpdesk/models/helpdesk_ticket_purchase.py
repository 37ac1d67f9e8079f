"""The order or receipt that a case is about, chosen among what the member bought."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class HelpdeskTicket(models.Model):
    """Orders and receipts are not known here: whatever module adds purchases of members adds them to the choice."""

    _inherit = "helpdesk.ticket"

    purchase_id = fields.Many2one(
        "cosmetics.member.purchase",
        string="Bought With",
        compute="_compute_purchase_id",
        inverse="_inverse_purchase_id",
        groups="cosmetics_crm.group_member_adviser",
        help="The order or till receipt, and the product of it, that the case is about.",
    )
    purchase_source = fields.Char(readonly=True, groups="base.group_user")
    purchase_origin = fields.Integer(string="Id of the Purchase", readonly=True, groups="base.group_user")
    purchase_name = fields.Char(string="Order or Receipt", readonly=True, groups="base.group_user")
    purchased_on = fields.Date(string="Bought On", readonly=True, groups="base.group_user")

    @api.depends("purchase_source", "purchase_origin", "product_id")
    def _compute_purchase_id(self):
        purchases = self.env["cosmetics.member.purchase"]
        for ticket in self:
            key = [("source", "=", ticket.purchase_source), ("origin_id", "=", ticket.purchase_origin)]
            own = [("partner_id", "=", ticket.commercial_partner_id.id), ("product_id", "=", ticket.product_id.id)]
            ticket.purchase_id = purchases.search([*own, *key], limit=1) if ticket.purchase_origin else False

    def _inverse_purchase_id(self):
        for ticket in self:
            ticket._set_purchase(ticket.purchase_id)

    @api.constrains("partner_id", "purchase_origin")
    def _check_purchase(self):
        # sudo: the rule holds whoever writes
        for ticket in self.sudo().filtered("purchase_origin"):
            own = [("partner_id", "=", ticket.commercial_partner_id.id), ("origin_id", "=", ticket.purchase_origin)]
            if not self.env["cosmetics.member.purchase"].sudo().search_count([*own, ("source", "=", ticket.purchase_source)], limit=1):
                raise ValidationError(
                    self.env._("%s was bought by somebody else. Choose a purchase of the customer of the case.", ticket.purchase_name)
                )

    @api.onchange("purchase_id")
    def _onchange_purchase_id(self):
        if self.purchase_id:
            self._set_purchase(self.purchase_id)

    def action_open_purchase(self):
        """Open the order or receipt, with the rights of the user."""
        self.ensure_one()
        self.check_access("read")
        model = self._get_purchase_models().get(self.purchase_source)
        record = self.env[model].browse(self.purchase_origin).exists() if model in self.env else None
        if not record or not record.has_access("read"):
            raise UserError(self.env._("Your role does not open this document. Ask the shop or a salesperson."))
        return record.get_formview_action()

    @api.model
    def _get_purchase_models(self):
        """Return {source of a purchase: model of its document}."""
        return {"sale": "sale.order", "refund": "sale.order", "pos": "pos.order"}

    def _set_purchase(self, purchase):
        """Keep what the purchase was; a view has no rows that could be pointed to."""
        self.purchase_source = purchase.source
        self.purchase_origin = purchase.origin_id
        self.purchase_name = purchase.origin_name
        self.purchased_on = fields.Datetime.context_timestamp(self, purchase.date).date() if purchase.date else False
        if purchase:
            self.product_id = purchase.product_id
            self.store_id = purchase.store_id or self.store_id
