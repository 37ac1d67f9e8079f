"""What the screen for counting shows, and what a scan means there. Nothing here says what the books hold, unless the sheet is open."""

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import escape_psql

from ..tools import label_code


class CosmeticsStockCount(models.Model):
    _inherit = "cosmetics.stock.count"

    @api.model
    def load_open_counts(self):
        """Return the counts the user may count now: list of dicts id, name, state, place, done, total."""
        self.env["cosmetics.stock.count"]._check_counter()
        counts = self.search([("state", "in", ("counting", "recount"))])
        return [
            {
                "id": count.id,
                "name": count.name,
                "state": count.state,
                # sudo: names of the own shop's places
                "place": count.sudo().store_id.name or count.sudo().warehouse_id.name,
                "done": count.counted_count,
                "total": count.line_count,
            }
            for count in counts
        ]

    def load_sheet(self):
        """Return the sheet as the screen keeps it while the network is away.

        :return: dict of id, name, state, round, is_blind, locations (list of dicts id, name) and lines (see `_prepare_sheet_line`)
        """
        self.ensure_one()
        self._check_counter()
        count = self.sudo()  # sudo: names of goods and places; what the books hold is left out below
        lines = count.line_ids.filtered(lambda line: line.round == count.round) - count._get_lines_of_mine()
        mine = dict(
            self.env["cosmetics.stock.count.entry"]
            .sudo()
            ._read_group(  # sudo: the user's own figures
                [("line_id", "in", lines.ids), ("round", "=", count.round), ("user_id", "=", self.env.uid)], ["line_id"], ["quantity:sum"]
            )
        )
        entered = lines._read_entries()
        boxes = lines.product_id._get_box_codes()
        return {
            "id": self.id,
            "name": self.name,
            "state": self.state,
            "round": self.round,
            "is_blind": self.is_blind,
            "locations": [{"id": place.id, "name": place.display_name} for place in count._get_sheet_locations()],
            "lines": [
                {
                    **line._prepare_sheet_line(boxes.get(line.product_id, {})),
                    "mine": mine.get(line, 0.0),
                    "is_counted": line.id in entered,
                    "book": False if self.is_blind else line.book_quantity,
                }
                for line in lines
            ],
        }

    def read_scan(self, text, location_id, product_id=False):
        """Return what a scanned or typed code means at a place of this count.

        :param product_id: the product on the screen, for codes that name a batch alone
        :return: dict of product_id, product, lot_id, lot, expiration_on, production_date, quantity, tracking, needs_date, message
        """
        self.ensure_one()
        self._check_counter()
        # sudo: who counts holds the goods in the hand; product and batch are no secret
        reader = self.env["cosmetics.label.reader"].sudo()
        try:
            label = reader._read_label(str(text or ""))
        except ValidationError as error:  # the nomenclature says what is wrong with the code
            return {"product_id": False, "message": str(error)}
        product, pieces = reader._find_product(label.code) if label.code else (self._get_screen_product(product_id), 1.0)
        lot = self.sudo()._find_scanned_lot(product, label, product_id)
        product = product or lot.product_id
        if not product:
            message = self.env._(
                "No product and no batch has the code %s. Scan the barcode of the product first.", label.code or label.batch
            )
            return {"product_id": False, "message": message}
        quantity = label.quantity if label.quantity is not None else (pieces if pieces != 1.0 else False)
        return {
            "product_id": product.id,
            "product": product.display_name,
            "tracking": product.tracking,
            "needs_date": product.is_shelf_life_managed,
            "lot_id": lot.id,
            "lot": lot.name or label.batch or "",
            "expiration_on": lot.expiration_on or label.expiration_on or False,
            "production_date": lot.production_date or label.production_on or False,
            "quantity": quantity,
            "message": False if self.sudo()._is_in_scope(product, self._get_place(location_id)) else self.env._("Not part of this count"),
        }

    def _get_place(self, location_id):
        return self.env["stock.location"].sudo().browse(location_id or []).exists()  # sudo: see `read_scan`

    def _get_screen_product(self, product_id):
        return self.env["product.product"].sudo().browse(product_id or []).exists()  # sudo: see `read_scan`

    def _find_scanned_lot(self, product, label, product_id):
        """Return the batch a label names; a code that is no product may be the name of a batch."""
        lots = self.env["stock.lot"]
        name = label.batch or ("" if product else label_code.narrow(label.code))
        if not name:
            return lots
        domain = [("name", "=ilike", escape_psql(name)), ("company_id", "in", (False, self.company_id.id))]
        if product:
            domain.append(("product_id", "=", product.id))
        found = lots.search(domain, limit=10)
        if len(found) > 1:
            expected = self.line_ids.lot_id
            found = found.filtered(lambda lot: lot.product_id.id == product_id) or found.filtered(lambda lot: lot in expected) or found
        return found if len(found) == 1 else lots

    def _get_sheet_locations(self):
        """Return the places of this count where goods may lie."""
        places = self.location_ids or self.warehouse_id.view_location_id
        return self.env["stock.location"].search([("id", "child_of", places.ids), ("usage", "=", "internal")])
