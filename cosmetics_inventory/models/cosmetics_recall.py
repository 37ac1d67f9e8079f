"""Batches that must come back: stop them everywhere, find who has them, account for every unit."""

from markupsafe import Markup
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL


class CosmeticsRecall(models.Model):
    """A recall (CSAR art. 44): the seller stops selling at once, tells those concerned and keeps a record of it all.

    The law knows no grades of recall for cosmetics, so there are none here. A batch is stopped for every company that shares
    it; buyers and quantities are those of the company of the recall.
    """

    _name = "cosmetics.recall"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Recall"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("frozen", "Frozen"),
            ("notifying", "Notifying Buyers"),
            ("closed", "Closed"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company)
    source = fields.Selection(
        [("registrant", "Registrant or Brand"), ("regulator", "Supervising Authority"), ("self", "Own Inspection")],
        string="Called by",
        required=True,
        default="registrant",
        tracking=True,
    )
    reference = fields.Char(string="Notice Number", help="Number of the notice of the registrant or the authority.")
    reason = fields.Text(required=True, tracking=True, help="What is wrong with the goods. Buyers and the authority read this sentence.")
    announced_on = fields.Date(required=True, default=fields.Date.context_today, tracking=True)
    responsible_id = fields.Many2one(
        "res.users", required=True, default=lambda self: self.env.user, tracking=True, domain="[('share', '=', False)]"
    )
    frozen_at = fields.Datetime(readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    closing_note = fields.Text(help="Where the units are that are not accounted for, e.g. broken at the customer.")
    product_ids = fields.Many2many("product.product", check_company=True, string="Products", help="Products whose batches are recalled.")
    produced_from = fields.Date(help="First day of production of the batches to recall.")
    produced_until = fields.Date(help="Last day of production of the batches to recall.")
    recall_lot_ids = fields.One2many("cosmetics.recall.lot", "recall_id", string="Batches", copy=True)
    lot_ids = fields.Many2many("stock.lot", string="Recalled Batches", compute="_compute_lot_ids", search="_search_lot_ids")
    line_ids = fields.One2many("cosmetics.recall.line", "recall_id", string="Buyers")
    notice_ids = fields.One2many("cosmetics.recall.notice", "recall_id", string="Notices")
    disposal_ids = fields.One2many("cosmetics.disposal", "recall_id", string="Disposals")

    @api.depends("recall_lot_ids.lot_id")
    def _compute_lot_ids(self):
        for recall in self:
            recall.lot_ids = recall.recall_lot_ids.lot_id

    def _search_lot_ids(self, operator, value):
        return [("recall_lot_ids.lot_id", operator, value)]

    @api.constrains("produced_from", "produced_until")
    def _check_produced(self):
        for recall in self:
            if recall.produced_from and recall.produced_until and recall.produced_from > recall.produced_until:
                raise UserError(self.env._("The first day of production is after the last one. Exchange the two dates."))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            sequence = self.env["ir.sequence"].with_company(vals.get("company_id"))
            vals["name"] = sequence.next_by_code("cosmetics.recall") or self.env._("New")
            vals.update({"state": "draft", "frozen_at": False, "closed_at": False})
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and not {"name", "state", "company_id", "frozen_at", "closed_at"}.isdisjoint(vals):
            raise UserError(self.env._("The state of a recall changes with its buttons only."))
        if not self._get_told_fields().isdisjoint(vals) and any(recall.state in ("closed", "cancelled") for recall in self):
            raise UserError(self.env._("This recall is over. Enter a new recall."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_draft(self):
        if any(recall.state != "draft" or recall.notice_ids for recall in self):
            raise UserError(self.env._("A recall that has stopped batches or told buyers stays on record. Cancel it instead."))

    def action_add_lots(self):
        """Add every batch of the products that was produced in the given days."""
        self.check_access("write")
        for recall in self:
            if not recall.product_ids:
                raise UserError(self.env._("Choose the products first."))
            lots = self.env["stock.lot"].search(recall._get_lot_domain()) - recall.lot_ids
            self.env["cosmetics.recall.lot"].create([{"recall_id": recall.id, "lot_id": lot.id} for lot in lots])

    def action_freeze(self):
        """Stop the batches everywhere in this transaction. Doing it again only stops batches that were added since."""
        self.check_access("write")
        self._lock_rows()
        for recall in self:
            if recall.state not in ("draft", "frozen", "notifying"):
                raise UserError(self.env._("%s is over. Enter a new recall.", recall.name))
            if not recall.recall_lot_ids:
                raise UserError(self.env._("List the batches to recall first."))
            fresh = recall.recall_lot_ids.filtered(lambda line: not line.former_state)
            if fresh:
                fresh._freeze()
                recall._tell_stores(fresh.lot_id)
            if recall.state == "draft":
                recall.sudo().write({"state": "frozen", "frozen_at": fields.Datetime.now()})  # sudo: nobody types these fields

    def action_notify(self):
        """List the buyers and start telling them."""
        self.check_access("write")
        if any(recall.state not in ("frozen", "notifying") for recall in self):
            raise UserError(self.env._("Freeze the batches first, then tell the buyers."))
        self.action_refresh_buyers()
        self.sudo().write({"state": "notifying"})  # sudo: nobody types this field

    def action_close(self):
        """End the recall; the batches stay recalled. Units nobody can find need a word of explanation."""
        self.check_access("write")
        for recall in self:
            if recall.state not in ("frozen", "notifying"):
                raise UserError(self.env._("Only a recall that has stopped its batches can be closed."))
            if not recall.is_balanced and not (recall.closing_note or "").strip():
                raise UserError(
                    self.env._("%s units are not accounted for. Find them, or explain in the closing note.", f"{recall.difference:g}")
                )
        self.sudo().write({"state": "closed", "closed_at": fields.Datetime.now()})  # sudo: nobody types these fields
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_cancel(self):
        """Give every batch back the state it had, unless another recall still stops it."""
        self.check_access("write")
        self._lock_rows()
        for recall in self:
            if recall.state not in ("draft", "frozen", "notifying"):
                raise UserError(self.env._("%s is over and cannot be cancelled.", recall.name))
            recall.recall_lot_ids._restore()
        self.sudo().write({"state": "cancelled"})  # sudo: nobody types this field
        self.activity_unlink(["mail.mail_activity_data_todo"])

    def action_dispose(self):
        """Open a new disposal with everything that is still in the own warehouses and shops."""
        self.ensure_one()
        self.check_access("write")
        quants = self.env["stock.quant"].search(self._get_on_hand_domain() & Domain("location_id.usage", "=", "internal"))
        quants = quants.filtered(lambda quant: quant.quantity > 0)
        if not quants:
            raise UserError(self.env._("None of these batches is left in stock."))
        return {
            "type": "ir.actions.act_window",
            "res_model": "cosmetics.disposal",
            "view_mode": "form",
            "context": {
                "default_recall_id": self.id,
                "default_store_id": False,
                "default_reason_id": self.env.ref("cosmetics_inventory.disposal_reason_recalled").id,
                "default_line_ids": [
                    (
                        0,
                        0,
                        {
                            "product_id": quant.product_id.id,
                            "lot_id": quant.lot_id.id,
                            "location_id": quant.location_id.id,
                            "quantity": quant.quantity,
                        },
                    )
                    for quant in quants
                ],
            },
        }

    def action_view_disposals(self):
        """Open the disposals of this recall."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_disposal_action")
        action.update(domain=[("recall_id", "in", self.ids)], context={"default_recall_id": self.id})
        return action

    @api.model
    def _get_told_fields(self):
        """Return the names of the fields that the authority and the buyers were told: they stay when the recall is over."""
        return {"source", "reference", "reason", "announced_on", "responsible_id", "closing_note"}

    def _get_lot_domain(self):
        """Return the domain of the batches that the products and days of production describe."""
        self.ensure_one()
        domain = Domain("product_id", "in", self.product_ids.ids) & Domain("company_id", "in", (False, self.company_id.id))
        if self.produced_from:
            domain &= Domain("production_date", ">=", self.produced_from)
        if self.produced_until:
            domain &= Domain("production_date", "<=", self.produced_until)
        return domain

    def _get_on_hand_domain(self):
        """Return the domain of the stock entries of the recalled batches in own locations of the company."""
        return Domain(
            [
                ("lot_id", "in", self.recall_lot_ids.lot_id.ids),
                ("location_id.usage", "in", ("internal", "transit")),
                ("company_id", "in", self.company_id.ids),
            ]
        )

    def _tell_stores(self, lots):
        """Give every store that has some of these batches a task for its responsible: off the shelf now."""
        self.ensure_one()
        groups = self.env["stock.quant"]._read_group(
            self._get_on_hand_domain() & Domain([("lot_id", "in", lots.ids), ("quantity", ">", 0)]),
            ["location_id", "lot_id"],
            ["quantity:sum"],
        )
        by_warehouse = {}
        for location, lot, quantity in groups:
            held = by_warehouse.setdefault(location.warehouse_id, {})
            held[lot] = held.get(lot, 0.0) + quantity
        warehouses = self.env["stock.warehouse"].union(*by_warehouse)
        stores = self.env["cosmetics.store"]._get_stores_of_warehouses(warehouses)
        for warehouse, held in by_warehouse.items():
            store = stores.get(warehouse, self.env["cosmetics.store"])
            user = (store and store._get_responsible_user()) or self.responsible_id
            place = store.name or warehouse.name or self.company_id.name
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.with_context(lang=user.lang).env._("%s: take recalled batches off the shelf now", place),
                note=Markup(", ").join(f"{lot.product_id.display_name} {lot.name}: {quantity:g}" for lot, quantity in held.items()),
            )

    def _get_report_language(self):
        """Return the language of papers for the authority: Chinese where it is installed."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return "zh_CN" if "zh_CN" in installed else self.env.lang or "en_US"

    def _lock_rows(self):
        """Let one user at a time stop or release the batches of a recall."""
        self.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM cosmetics_recall WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids)))
        self.invalidate_recordset(["state"])
