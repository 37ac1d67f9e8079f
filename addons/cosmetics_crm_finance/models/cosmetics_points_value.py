"""What was put aside for the points of a document, fixed with the first closing that met them."""

from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ..tools import points_value as rules


class CosmeticsPointsValue(models.Model):
    """The value of the points of one document. Price and expectation of that day stay, whatever the settings say later."""

    _name = "cosmetics.points.value"
    _description = "Value of Points"
    _order = "id desc"
    _rec_name = "origin_model"

    closing_id = fields.Many2one("cosmetics.points.closing", string="Month", required=True, readonly=True, ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    origin_model = fields.Char(required=True, readonly=True)
    origin_id = fields.Many2oneReference(
        string="Document", model_field="origin_model", required=True, readonly=True, help="The batch, for points without one."
    )
    points = fields.Float(digits=(16, 2), readonly=True, help="That the document gave.")
    revenue = fields.Monetary(string="Price Without VAT", readonly=True)
    price = fields.Float(string="Price of a Point", digits=(16, 4), readonly=True, aggregator=None)
    percent = fields.Float(string="Expected to Be Spent", digits=(5, 2), readonly=True, aggregator=None)
    amount = fields.Monetary(string="Put Aside", readonly=True)
    is_gift = fields.Boolean(string="Given for Nothing", readonly=True, help="No sale paid for them: an expense, not less revenue.")

    _origin_unique = models.UniqueIndex("(company_id, origin_model, origin_id)", "The points of this document have a value already.")

    # ------------------------------------------------------------------ for the closing
    def _read_points_groups(self, company, moment):
        """Return {(model, id): `Points`} of each document of a company as the ledger was before a moment (naive UTC).

        Points without a document are known by their batch. What one card handed to another keeps its document, so it cancels out.
        """
        self.env["cosmetics.points.move"].flush_model()
        self.env["cosmetics.points.batch"].flush_model()
        query = SQL(
            """
            SELECT coalesce(batch.origin_model, 'cosmetics.points.batch'), coalesce(batch.origin_id, batch.id),
                   coalesce(sum(move.points) FILTER (WHERE move.points > 0 AND (move.kind IN ('earn', 'opening', 'adjust')
                            OR batch.origin_model IS NULL AND move.kind = 'transfer')), 0),
                   sum(move.points), -coalesce(sum(move.points) FILTER (WHERE move.kind IN ('spend', 'give_back')), 0),
                   -coalesce(sum(move.points) FILTER (WHERE move.kind = 'expire'), 0)
              FROM cosmetics_points_move move JOIN cosmetics_points_batch batch ON batch.id = move.batch_id
              JOIN loyalty_card card ON card.id = batch.card_id
             WHERE coalesce(batch.company_id, card.company_id, %s) = %s AND move.moved_at < %s GROUP BY 1, 2
            """,
            company._get_points_company().id, company.id, moment,
        )  # fmt: skip
        return {(model, res_id): rules.Points(*map(rules.exact, figures)) for model, res_id, *figures in self.env.execute_query(query)}

    def _get_values(self, closing, groups):
        """Return {(model, id): value} of these groups; those that have none get one."""
        known = {(value.origin_model, value.origin_id): value for value in self.search([("company_id", "=", closing.company_id.id)])}
        new = {key: points for key, points in groups.items() if key not in known and points.earned > 0}
        revenues = self._get_revenues(closing.company_id, new)
        values = self.create([self._prepare_value_vals(closing, key, points.earned, revenues.get(key)) for key, points in new.items()])
        return known | dict(zip(new, values, strict=True))

    def _prepare_value_vals(self, closing, key, points, revenue):
        company = closing.company_id
        price, percent = map(rules.exact, (company.points_price, company.points_redeemed_percent))
        amount = rules.gift_price(points, price, percent) if revenue is None else rules.price_part(revenue, points, price, percent)
        return {
            "closing_id": closing.id,
            "company_id": company.id,
            "origin_model": key[0],
            "origin_id": key[1],
            "points": float(points),
            "revenue": float(revenue or 0),
            "price": company.points_price,
            "percent": company.points_redeemed_percent,
            "amount": float(amount),
            "is_gift": revenue is None,
        }

    def _get_revenues(self, company, keys):
        """Return {(model, id): yuan without VAT} of those documents that are sales; others gave their points for nothing."""
        ids = defaultdict(list)
        for model, res_id in keys:
            ids[model].append(res_id)
        return {
            (model, res_id): revenue
            for model, model_ids in ids.items()
            for res_id, revenue in self._get_points_revenue(company, model, model_ids).items()
        }

    def _get_points_revenue(self, company, model, ids):
        """Return {id: yuan without VAT, as Decimal} of documents that sell; nothing for a model that does not sell.

        Orders, receipts and invoices all say their total and their taxes; modules with other documents extend the answer.
        """
        fields_of = self.env[model]._fields if model in self.env else {}
        if "amount_total" not in fields_of or "amount_tax" not in fields_of:
            return {}
        # sudo: what a sale was worth decides, not who may read orders and receipts
        documents = self.env[model].sudo().browse(ids).exists()
        revenues = {}
        for document in documents:
            amount = document.amount_total - document.amount_tax
            if document.currency_id != company.currency_id:
                day = fields.Date.to_date(document.create_date)
                amount = document.currency_id._convert(amount, company.currency_id, company, day)
            revenues[document.id] = rules.to_cents(rules.exact(amount))
        return revenues
