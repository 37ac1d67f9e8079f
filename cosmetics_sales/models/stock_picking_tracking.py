"""The courier number on a delivery, and what deliveries tell the timeline."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import tracking_number


class StockPicking(models.Model):
    _inherit = "stock.picking"

    parcel_ids = fields.Many2many(
        "cosmetics.parcel",
        "cosmetics_parcel_stock_picking_rel",
        "picking_id",
        "parcel_id",
        string="Parcels",
        readonly=True,
        copy=False,
    )
    courier_number = fields.Char(
        compute="_compute_courier",
        inverse="_inverse_courier",
        search="_search_courier_number",
        help="Scan or type the number of the parcel; several parcels: one number after the other, parted by commas.",
    )
    courier_id = fields.Many2one(
        "cosmetics.carrier",
        compute="_compute_courier",
        inverse="_inverse_courier",
        search="_search_courier_id",
        help="Recognised by the number; what you choose counts.",
    )
    receiver_name = fields.Char(string="Receiver", compute="_compute_receiver_name", help="Whom the goods are for.")

    @api.depends("parcel_ids.tracking_no", "parcel_ids.carrier_id")
    @api.depends_context("lang")
    def _compute_courier(self):
        for picking in self:
            parcels = picking.parcel_ids.sorted("id")
            picking.courier_number = tracking_number.join(parcels.mapped("tracking_no"), self.env.lang) or False
            picking.courier_id = parcels.carrier_id[:1]

    def _inverse_courier(self):
        wanted = {picking: (tracking_number.split(picking.courier_number), picking.courier_id) for picking in self}
        for picking, (numbers, courier) in wanted.items():
            picking._set_parcels(numbers, courier)

    @api.model
    def _search_courier_number(self, operator, value):
        return [("parcel_ids.tracking_no", operator, value)]

    @api.model
    def _search_courier_id(self, operator, value):
        return [("parcel_ids.carrier_id", operator, value)]

    @api.depends("sale_id", "partner_id")
    @api.depends_context("uid")
    def _compute_receiver_name(self):
        readable = self._filtered_printable()
        (self - readable).receiver_name = False
        # sudo: who ships these deliveries reads the name of whom the goods are for, of these only
        for picking, privileged in zip(readable, readable.sudo(), strict=True):
            picking.receiver_name = privileged.sale_id._get_receiver()["name"] if privileged.sale_id else privileged.partner_id.name

    @api.onchange("courier_number")
    def _onchange_courier_number(self):
        """Show whose number it seems to be; the same is looked up again when the delivery is saved."""
        numbers = tracking_number.split(self.courier_number)
        if numbers and not self.courier_id:
            self.courier_id = self.env["cosmetics.parcel"]._carrier_of(numbers[0])

    def _set_parcels(self, numbers, courier):
        """Make the parcels of this delivery those of ``numbers``; ``courier`` is empty when the numbers tell it themselves."""
        self.ensure_one()
        if numbers and not self.sale_id:
            raise UserError(self.env._("%(picking)s delivers no sales order, so it has no courier number.", picking=self.name))
        kept = self.parcel_ids.filtered(lambda parcel: parcel.tracking_no in numbers)
        gone = self.parcel_ids - kept
        moving = gone.filtered(lambda parcel: parcel.state != "new")
        if moving:
            raise UserError(self.env._("Parcel %(number)s is on its way already and keeps its number.", number=moving[0].tracking_no))
        gone._leave(self)
        if courier:
            kept.filtered(lambda parcel: parcel.carrier_id != courier).write({"carrier_id": courier.id})
        missing = [number for number in numbers if number not in kept.mapped("tracking_no")]
        self._add_parcels([(number, courier or self._recognise_courier(number)) for number in missing])

    def _recognise_courier(self, number):
        courier = self.env["cosmetics.parcel"]._carrier_of(number)
        if not courier:
            raise ValidationError(self.env._("Whose number is %(number)s? Choose the courier.", number=number))
        return courier

    def _add_parcels(self, pairs):
        """Create parcels, or join those of the same receiver that go with the same number."""
        parcels = self.env["cosmetics.parcel"]
        numbers = [number for number, _courier in pairs]
        # sudo: the order in a parcel of the same number may be one the user does not see
        used = parcels.sudo().search([("company_id", "=", self.company_id.id), ("tracking_no", "in", numbers)])
        used = {parcel.tracking_no: parcel for parcel in used}
        for number, courier in pairs:
            if number in used:
                used[number]._join(self.sale_id, self)
                if used[number].state == "new" and used[number].carrier_id != courier:
                    used[number].carrier_id = courier
        parcels.create(
            [
                {"order_id": self.sale_id.id, "picking_id": self.id, "tracking_no": number, "carrier_id": courier.id}
                for number, courier in pairs
                if number not in used
            ]
        )

    # ------------------------------------------------------------------ timeline
    def _tell_orders_ready(self):
        """Tell the orders that their goods are set aside."""
        self.filtered(lambda picking: picking.picking_type_code != "incoming")._tell_orders("picking")

    def _tell_orders_done(self):
        """Tell the orders what left, was picked, or came back."""
        for kind, pickings in self.grouped(lambda picking: picking._get_done_kind()).items():
            pickings._tell_orders(kind)

    def _get_done_kind(self):
        self.ensure_one()
        if self.picking_type_code == "outgoing":
            return "shipped"
        return "returned" if self.picking_type_code == "incoming" else "picking"

    def _tell_orders(self, kind):
        """Put these transfers on the timelines of their orders: one row for each order, all rows at once."""
        # sudo: whoever moves the goods tells the order, whether or not the role sees it
        facts = {}
        for order, pickings in self.sudo().filtered("sale_id").grouped("sale_id").items():
            parcels = pickings.parcel_ids
            facts[order.id] = {
                "picking": ", ".join(pickings.mapped("name")),
                "picked": kind == "picking" and all(picking.state == "done" for picking in pickings),
            }
            if parcels:
                facts[order.id] |= {"number": ", ".join(parcels.mapped("tracking_no")), "carrier": parcels.carrier_id[:1].name}
        orders = self.env["sale.order"].browse(facts)
        orders._record_event(kind, facts=facts)
        if kind == "shipped":
            orders._end_late_reminders()
