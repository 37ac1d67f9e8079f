"""What can be delivered to this customer in time, shown on the line before anything is promised."""

from odoo import api, fields, models
from odoo.addons.cosmetics_inventory.tools.plain_figures import PLAIN
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day

from ..tools import supply


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    shelf_life_first_on = fields.Date(
        string="First Use-by Date",
        compute="_compute_shelf_life_supply",
        help="Use-by date of the batch that would go first to this customer.",
    )
    shelf_life_min_on = fields.Date(
        string="Promised Use-by Date",
        compute="_compute_shelf_life_supply",
        help="Goods that expire earlier break the promise to this customer.",
    )
    shelf_life_free_qty = fields.Float(
        string="Free for This Customer",
        compute="_compute_shelf_life_supply",
        digits="Product Unit",
        help="What can still be given to this customer on the promised day, in the unit of the line: "
        "not held, before its sale stops, with the promised shelf life, from the chosen band.",
    )
    shelf_life_withheld_qty = fields.Float(
        string="Withheld from This Customer",
        compute="_compute_shelf_life_supply",
        digits="Product Unit",
        help="What may be sold on that day, but not to this customer or not from this band.",
    )
    shelf_life_message = fields.Char(
        string="Deliverable",
        compute="_compute_shelf_life_message",
        help="Says how much can be delivered when it is less than ordered.",
    )

    @api.depends(
        "product_id",
        "product_uom_id",
        "product_uom_qty",
        "shelf_life_band_id",
        "warehouse_id",
        "customer_lead",
        "order_id.commitment_date",
        "order_id.partner_shipping_id",
        "order_id.channel_id",
        "move_ids.state",
    )
    def _compute_shelf_life_supply(self):
        """Serve all lines of the recordset from one look at the stock, in the order in which they stand."""
        judged = self.filtered(lambda line: line._is_supply_judged())
        days = {line: line._get_supply_day() for line in judged}
        floors = judged._get_promise_floors(days)
        supplies = supply.allocate(judged._get_supply_batches(), [line._get_supply_demand(days[line], floors.get(line)) for line in judged])
        for line in self:
            found = supplies.get(line.id, supply.Supply())
            line.shelf_life_min_on = floors.get(line) or False
            line.shelf_life_first_on = found.first_on
            line.shelf_life_free_qty = line._to_line_unit(found.free)
            line.shelf_life_withheld_qty = line._to_line_unit(found.withheld)

    @api.depends(
        "shelf_life_free_qty",
        "shelf_life_min_on",
        "shelf_life_first_on",
        "qty_to_deliver",
        "display_qty_widget",
        "is_mto",
        "move_ids.quantity",
        "order_id.allocation_state",
        "allocation_line_ids",
    )
    def _compute_shelf_life_message(self):
        for line in self:
            line.shelf_life_message = line._get_shelf_life_message()

    def _read_qties(self, date, wh):
        """An order is told what there is to sell, also while its clerk counts blind."""
        return super(SaleOrderLine, PLAIN.put_on(self))._read_qties(date, wh)

    @api.depends("shelf_life_free_qty", "shelf_life_withheld_qty")
    def _compute_qty_at_date(self):
        """Show what this customer can get on the promised day, not what lies in the warehouse."""
        res = super()._compute_qty_at_date()
        for line in self:
            if line.state in ("draft", "sent") and line.display_qty_widget and line._is_supply_judged():
                line.free_qty_today = line.shelf_life_free_qty
                line.virtual_available_at_date -= line.shelf_life_withheld_qty
        return res

    # ------------------------------------------------------------------ facts of the line
    def _is_supply_judged(self):
        """Return whether goods of the line are chosen by batch and still have to leave."""
        self.ensure_one()
        return bool(
            self.product_id.is_storable
            and self.product_id.tracking != "none"
            and self.product_uom_id
            and self.warehouse_id
            and self.state in ("draft", "sent", "sale")
            and self.product_uom_qty > 0
        )

    def _get_supply_day(self):
        """Return the day in China on which the goods are to leave; goods that are late leave today."""
        self.ensure_one()
        now = fields.Datetime.now()
        planned = self.order_id.commitment_date or (self._expected_date() if self.order_id else now)
        return max(china_day(planned), china_day(now))

    def _get_promise_facts(self):
        """Return whom the goods are for, as `stock.move._get_promise_facts()` does.

        The final customer is the company behind the delivery address; the shop is the one the goods leave from.
        """
        self.ensure_one()
        order = self.order_id
        partner = order.partner_shipping_id or order.partner_id
        return {
            "partner": partner.commercial_partner_id,
            "channel_id": order.channel_id.id,
            "store": self.env["cosmetics.store"]._get_store_of_warehouse(self.warehouse_id),
            "product": self.product_id,
            "company_id": self.company_id.id,
        }

    def _get_promise_floors(self, days):
        """Return {line: earliest use-by date that keeps the promise, or None}; whoever buys near-expiry goods was told."""
        # sudo: the promise binds whoever sells, also those who may not read the list of promises
        promises = self.env["cosmetics.shelf.life.promise"].sudo()
        return {
            line: promises._get_floor(line.product_id, line._get_promise_facts(), days[line])
            for line in self
            if line.product_id.is_shelf_life_managed and not line.shelf_life_band_id
        }

    def _get_supply_demand(self, day, floor):
        """Return the line as a `supply.Demand`, in the unit of the product. What moves have reserved is not asked for again."""
        return supply.Demand(
            key=self.id,
            shelf=(self.product_id._origin.id, self.warehouse_id._origin.id),
            day=day,
            quantity=max(self._to_product_unit(self.qty_to_deliver) - self._get_reserved_quantity(), 0.0),
            min_expiration_on=floor or None,
            band=self.shelf_life_band_id._origin.id or None,
        )

    def _get_supply_batches(self):
        """Return what lies free in the warehouses of the lines, as `supply.Batch`; two queries, however many lines."""
        # sudo: whoever sells sees how much there is, not the batches themselves
        quants = self.env["stock.quant"].sudo()
        rows = quants._read_group(
            [
                ("product_id", "in", self.product_id._origin.ids),
                ("location_id", "child_of", self.warehouse_id.view_location_id._origin.ids),
                ("location_id.usage", "=", "internal"),
                ("lot_id", "!=", False),
                ("lot_id.is_held", "=", False),
            ],
            ["product_id", "location_id", "lot_id"],
            ["quantity:sum", "reserved_quantity:sum"],
        )
        return [
            supply.Batch(
                key=lot.id,
                shelf=(product.id, location.warehouse_id.id),
                free=quantity - reserved,
                expiration_on=lot.expiration_on or None,
                sale_stop_on=lot.sale_stop_on or None,
                band=lot.band_id.id or None,
            )
            for product, location, lot, quantity, reserved in rows
        ]

    def _get_reserved_quantity(self):
        """Return what is reserved for the customer and has not left, in the unit of the product.

        In pick, pack and ship the goods are reserved by one step at a time.
        """
        moves = self.move_ids.filtered(lambda move: move.state in ("assigned", "partially_available"))
        return sum(move.product_uom._compute_quantity(move.quantity, move.product_id.uom_id) for move in moves)

    # ------------------------------------------------------------------ what the seller reads
    def _get_shelf_life_message(self):
        """Return one sentence when less can be delivered than ordered, else False."""
        self.ensure_one()
        if not self.display_qty_widget or self.is_mto or not self._is_supply_judged():
            return False
        if self.order_id.allocation_state == "allocated" and self.allocation_line_ids:
            return False  # several places give it together; the figures here know one
        wanted = self.qty_to_deliver
        there = min(self.shelf_life_free_qty + self._to_line_unit(self._get_reserved_quantity()), wanted)
        if self.product_uom_id.compare(there, wanted) >= 0:
            return False
        figures = {"there": f"{there:g}", "wanted": f"{wanted:g}"}
        if self.shelf_life_band_id:
            sentence = self.env._(
                "%(there)s of %(wanted)s can be delivered from the band “%(band)s”", **figures, band=self.shelf_life_band_id.name
            )
        elif self.shelf_life_min_on:
            days = (self.shelf_life_min_on - self._get_supply_day()).days
            sentence = self.env._("%(there)s of %(wanted)s can be delivered with %(days)s days left", **figures, days=days)
        else:
            sentence = self.env._("%(there)s of %(wanted)s can be delivered", **figures)
        if self.shelf_life_first_on:
            return self.env._("%(sentence)s; first batch %(date)s.", sentence=sentence, date=self.shelf_life_first_on)
        return self.env._("%(sentence)s; no other batch fits.", sentence=sentence)

    def _to_line_unit(self, quantity):
        """Return a quantity of the product's unit in the unit of the line."""
        unit = self.product_id.uom_id
        return unit._compute_quantity(quantity, self.product_uom_id, round=False) if quantity and self.product_uom_id else quantity

    def _to_product_unit(self, quantity):
        """Return a quantity of the line in the product's unit."""
        return self.product_uom_id._compute_quantity(quantity, self.product_id.uom_id, round=False)
