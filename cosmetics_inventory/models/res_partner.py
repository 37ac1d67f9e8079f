"""What a vendor shows and promises."""

from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    has_receipt_minimum = fields.Boolean(
        string="Own Minimum Remaining Life",
        help="The agreement with this vendor differs from the setting of the company. "
        "With both values 0 there is no limit for this vendor.",
    )
    receipt_min_share = fields.Float(string="Minimum Share of Life", help="Share of the whole life a batch must still have at receipt.")
    receipt_min_days = fields.Integer(string="Minimum Remaining Days", help="Days a batch must still be usable at receipt.")
    supplier_document_ids = fields.One2many("cosmetics.supplier.document", "partner_id", string="Supplier Papers")
    supplier_document_count = fields.Integer(string="Number of Papers", compute="_compute_supplier_document_count")

    _receipt_minimum_sane = models.Constraint(
        "CHECK ((receipt_min_share IS NULL OR (receipt_min_share >= 0 AND receipt_min_share <= 1)) "
        "AND (receipt_min_days IS NULL OR receipt_min_days >= 0))",
        "The share of life goes from 0 to 100 %, and days cannot be negative.",
    )

    @api.depends("supplier_document_ids")
    def _compute_supplier_document_count(self):
        counts = dict(self.env["cosmetics.supplier.document"]._read_group([("partner_id", "in", self.ids)], ["partner_id"], ["__count"]))
        for partner in self:
            partner.supplier_document_count = counts.get(partner, 0)

    def action_view_supplier_documents(self):
        """Open the papers of the supplier; the rights of the user decide what is in the list."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_supplier_document_action")
        action["domain"] = [("partner_id", "child_of", self.commercial_partner_id.id)]
        action["context"] = {"default_partner_id": self.id}
        return action

    def _get_receipt_minimum(self, company):
        """Return (share, days) of life a batch of this vendor must still have at receipt; 0 is no limit.

        Also called without a vendor: then the setting of the company counts.
        """
        source = self.commercial_partner_id if self.commercial_partner_id.has_receipt_minimum else company
        return source.receipt_min_share, source.receipt_min_days
