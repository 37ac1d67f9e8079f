"""From when on stock is too little, too much, or lies too long."""

from odoo import api, fields, models

from ..tools.stock_watch import Limits


class CosmeticsStockThreshold(models.Model):
    """What is watched for a product or a category, at one warehouse or at all. The most specific threshold decides alone:
    product before category (the nearest one), that before all goods; of two equal ones, the one of the warehouse.
    """

    _name = "cosmetics.stock.threshold"
    _description = "Stock Threshold"
    _order = "company_id, product_id, categ_id, warehouse_id, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, ondelete="cascade")
    warehouse_id = fields.Many2one("stock.warehouse", check_company=True, index="btree_not_null", ondelete="cascade")
    product_id = fields.Many2one(
        "product.product", check_company=True, index="btree_not_null", ondelete="cascade", domain="[('is_storable', '=', True)]"
    )
    categ_id = fields.Many2one("product.category", string="Product Category", index="btree_not_null", ondelete="cascade")
    minimum = fields.Float(
        string="Minimum Quantity",
        digits="Product Unit",
        help="Free stock below this is told, in the product's own unit. 0: the minimum of the replenishment rules counts.",
    )
    warns_out = fields.Boolean(string="Tell When Sold Out", default=True)
    cover_days = fields.Integer(
        string="Stock Lasts at Most", default=180, help="Days. More stock than sells in this time is overstock; 0: not watched."
    )
    idle_days = fields.Integer(string="Unsold For", default=90, help="Goods that did not sell for so many days are told; 0: not watched.")
    expiry_days = fields.Integer(
        string="Look at Batches Within",
        default=180,
        help="Batches whose sale stops within so many days are told when they will not be sold in time; 0: not watched.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Responsible",
        domain="[('share', '=', False)]",
        help="Who is told. Empty: the manager of the store, else whom the warehouse names.",
    )
    escalation_hours = fields.Integer(
        string="Escalate After", default=48, help="Hours after which an alert that nobody has taken up goes one step up; 0: never."
    )
    escalation_user_id = fields.Many2one(
        "res.users",
        string="Escalate To",
        domain="[('share', '=', False)]",
        help="Empty: a warehouse manager of the company.",
    )
    recheck_days = fields.Integer(
        default=7, required=True, help="A handled alert whose cause is still there after so many days is told again."
    )

    _scope_uniq = models.UniqueIndex(
        "(company_id, COALESCE(warehouse_id, 0), COALESCE(product_id, 0), COALESCE(categ_id, 0))",
        "There is a threshold for these goods at this place already. Change that one.",
    )
    _one_scope = models.Constraint(
        "CHECK (product_id IS NULL OR categ_id IS NULL)", "A threshold is for one product or for one category: leave the other empty."
    )
    _not_negative = models.Constraint(
        "CHECK (minimum >= 0 AND cover_days >= 0 AND idle_days >= 0 AND expiry_days >= 0 AND escalation_hours >= 0)",
        "Quantities, days and hours are 0 (not watched) or more, e.g. 90.",
    )
    _idle_days_limit = models.Constraint("CHECK (idle_days <= 730)", "Goods are looked back on for 730 days at most. Enter less, e.g. 90.")
    _recheck_days_positive = models.Constraint(
        "CHECK (recheck_days >= 1)", "A handled alert is looked at again after 1 day or more, e.g. 7."
    )

    @api.depends("product_id", "categ_id", "warehouse_id")
    def _compute_display_name(self):
        for threshold in self:
            goods = threshold.product_id.display_name or threshold.categ_id.display_name or self.env._("All Goods")
            threshold.display_name = f"{goods} · {threshold.warehouse_id.name}" if threshold.warehouse_id else goods

    def _get_limits(self, rule_minimum):
        """Return the `Limits` of this threshold.

        :param float rule_minimum: of the replenishment rules of the place; counts where the threshold names no minimum
        """
        self.ensure_one()
        return Limits(self.minimum or rule_minimum, self.warns_out, self.cover_days, self.idle_days, self.expiry_days)

    @api.model
    def _get_resolver(self):
        """Return a function (product id, category path, warehouse id, company id) -> the one threshold that counts, or None.

        :return: the path is `parent_path` of the category, e.g. "1/5/"; all thresholds are read once
        """
        thresholds = {
            (row.company_id.id, row.product_id.id, row.categ_id.id, row.warehouse_id.id): row
            for row in self.search_fetch([], ["company_id", "product_id", "categ_id", "warehouse_id"])
        }

        def resolve(product, path, warehouse, company):
            categories = [int(part) for part in reversed((path or "").split("/")) if part]
            goods = [(product, False), *((False, category) for category in categories), (False, False)]
            keys = ((company, *good, place) for good in goods for place in (warehouse, False))
            return next((thresholds[key] for key in keys if key in thresholds), None)

        return resolve
