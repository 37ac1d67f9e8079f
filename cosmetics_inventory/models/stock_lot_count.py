from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    stock_count_count = fields.Integer(
        string="Number of Counts", compute="_compute_stock_count_count", groups="cosmetics_inventory.group_stock_count_manager"
    )

    def _compute_stock_count_count(self):
        counts = dict(self.env["cosmetics.stock.count.line"]._read_group([("lot_id", "in", self.ids)], ["lot_id"], ["__count"]))
        for lot in self:
            lot.stock_count_count = counts.get(lot, 0)

    def action_view_stock_counts(self):
        """Open the lines of counts in which this batch was counted; record rules decide which the user sees."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_stock_count_line_action")
        return {**action, "domain": [("lot_id", "=", self.id)], "context": {}}

    def _get_other_date_sentence(self, typed):
        """Return what a person is told who enters another use-by date for a batch that is known."""
        self.ensure_one()
        return self.env._(
            "Batch %(batch)s of “%(product)s” is known with the date %(known)s, but now %(typed)s was entered. "
            "Look at the pack: correct the date, or the batch number.",
            batch=self.name,
            product=self.product_id.display_name,
            known=self.expiration_on,
            typed=typed,
        )
