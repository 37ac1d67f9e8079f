"""Who bought recalled goods."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain


class CosmeticsRecallLine(models.Model):
    """One document with which recalled goods went to somebody, or the sales of one shop in one hour to people unknown."""

    _name = "cosmetics.recall.line"
    _description = "Buyer of Recalled Goods"
    _order = "recall_id, at, id"
    _rec_name = "document"

    recall_id = fields.Many2one("cosmetics.recall", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="recall_id.company_id", store=True)
    key = fields.Char(required=True, readonly=True)
    kind = fields.Selection(
        [
            ("order", "Order"),
            ("till", "Till"),
            ("gift", "Gift"),
            ("exchange", "Points Exchange"),
            ("delivery", "Delivery"),
        ],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Buyer", readonly=True, index="btree_not_null")
    phone = fields.Char(related="partner_id.phone", string="Buyer's Phone")
    email = fields.Char(related="partner_id.email", string="Buyer's E-Mail")
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    at = fields.Datetime(string="Sold at", required=True, readonly=True)
    document = fields.Char(readonly=True)
    res_model = fields.Char(string="Document Model", readonly=True)
    res_id = fields.Many2oneReference(string="Document ID", model_field="res_model", readonly=True)
    sale_count = fields.Integer(string="Sales", readonly=True)
    quantity = fields.Float(readonly=True, digits="Product Unit")
    returned_quantity = fields.Float(string="Come Back", readonly=True, digits="Product Unit")
    open_quantity = fields.Float(string="Still Out", compute="_compute_open_quantity", store=True, digits="Product Unit")
    notice_ids = fields.Many2many("cosmetics.recall.notice", "cosmetics_recall_notice_line_rel", "line_id", "notice_id", readonly=True)
    notice_state = fields.Selection(
        [
            ("todo", "To Tell"),
            ("queued", "Being Sent"),
            ("sent", "Told"),
            ("failed", "Failed"),
            ("no_contact", "No Contact"),
        ],
        string="Notification",
        compute="_compute_notice_state",
        store=True,
        index=True,
    )

    _key_once = models.UniqueIndex("(recall_id, key)", "This buyer is on the list already. List the buyers again.")

    @api.depends("quantity", "returned_quantity")
    def _compute_open_quantity(self):
        for line in self:
            line.open_quantity = line.quantity - line.returned_quantity

    @api.depends("notice_ids.state", "partner_id.email", "partner_id.phone")
    def _compute_notice_state(self):
        for line in self:
            states = set(line.notice_ids.mapped("state"))
            reached = next((state for state in ("sent", "queued", "failed") if state in states), None)
            can_reach = line.partner_id.email or line.partner_id.phone
            line.notice_state = reached or ("todo" if can_reach else "no_contact")

    def action_open_document(self):
        """Open the document of the sale, or the moves of the shop in that hour."""
        self.ensure_one()
        self.check_access("read")
        if self.res_model and self.res_id:
            return {"type": "ir.actions.act_window", "res_model": self.res_model, "res_id": self.res_id, "view_mode": "form"}
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        domain = self.recall_id._get_moved_domain() & self.recall_id._get_hour_domain(self.at)
        domain &= Domain("location_dest_id.usage", "=", "customer") | Domain("location_dest_id.shelf_life_use", "=", "gift")
        if self.store_id.warehouse_id:
            domain &= Domain("location_id.warehouse_id", "=", self.store_id.warehouse_id.id)
        return {**action, "domain": list(domain), "context": {}}

    def action_mark_called(self):
        """Note that the user has told these buyers by phone; every purchase of the same buyer on the recall counts as told."""
        self.recall_id.check_access("write")
        if any(not line.partner_id for line in self):
            raise UserError(self.env._("Nobody knows who bought these goods. Choose lines with a buyer."))
        for recall, lines in self.grouped("recall_id").items():
            recall._create_notices("phone", lines.partner_id, {"state": "sent"})

    def action_send_mail(self):
        """Write to these buyers by e-mail."""
        self.recall_id.check_access("write")
        self.recall_id._check_notifying()
        for recall, lines in self.grouped("recall_id").items():
            recall._send_notices("mail", lines.partner_id)

    def _get_key(self):
        """Return what makes the line the same at the next refresh: contacts that were merged since have bought as one."""
        self.ensure_one()
        if not self.partner_id:
            return self.key
        names = ("kind", "res_model", "res_id")
        return self.recall_id._get_buyer_key({**{name: self[name] for name in names}, "partner_id": self.partner_id.id})
