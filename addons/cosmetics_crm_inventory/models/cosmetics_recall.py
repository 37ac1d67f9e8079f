"""Buyers of a recalled batch are told by SMS and e-mail; who was not reached is called."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.recall_text import shorten


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    unreached_count = fields.Integer(
        string="Not Reached", compute="_compute_unreached_count", help="Buyers who have to be called, and sales to people unknown."
    )

    @api.depends("line_ids.notice_state", "line_ids.open_quantity", "state")
    def _compute_unreached_count(self):
        for recall in self:
            lines = recall._get_unreached_lines()
            recall.unreached_count = len(lines.partner_id) + len(lines.filtered(lambda line: not line.partner_id))

    def action_tell_buyers(self):
        """Write to all known buyers by SMS and by e-mail, but those who were called; each number and each buyer once."""
        self.check_access("write")
        self._check_notifying()
        self._lock_rows()
        for recall in self:
            recall.company_id._get_recall_template()
            called = recall.notice_ids.filtered(lambda notice: notice.channel == "phone" and notice.state == "sent").partner_id
            partners = recall.line_ids.partner_id - called
            if not partners:
                raise UserError(self.env._("There is nobody to write to: the list has no known buyer who was not called."))
            for code in ("sms", "mail"):
                recall._send_notices(code, partners)

    def action_view_unreached(self):
        """Open the buyers who were not reached, with what to do next."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_recall_line_action")
        domain = [("recall_id", "=", self.id), ("unreached_reason", "!=", False)]
        name = self.env._("Not Reached")
        return {**action, "name": name, "display_name": name, "domain": domain, "context": {"create": False}}

    def action_export_unreached(self):
        """Download the list of those who were not reached as a spreadsheet."""
        self.ensure_one()
        self._check_may_export()
        return {"type": "ir.actions.act_url", "url": f"/cosmetics/recall/{self.id}/not-reached.xlsx", "target": "download"}

    @api.model
    def _get_notice_channels(self):
        channel = {"code": "sms", "name": self.env._("SMS"), "field": "recall_phone", "send": "_send_by_sms"}
        return [*super()._get_notice_channels(), channel]

    def _get_unreached_lines(self):
        """Return the lines of buyers who were not reached."""
        return self.line_ids.filtered("unreached_reason") if self.state in ("notifying", "closed") else self.line_ids.browse()

    def _get_unreached_rows(self):
        """Return the list as rows of text, one a line, headed by what the columns are."""
        reasons = dict(self.line_ids._fields["unreached_reason"]._description_selection(self.env))
        heads = (
            self.env._("Recall"),
            self.env._("Buyer"),
            self.env._("Phone"),
            self.env._("E-Mail"),
            self.env._("Document"),
            self.env._("Still Out"),
            self.env._("Why"),
            self.env._("Next Step"),
        )
        rows = [
            (
                self.name,
                line.partner_id.name or "",
                line.phone or "",
                line.email or "",
                line.document or "",
                line.open_quantity,
                reasons[line.unreached_reason],
                line.next_step,
            )
            for line in self._get_unreached_lines()
        ]
        return [heads, *rows]

    def _check_may_export(self):
        """Telephone numbers of many people leave the house: who runs recalls may take them, nobody else."""
        self.check_access("write")

    def _get_sms_goods(self):
        """Return the product and batches as an SMS names them."""
        lots = self.recall_lot_ids
        return {
            "product": shorten(lots.product_id.mapped("name"), "种"),
            "batch": shorten(lots.lot_id.mapped("name"), "批"),
        }
