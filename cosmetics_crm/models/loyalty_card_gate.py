"""Nobody changes the points, or the money, of a card past its ledger."""

from uuid import uuid4

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..tools.gate import points_gate
from ..tools.points_act import Act

MONEY = {"stored_principal", "stored_bonus", "stored_state", "stored_kind"}
FIGURES = {"points", "points_pending", "points_debt", "in_ledger", "merged_into_id"} | MONEY
TYPED = frozenset({"points"})  # a person may name them: for a coupon, or for what a card begins with


class LoyaltyCard(models.Model):
    _inherit = "loyalty.card"

    @api.model_create_multi
    def create(self, vals_list):
        """Open ledger cards empty; points they are to begin with become an opening movement."""
        vals_list = [dict(vals) for vals in vals_list]  # an import that was refused tries its own once more
        openings = [self._take_opening(vals) for vals in vals_list]
        figures = FIGURES - TYPED
        cards = super().create([{name: value for name, value in vals.items() if name not in figures} for vals in vals_list])
        opened = [(card, points) for card, points in zip(cards, openings, strict=True) if points]
        acts = [Act(card, "opening", points, card._points_opening_key()) for card, points in opened if card.in_ledger]
        if acts:
            self._points_post(acts)
        for card, amount in opened:
            if card.sudo().stored_kind:  # sudo: one flag
                card._post_stored_opening(amount)
        return cards

    @api.model
    def _get_machine_fields(self):
        return super()._get_machine_fields() | (FIGURES - TYPED)

    def _take_opening(self, vals):
        """Take the points out of the values of a new ledger card, which begins with none, and return them."""
        program_id = vals.get("program_id") or self.default_get(["program_id"]).get("program_id")
        # sudo: what kind of program it is decides, not who may read it
        program = self.env["loyalty.program"].sudo().browse(program_id)
        if not program._is_kept():
            return 0
        points, vals["points"] = vals.get("points"), 0
        if not points:
            return 0
        if not self.env.su and program.stored_kind and not self.env.user.has_group("cosmetics_crm.group_stored_approver"):
            raise UserError(self.env._("A new card is empty. Save it without a balance, then sell a top-up."))
        if not self.env.su and not program.stored_kind and not self.env.user.has_group("cosmetics_crm.group_points_approver"):
            raise UserError(self.env._("A new card has no points. Save it without points, then ask for an adjustment."))
        return points

    def write(self, vals):
        """Post what the system changes as an adjustment; refuse what a person types, from wherever."""
        figures = FIGURES & set(vals)
        if not figures and "program_id" not in vals:
            return super().write(vals)
        kept = self._filter_kept()
        if kept and "program_id" in vals:
            kept._check_program_kept(vals["program_id"])
        if not kept or not figures:
            return super().write(vals)
        others = self - kept
        if others:
            super(LoyaltyCard, others).write(vals)
        rest = {name: value for name, value in vals.items() if name not in FIGURES}
        if rest:
            super(LoyaltyCard, kept).write(rest)
        if not points_gate.is_marked(self):
            kept._refuse_written_money()
            kept._post_written_figures(vals, figures)
        return True

    def _filter_kept(self):
        """Return the cards that a ledger keeps: points or stored value."""
        # sudo: two flags; the change itself asks for the rights
        return self.filtered(lambda card: card.sudo().in_ledger or card.sudo().stored_kind)

    def _refuse_written_money(self):
        """Money never changes by a mere write, not even one of the system: there would be no document behind it."""
        if self.filtered(lambda card: card.sudo().stored_kind):  # sudo: one flag
            raise UserError(self.env._("What is on a stored-value card follows from its ledger: top-ups, purchases and refunds."))

    def _post_written_figures(self, vals, figures):
        if not self.env.su:
            raise UserError(self.env._("The points of a card follow from its ledger. Ask for an adjustment instead of changing them."))
        if figures != {"points"}:
            raise UserError(self.env._("Pending and owed points follow from the ledger and cannot be set."))
        self._points_lock()
        reason = self.env._("Changed by the system")
        acts = [
            Act(card, "adjust", vals["points"] - card.points, f"written,{uuid4()}", reason=reason)
            for card in self
            if round(vals["points"] - card.points, 2)
        ]
        if acts:
            self._points_post(acts)

    def _check_program_kept(self, program_id):
        moved = self.filtered(lambda card: card.program_id.id != program_id)
        # sudo: whether there are movements decides, not who may read them
        ledgers = ("cosmetics.points.move", "cosmetics.stored.move")
        if moved and any(self.env[ledger].sudo().search_count([("card_id", "in", moved.ids)], limit=1) for ledger in ledgers):
            raise UserError(self.env._("A card with movements stays with its program."))

    def _set_merged_into(self, card):
        """Let these cards stand for another; by SQL, for the gate lets nobody through."""
        self.env.cr.execute(SQL("UPDATE loyalty_card SET merged_into_id = %s WHERE id = ANY(%s)", card.id, list(self.ids)))
        self.invalidate_recordset(["merged_into_id"])

    # ------------------------------------------------------------------ start
    def _points_opening_key(self):
        self.ensure_one()
        return f"opening,loyalty.card,{self.id}"

    @api.model
    def _open_points_ledger(self):
        """Give the cards of before the ledger their opening movement; run at each update, it finds nothing the second time."""
        cards = self.sudo().with_context(active_test=False, loyalty_no_mail=True)
        cards = cards.search(
            [("in_ledger", "=", True), "|", ("points", ">", 0), ("points_debt", ">", 0), ("points_move_ids", "=", False)], order="id"
        )
        reason = self.env._("Balance at the start of the ledger")
        for start in range(0, len(cards), 1000):
            chunk = cards[start : start + 1000]
            acts = [Act(card, "opening", card.points - card.points_debt, card._points_opening_key(), reason=reason) for card in chunk]
            # The opening movement makes the debt anew.
            self.env.cr.execute(SQL("UPDATE loyalty_card SET points_debt = 0 WHERE id = ANY(%s)", list(chunk.ids)))
            chunk.invalidate_recordset(["points_debt"])
            self._points_post(acts)
