"""What was agreed with a vendor and what was paid, from its card."""

from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    supplier_contract_count = fields.Integer(string="Number of Contracts", compute="_compute_supplier_contract_count")

    def _compute_supplier_contract_count(self):
        groups = self.env["cosmetics.supplier.contract"]._read_group(
            [("partner_id", "child_of", self.commercial_partner_id.ids)], ["partner_id"], ["__count"]
        )
        for partner in self:
            mine = partner.commercial_partner_id
            partner.supplier_contract_count = sum(count for holder, count in groups if holder.commercial_partner_id == mine)

    def action_view_supplier_contracts(self):
        """Open the contracts of the vendor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_purchase.cosmetics_supplier_contract_action")
        return action | {
            "domain": [("partner_id", "child_of", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_view_vendor_evaluations(self):
        """Open the evaluations of the vendor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_purchase.cosmetics_vendor_evaluation_action")
        return action | {
            "domain": [("partner_id", "child_of", self.commercial_partner_id.id)],
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_view_purchase_prices(self):
        """Open what was paid to the vendor."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_purchase.cosmetics_purchase_price_action")
        return action | {
            "domain": [("partner_id", "child_of", self.commercial_partner_id.id)],
            "context": {"search_default_group_product": 1},
        }
