"""A warehouse, a shop with a till, and people who move batches between them by every way the system has."""

from contextlib import contextmanager

from freezegun import freeze_time
from odoo import Command
from odoo.addons.cosmetics_sales_pos.tests.common import TillCommon
from odoo.exceptions import UserError
from odoo.tools import SQL

from .shelf_life_oracle import Line, Spot

# Noon in China.
START = "2026-03-10 04:00:00"


class RefusedError(Exception):
    """The system did not do what was asked of it, without raising an error."""


class ShelfLifeWorld(TillCommon):
    """Places, people and goods; each `do_…` is one act of one person."""

    @classmethod
    def setUpClass(cls):
        with freeze_time(START):
            super().setUpClass()
            # Orders leave from the shelf the oracle looks at, not from wherever a rule would find the goods.
            cls.env["cosmetics.allocation.rule"].search([]).active = False
            cls._create_people()
            cls._create_places()
            names = {"Test Cream": 36, "Test Mask": 3}
            cls.products = [cls._create_till_product(name=name, is_storable=True, shelf_life_months=n) for name, n in names.items()]
            cls.customer, cls.vendor = cls.env["res.partner"].create([{"name": "Test Customer"}, {"name": "Test Vendor"}])
            cls.env.flush_all()

    @classmethod
    def _create_people(cls):
        cls.keeper = cls._create_user("test_keeper", "cosmetics_inventory.group_warehouse_keeper", "cosmetics_base.group_all_stores")
        cls.chief = cls._create_user("test_chief", "cosmetics_inventory.group_warehouse_manager")
        cls.quality = cls._create_user("test_quality", "cosmetics_inventory.group_quality_manager")
        cls.salesperson = cls._create_user("test_salesperson", "cosmetics_sales.group_salesperson")

    @classmethod
    def _create_places(cls):
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.env.company.id)], limit=1)
        cls.shop = cls.env["stock.warehouse"].create({"name": "Test Shop", "code": "TSHOP"})
        cls.store.write({"warehouse_id": cls.shop.id})
        cls.till.picking_type_id = cls.shop.pos_type_id
        gift, tester, back = cls.env["stock.location"].create(
            [
                {"name": "Test Gifts", "usage": "inventory", "shelf_life_use": "gift"},
                {"name": "Test Testers", "usage": "inventory", "shelf_life_use": "tester"},
                {"name": "Test Back Room", "usage": "internal", "location_id": cls.warehouse.lot_stock_id.id},
            ]
        )
        production = cls.env["stock.location"].search([("usage", "=", "production"), ("company_id", "=", cls.env.company.id)], limit=1)
        cls.places = {
            "stock": cls.warehouse.lot_stock_id,
            "back": back,
            "shop": cls.shop.lot_stock_id,
            "transit": cls.env.company.internal_transit_location_id,
            "customer": cls.env.ref("stock.stock_location_customers"),
            "supplier": cls.env.ref("stock.stock_location_suppliers"),
            "production": production,
            "gift": gift,
            "tester": tester,
        }

    # ------------------------------------------------------------------ acts
    def do_receive(self, product, name, made_on, expires_on, quantity):
        """The keeper receives a new batch, and quality lets it go on sale; return the batch."""
        picking = self._create_picking(self.keeper, self.warehouse.in_type_id, "supplier", "stock", product, quantity)
        vals = {"lot_name": name, "production_date": made_on, "expiration_on": expires_on}
        self._write_line(picking, quantity, vals)
        self._finish(picking, "validate")
        lot = picking.move_line_ids.lot_id
        if lot.quality_state == "quarantine":
            self.do_decide(lot, "released")
        return lot

    def do_transfer(self, lot, quantity, source, target, way):
        """The warehouse manager moves goods of a batch from one place to another."""
        picking_type = self.warehouse.out_type_id if target in ("customer", "supplier") else self.warehouse.int_type_id
        picking = self._create_picking(self.chief, picking_type, source, target, lot.product_id, quantity)
        self._write_line(picking, quantity, {"lot_id": lot.id})
        self._finish(picking, way)

    def do_order(self, product, quantity):
        """A salesperson sells, first-expiring first; return the delivery, which holds what could be reserved."""
        lines = [Command.create({"product_id": product.id, "product_uom_qty": quantity})]
        order = self.env["sale.order"].with_user(self.salesperson).create({"partner_id": self.customer.id, "order_line": lines})
        order.action_confirm()
        return order.picking_ids

    def do_deliver(self, picking, way, lot=None):
        """The keeper ships what is reserved, or another batch that the keeper likes better."""
        picking = picking.with_user(self.keeper)
        if lot:
            self._write_line(picking, sum(picking.move_ids.mapped("product_uom_qty")), {"lot_id": lot.id})
        elif not picking.move_line_ids:
            raise RefusedError("nothing is reserved")
        picking.move_ids.picked = True
        self._finish(picking, way)

    def do_return(self, picking):
        """The keeper takes a delivery back."""
        wizard = self.env["stock.return.picking"].with_user(self.keeper).create({"picking_id": picking.id})
        for line in wizard.product_return_moves:
            line.quantity = line.move_id.quantity
        action = wizard.action_create_returns()
        back = self.env["stock.picking"].with_user(self.keeper).browse(action["res_id"])
        back.move_ids.picked = True
        self._finish(back, "validate")

    def prepare_ticket(self, lot, quantity):
        """Return a paid sale as the till holds it until it has a connection."""
        pack = [Command.create({"lot_name": lot.name})]
        return self._prepare_sale(lot.product_id, quantity=quantity, pack_lot_ids=pack)

    def do_ticket(self, ticket):
        """The till sends a sale; it must be kept whatever becomes of its goods. Return its transfers."""
        order = self._send(ticket)
        self.assertIn(order.state, ("paid", "done"))
        if any(picking.state != "done" for picking in order.picking_ids):
            found = self.env["cosmetics.till.exception"].search([("order_id", "=", order.id)])
            self.assertTrue(found, "a sale whose goods did not move is on the list of the store manager")
        return order.picking_ids

    def do_decide(self, lot, state):
        """Quality holds, rejects or releases a batch."""
        wizard = self.env["cosmetics.lot.quality"].with_user(self.quality)
        wizard.create({"lot_ids": [Command.set(lot.ids)], "state": state, "reason": "Test decision"}).action_confirm()

    def do_recall(self, lot):
        """Quality recalls a batch."""
        lines = [Command.create({"lot_id": lot.id})]
        self.env["cosmetics.recall"].with_user(self.quality).create({"reason": "Test recall", "recall_lot_ids": lines}).action_freeze()

    def do_correct(self, lot, expires_on, user):
        """Somebody corrects the last day of a batch."""
        # As the browser sends it: everything the screen shows, with what the person typed.
        shown = {"production_date": lot.production_date, "shelf_life_months": lot.shelf_life_months}
        typed = {"expiry_basis": "printed", "expiration_on": expires_on, "reason": "Test: read wrongly"}
        self.env["cosmetics.lot.correction"].with_user(user).create({"lot_id": lot.id, **shown, **typed}).action_confirm()

    def do_scrap(self, lot, quantity, source):
        """The keeper scraps goods of a batch."""
        vals = {"product_id": lot.product_id.id, "lot_id": lot.id, "scrap_qty": quantity, "location_id": self.places[source].id}
        scrap = self.env["stock.scrap"].with_user(self.keeper).create(vals)
        scrap.do_scrap()

    # ------------------------------------------------------------------ parts of acts
    def _create_picking(self, user, picking_type, source, target, product, quantity):
        places = {"location_id": self.places[source].id, "location_dest_id": self.places[target].id}
        move = {"product_id": product.id, "product_uom_qty": quantity, "product_uom": product.uom_id.id, **places}
        partner = self.vendor if "supplier" in (source, target) else self.customer
        vals = {"picking_type_id": picking_type.id, "partner_id": partner.id, "move_ids": [Command.create(move)], **places}
        picking = self.env["stock.picking"].with_user(user).create(vals)
        picking.action_confirm()
        return picking

    def _write_line(self, picking, quantity, vals):
        """Put one line with a batch on the only move of a transfer, in place of what was reserved."""
        move = picking.move_ids
        move.move_line_ids.unlink()
        reason = {"fefo_reason": "Test: the customer wants this one"} if "lot_id" in vals else {}
        places = {"location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id}
        common = {"move_id": move.id, "picking_id": picking.id, "product_id": move.product_id.id, "product_uom_id": move.product_uom.id}
        picking.env["stock.move.line"].create({**common, **places, **reason, **vals, "quantity": quantity, "picked": True})

    def _finish(self, picking, way):
        """Finish a transfer the way a person, an import or another module would."""
        # What a person clicks away in the browser.
        picking = picking.with_context(skip_expired=True, skip_backorder=True, skip_sanity_check=False)
        if way == "validate":
            picking.button_validate()
        elif way == "picking":
            picking._action_done()
        else:
            picking.move_ids._action_done()
        if picking.state != "done":
            raise RefusedError(f"the transfer stays {picking.state}")

    # ------------------------------------------------------------------ what the database says
    @contextmanager
    def attempt(self):
        """Run an act; yield a dict that says afterwards whether it was refused; then nothing may have changed."""
        before, outcome = self.snapshot(), {"refused": None}
        try:
            with self.env.cr.savepoint():
                yield outcome
                self.env.flush_all()
        except (UserError, RefusedError) as refusal:
            outcome["refused"] = str(refusal) or type(refusal).__name__
        if outcome["refused"]:
            self.env.invalidate_all()
            self.assertEqual(self.snapshot(), before, f"a refused act leaves no trace: {outcome['refused']}")

    def snapshot(self):
        """Return what a refused act must leave as it was."""
        ids = [product.id for product in self.products]
        queries = (
            SQL("SELECT id, location_id, lot_id, quantity, reserved_quantity FROM stock_quant WHERE product_id = ANY(%s) ORDER BY id", ids),
            SQL("SELECT id, state, lot_id, quantity FROM stock_move_line WHERE product_id = ANY(%s) ORDER BY id", ids),
            SQL("SELECT id, state FROM stock_move WHERE product_id = ANY(%s) ORDER BY id", ids),
            SQL("SELECT id, expiration_on, quality_state, sale_stop_on FROM stock_lot WHERE product_id = ANY(%s) ORDER BY id", ids),
            SQL("SELECT (SELECT count(*) FROM sale_order), (SELECT count(*) FROM stock_picking), (SELECT count(*) FROM pos_order)"),
        )
        self.env.flush_all()
        return [self.env.execute_query(query) for query in queries]

    def read_lines(self):
        """Return all finished lines of the goods with a batch."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT line.id, line.lot_id, line.location_id, line.location_dest_id, line.quantity_product_uom"
                " FROM stock_move_line line WHERE line.product_id = ANY(%s) AND line.state = 'done' ORDER BY line.id",
                [product.id for product in self.products],
            )
        )
        spots = self.read_spots()
        return [Line(row[0], row[1], spots[row[2]], spots[row[3]], float(row[4])) for row in rows]

    def read_spots(self):
        """Return {id: Spot} of all locations; a warehouse is a shop when a store that sells has it."""
        rows = self.env.execute_query(
            SQL(
                "SELECT place.id, place.usage, coalesce(place.shelf_life_use, ''), place.warehouse_id, EXISTS (SELECT FROM cosmetics_store"
                " store WHERE store.warehouse_id = place.warehouse_id AND store.kind IN ('shop', 'counter', 'online'))"
                " FROM stock_location place"
            )
        )
        return {row[0]: Spot(*row) for row in rows}

    def read_quants(self):
        """Return {(batch, location): (quantity, reserved)} of the goods in warehouses and on the way."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT quant.lot_id, quant.location_id, sum(quant.quantity), sum(quant.reserved_quantity) FROM stock_quant quant"
                " JOIN stock_location place ON place.id = quant.location_id AND place.usage IN ('internal', 'transit')"
                " WHERE quant.product_id = ANY(%s) GROUP BY 1, 2",
                [product.id for product in self.products],
            )
        )
        return {(lot, place): (float(quantity), float(reserved)) for lot, place, quantity, reserved in rows}

    def read_free(self, product, place):
        """Return {batch: quantity that nobody has reserved} in a place and below it."""
        inside = self.env["stock.location"].search([("id", "child_of", self.places[place].id)]).ids
        lots = set(self.env["stock.lot"].search([("product_id", "=", product.id)]).ids)
        free = {}
        for (lot, location), (quantity, reserved) in self.read_quants().items():
            if location in inside and lot in lots:
                free[lot] = free.get(lot, 0) + quantity - reserved
        return free
