"""What core's till asks about loyalty: for points the ledger answers, the till's figures are not looked at."""

from odoo import api, models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def validate_coupon_programs(self, point_changes, new_codes):
        """Let core check what is not kept by the ledger; it would compare points of a card with the net change of an order."""
        cards = self.env["loyalty.card"].browse(int(key) for key in point_changes).exists()
        kept = {card.id for card in cards._filter_kept() if card.program_id.active}
        return super().validate_coupon_programs({key: value for key, value in point_changes.items() if int(key) not in kept}, new_codes)

    def confirm_coupon_programs(self, coupon_data):
        """Answer with the cards of the ledger; what they earn and spend was posted with the order."""
        ids = {int(vals["program_id"]) for vals in coupon_data.values() if vals.get("program_id")}
        ledger = self.env["loyalty.program"].browse(ids).exists().filtered(lambda program: program.sudo()._is_kept())
        own = {int(key): vals for key, vals in coupon_data.items() if vals.get("program_id") in ledger.ids}
        result = super().confirm_coupon_programs({key: vals for key, vals in coupon_data.items() if int(key) not in own})
        if own:
            self.ensure_one()
            self.check_access("read")
            self._post_stored_bearer(own)
            result["coupon_updates"] += self._get_points_updates(own)
        return result

    def _get_points_updates(self, coupon_data):
        """Return what the till is told about ledger cards: their id and what may be spent now."""
        updates = []
        for key, vals in coupon_data.items():
            # sudo: the till may show the figure of the customer's own card
            program = self.env["loyalty.program"].sudo().browse(vals["program_id"])
            card = self.env["loyalty.card"].sudo()
            if program.stored_kind == "bearer":
                card = card.search(
                    [
                        ("code", "=", vals.get("code") or vals.get("barcode") or card.browse(key).exists().code),
                        ("program_id", "=", program.id),
                    ]
                )
            else:
                card = card._find_till_card(program, self.partner_id)
            if card:
                updates.append({"old_id": key, **card._get_till_figures()})
        return updates

    @api.model
    def get_points_left(self, card_ids):
        """Return {id: points that may be spent now}, read under the rights of the till; cards that are gone or closed are left out.

        The till asks before it takes the money.
        """
        cards = self.env["loyalty.card"].search([("id", "in", card_ids)])
        return {card.id: card.points for card in cards if card.program_id.active}
