"""What the ledger of stored value would have to say, and does not."""

from odoo import api, fields, models
from odoo.tools import SQL


class CosmeticsStoredDifference(models.Model):
    """The check of the ledger: a row for each card or top-up whose money is not the sum of its movements. Empty when all is well."""

    _name = "cosmetics.stored.difference"
    _inherit = "cosmetics.ledger.check"
    _description = "Difference in the Ledger of Stored Value"
    _auto = False
    _order = "card_id, id"
    _check_activity = "cosmetics_crm.mail_activity_type_stored_check"
    _check_approvers = "cosmetics_crm.group_stored_approver"

    card_id = fields.Many2one("loyalty.card", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    batch_id = fields.Many2one("cosmetics.stored.batch", string="Of Top-Up", readonly=True)
    what = fields.Selection([("batch", "Top-Up"), ("card", "Card"), ("balance", "Last balance")], readonly=True)
    expected = fields.Float(digits=(16, 2), readonly=True, help="Sum of the movements.")
    found = fields.Float(digits=(16, 2), readonly=True, help="What is kept.")

    @property
    def _table_query(self):
        return SQL(
            """
            WITH per_card AS (
                SELECT card_id, sum(principal) AS principal, sum(bonus) AS bonus, max(id) AS last
                  FROM cosmetics_stored_move GROUP BY card_id
            ), per_batch AS (
                SELECT batch_id, sum(principal) AS principal, sum(bonus) AS bonus FROM cosmetics_stored_move GROUP BY batch_id
            ), difference AS (
                SELECT 4 * b.id AS id, b.card_id, b.id AS batch_id, 'batch' AS what, coalesce(m.principal, 0) AS expected,
                       b.principal_left AS found FROM cosmetics_stored_batch b LEFT JOIN per_batch m ON m.batch_id = b.id
                UNION ALL
                SELECT 4 * b.id + 1, b.card_id, b.id, 'batch', coalesce(m.bonus, 0), b.bonus_left
                  FROM cosmetics_stored_batch b LEFT JOIN per_batch m ON m.batch_id = b.id
                UNION ALL
                SELECT 4 * c.id + 2, c.id, NULL, 'card', coalesce(m.principal, 0), coalesce(c.stored_principal, 0)
                  FROM loyalty_card c LEFT JOIN per_card m ON m.card_id = c.id WHERE c.stored_kind IS NOT NULL
                UNION ALL
                SELECT 4 * c.id + 3, c.id, NULL, 'card', coalesce(m.bonus, 0), coalesce(c.stored_bonus, 0)
                  FROM loyalty_card c LEFT JOIN per_card m ON m.card_id = c.id WHERE c.stored_kind IS NOT NULL
                UNION ALL
                SELECT -m.card_id, m.card_id, NULL, 'balance', m.principal + m.bonus, last.balance
                  FROM per_card m JOIN cosmetics_stored_move last ON last.id = m.last
            )
            SELECT d.id, d.card_id, c.company_id, d.batch_id, d.what, d.expected, d.found
              FROM difference d JOIN loyalty_card c ON c.id = d.card_id WHERE d.expected <> d.found
            """
        )

    @api.model
    def _get_check_texts(self, count):
        note = self.env._(
            "%s figures are not the sum of their movements. See the check of the stored-value ledger, and tell the administrator.", count
        )
        return self.env._("The stored-value ledger does not add up"), note
