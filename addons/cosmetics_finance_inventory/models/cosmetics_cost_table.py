"""Cost table of a month: what came, what went and why, by product category, tied to the account of stock."""

from collections import defaultdict
from datetime import datetime, time, timedelta

from odoo import Command, api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.addons.cosmetics_inventory.tools.shelf_life import china_day
from odoo.tools import SQL

from .cosmetics_cost_table_line import FLOWS


class CosmeticsCostTable(models.Model):
    """A month of stock in money (成本表).

    Opening and closing are the value of stock as Odoo counts it for its own closing of stock, with that closing's end of a day: midnight in
    UTC, eight in the morning in China. Flows are the values of the movements between the two; what they leave unexplained is revaluation.
    """

    _name = "cosmetics.cost.table"
    _inherit = ["cosmetics.month.sheet"]
    _description = "Cost Table"
    _order = "month desc, id desc"
    _rec_name = "month"
    _asked = frozenset({"month", "company_id", "note"})

    month = fields.Date(required=True, default=lambda self: self._default_month(), help="Any day of the month.")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="restrict")
    currency_id = fields.Many2one(related="company_id.currency_id")
    line_ids = fields.One2many("cosmetics.cost.table.line", "table_id", string="Product Categories", readonly=True, copy=False)
    counted_at = fields.Datetime(string="Calculated At", readonly=True, copy=False)
    opening = fields.Monetary(readonly=True, copy=False)
    purchased = fields.Monetary(readonly=True, copy=False)
    sold = fields.Monetary(string="Cost of Sales", readonly=True, copy=False)
    disposed = fields.Monetary(string="Disposals", readonly=True, copy=False)
    used = fields.Monetary(string="Testers and Samples", readonly=True, copy=False)
    counted = fields.Monetary(string="Stocktaking Differences", readonly=True, copy=False)
    other = fields.Monetary(string="Other Moves", readonly=True, copy=False)
    revalued = fields.Monetary(string="Revaluation", readonly=True, copy=False)
    closing = fields.Monetary(readonly=True, copy=False)
    account_balance = fields.Monetary(compute="_compute_account_balance", help="Of the accounts of stock at the end of the month.")
    difference = fields.Monetary(
        compute="_compute_account_balance",
        help="Account less stock. Close the stock valuation for the last day of the month, and nothing is left.",
    )
    note = fields.Text()

    _month_unique = models.UniqueIndex("(company_id, month)", "This month has a cost table already. Open that one.")
    _month_check = models.Constraint("CHECK (extract(day FROM month) = 1)", "A cost table stands on the first day of its month.")

    @api.model
    def _default_month(self):
        return (china_day(fields.Datetime.now()).replace(day=1) - timedelta(days=1)).replace(day=1)

    @api.depends("month", "company_id", "closing")
    def _compute_account_balance(self):
        for table in self:
            lines = [
                ("account_id", "in", table._get_stock_accounts().ids),
                ("company_id", "=", table.company_id.id),
                ("parent_state", "=", "posted"),
                ("date", "<=", fields.Date.end_of(table.month or fields.Date.today(), "month")),
            ]
            [(balance,)] = self.env["account.move.line"].sudo()._read_group(lines, [], ["balance:sum"])  # sudo: a sum for who reads tables
            table.account_balance = balance
            table.difference = balance - table.closing

    @api.model
    def _get_figures_refusal(self):
        return self.env._("Choose the month only: the figures come from the stock.")

    def action_count(self):
        """Count these months anew."""
        self.check_access("write")
        hold_rows(self)
        for table in self:
            # sudo: who keeps the books need not be able to read stock; figures are nobody's to type
            table.sudo()._count_lines()

    # ------------------------------------------------------------------ counting
    def _count_lines(self):
        last = fields.Date.end_of(self.month, "month")
        before = self.month - timedelta(days=1)
        opening, closing = self._get_values(before), self._get_values(last)
        flows = self._get_flows(datetime.combine(before, time.max), datetime.combine(last, time.max))
        rows = []
        for categ_id in opening.keys() | closing.keys() | flows.keys():
            own = {name: self.currency_id.round(flows[categ_id].get(name, 0.0)) for name in FLOWS}
            ends = {"opening": self.currency_id.round(opening[categ_id]), "closing": self.currency_id.round(closing[categ_id])}
            revalued = self.currency_id.round(ends["closing"] - ends["opening"] - sum(own.values()))
            row = {**ends, **own, "revalued": revalued}
            if any(row.values()):
                rows.append({**row, "categ_id": categ_id})
        names = ("opening", *FLOWS, "revalued", "closing")
        sums = {name: self.currency_id.round(sum(row[name] for row in rows)) for name in names}
        lines = [Command.clear(), *map(Command.create, rows)]
        self.write({**sums, "line_ids": lines, "counted_at": fields.Datetime.now()})

    def _get_values(self, day):
        """Return {category id: value of stock at the end of a day} as Odoo's own closing of stock counts it."""
        found = defaultdict(float)
        for product in self._get_products().with_context(to_date=fields.Date.to_string(day)):
            found[product.categ_id.id] += product.total_value
        return found

    def _get_products(self):
        """Return the goods that the company has ever moved, archived ones too."""
        products = self.env["product.product"].with_context(active_test=False).with_company(self.company_id)
        products = products.with_context(allowed_company_ids=self.company_id.ids)
        query = SQL(
            "SELECT DISTINCT product_id FROM stock_move WHERE company_id = %s AND state = 'done' AND (is_in OR is_out)", self.company_id.id
        )
        self.env["stock.move"].flush_model(["product_id", "company_id", "state", "is_in", "is_out"])
        moved = [product_id for (product_id,) in self.env.execute_query(query)]
        return products.browse(moved).filtered("is_storable")

    def _get_stock_accounts(self):
        """Return the accounts that goods of the company are valued in."""
        company = self.company_id or self.env.company
        # sudo: which accounts they are is a setting of categories and company
        categories = (
            self.env["product.category"].sudo().with_company(company).search([("property_stock_valuation_account_id", "!=", False)])
        )
        return categories.property_stock_valuation_account_id | company.sudo().account_stock_valuation_id

    def _get_flows(self, after, until):
        """Return {category id: {flow: money that came, negative where it went}} of the movements between two moments (UTC)."""
        self.env["stock.move"].flush_model()
        self.env["product.template"].flush_model(["categ_id"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT template.categ_id,
                       CASE WHEN place.usage = 'supplier' THEN 'purchased'
                            WHEN place.usage = 'customer' THEN 'sold'
                            WHEN place.usage = 'inventory' AND place.shelf_life_use IS NOT NULL THEN 'used'
                            WHEN place.usage = 'inventory' AND (move.scrap_id IS NOT NULL OR origin.scrap_id IS NOT NULL) THEN 'disposed'
                            WHEN place.usage = 'inventory' THEN 'counted'
                            ELSE 'other' END AS flow,
                       sum(CASE WHEN move.is_in THEN move.value ELSE -move.value END)
                  FROM stock_move move
                  JOIN stock_location place ON place.id = CASE WHEN move.is_in THEN move.location_id ELSE move.location_dest_id END
                  JOIN product_product product ON product.id = move.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id AND template.is_storable
             LEFT JOIN stock_move origin ON origin.id = move.origin_returned_move_id
                 WHERE move.company_id = %s AND move.state = 'done' AND (move.is_in OR move.is_out)
                   AND move.date > %s AND move.date <= %s
              GROUP BY 1, 2
                """,
                self.company_id.id,
                after,
                until,
            )
        )
        found = defaultdict(dict)
        for categ_id, flow, value in rows:
            found[categ_id][flow] = float(value or 0)
        return found
