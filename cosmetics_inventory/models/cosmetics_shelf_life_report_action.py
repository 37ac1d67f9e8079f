"""What to do with each row of the shelf life report: facts for `tools.near_expiry_action`, and its words."""

from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.tools import SQL

from ..tools import near_expiry_action
from ..tools.shelf_life import china_day

ACTION_KINDS = [
    ("none", "Nothing"),
    ("keep", "Keep"),
    ("move", "Move to Another Shop"),
    ("markdown", "Mark Down"),
    ("return", "Return to Supplier"),
    ("scrap", "Dispose of"),
]


class CosmeticsShelfLifeReport(models.Model):
    _inherit = "cosmetics.shelf.life.report"

    action_kind = fields.Selection(ACTION_KINDS, string="What to Do", compute="_compute_action")
    action_quantity = fields.Float(string="How Many", compute="_compute_action", digits="Product Unit", aggregator=None)
    action_warehouse_id = fields.Many2one("stock.warehouse", string="Move To", compute="_compute_action")
    action_partner_id = fields.Many2one("res.partner", string="Supplier", compute="_compute_action")
    action_sentence = fields.Char(string="Why", compute="_compute_action")

    @api.depends("lot_id", "location_id", "free_quantity", "band_id")
    def _compute_action(self):
        """Decide row by row from facts gathered for all rows at once: the number of queries does not grow with the rows."""
        suppliers = self._get_suppliers()
        facts_of = self._get_action_facts(suppliers)
        warehouses = {warehouse.id: warehouse for warehouse in self.env["stock.warehouse"].browse(self._get_places(facts_of))}
        for row in self:
            facts = facts_of[row]
            action = near_expiry_action.decide(facts)
            row.action_kind = action.kind
            row.action_quantity = action.quantity
            row.action_warehouse_id = warehouses[action.place.key] if action.place else False
            row.action_partner_id = suppliers.get(row.lot_id) if action.kind == "return" else False
            row.action_sentence = row._get_action_sentence(facts, action)

    def action_deal(self):
        """Open what is proposed for these rows, to be changed and carried out."""
        wizard = self.env["cosmetics.near.expiry.wizard"].create(
            {
                "line_ids": [
                    Command.create(
                        {
                            "quant_id": row.id,
                            "kind": row.action_kind,
                            "quantity": row.action_quantity,
                            "warehouse_id": row.action_warehouse_id.id,
                            "partner_id": row.action_partner_id.id,
                            "sentence": row.action_sentence,
                        }
                    )
                    for row in self
                ]
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Deal with Goods Near Expiry"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    @api.model
    def _get_places(self, facts_of):
        """Return the ids of all warehouses that facts speak of."""
        return {place.key for facts in facts_of.values() for place in facts.places}

    def _get_action_facts(self, suppliers):
        """Return {row: near_expiry_action.Facts}.

        :param suppliers: see `_get_suppliers`
        """
        today = china_day(fields.Datetime.now())
        sales = self._get_daily_sales()
        stocks = self._get_sellable_stocks(today)
        shops = self._get_shop_warehouses()
        return {row: row._prepare_facts(today, sales, stocks, shops, suppliers.get(row.lot_id)) for row in self}

    def _prepare_facts(self, today, sales, stocks, shops, supplier):
        """Return the facts of one row; arguments are what `_get_action_facts` gathered."""
        self.ensure_one()
        product, warehouse = self.product_id.id, self.warehouse_id.id
        here = stocks.get((product, warehouse), [])
        key = (self.expiration_on, self.id)
        ahead = sum(quantity for expiration_on, quant, quantity in here if (expiration_on, quant) < key)
        places = tuple(
            near_expiry_action.Place(place, daily, sum(quantity for _day, _quant, quantity in stocks.get((product, place), [])))
            for place, daily in sorted(sales.get(product, {}).items())
            if place != warehouse and place in shops.get(self.company_id.id, ()) and daily > 0
        )
        return near_expiry_action.Facts(
            days_left=self.sale_days,
            free=self.free_quantity,
            daily_sales=max(sales.get(product, {}).get(warehouse, 0.0), 0.0),
            ahead=ahead + self.quantity - self.free_quantity,
            is_expired=self.expiration_on < today,
            is_held=self.quality_state != "released",
            needs_action=self.band_id.alert or self.band_id.blocks_sale,
            has_markdown=self.band_id.markdown_percent > 0,
            takes_back=bool(supplier),
            places=places,
        )

    def _get_daily_sales(self):
        """Return {product id: {warehouse id: units sold a day}} over the days each company looks back; returns are taken off."""
        sales = defaultdict(lambda: defaultdict(float))
        if not self.product_id:
            return sales
        self.env["stock.move.line"].flush_model()
        self.env["res.company"].flush_model(["near_expiry_sales_days"])
        query = SQL(
            """
            SELECT line.product_id,
                   COALESCE(source.warehouse_id, destination.warehouse_id),
                   SUM(CASE WHEN destination.usage = 'customer' THEN 1 ELSE -1 END * line.quantity_product_uom)
                       / company.near_expiry_sales_days
              FROM stock_move_line line
              JOIN res_company company ON company.id = line.company_id
              JOIN stock_location source ON source.id = line.location_id
              JOIN stock_location destination ON destination.id = line.location_dest_id
             WHERE line.state = 'done' AND line.product_id IN %(products)s
               AND (source.usage = 'customer') <> (destination.usage = 'customer')
               AND line.company_id IN %(companies)s
               AND line.date >= %(now)s::timestamp - company.near_expiry_sales_days * INTERVAL '1 day'
          GROUP BY 1, 2, company.id
            """,
            now=fields.Datetime.now(),
            products=tuple(self.product_id.ids),
            companies=tuple(self.company_id.ids),
        )
        for product, warehouse, quantity in self.env.execute_query(query):
            sales[product][warehouse] += float(quantity)
        return sales

    def _get_sellable_stocks(self, today):
        """Return {(product id, warehouse id): [(use-by date, quant id, quantity), …]} of all that may be sold, in every shop."""
        stocks = defaultdict(list)
        # sudo: what other shops have decides where goods sell; only the sentence and the target leave here.
        report = self.sudo()
        query = report._search(
            [
                ("product_id", "in", self.product_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("quality_state", "=", "released"),
                ("sale_stop_on", ">", today),
            ],
            order="id",
        )
        names = ("product_id", "warehouse_id", "expiration_on", "id", "quantity")
        columns = [report._field_to_sql(query.table, name, query) for name in names]
        # Plain tuples: a busy product has hundreds of batches, records of them would cost more than the answer.
        for product, warehouse, expiration_on, quant, quantity in self.env.execute_query(query.select(*columns)):
            stocks[product, warehouse].append((expiration_on, quant, quantity))
        return stocks

    def _get_shop_warehouses(self):
        """Return {company id: ids of the warehouses from which shops sell}: goods move to where customers are."""
        # sudo: a clerk sees the own shop only, the advice may name another one
        groups = self.env["cosmetics.store"].sudo()._read_group([("warehouse_id", "!=", False)], ["company_id"], ["warehouse_id:array_agg"])
        return {company.id: set(warehouses) for company, warehouses in groups}

    def _get_suppliers(self):
        """Return {lot: who delivered it}, only those who take back goods near their expiry.

        Who delivered the batch counts; a batch of unknown origin follows the first vendor of the product.
        """
        # sudo: receipts and vendor lists may be closed to the reader; only the name of the supplier leaves here
        lines = self.env["stock.move.line"].sudo()
        groups = lines._read_group(
            [("lot_id", "in", self.lot_id.ids), ("state", "=", "done"), ("location_id.usage", "=", "supplier")], ["lot_id", "move_id"]
        )
        found = {}
        for lot, move in groups:
            partner = move.picking_id.partner_id or move.partner_id
            if partner:
                found.setdefault(lot.id, partner.commercial_partner_id)
        suppliers = {}
        for lot in self.sudo().lot_id:
            partner = found.get(lot.id) or lot.product_id.seller_ids[:1].partner_id.commercial_partner_id
            if partner.accepts_near_expiry_returns:
                suppliers[lot.with_env(self.env)] = partner.with_env(self.env)
        return suppliers

    def _get_action_sentence(self, facts, action):
        """Return one sentence that says why, in the words of the shop."""
        self.ensure_one()
        words = {
            "quantity": f"{action.quantity:g}",
            "here": self._format_rate(facts.daily_sales),
            "days": facts.days_left,
        }
        if action.kind == "move":
            # sudo: the name of a shop is no secret
            target = self.env["stock.warehouse"].sudo().browse(action.place.key).name
            there = self._format_rate(action.place.daily_sales)
            return self.env._(
                "Sells %(here)s a day here, %(there)s a day in %(target)s: move %(quantity)s there", there=there, target=target, **words
            )
        sentences = {
            "held": self.env._("Held by quality: wait for the decision"),
            "reserved": self.env._("All of it is reserved"),
            "expired": self.env._("Expired: take it off the shelf and dispose of it"),
            "stopped": self.env._("Its sale has stopped: dispose of %(quantity)s", **words),
            "stopped_takes_back": self.env._("Its sale has stopped: send %(quantity)s back, the supplier takes them", **words),
            "not_yet": self.env._("Still fresh enough"),
            "sells_in_time": self.env._("Sells %(here)s a day here: sold out before its sale stops in %(days)s days", **words),
            "supplier_takes_back": self.env._(
                "Sells %(here)s a day here, %(quantity)s would stay after %(days)s days: the supplier takes them back", **words
            ),
            "promote": self.env._("Sells %(here)s a day here, %(quantity)s would stay after %(days)s days: promote it", **words),
        }
        if action.reason == "band_price":
            return self.env._(
                "Sells %(here)s a day here, %(quantity)s would stay after %(days)s days: sell it %(percent)s%% cheaper",
                percent=f"{self.band_id.markdown_percent:g}",
                **words,
            )
        return sentences[action.reason]

    @api.model
    def _format_rate(self, rate):
        """Return units a day as people say them: 2.1, 0.04, 0."""
        return f"{rate:.1f}" if rate >= 0.1 else f"{rate:.1g}"
