from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ..tools import recall_balance

LINES_AT_ONCE = 5000


class CosmeticsRecall(models.Model):
    _inherit = "cosmetics.recall"

    buyer_count = fields.Integer(compute="_compute_buyer_count")
    refreshed_at = fields.Datetime(string="Buyers Listed on", readonly=True, copy=False)
    unmatched_quantity = fields.Float(
        string="Returned by Unknown Buyers",
        readonly=True,
        copy=False,
        digits="Product Unit",
        help="Came back from customers, but belongs to no sale in the list.",
    )

    @api.depends("line_ids")
    def _compute_buyer_count(self):
        counts = dict(self.env["cosmetics.recall.line"]._read_group([("recall_id", "in", self.ids)], ["recall_id"], ["__count"]))
        for recall in self:
            recall.buyer_count = counts.get(recall, 0)

    def action_refresh_buyers(self):
        """List who bought the batches, as of now. Who was called or written to stays on the list."""
        self.check_access("write")
        self._lock_rows()
        for recall in self:
            rows, unmatched = recall._prepare_buyers()
            recall._write_buyers({recall._get_buyer_key(row): row for row in rows})
            recall.write({"refreshed_at": fields.Datetime.now(), "unmatched_quantity": unmatched})

    def action_view_buyers(self):
        """Open the list of buyers."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_recall_line_action")
        return {**action, "domain": [("recall_id", "in", self.ids)], "context": {"create": False}}

    @api.model
    def _get_buyer_rows(self, lots):
        """Return who got these batches: one dict a document, oldest first.

        Keys: kind (order, till, gift, exchange, delivery), partner_id (False: nobody knows), store_id, at (naive UTC),
        quantity (unit of the product), document (what people call it), res_model and res_id (the record), and picking_id,
        by which returns find their sale. A module that knows more about a picking than its number (the order, the till
        sale, the points exchange) calls super() and changes the row of that picking; it adds none for goods a picking
        already shows. Several rows may share a picking; their quantities then add up to its quantity.
        """
        found = self._select_buyers(lots)
        stores = self._get_store_ids()
        return [
            {
                "kind": "delivery" if usage == "customer" else "gift",
                "partner_id": partner or False,
                "store_id": stores.get(warehouse, False),
                "at": at,
                "quantity": float(quantity),
                "document": document,
                "res_model": "stock.picking" if picking_id else "stock.move",
                "res_id": picking_id or move,
                "picking_id": picking_id or False,
            }
            for usage, warehouse, picking_id, _picking, move, partner, at, quantity, document in found
        ]

    @api.model
    def _select_buyers(self, lots):
        """Return what left stock for customers or gifts, summed up by PostgreSQL: one tuple a document, oldest first."""
        if not lots:
            return []
        self._flush_moves()
        self.env.cr.execute(
            SQL(
                """
                SELECT target.usage, source.warehouse_id, picking.id, COALESCE(picking.id, 0) AS picking,
                       CASE WHEN picking.id IS NULL THEN line.move_id END AS move,
                       COALESCE(MAX(picking.partner_id), MAX(move.partner_id)) AS partner, MIN(line.date) AS at,
                       SUM(line.quantity_product_uom) AS quantity,
                       COALESCE(MAX(picking.name), MAX(move.origin), MAX(move.reference), '') AS document
                  FROM stock_move_line line
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location target ON target.id = line.location_dest_id
                  LEFT JOIN stock_move move ON move.id = line.move_id
                  LEFT JOIN stock_picking picking ON picking.id = COALESCE(line.picking_id, move.picking_id)
                 WHERE line.lot_id IN %s AND line.state = 'done' AND line.company_id IN %s
                   AND (target.usage = 'customer' OR target.shelf_life_use = 'gift') AND source.usage != 'customer'
                 GROUP BY 1, 2, 3, 4, 5
                 ORDER BY MIN(line.date), 4
                """,
                tuple(lots.ids),
                tuple(self._get_buyer_companies().ids),
            )
        )
        return self.env.cr.fetchall()

    @api.model
    def _get_return_rows(self, lots):
        """Return what came back from customers: dicts with picking_id (of the sale, if the return names it), partner_id, store_id, at,
        quantity, return_picking_id. A till names the sale of its refunds here."""
        if not lots:
            return []
        self._flush_moves()
        self.env.cr.execute(
            SQL(
                """
                SELECT sold.picking_id, target.warehouse_id, picking.id, COALESCE(MAX(picking.partner_id), MAX(move.partner_id)),
                       MIN(line.date), SUM(line.quantity_product_uom)
                  FROM stock_move_line line
                  JOIN stock_location source ON source.id = line.location_id
                  JOIN stock_location target ON target.id = line.location_dest_id
                  JOIN stock_move move ON move.id = line.move_id
                  LEFT JOIN stock_move sold ON sold.id = move.origin_returned_move_id
                  LEFT JOIN stock_picking picking ON picking.id = COALESCE(line.picking_id, move.picking_id)
                 WHERE line.lot_id IN %s AND line.state = 'done' AND line.company_id IN %s
                   AND source.usage = 'customer' AND target.usage != 'customer'
                 GROUP BY 1, 2, 3
                """,
                tuple(lots.ids),
                tuple(self._get_buyer_companies().ids),
            )
        )
        names = ("picking_id", "store_id", "return_picking_id", "partner_id", "at", "quantity")
        rows = [dict(zip(names, found, strict=True)) for found in self.env.cr.fetchall()]
        stores = self._get_store_ids()
        for row in rows:
            row.update(store_id=stores.get(row["store_id"], False), quantity=float(row["quantity"]))
        return rows

    def _prepare_buyers(self):
        """Return (rows of the list, what came back and belongs to none of them)."""
        self.ensure_one()
        lots = self.recall_lot_ids.lot_id
        rows = self._get_buyer_rows(lots)
        sales = [recall_balance.Sale(row["picking_id"], row["partner_id"], row["store_id"], row["at"], row["quantity"]) for row in rows]
        comebacks = [
            recall_balance.Comeback(row["picking_id"], row["partner_id"], row["store_id"], row["at"], row["quantity"])
            for row in self._get_return_rows(lots)
        ]
        unmatched = recall_balance.spread_returns(sales, comebacks)
        for row, sale in zip(rows, sales, strict=True):
            row["returned_quantity"] = sale.returned
        return self._group_unknown(rows), unmatched

    @api.model
    def _group_unknown(self, rows):
        """Return the rows with the sales to unknown people summed up by kind, store and hour."""
        known, unknown = [], {}
        for row in rows:
            row["sale_count"] = 1
            if row["partner_id"]:
                known.append(row)
                continue
            hour = row["at"].replace(minute=0, second=0, microsecond=0)
            group = unknown.setdefault(
                (row["kind"], row["store_id"], hour),
                {**row, "at": hour, "quantity": 0, "returned_quantity": 0, "sale_count": 0, "res_model": False, "res_id": False},
            )
            for name in ("quantity", "returned_quantity", "sale_count"):
                group[name] += row[name]
        for group in unknown.values():
            if group["sale_count"] > 1:
                group["document"] = self.env._("%s sales", group["sale_count"])
        return known + list(unknown.values())

    @api.model
    def _get_buyer_key(self, row):
        """Return what makes a row the same at the next refresh."""
        if row["partner_id"]:
            return f"{row['kind']}/{row['res_model']}/{row['res_id']}/{row['partner_id']}"
        return f"{row['kind']}/{row['store_id'] or 0}/{fields.Datetime.to_string(row['at'])}"

    def _write_buyers(self, rows):
        """Bring the list in line with {key: row}: add, change and remove only what differs."""
        self.ensure_one()
        # sudo: the list follows from the moves; nobody enters, changes or deletes a buyer by hand.
        Line, Partner = self.env["cosmetics.recall.line"].sudo(), self.env["res.partner"]
        names = ("quantity", "returned_quantity", "sale_count")
        gone = Line
        for line in Line.search([("recall_id", "=", self.id)]):
            key = line._get_key()
            row = rows.pop(key, None)
            if row is None:
                gone |= line
            elif line.key != key or any(line[name] != row[name] for name in names):
                line.write({"key": key, **{name: row[name] for name in names}})
        told = gone.filtered("notice_ids")
        told.write(dict.fromkeys(names, 0))  # whoever was told stays on record, with nothing left to bring back
        (gone - told).unlink()
        notices = self.notice_ids.grouped("partner_id")  # they name every batch: whoever got one knows of a purchase found later, too
        fresh = [
            {
                "recall_id": self.id,
                "key": key,
                **{name: row[name] for name in self._get_line_fields()},
                "notice_ids": [(6, 0, notices[partner].ids)] if (partner := Partner.browse(row["partner_id"])) in notices else [],
            }
            for key, row in rows.items()
        ]
        for values in split_every(LINES_AT_ONCE, fresh, list):
            Line.create(values)

    @api.model
    def _get_line_fields(self):
        """Return the keys of a row that its line on the list keeps."""
        return (
            "kind",
            "partner_id",
            "store_id",
            "at",
            "document",
            "res_model",
            "res_id",
            "quantity",
            "returned_quantity",
            "sale_count",
        )

    def _get_buyer_summary(self):
        """Return what the report says of the buyers: known and told people, units sold to known and unknown ones."""
        self.ensure_one()
        known = self.line_ids.filtered("partner_id")
        return {
            "known": len(known.partner_id),
            "told": len(known.filtered(lambda line: line.notice_state == "sent").partner_id),
            "known_quantity": sum(known.mapped("quantity")),
            "unknown_quantity": sum((self.line_ids - known).mapped("quantity")),
        }

    def _get_buyer_companies(self):
        """Return the company of the recall, or the user's own when no recall is at hand."""
        return self.company_id or self.env.company

    def _get_store_ids(self):
        """Return {warehouse id: store id} of the companies of the recall."""
        warehouses = self.env["stock.warehouse"].search([("company_id", "in", self._get_buyer_companies().ids)])
        stores = self.env["cosmetics.store"]._get_stores_of_warehouses(warehouses)
        return {warehouse.id: store.id for warehouse, store in stores.items()}

    def _flush_moves(self):
        for model in ("stock.move.line", "stock.move", "stock.picking", "stock.location"):
            self.env[model].flush_model()

    @api.model
    def _get_hour_domain(self, at):
        """Return the domain of moves in the hour that begins at `at` (naive UTC)."""
        start = at.replace(minute=0, second=0, microsecond=0)
        return Domain("date", ">=", start) & Domain("date", "<", fields.Datetime.add(start, hours=1))
