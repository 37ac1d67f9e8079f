"""What the ledger of points would have to say, and does not."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsPointsDifference(models.Model):
    """The check of the ledger: a row for each card or batch whose figure is not the sum of its movements. Empty when all is well."""

    _name = "cosmetics.points.difference"
    _inherit = "cosmetics.ledger.check"
    _description = "Difference in the Points Ledger"
    _auto = False
    _order = "card_id, id"
    _check_activity = "cosmetics_crm.mail_activity_type_points_check"
    _check_approvers = "cosmetics_crm.group_points_approver"

    card_id = fields.Many2one("loyalty.card", readonly=True)
    partner_id = fields.Many2one(related="card_id.partner_id", string="Member")
    company_id = fields.Many2one("res.company", readonly=True)
    batch_id = fields.Many2one("cosmetics.points.batch", readonly=True)
    what = fields.Selection(
        [("batch", "Batch"), ("batches", "Points of the card"), ("debt", "Debt of the card"), ("balance", "Last balance")], readonly=True
    )
    expected = fields.Float(digits=(16, 2), readonly=True, help="Sum of the movements.")
    found = fields.Float(digits=(16, 2), readonly=True, help="What is kept.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH moved AS (
                SELECT card_id, sum(points) FILTER (WHERE batch_id IS NOT NULL) AS held,
                       -sum(points) FILTER (WHERE batch_id IS NULL) AS debt, sum(points) AS total, max(id) AS last
                  FROM cosmetics_points_move GROUP BY card_id
            ), per_batch AS (
                SELECT batch_id, sum(points) AS held FROM cosmetics_points_move WHERE batch_id IS NOT NULL GROUP BY batch_id
            ), difference AS (
                SELECT 4 * batch.id AS id, batch.card_id, batch.id AS batch_id, 'batch' AS what,
                       coalesce(per_batch.held, 0) AS expected, batch.remaining AS found
                  FROM cosmetics_points_batch batch LEFT JOIN per_batch ON per_batch.batch_id = batch.id
                UNION ALL
                SELECT 4 * card.id + 1, card.id, NULL, 'batches', coalesce(moved.held, 0),
                       round(card.points::numeric, 2) + coalesce(card.points_pending, 0)
                  FROM loyalty_card card LEFT JOIN moved ON moved.card_id = card.id WHERE card.in_ledger
                UNION ALL
                SELECT 4 * card.id + 2, card.id, NULL, 'debt', coalesce(moved.debt, 0), coalesce(card.points_debt, 0)
                  FROM loyalty_card card LEFT JOIN moved ON moved.card_id = card.id WHERE card.in_ledger
                UNION ALL
                SELECT 4 * moved.card_id + 3, moved.card_id, NULL, 'balance', moved.total, last.balance
                  FROM moved JOIN cosmetics_points_move last ON last.id = moved.last
            )
            SELECT difference.id, difference.card_id, card.company_id, batch_id, what, expected, found
              FROM difference JOIN loyalty_card card ON card.id = difference.card_id WHERE expected <> found
            """
        )

    @api.model
    def _get_check_texts(self, count):
        note = self.env._(
            "%s figures are not the sum of their movements. See the check of the points ledger, and tell the administrator.", count
        )
        return self.env._("The points ledger does not add up"), note
