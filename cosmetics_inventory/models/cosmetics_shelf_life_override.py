"""Two persons let a batch through that is no longer sold, or less fresh than promised."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import SQL

from ..tools.shelf_life_rule import OVERRIDE_OF

GROUP = "cosmetics_inventory.group_shelf_life_override"


class CosmeticsShelfLifeOverride(models.Model):
    """A release: one person asks and says why, another one approves; it covers a quantity, until a day.

    Expired goods, and goods that are held, rejected or recalled, are released by nobody (CSAR art. 60).
    """

    _name = "cosmetics.shelf.life.override"
    _description = "Release of a Stopped Batch"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _rec_name = "lot_id"
    _check_company_auto = True

    lot_id = fields.Many2one("stock.lot", string="Batch", required=True, index=True, ondelete="restrict", check_company=True)
    product_id = fields.Many2one(related="lot_id.product_id", store=True)
    expiration_on = fields.Date(related="lot_id.expiration_on")
    kind = fields.Selection(
        [("stop", "Sale Stopped"), ("promise", "Less Fresh than Promised")], string="What Is Released", required=True, default="stop"
    )
    reason = fields.Char(required=True, help="Why these goods may leave all the same, e.g. the customer knows the date and uses them up.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    picking_id = fields.Many2one(
        "stock.picking", string="Only for Transfer", index="btree_not_null", check_company=True, help="Leave empty for any transfer."
    )
    quantity = fields.Float(required=True, digits="Product Unit", default=1.0)
    quantity_left = fields.Float(digits="Product Unit", readonly=True, copy=False)
    valid_until = fields.Date(required=True, default=lambda self: self.env["stock.lot"]._get_china_today(), help="Last day, in China time.")
    requested_by_id = fields.Many2one("res.users", string="Asked by", required=True, readonly=True, default=lambda self: self.env.user)
    approved_by_id = fields.Many2one("res.users", string="Approved by", readonly=True, copy=False)
    state = fields.Selection(
        [("requested", "Waiting for Approval"), ("approved", "Approved"), ("used", "Used Up"), ("refused", "Refused")],
        required=True,
        default="requested",
        readonly=True,
        copy=False,
        tracking=True,
    )
    can_approve = fields.Boolean(compute="_compute_can_approve")

    _two_persons = models.Constraint(
        "CHECK (approved_by_id IS NULL OR approved_by_id <> requested_by_id)",
        "Two persons are needed: who asked for the release cannot approve it.",
    )
    _approved_by_somebody = models.Constraint(
        "CHECK (state NOT IN ('approved', 'used') OR approved_by_id IS NOT NULL)", "A release is approved by a second person."
    )
    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "Enter how many units are released, more than 0.")
    _quantity_left_range = models.Constraint(
        "CHECK (quantity_left >= 0 AND quantity_left <= quantity)", "No more can be used than was released."
    )

    @api.depends_context("uid")
    @api.depends("state", "requested_by_id")
    def _compute_can_approve(self):
        is_holder = self.env.user.has_group(GROUP)
        for override in self:
            override.can_approve = is_holder and override.state == "requested" and override.requested_by_id != self.env.user

    @api.constrains("lot_id", "valid_until", "kind")
    def _check_lot(self):
        for override in self:
            expiration_on = override.lot_id.expiration_on
            if expiration_on and override.valid_until > expiration_on:
                raise ValidationError(
                    self.env._(
                        "Batch %(lot)s expires after %(day)s, and nobody releases expired goods: choose a last day no later than that.",
                        lot=override.lot_id.name,
                        day=expiration_on,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        """Whoever creates it asks for it: nobody asks in another name, or creates an approved one."""
        own = {"requested_by_id": self.env.uid, "approved_by_id": False, "state": "requested"}
        return super().create([{**vals, **own, "quantity_left": vals.get("quantity", 1.0)} for vals in vals_list])

    def action_approve(self):
        """Approve as the second person."""
        self._check_decider()
        today = self.env["stock.lot"]._get_china_today()
        for override in self:
            if override.requested_by_id == self.env.user:
                raise UserError(
                    self.env._("You asked for this release yourself. Another person who may release batches has to approve it.")
                )
            obstacle = override.lot_id._get_sale_obstacle(today).get(override.lot_id)
            if obstacle and obstacle not in OVERRIDE_OF:
                raise UserError(
                    self.env._(
                        "Batch %s is expired, held or recalled: nobody releases it here. Quality decides, or it is scrapped.",
                        override.lot_id.name,
                    )
                )
        # sudo: nobody may write releases by hand; group, state and second person were checked above
        self.sudo().write({"state": "approved", "approved_by_id": self.env.uid})

    def action_refuse(self):
        """Refuse; the one who asked may take the request back the same way."""
        self._check_decider()
        self.sudo().write({"state": "refused"})  # sudo: as above

    def _check_decider(self):
        """Raise unless the user may decide about releases and these still wait."""
        self.check_access("read")
        if not self.env.user.has_group(GROUP):
            raise AccessError(self.env._("Only holders of “Release of Stopped Batches” decide about releases. Ask one of them."))
        if any(override.state != "requested" for override in self):
            raise UserError(self.env._("This release is decided already. Ask for a new one."))

    @api.model
    def _find_for_lines(self, refused):
        """Return {line: (override, code)} of the refused lines that approved releases cover with their whole quantity.

        :param dict refused: {stock.move.line: code}
        """
        wanted = {line: OVERRIDE_OF[code] for line, code in refused.items() if code in OVERRIDE_OF}
        if not wanted:
            return {}
        lot_ids = {line.lot_id.id for line in wanted}
        self.flush_model()
        # Locked, so that two transfers do not use the same release at once.
        self.env.cr.execute(
            SQL(
                "SELECT id FROM cosmetics_shelf_life_override WHERE lot_id IN %s AND state = 'approved' AND valid_until >= %s"
                " ORDER BY picking_id IS NULL, id FOR NO KEY UPDATE",
                tuple(lot_ids),
                self.env["stock.lot"]._get_china_today(),
            )
        )
        # sudo: whoever ships uses the release, but only its two persons may see it
        overrides = self.sudo().browse(row[0] for row in self.env.cr.fetchall())
        left = {override: override.quantity_left for override in overrides}
        found = {}
        for line, kind in wanted.items():
            for override in overrides:
                if override._covers(line, kind) and left[override] >= line.quantity_product_uom:
                    left[override] -= line.quantity_product_uom
                    found[line] = (override, refused[line])
                    break
        return found

    def _covers(self, line, kind):
        """Return whether this release is meant for such a line."""
        self.ensure_one()
        return (
            self.lot_id.id == line.lot_id.id
            and self.kind == kind
            and self.company_id.id == line.company_id.id
            and (not self.picking_id or self.picking_id.id == line.picking_id.id)
        )

    def _use(self, line, code):
        """Count down what a line takes and log who let it through."""
        self.ensure_one()
        left = max(self.quantity_left - line.quantity_product_uom, 0.0)
        self.write({"quantity_left": left, "state": "approved" if self.product_id.uom_id.compare(left, 0) > 0 else "used"})
        sentence = self.env._(
            "%(product)s, batch %(lot)s, let through: asked by %(first)s, approved by %(second)s.",
            product=line.product_id.display_name,
            lot=line.lot_id.name,
            first=self.requested_by_id.name,
            second=self.approved_by_id.name,
        )
        self.env["cosmetics.shelf.life.log"]._record([line._prepare_shelf_life_log_vals("override", code, sentence, self.reason)])
