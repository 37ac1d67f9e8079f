"""Points on the page of a member."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    _inherit = "res.partner"

    points_available = fields.Float(
        string="Points", compute="_compute_points", digits=(16, 2), compute_sudo=True, groups="base.group_user",
        help="Points that can be spent now, of all points programs of the chosen companies.",
    )  # fmt: skip
    points_pending = fields.Float(
        string="Pending Points", compute="_compute_points", digits=(16, 2), compute_sudo=True, groups="base.group_user"
    )
    points_debt = fields.Float(string="Owed Points", compute="_compute_points", digits=(16, 2), compute_sudo=True, groups="base.group_user")

    @api.depends_context("allowed_company_ids")
    def _compute_points(self):
        groups = self.env["loyalty.card"]._read_group(
            [("partner_id", "in", self.ids), ("in_ledger", "=", True), ("company_id", "in", [False, *self.env.companies.ids])],
            ["partner_id"],
            ["points:sum", "points_pending:sum", "points_debt:sum"],
        )
        sums = {partner.id: figures for partner, *figures in groups}
        for partner in self:
            partner.points_available, partner.points_pending, partner.points_debt = sums.get(partner.id, (0, 0, 0))

    def action_view_points(self):
        """Open the points of this member, movement by movement."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_points_move_action")
        return {**action, "domain": [("card_id.partner_id", "in", self.ids)], "context": {}}

    def action_adjust_points(self):
        """Write a new adjustment for the card of this member; an adviser, who reads no cards, asks this way."""
        self.ensure_one()
        self.check_access("read")
        return self._get_points_card().action_adjust_points()

    def _get_points_card(self):
        """Return the card with points of this member in the company at work (in sudo), or say that there is none."""
        self.ensure_one()
        # sudo: advisers read no cards, for those of gift cards are money; who may ask for this member, the adjustment says
        cards = self.env["loyalty.card"].sudo()
        own = [("partner_id", "=", self.id), ("in_ledger", "=", True), ("company_id", "in", [False, self.env.company.id])]
        card = cards.search(own, order="id", limit=1)
        if not card:
            raise UserError(self.env._("%s has no card with points yet. The first purchase makes one.", self.display_name))
        return card
