"""Goods that are destroyed or sent back: who, why, how, and who watched."""

from collections import defaultdict

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

COST_GROUPS = "stock.group_stock_manager,cosmetics_inventory.group_quality_manager"


class CosmeticsDisposal(models.Model):
    """Spoiled and expired goods leave the shelf and the books with a reason, a witness and a trace (CSAR art. 39, 44)."""

    _name = "cosmetics.disposal"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Disposal"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed"), ("done", "Done")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company)
    store_id = fields.Many2one("cosmetics.store", check_company=True, index="btree_not_null", default=lambda self: self._default_store_id())
    reason_id = fields.Many2one("cosmetics.disposal.reason", required=True, tracking=True)
    method = fields.Selection(
        [
            ("destroyed", "Destroyed Here"),
            ("contractor", "Harmless Treatment by a Contractor"),
            ("supplier", "Returned to the Supplier"),
        ],
        required=True,
        default="destroyed",
        tracking=True,
    )
    partner_id = fields.Many2one(
        "res.partner", string="Contractor or Supplier", check_company=True, help="Who treats the goods or takes them back."
    )
    recall_id = fields.Many2one("cosmetics.recall", check_company=True, index="btree_not_null")
    witness_id = fields.Many2one(
        "res.users",
        tracking=True,
        domain="[('share', '=', False)]",
        help="Watches the goods being destroyed or handed over, and confirms it here. Never the person who entered the disposal.",
    )
    confirmed_by_id = fields.Many2one("res.users", string="Confirmed by", readonly=True, copy=False)
    confirmed_at = fields.Datetime(readonly=True, copy=False)
    done_at = fields.Datetime(string="Disposed on", readonly=True, copy=False)
    photo_ids = fields.Many2many("ir.attachment", string="Photos", copy=False)
    note = fields.Text()
    line_ids = fields.One2many("cosmetics.disposal.line", "disposal_id", string="Goods", copy=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_total = fields.Monetary(string="Cost", compute="_compute_cost_total", store=True, groups=COST_GROUPS)

    _witness_is_another = models.Constraint(
        "CHECK(witness_id IS NULL OR create_uid IS NULL OR witness_id <> create_uid)",
        "The witness must be somebody else than the person who entered the disposal. Choose a colleague.",
    )
    _confirmer_is_another = models.Constraint(
        "CHECK(confirmed_by_id IS NULL OR create_uid IS NULL OR confirmed_by_id <> create_uid)",
        "Whoever entered a disposal cannot confirm it. Ask the witness to confirm.",
    )

    def _default_store_id(self):
        return self.env["cosmetics.store"].search([("user_ids", "in", self.env.uid), ("company_id", "=", self.env.company.id)], limit=1)

    @api.depends("line_ids.cost")
    def _compute_cost_total(self):
        for disposal in self:
            disposal.cost_total = sum(disposal.line_ids.mapped("cost"))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            sequence = self.env["ir.sequence"].with_company(vals.get("company_id"))
            vals["name"] = sequence.next_by_code("cosmetics.disposal") or self.env._("New")
            vals.update(self._prepare_untouched_vals())
        disposals = super().create(vals_list)
        disposals._keep_photos()
        return disposals

    def write(self, vals):
        if not self.env.su:
            if not {"name", "company_id", *self._prepare_untouched_vals()}.isdisjoint(vals):
                raise UserError(self.env._("The state of a disposal changes with its buttons only."))
            if not self._get_free_fields().issuperset(vals) and any(disposal.state != "draft" for disposal in self):
                raise UserError(self.env._("A confirmed disposal cannot be changed. Set it back to draft first."))
        res = super().write(vals)
        if "photo_ids" in vals:
            self._keep_photos()
        return res

    @api.ondelete(at_uninstall=False)
    def _unlink_except_confirmed(self):
        if any(disposal.state != "draft" for disposal in self):
            raise UserError(self.env._("A confirmed disposal is evidence and cannot be deleted."))

    def action_confirm(self):
        """The second person says that the goods, the reason and the quantities are right."""
        self.check_access("write")
        for disposal in self:
            disposal._check_confirm()
        self._check_on_hand()
        # sudo: these fields are nobody's to type; who may confirm has been checked above.
        self.sudo().write({"state": "confirmed", "confirmed_by_id": self.env.uid, "confirmed_at": fields.Datetime.now()})

    def action_draft(self):
        """Open a confirmed disposal again; it must be confirmed anew."""
        self.check_access("write")
        self._lock_rows()
        if any(disposal.state != "confirmed" for disposal in self):
            raise UserError(self.env._("Only a confirmed disposal can go back to draft; what is done stays done."))
        self.sudo().write(self._prepare_untouched_vals())  # sudo: nobody types these fields

    def action_done(self):
        """Take the goods out of stock: scrap, or a move to the supplier, so that stock and value follow Odoo's own way."""
        self.check_access("write")
        self._lock_rows()
        if any(disposal.state != "confirmed" for disposal in self):
            raise UserError(self.env._("A second person must confirm the disposal first."))
        self._check_on_hand()
        # sudo: shop staff may dispose of goods of their shop but make no free scraps and moves; the document is the permission.
        lines = self.sudo().line_ids
        lines._keep_cost()
        to_supplier = lines.filtered(lambda line: line.disposal_id.method == "supplier")
        (lines - to_supplier)._scrap()
        to_supplier._send_back()
        self.sudo().write({"state": "done", "done_at": fields.Datetime.now()})

    def action_view_moves(self):
        """Open what left the stock."""
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        action.update(domain=[("move_id", "in", self.line_ids.move_id.ids)], context={})
        return action

    @api.model
    def _get_free_fields(self):
        """Return the names of the fields that may be written on a confirmed disposal: papers may still be added."""
        return {"photo_ids", "note", "message_follower_ids", "message_ids", "activity_ids", "message_main_attachment_id"}

    @api.model
    def _prepare_untouched_vals(self):
        """Return the values of a disposal that nobody has confirmed."""
        return {"state": "draft", "confirmed_by_id": False, "confirmed_at": False, "done_at": False}

    def _check_confirm(self):
        """Refuse to confirm what is incomplete, what the user entered, or what others should watch."""
        self.ensure_one()
        if self.state != "draft":
            raise UserError(self.env._("%s is confirmed already.", self.name))
        if not self.line_ids:
            raise UserError(self.env._("List the goods to dispose of first."))
        if not self.witness_id:
            raise UserError(self.env._("Choose the witness first."))
        if self.create_uid == self.env.user and self.env.uid != SUPERUSER_ID:
            raise AccessError(self.env._("Whoever entered a disposal cannot confirm it. Ask the witness to confirm."))
        is_manager = self.env.user.has_group("cosmetics_inventory.group_quality_manager")
        if self.witness_id != self.env.user and not is_manager:
            raise AccessError(self.env._("Only the witness, %s, or a quality manager confirms this disposal.", self.witness_id.name))
        if self.method != "destroyed" and not self.partner_id:
            raise UserError(self.env._("Say which contractor or supplier takes the goods."))
        if self.company_id.is_disposal_photo_required and not self.photo_ids:
            raise UserError(self.env._("Add at least one photo of the goods first."))

    def _keep_photos(self):
        """Let everybody who sees the disposal see its photos: an upload belongs to its uploader alone until it has a record."""
        for disposal in self:
            # sudo: the photos are the document's own; only those the user has just uploaded are given to it.
            loose = disposal.photo_ids.sudo().filtered(lambda photo: not photo.res_id and photo.create_uid == self.env.user)
            loose.write({"res_model": self._name, "res_id": disposal.id})

    def _lock_rows(self):
        """Let one user at a time finish a disposal: the second one waits, then sees that it is done."""
        self.flush_recordset()
        self.env.cr.execute(SQL("SELECT id FROM cosmetics_disposal WHERE id IN %s ORDER BY id FOR UPDATE", tuple(self.ids)))
        self.invalidate_recordset(["state"])

    def _check_on_hand(self):
        """Refuse to dispose of more than lies in the location. Locks the stock, so that nobody takes it meanwhile."""
        needed = defaultdict(float)
        for line in self.line_ids:
            needed[line.product_id, line.lot_id, line.location_id] += line.quantity
        on_hand = self.env["stock.quant"]._get_locked_quantities(list(needed))
        for key, quantity in needed.items():
            product, lot, location = key
            if product.is_storable and product.uom_id.compare(quantity, on_hand[key]) > 0:
                raise UserError(
                    self.env._(
                        "%(location)s holds %(on_hand)s of %(product)s, batch %(lot)s, not %(quantity)s."
                        " Correct the quantity or the location.",
                        location=location.display_name,
                        on_hand=f"{on_hand[key]:g}",
                        product=product.display_name,
                        lot=lot.name or "-",
                        quantity=f"{quantity:g}",
                    )
                )
