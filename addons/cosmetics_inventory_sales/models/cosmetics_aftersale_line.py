"""Only goods that may be sold go back on sale; the others are destroyed before a witness."""

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.addons.cosmetics_inventory.tools.shelf_life_rule import UNSAFE
from odoo.exceptions import UserError


class CosmeticsAftersaleLine(models.Model):
    _inherit = "cosmetics.aftersale.line"

    received_expiration_on = fields.Date(related="received_lot_id.expiration_on", string="Use-by Date", related_sudo=True)
    disposal_line_ids = fields.One2many("cosmetics.disposal.line", "aftersale_line_id", string="Disposal", readonly=True)
    # compute_sudo: the number says nothing of a person; the case itself stays with its readers
    adverse_reaction_number = fields.Char(compute="_compute_adverse_reaction_number", compute_sudo=True)

    def _compute_adverse_reaction_number(self):
        cases = self.env["cosmetics.adverse.reaction"].search([("aftersale_line_id", "in", self.ids)], order="id desc")
        numbers = {case.aftersale_line_id: case.name for case in cases}
        for line in self:
            line.adverse_reaction_number = numbers.get(line, False)

    # ------------------------------------------------------------------ adverse reactions
    def _prepare_adverse_reaction_vals(self):
        """Return the values of the cases that these lines still lack."""
        known = self.env["cosmetics.adverse.reaction"].sudo().search([("aftersale_line_id", "in", self.ids)]).aftersale_line_id
        return [line._prepare_adverse_reaction_vals_of_one() for line in self - known]

    def _prepare_adverse_reaction_vals_of_one(self):
        aftersale = self.aftersale_id
        receiver = self.order_id._get_receiver()
        return {
            "company_id": self.company_id.id,
            "user_id": self._get_adverse_reaction_user().id,
            "aware_on": china_day(aftersale.requested_at),
            "product_id": self.product_id.id,
            "lot_id": self.lot_id.id,
            "purchase_document": self.order_id.name,
            "reporter": receiver.get("name") or self.order_id.channel_buyer or aftersale.partner_id.name,
            "reporter_kind": "consumer",
            "reporter_phone": receiver.get("phone"),
            "description": aftersale.note,
            "aftersale_id": aftersale.id,
            "aftersale_line_id": self.id,
        }

    @api.model
    def _get_adverse_reaction_user(self):
        """Return who takes the case on: the user with the right, else a quality manager, else anybody with the right."""
        if self.env.user.has_group("cosmetics_inventory.group_adverse_reaction"):
            return self.env.user
        # sudo: members of groups are read to find somebody, nothing of them is shown but the name
        for group in ("cosmetics_inventory.group_quality_manager", "cosmetics_inventory.group_adverse_reaction"):
            users = self.env.ref(group).sudo().all_user_ids - self.env.ref("base.user_root").sudo()
            users = users.filtered(lambda user: user.active and self.company_id in user.company_ids)
            if users:
                return users[0]
        raise UserError(
            self.env._(
                "Nobody may take on adverse reaction cases, so this allergy cannot be taken down. "
                "Ask the administrator to name a quality manager, then save again."
            )
        )

    # ------------------------------------------------------------------ inspection
    def _check_inspected(self):
        """What may do harm is not sent back, whosever it is: a recalled or held batch is taken back (CSAR art. 44)."""
        res = super()._check_inspected()
        lot = self.received_lot_id.sudo()  # sudo: the state of the batch decides, whether or not the user may read it
        if self.result == "buyer" and lot._get_sale_obstacle().get(lot) in UNSAFE:
            raise UserError(
                self.env._(
                    "%(product)s, batch %(lot)s, is held or recalled, so it does not go back to the buyer: take it back and refund it.",
                    product=self.product_id.display_name,
                    lot=lot.name,
                )
            )
        return res

    def _check_restock(self):
        """Refuse to put back on sale what is expired, held, rejected or recalled, or past the day its sale stops."""
        res = super()._check_restock()
        for line in self.filtered(lambda line: line.result == "restock" and line.product_id.is_shelf_life_managed):
            # sudo: the state of the batch decides, whether or not the user may read it
            lot = line.received_lot_id.sudo()
            names = {"product": line.product_id.display_name, "lot": lot.name or "-"}
            if not lot:
                raise UserError(self.env._("%(product)s: goods without a batch are not sold again. Choose another decision.", **names))
            if lot._get_sale_obstacle().get(lot):
                raise UserError(
                    self.env._(
                        "%(product)s, batch %(lot)s, may not be sold any more (use-by date %(day)s, or the batch is held). "
                        "Destroy it or send it back to the supplier.",
                        day=lot.expiration_on,
                        **names,
                    )
                )
        return res

    def _prepare_restock_line_vals(self):
        """A shop asks why this batch comes although another expires earlier: it is the one that came back."""
        reason = self.env._("Came back with %s, inspected", self.aftersale_id.name)
        return {**super()._prepare_restock_line_vals(), "fefo_reason": reason}

    def _destroy(self):
        """Cosmetics are destroyed by a disposal: with a reason, a witness and a trace (CSAR art. 39). They wait till then."""
        managed = self.filtered(lambda line: line.product_id.is_storable and line.product_id.is_shelf_life_managed)
        if managed:
            self.env["cosmetics.disposal"].create(managed._prepare_disposal_vals())
        return super(CosmeticsAftersaleLine, self - managed)._destroy()

    def _prepare_disposal_vals(self):
        """Return the values of the disposal of these goods, of one after-sale; the user of the inspection is never its witness."""
        aftersale = self.aftersale_id
        reasons = self.env["cosmetics.disposal.reason"]
        code = "opened" if "opened" in self.mapped("seal_state") else "damaged"
        reason = reasons.search([("code", "=", code)], limit=1) or reasons.search([], limit=1)
        return {
            "company_id": aftersale.company_id.id,
            "reason_id": reason.id,
            "note": self.env._("Came back with after-sale %s.", aftersale.name),
            "line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "lot_id": line.received_lot_id.id,
                        "location_id": aftersale.warehouse_id._get_aftersale_location().id,
                        "quantity": line.uom_id._compute_quantity(line.received_quantity, line.product_id.uom_id),
                        "aftersale_line_id": line.id,
                    }
                )
                for line in self
            ],
        }
