"""Batches: our alerts take the place of core's, and cases of adverse reactions are counted."""

from odoo import api, fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    adverse_reaction_count = fields.Integer(
        string="Adverse Reactions", compute="_compute_adverse_reaction_count", groups="cosmetics_inventory.group_adverse_reaction"
    )

    def _compute_adverse_reaction_count(self):
        groups = self.env["cosmetics.adverse.reaction"]._read_group(
            [("lot_id", "in", self.ids), ("follow_up_of_id", "=", False)], ["lot_id"], ["__count"]
        )
        counts = dict(groups)
        for lot in self:
            lot.adverse_reaction_count = counts.get(lot, 0)

    def action_view_adverse_reactions(self):
        """Open the cases of the batch; a new one starts with it filled in."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_adverse_reaction_action")
        context = {"default_product_id": self.product_id.id, "default_lot_id": self.id}
        return {**action, "domain": [("lot_id", "=", self.id)], "context": context}

    @api.model
    def _alert_date_exceeded(self):
        """Core plans one To-Do for each batch, once for ever. Managed batches have our alerts instead: note them as told, plan nothing."""
        told = self.search(
            [
                ("product_id.is_shelf_life_managed", "=", True),
                ("alert_date", "<=", fields.Date.today()),
                ("product_expiry_reminded", "=", False),
            ]
        )
        told.write({"product_expiry_reminded": True})
        return super()._alert_date_exceeded()
