"""Stored value of a month in the books."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class CosmeticsStoredClosing(models.Model):
    """The entry of a month for stored-value cards, and the tie of the principal with its account.

    Receipts and invoices book top-ups and what cards pay themselves (see `product.template._get_product_accounts`): the whole amount that
    a card paid leaves the account. The bonus in it was never money received: the entry turns it into a discount. Cards that were given
    back owe nothing any more: what is due becomes a payable, what the shop keeps is revenue.
    """

    _name = "cosmetics.stored.closing"
    _description = "Closing of Stored Value"
    _inherit = "cosmetics.owed.closing"

    previous_id = fields.Many2one("cosmetics.stored.closing", string="Month Before", readonly=True, ondelete="restrict", copy=False)
    bonus_amount = fields.Monetary(string="Paid With Bonus", readonly=True, copy=False, help="A discount, less revenue.")
    refund_amount = fields.Monetary(string="Due for Cards Given Back", readonly=True, copy=False, help="Principal, without interest.")
    kept_amount = fields.Monetary(
        string="Kept of Cards Given Back", readonly=True, copy=False, help="Goods consumed at list price: revenue."
    )
    bonus_total = fields.Monetary(string="Paid With Bonus, All Months", readonly=True, copy=False)
    refund_total = fields.Monetary(string="Due for Cards Given Back, All Months", readonly=True, copy=False)
    kept_total = fields.Monetary(string="Kept of Cards Given Back, All Months", readonly=True, copy=False)
    liability = fields.Monetary(string="Principal on Cards")

    # ------------------------------------------------------------------ hooks
    def _get_owed_account(self):
        return self.company_id.sudo().stored_liability_account_id  # sudo: a setting of the company

    def _check_settings(self):
        company = self.company_id.sudo()  # sudo: settings of the company
        if not (company.stored_liability_account_id and company.stored_revenue_account_id and company.stored_payable_account_id):
            raise UserError(
                self.env._(
                    "Accounts of stored value are missing. Choose those of cards, discounts and refunds in the settings of accounting,"
                    " e.g. 220301, 5001 and 2241."
                )
            )

    def _get_figures(self):
        """Return the totals at the end of the month. A refund is approved on the day of its row in the ledger."""
        self.env["cosmetics.stored.move"].flush_model()
        query = SQL(
            """
            SELECT coalesce(sum(move.principal), 0), -coalesce(sum(move.bonus) FILTER (WHERE move.kind IN ('spend', 'give_back')), 0),
                   -coalesce(sum(move.principal) FILTER (WHERE move.kind = 'refund'), 0)
              FROM cosmetics_stored_move move JOIN loyalty_card card ON card.id = move.card_id
             WHERE coalesce(move.company_id, card.company_id, %s) = %s AND move.moved_at < %s
            """,
            self.company_id._get_points_company().id, self.company_id.id, self._get_end(),
        )  # fmt: skip
        [(principal, bonus, closed)] = self.env.execute_query(query)
        due = [
            ("company_id", "=", self.company_id.id), ("state", "in", ("approved", "paid")), ("approved_on", "<=", self._get_last_day()),
        ]  # fmt: skip
        [(back,)] = self.env["cosmetics.stored.refund"]._read_group(due, [], ["principal_back:sum"])
        return {"liability": principal, "bonus_total": bonus, "refund_total": back or 0, "kept_total": closed - (back or 0)}

    def _get_changes(self, figures, previous):
        return {f"{name}_amount": figures[f"{name}_total"] - previous[f"{name}_total"] for name in ("bonus", "refund", "kept")}

    def _get_steps(self, changes):
        company = self.company_id
        liability, revenue = company.stored_liability_account_id, company.stored_revenue_account_id
        bonus, due, kept = (changes[name] for name in ("bonus_amount", "refund_amount", "kept_amount"))
        return [
            (bonus, revenue, liability, self.env._("Bonus that paid: a discount")),
            (due, liability, company.stored_payable_account_id, self.env._("Principal due for cards given back")),
            (kept, liability, revenue, self.env._("Consumed from cards given back, at list price")),
        ]

    def _get_entry_ref(self):
        return self.env._("Stored value of members %s", self.display_name)
