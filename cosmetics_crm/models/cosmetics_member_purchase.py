"""What members bought, over all channels."""

from odoo import api, fields, models, tools
from odoo.tools import SQL

from ..tools.days import first_moment

COLUMNS = (
    "id", "partner_id", "source", "origin_id", "origin_name", "date", "product_id", "quantity", "amount",
    "store_id", "channel_id", "company_id",
)  # fmt: skip


class CosmeticsMemberPurchase(models.Model):
    """One product of one purchase: an order line, a line of a till receipt, a line of a refund. Read only, always up to date.

    Amounts are in the company's currency, tax included, after discounts; what came back is negative; what was cancelled is not there.
    """

    _name = "cosmetics.member.purchase"
    _inherit = ["cosmetics.union.view"]
    _description = "Purchase of a Member"
    _auto = False
    _order = "date desc, id desc"
    _rec_name = "origin_name"
    _rec_names_search = ["origin_name", "product_id"]

    partner_id = fields.Many2one("res.partner", string="Member", readonly=True)
    source = fields.Selection([("sale", "Order"), ("refund", "Refund"), ("pos", "Till")], readonly=True)
    origin_id = fields.Integer(string="Id of the Origin", readonly=True)
    origin_name = fields.Char(string="Document", readonly=True)
    date = fields.Datetime(readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    quantity = fields.Float(readonly=True)
    amount = fields.Monetary(readonly=True, currency_field="currency_id")
    store_id = fields.Many2one("cosmetics.store", readonly=True)
    channel_id = fields.Integer(string="Id of the Channel", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends("origin_name", "product_id", "date")
    def _compute_display_name(self):
        for purchase in self:
            day = fields.Datetime.context_timestamp(purchase, purchase.date).date() if purchase.date else ""
            purchase.display_name = " · ".join(filter(None, [purchase.origin_name, purchase.product_id.name, str(day)]))

    # ------------------------------------------------------------------ hooks
    @api.model
    def _get_purchase_queries(self):
        """Return a list of SELECT statements (:class:`odoo.tools.SQL`), one for each kind of document; glue adds its own.

        Each gives the columns ``COLUMNS`` in that order: id (integer, unique within the statement), partner_id (the person, not an
        address of theirs), source, origin_id, origin_name, date (timestamp, UTC), product_id, quantity (in the product's unit; refunds
        negative), amount (numeric: company currency, tax included, net of discounts; refunds negative), store_id, channel_id (NULL or
        the id of a sales channel), company_id. Cancelled documents are left out. The column partner_id of a row in an own table must
        be indexed: the page of a member reads through it.
        """
        return []

    @api.model
    def _get_purchase_query(self):
        """Return the union of all statements, with ids that are unique over all of them."""
        return self._get_union()

    @api.model
    def _get_union(self, ids=()):
        columns = SQL(", ").join(SQL.identifier("q", column) for column in COLUMNS[1:])
        goods = SQL("(q.product_id IS NULL OR q.product_id NOT IN (%s))", self._sql_stored_products())
        return self._unite(self._get_purchase_queries() or [self._get_empty_query()], columns, goods, ids)

    @api.model
    def _sql_stored_products(self):
        """Return the products that top up stored-value cards or stand for a payment with one: goods are bought when the card pays."""
        return SQL(
            "SELECT rel.product_product_id FROM loyalty_rule_product_product_rel rel JOIN loyalty_rule r ON r.id = rel.loyalty_rule_id"
            " JOIN loyalty_program g ON g.id = r.program_id WHERE g.stored_kind IS NOT NULL"
            " UNION SELECT w.discount_line_product_id FROM loyalty_reward w JOIN loyalty_program g ON g.id = w.program_id"
            " WHERE g.stored_kind IS NOT NULL AND w.discount_line_product_id IS NOT NULL"
        )

    @api.model
    def _get_empty_query(self):
        types = ("int", "int", "varchar", "int", "varchar", "timestamp", "int", "numeric", "numeric", "int", "int", "int")
        columns = (SQL("NULL::%s AS %s", SQL(kind), SQL.identifier(name)) for name, kind in zip(COLUMNS, types, strict=True))
        return SQL("SELECT %s WHERE FALSE", SQL(", ").join(columns))

    # ------------------------------------------------------------------ figures
    @api.model
    def _get_spends(self, members, since, until):
        """Return {id of a member: amount spent from the day ``since`` to the day ``until``, both included}, in one query."""
        if not members.ids:
            return {}
        self.env.flush_all()
        query = SQL(
            "SELECT p.partner_id, SUM(p.amount) FROM (%s) AS p WHERE p.partner_id = ANY(%s) AND p.date >= %s AND p.date < %s GROUP BY 1",
            self._get_purchase_query(),
            members.ids,
            first_moment(since, self._get_tz()),
            first_moment(tools.date_utils.add(until, days=1), self._get_tz()),
        )
        return {partner: float(amount) for partner, amount in self.env.execute_query(query)}

    @api.model
    def _get_tz(self):
        """Return the time zone in which a day of purchases begins."""
        return self.env.company.partner_id.tz or self.env.user.tz or "Asia/Shanghai"
