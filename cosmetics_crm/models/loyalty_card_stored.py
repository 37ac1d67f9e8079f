"""The card of a stored-value program as the face of the ledger of stored value."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

STATES = [("active", "In Use"), ("lost", "Reported Lost"), ("replaced", "Replaced"), ("closed", "Refunded")]


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    stored_kind = fields.Selection(related="program_id.stored_kind", store=True, precompute=True, string="Kind of Card")
    stored_principal = fields.Float(string="Principal", digits=(16, 2), readonly=True, copy=False)
    stored_bonus = fields.Float(string="Bonus", digits=(16, 2), readonly=True, copy=False)
    stored_state = fields.Selection(
        STATES, string="State of Card", default="active", required=True, readonly=True, copy=False, tracking=True
    )
    stored_batch_ids = fields.One2many("cosmetics.stored.batch", "card_id", string="Top-Ups", readonly=True)
    stored_move_ids = fields.One2many("cosmetics.stored.move", "card_id", string="Movements of Stored Value", readonly=True)
    stored_phone = fields.Char(related="partner_id.member_phone_masked", string="Telephone")

    _stored_not_negative = models.Constraint(
        "CHECK (stored_principal >= 0 AND stored_bonus >= 0)", "There is not enough money on the card."
    )
    _stored_is_sum = models.Constraint(
        "CHECK (stored_kind IS NULL OR round(points::numeric, 2) = coalesce(stored_principal, 0) + coalesce(stored_bonus, 0))",
        "The balance of a stored-value card is its principal and its bonus.",
    )
    _stored_holder = models.Constraint(
        "CHECK (stored_kind IS DISTINCT FROM 'named' OR (partner_id IS NOT NULL AND expiration_date IS NULL))",
        "A named card has a holder and never expires.",
    )
    _stored_one_each = models.UniqueIndex(
        "(program_id, partner_id) WHERE stored_kind = 'named' AND stored_state IN ('active', 'lost')",
        "The member has a card of this program already. If it was reported lost, replace it.",
    )

    @api.constrains("expiration_date")
    def _check_stored_validity(self):
        for card in self.filtered(lambda card: card.stored_kind == "bearer" and card.expiration_date):
            topped_on = min(card.sudo().stored_batch_ids.mapped("paid_on"), default=self._points_day_of(card.create_date))  # sudo: one day
            first = fields.Date.add(topped_on, years=3)
            if card.expiration_date < first:
                raise ValidationError(self.env._("A bearer card is valid for at least 3 years: until %s or later.", first))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_stored(self):
        # sudo: whether there are movements decides, not who may read them
        if self.env["cosmetics.stored.move"].sudo().search_count([("card_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("A card with movements of stored value is kept for ever."))

    @api.model
    def _points_day_of(self, moment):
        return fields.Date.context_today(self.with_context(tz="Asia/Shanghai"), moment)

    # ------------------------------------------------------------------ what is asked of a card
    def _get_stored_block(self):
        """Return why nothing can be paid with the card, an empty text when it can."""
        self.ensure_one()
        sentences = {
            "lost": self.env._("Card %s was reported lost: it pays nothing until it is found or replaced."),
            "replaced": self.env._("Card %s was replaced by another."),
            "closed": self.env._("Card %s was refunded and is closed."),
        }
        if self.stored_state != "active":
            return sentences[self.stored_state] % self.code
        if self.expiration_date and self.expiration_date < self._points_today():
            return self.env._("Card %s has expired. What is on it is not lost: activate it again.", self.code)
        return ""

    def _get_stored_refusals(self, balance, total, is_cash=None, buyer=None):
        """Return which rules a top-up would break, as sentences.

        :param balance: what would be on the card, principal and bonus
        :param total: what the purchase is worth altogether
        :param is_cash: whether it is paid in cash; None: not known
        :param buyer: who buys a bearer card; a named card is bought by its holder
        """
        self.ensure_one()
        program, holder = self.program_id, self.partner_id or buyer or self.env["res.partner"]
        found = []
        if self.stored_state in ("replaced", "closed"):
            found.append(self._get_stored_block())
        if balance > program.stored_limit + 0.001:
            found.append(
                self.env._(
                    "%(balance).2f would be on card %(card)s, the law allows %(limit).2f. Top up less.",
                    balance=balance, card=self.code, limit=program.stored_limit,
                )
            )  # fmt: skip
        if (
            total >= program.stored_identity_from and not holder.sudo()._has_identity()
        ):  # sudo: the number is for few eyes, that there is one is not
            found.append(
                self.env._("The law asks for the identity of who buys this card. Enter it on the page of %s.", holder.display_name or "?")
            )
        limit = program.stored_transfer_entity if holder.is_company else program.stored_transfer_person
        if is_cash and total >= limit:
            found.append(self.env._("From %.2f on cards are paid by bank transfer, not in cash.", limit))
        return found

    # ------------------------------------------------------------------ lost cards
    def action_report_lost(self):
        """Block a named card that its holder has lost."""
        self._check_stored_step("active")
        if self.filtered(lambda card: card.stored_kind != "named"):
            raise UserError(self.env._("Only named cards can be reported lost: nobody knows whose a bearer card is."))
        self._set_stored_state("lost", False)

    def action_found(self):
        """Let a card that was found again pay."""
        self._check_stored_step("lost")
        self._set_stored_state("active", True)

    def action_replace(self):
        """Give the holder a new card with a number of its own; it takes over everything."""
        self.ensure_one()
        self._check_stored_step("lost")
        old = self.sudo()  # sudo: the check above says who may; the ledger belongs to no role
        old._points_lock()
        old._set_stored_state("replaced", False)
        new = old.create([{"program_id": old.program_id.id, "partner_id": old.partner_id.id}])
        new._stored_absorb(old)
        return {
            "type": "ir.actions.act_window",
            "res_model": "loyalty.card",
            "res_id": new.id,
            "view_mode": "form",
            "views": [(self.env.ref("cosmetics_crm.loyalty_card_view_form_stored").id, "form")],
        }

    def action_reactivate(self):
        """Let an expired bearer card pay again: its money is not lost (法释〔2025〕4号 art. 24)."""
        self._check_stored_step("active")
        for card in self:
            if card.stored_kind != "bearer" or not card.expiration_date:
                raise UserError(self.env._("Only bearer cards expire."))
            card.sudo().expiration_date = fields.Date.add(
                self._points_today(), years=card.sudo().program_id.stored_years
            )  # sudo: checked above

    def action_refund_card(self):
        """Write a refund of this card."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refund a Card"),
            "res_model": "cosmetics.stored.refund",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_card_id": self.id},
        }

    def action_view_stored_moves(self):
        """Open the movements of this card."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_stored_move_action")
        return {**action, "domain": [("card_id", "in", self.ids)], "context": {}}

    def _check_stored_step(self, state):
        """Advisers serve the members of their stores; what a card is, only this module says."""
        self.check_access("read")
        if self - self._filter_stored_own():
            raise UserError(self.env._("Advisers look after the cards of members of their stores, member managers after all. Ask one."))
        if self.filtered(lambda card: not card.sudo().stored_kind or card.sudo().stored_state != state):  # sudo: two flags
            raise UserError(self.env._("This step is not due. Reload the page."))

    def _filter_stored_own(self):
        """Return the cards that the user looks after: all, or those of members of the own stores and of one's own."""
        user = self.env.user
        if self.env.su or user.has_group("cosmetics_crm.group_member_manager"):
            return self
        if not user.has_group("cosmetics_crm.group_member_adviser"):
            return self.browse()
        # sudo: the store of the holder decides, not who may read contacts
        holders = {card: card.sudo().partner_id for card in self}
        return self.filtered(lambda card: holders[card].member_store_id in user.store_ids or holders[card].adviser_id == user)
