"""Batches and the inspection of their receipt; the dossier of a batch."""

from collections import defaultdict

from odoo import fields, models

OUTSIDE = ("supplier", "customer", "inventory", "production")


class StockLot(models.Model):
    _inherit = "stock.lot"

    is_held_by_inspection = fields.Boolean(
        readonly=True,
        copy=False,
        help="In quarantine only because a purchase inspection record is incomplete; released when it is complete.",
    )
    inspection_record_ids = fields.One2many("cosmetics.inspection.record", "lot_id", string="Inspection Records")
    inspection_record_count = fields.Integer(compute="_compute_inspection_record_count")

    def _compute_inspection_record_count(self):
        counts = dict(self.env["cosmetics.inspection.record"]._read_group([("lot_id", "in", self.ids)], ["lot_id"], ["__count"]))
        for lot in self:
            lot.inspection_record_count = counts.get(lot, 0)

    def action_view_inspection_records(self):
        """Open the inspection records of the batch; record rules decide which the user sees."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_inspection_record_action")
        return {**action, "domain": [("lot_id", "=", self.id)], "context": {}}

    def action_print_dossier(self):
        """Print the dossier of the batch: supplier, papers, inspection, receipts, where it went, what is left."""
        self.check_access("read")
        return self.env.ref("cosmetics_inventory.stock_lot_dossier_report").report_action(self)

    def _set_quality_state(self, state, reason):
        """Any decision about the quality ends the hold of an incomplete record: that decision counts from now on."""
        held = self.filtered("is_held_by_inspection")
        if held:
            held.sudo().is_held_by_inspection = False  # sudo: a mark of the system, nobody's data
        return super()._set_quality_state(state, reason)

    def _hold_for_inspection(self, reason):
        """Put released batches into quarantine until their inspection records are complete."""
        # sudo: the rule holds the batch, whatever the rights of the one who receives it
        self.sudo()._set_quality_state("quarantine", reason)
        self.sudo().is_held_by_inspection = True

    def _get_dossier(self):
        """Return what the dossier of a batch shows.

        :return: dict of lot, records, papers (supplier papers shown), receipts (done lines from suppliers), flows (list of dicts
            direction "in"|"out", kind, label, quantity in the unit of the product), shops (list of dicts warehouse, received,
            on_hand), on_hand (list of dicts location, quantity), received, gone, left, difference (0 when the sums tie out),
            balance (the same as a sentence)
        """
        self.ensure_one()
        flows, arrived = self._get_flows()
        quants = self.env["stock.quant"]._read_group(
            [("lot_id", "=", self.id), ("location_id.usage", "in", ("internal", "transit"))], ["location_id"], ["quantity:sum"]
        )
        on_hand = [{"location": location, "quantity": quantity} for location, quantity in quants if quantity]
        received = sum(flow["quantity"] for flow in flows if flow["direction"] == "in")
        gone = sum(flow["quantity"] for flow in flows if flow["direction"] == "out")
        left = sum(row["quantity"] for row in on_hand)
        difference = self.product_id.uom_id.round(received - gone - left)
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.id), ("state", "=", "done"), ("location_id.usage", "=", "supplier")], order="date, id"
        )
        return {
            "lot": self,
            "records": self.inspection_record_ids.sorted("id"),
            # sudo: who may print the dossier may see which papers stand behind it
            "papers": self.sudo().inspection_record_ids.document_ids.sorted("expires_on"),
            "receipts": lines,
            "flows": flows,
            "shops": self._get_dossier_shops(arrived, on_hand),
            "on_hand": on_hand,
            "received": received,
            "gone": gone,
            "left": left,
            "difference": difference,
            "balance": self._get_balance_sentence(received, gone, left, difference),
        }

    @staticmethod
    def _get_dossier_shops(arrived, on_hand):
        """Return what each warehouse received and still has, by name."""
        return [
            {
                "warehouse": warehouse,
                "received": quantity,
                "on_hand": sum(row["quantity"] for row in on_hand if row["location"].warehouse_id == warehouse),
            }
            for warehouse, quantity in sorted(arrived.items(), key=lambda item: item[0].name)
        ]

    def _get_balance_sentence(self, received, gone, left, difference):
        """Return whether what came in is what went out and what is left, in one sentence."""
        sums = {"received": received, "gone": gone, "left": left}
        if not difference:
            return self.env._("In %(received)g − out %(gone)g = on hand %(left)g: the sums tie out.", **sums)
        return self.env._("In %(received)g − out %(gone)g, but on hand %(left)g: difference %(difference)g.", **sums, difference=difference)

    def _get_flows(self):
        """Return (flows across the border of the stock, {warehouse: quantity that came from another one})."""
        groups = self.env["stock.move.line"]._read_group(
            [("lot_id", "=", self.id), ("state", "=", "done")], ["location_id", "location_dest_id"], ["quantity_product_uom:sum"]
        )
        sums, arrived = defaultdict(float), defaultdict(float)
        for source, target, quantity in groups:
            if (source.usage in OUTSIDE) != (target.usage in OUTSIDE):
                direction, outside = ("in", source) if source.usage in OUTSIDE else ("out", target)
                sums[(direction, *outside._get_dossier_kind(direction))] += quantity
            elif target.warehouse_id and target.warehouse_id != source.warehouse_id and target.usage not in OUTSIDE:
                arrived[target.warehouse_id] += quantity
        flows = [
            {"direction": direction, "kind": kind, "label": label, "quantity": quantity}
            for (direction, kind, label), quantity in sorted(sums.items())
            if quantity
        ]
        return flows, arrived
