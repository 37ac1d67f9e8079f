"""The card of a loyalty program as the face of the points ledger."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, sql


class LoyaltyCard(models.Model):
    """A card whose program collects points over many purchases is kept by the ledger: its figures follow from `cosmetics.points.move`."""

    _inherit = "loyalty.card"

    in_ledger = fields.Boolean(string="Kept by the Points Ledger", compute="_compute_in_ledger", store=True, precompute=True)
    points_pending = fields.Float(
        string="Pending Points", digits=(16, 2), readonly=True, copy=False, help="Earned, but they cannot be spent yet."
    )
    points_debt = fields.Float(
        string="Owed Points", digits=(16, 2), readonly=True, copy=False,
        help="Taken back after they had been spent; the next points earned pay them.",
    )  # fmt: skip
    merged_into_id = fields.Many2one("loyalty.card", readonly=True, copy=False, ondelete="restrict", index="btree_not_null")
    points_batch_ids = fields.One2many("cosmetics.points.batch", "card_id", string="Batches of Points", readonly=True)
    points_move_ids = fields.One2many("cosmetics.points.move", "card_id", string="Movements of Points", readonly=True)

    _points_not_negative = models.Constraint("CHECK (NOT in_ledger OR points >= 0)", "There are not enough points on the card.")
    _points_pending_not_negative = models.Constraint("CHECK (points_pending >= 0)", "Pending points are never negative.")
    _points_debt_alone = models.Constraint(
        "CHECK (points_debt >= 0 AND (points_debt = 0 OR NOT in_ledger OR (points <= 0 AND points_pending = 0)))",
        "Points are owed only while there are none on the card.",
    )

    def _auto_init(self):
        """Give the cards of before the ledger their columns in one statement; what is below zero is a debt from now on."""
        if not sql.column_exists(self.env.cr, self._table, "points_debt"):
            sql.create_column(self.env.cr, self._table, "points_pending", "numeric")
            sql.create_column(self.env.cr, self._table, "points_debt", "numeric")
            sql.create_column(self.env.cr, self._table, "in_ledger", "boolean")
            self.env.cr.execute(
                SQL(
                    """
                    UPDATE loyalty_card card
                       SET in_ledger = program.program_type = 'loyalty' AND program.applies_on <> 'current', points_pending = 0,
                           points_debt = CASE WHEN program.program_type = 'loyalty' AND program.applies_on <> 'current'
                                              THEN greatest(-round(card.points::numeric, 2), 0) ELSE 0 END,
                           points = CASE WHEN program.program_type = 'loyalty' AND program.applies_on <> 'current'
                                         THEN greatest(round(card.points::numeric, 2), 0) ELSE card.points END
                      FROM loyalty_program program WHERE program.id = card.program_id
                    """
                )
            )
        return super()._auto_init()

    @api.depends("program_id.program_type", "program_id.applies_on")
    def _compute_in_ledger(self):
        for card in self:
            card.in_ledger = card.program_id._is_points_ledger()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_ledger(self):
        # sudo: whether there are movements decides, not who may read them
        if self.env["cosmetics.points.move"].sudo().search_count([("card_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("A card with movements of points is kept for ever. Archive it instead."))

    def action_view_points_moves(self):
        """Open the movements of this card."""
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_crm.cosmetics_points_move_action")
        return {**action, "domain": [("card_id", "in", self.ids)], "context": {}}

    def action_adjust_points(self):
        """Write a new adjustment for this card."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Adjust Points"),
            "res_model": "cosmetics.points.adjustment",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {"default_card_id": self.id},
        }

    def action_loyalty_update_balance(self):
        """Ask for an adjustment where the ledger keeps the points."""
        self.sudo()._refuse_written_money()  # sudo: one flag
        return self.action_adjust_points() if self.in_ledger else super().action_loyalty_update_balance()
