"""The batch that a case is about, read from the pack by the customer."""

from odoo import api, fields, models


class HelpdeskTicket(models.Model):
    """The number is typed as it stands on the pack; the batch is found from it, for the service reads no stock."""

    _inherit = "helpdesk.ticket"

    lot_name = fields.Char(
        string="Batch No.", copy=False, groups="base.group_user", help="As printed on the pack, e.g. read out by the customer."
    )
    lot_id = fields.Many2one(
        "stock.lot", string="Batch", compute="_compute_lot_id", store=True, index="btree_not_null", groups="stock.group_stock_user"
    )
    lot_found = fields.Selection(
        [("found", "A batch of ours"), ("unknown", "Not a batch of ours")], compute="_compute_lot_found", groups="base.group_user"
    )
    lot_expires_on = fields.Date(string="Expires On", compute="_compute_lot_found", groups="base.group_user")

    @api.depends("lot_name", "product_id", "company_id")
    def _compute_lot_id(self):
        # sudo: whether the batch is ours is known to everybody who takes the case
        lots = self.env["stock.lot"].sudo()
        for ticket in self:
            name = (ticket.lot_name or "").strip()
            own = [("name", "=ilike", name), ("product_id", "=", ticket.product_id.id), ("company_id", "in", [False, ticket.company_id.id])]
            ticket.lot_id = lots.search(own, limit=1) if name and ticket.product_id else False

    @api.depends("lot_id", "lot_name", "product_id")
    def _compute_lot_found(self):
        for ticket in self:
            lot = ticket.sudo().lot_id  # sudo: two facts of the pack
            is_asked = ticket.lot_name and ticket.product_id
            ticket.lot_found = ("found" if lot else "unknown") if is_asked else False
            ticket.lot_expires_on = lot.expiration_on
