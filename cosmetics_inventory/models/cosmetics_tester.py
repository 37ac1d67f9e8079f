"""Testers on the counter: opened, used until their day, thrown away, never sold."""

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..tools import shelf_life, tester_life


class CosmeticsTester(models.Model):
    """One opened unit. Free trials carry the full duties of a seller (Order 46 of SAMR, art. 49): batch, expiry and trace."""

    _name = "cosmetics.tester"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Tester"
    _order = "state desc, discard_on, id"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    state = fields.Selection(
        [("draft", "Draft"), ("open", "In Use"), ("discarded", "Discarded")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    store_id = fields.Many2one(
        "cosmetics.store", required=True, check_company=True, index=True, default=lambda self: self._default_store_id()
    )
    company_id = fields.Many2one(related="store_id.company_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, check_company=True, domain="[('is_storable', '=', True)]", index=True)
    allowed_lot_ids = fields.Many2many("stock.lot", compute="_compute_allowed_lot_ids")
    lot_id = fields.Many2one(
        "stock.lot",
        string="Batch",
        compute="_compute_lot_id",
        store=True,
        precompute=True,
        readonly=False,
        check_company=True,
        domain="[('id', 'in', allowed_lot_ids)]",
        index="btree_not_null",
        help="Batches the store has and may still use. The first-expiring one is proposed.",
    )
    expiration_on = fields.Date(related="lot_id.expiration_on")
    is_held = fields.Boolean(related="lot_id.is_held")
    opened_on = fields.Date(required=True, default=lambda self: self._get_today(), copy=False)
    discard_on = fields.Date(
        compute="_compute_discard_on",
        store=True,
        index=True,
        help="Last day on the counter: the end of the period after opening, or of the batch, whichever comes first.",
    )
    is_due = fields.Boolean(string="To Discard", compute="_compute_is_due", search="_search_is_due")
    move_id = fields.Many2one("stock.move", readonly=True, copy=False, index="btree_not_null")
    discarded_on = fields.Date(readonly=True, copy=False, tracking=True)
    discarded_by_id = fields.Many2one("res.users", string="Discarded by", readonly=True, copy=False, tracking=True)
    note = fields.Text()

    def _default_store_id(self):
        return self.env["cosmetics.store"].search([("user_ids", "in", self.env.uid), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("product_id", "store_id")
    def _compute_allowed_lot_ids(self):
        for tester in self:
            tester.allowed_lot_ids = tester._get_stock().lot_id

    @api.depends("product_id", "store_id")
    def _compute_lot_id(self):
        for tester in self:
            lots = tester._get_stock().lot_id
            if tester.lot_id not in lots:
                tester.lot_id = lots.sorted(lambda lot: (lot.expiration_on or fields.Date.from_string("9999-12-31"), lot.id))[:1]

    @api.depends("opened_on", "product_id.pao_months", "lot_id.expiration_on")
    def _compute_discard_on(self):
        for tester in self:
            opened_on = tester.opened_on or self._get_today()
            tester.discard_on = tester_life.discard_day(opened_on, tester.product_id.pao_months, tester.lot_id.expiration_on) or False

    @api.depends("state", "discard_on", "is_held")
    def _compute_is_due(self):
        due = self.filtered_domain(self._get_due_domain())
        for tester in self:
            tester.is_due = tester in due

    def _search_is_due(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = fields.Domain(self._get_due_domain())
        return domain if True in value else ~domain

    @api.constrains("product_id", "lot_id", "opened_on")
    def _check_goods(self):
        for tester in self:
            if tester.lot_id and tester.lot_id.product_id != tester.product_id:
                raise ValidationError(
                    self.env._("Batch %(lot)s is not of %(product)s.", lot=tester.lot_id.name, product=tester.product_id.display_name)
                )
            if tester.opened_on > self._get_today():
                raise ValidationError(self.env._("A tester cannot be opened in the future."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self.env["ir.sequence"].next_by_code("cosmetics.tester") or self.env._("New")
            vals.update({"state": "draft", "move_id": False, "discarded_on": False, "discarded_by_id": False})
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if not {"name", "state", "move_id", "discarded_on", "discarded_by_id"}.isdisjoint(vals):
                raise UserError(self.env._("The state of a tester changes with its buttons only."))
            if not {"store_id", "product_id", "lot_id", "opened_on"}.isdisjoint(vals) and any(item.state != "draft" for item in self):
                raise UserError(self.env._("An opened tester keeps its store, batch and day of opening."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_opened(self):
        if any(tester.state != "draft" for tester in self):
            raise UserError(self.env._("An opened tester stays on record and cannot be deleted. Discard it instead."))

    def action_open(self):
        """Take one unit from the shelf of the store; the rule of the moves refuses what may not be used any more."""
        self.check_access("write")
        for tester in self:
            if tester.state != "draft":
                raise UserError(self.env._("%s is in use already.", tester.name))
            location = tester._find_unit()
            # sudo: shop staff make no moves of their own, and the tester is the permission for this one unit; the rule of
            # the moves holds for everybody.
            move = self.env["stock.move"].sudo().create(tester._prepare_move_vals(location))
            move._action_done()
            tester.sudo().write({"state": "open", "move_id": move.id})  # sudo: nobody types these fields

    def action_discard(self):
        """Note that the tester is off the counter and thrown away."""
        self.check_access("write")
        if any(tester.state != "open" for tester in self):
            raise UserError(self.env._("Only a tester in use can be discarded."))
        # sudo: nobody types these fields
        self.sudo().write({"state": "discarded", "discarded_on": self._get_today(), "discarded_by_id": self.env.uid})
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])

    @api.model
    def _cron_remind(self):
        """Daily: tell the store which testers must go today; one open reminder at a time."""
        due = self.search(self._get_due_domain())
        for tester in due.filtered(lambda tester: not tester.activity_ids):
            user = tester.store_id._get_responsible_user()
            readers = user.filtered(lambda user, tester=tester: tester.with_user(user).has_access("read"))
            reader = readers or tester.create_uid
            tester.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=reader.id,
                summary=self.with_context(lang=reader.lang).env._("Take this tester off the counter and discard it"),
            )

    @api.model
    def _get_due_domain(self):
        """Return the domain of the testers that must leave the counter: their day has come, or their batch is held."""
        return [("state", "=", "open"), "|", ("discard_on", "<=", self._get_today()), ("lot_id.is_held", "=", True)]

    @api.model
    def _get_today(self):
        """Return the day in China."""
        return shelf_life.china_day(fields.Datetime.now())

    def _get_stock(self):
        """Return the stock entries of the store that hold a sellable batch of the product."""
        self.ensure_one()
        if not self.product_id or not self.store_id.warehouse_id:
            return self.env["stock.quant"]
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.product_id.id),
                ("location_id", "child_of", self.store_id.warehouse_id.view_location_id.id),
                ("location_id.usage", "=", "internal"),
                ("quantity", ">", 0),
            ]
        )
        # sudo: shop staff see batches only where their role says so; whether one may be used is no secret.
        sellable = quants.sudo().lot_id._is_sellable()
        return quants.filtered(lambda quant: quant.lot_id.id in sellable.ids or (not quant.lot_id and quant.product_id.tracking == "none"))

    def _find_unit(self):
        """Return the location of the store that has one unit of the batch, and lock it; refuse when there is none."""
        self.ensure_one()
        quants = self._get_stock().filtered(lambda quant: quant.lot_id == self.lot_id)
        keys = [(quant.product_id, quant.lot_id, quant.location_id) for quant in quants]
        for (_product, _lot, location), quantity in self.env["stock.quant"]._get_locked_quantities(keys).items():
            if self.product_id.uom_id.compare(quantity, 1.0) >= 0:
                return location
        raise UserError(
            self.env._(
                "%(store)s has no unit of %(product)s, batch %(lot)s, that may be used. Choose another batch.",
                store=self.store_id.name,
                product=self.product_id.display_name,
                lot=self.lot_id.sudo().name or "-",
            )
        )

    def _prepare_move_vals(self, location):
        """Return the values of the move of one unit from the shelf to the testers."""
        self.ensure_one()
        goods = {
            "product_id": self.product_id.id,
            "location_id": location.id,
            "location_dest_id": self.company_id._get_shelf_life_location("tester").id,
        }
        line = {**goods, "product_uom_id": self.product_id.uom_id.id, "quantity": 1.0, "lot_id": self.lot_id.id}
        return {
            **goods,
            "company_id": self.company_id.id,
            "origin": self.name,
            "product_uom": self.product_id.uom_id.id,
            "product_uom_qty": 1.0,
            "picked": True,
            "move_line_ids": [Command.create(line)],
        }
