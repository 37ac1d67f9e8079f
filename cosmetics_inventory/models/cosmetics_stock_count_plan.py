"""Counting in cycles: every shelf in its turn, the dear goods more often."""

from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools import shelf_life
from ..tools.abc_class import CLASSES


class CosmeticsStockCountPlan(models.Model):
    """Every so many days a sheet for a part of a warehouse; never a second one while the first is open."""

    _name = "cosmetics.stock.count.plan"
    _description = "Plan of Stock Counts"
    _order = "next_on, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_id = fields.Many2one("stock.warehouse", required=True, check_company=True, index=True)
    location_ids = fields.Many2many("stock.location", domain="[('usage', '=', 'internal'), ('warehouse_id', '=', warehouse_id)]")
    categ_ids = fields.Many2many("product.category", string="Product Categories")
    brand_ids = fields.Many2many("cosmetics.brand", string="Brands")
    abc_class = fields.Selection([(name, name) for name in CLASSES], string="ABC Class")
    is_blind = fields.Boolean(string="Blind", default=True, help="Whoever counts does not see what the books say.")
    interval_days = fields.Integer(string="Every (Days)", required=True, default=30)
    next_on = fields.Date(string="Next on", required=True, default=lambda self: shelf_life.china_day(fields.Datetime.now()))
    count_ids = fields.One2many("cosmetics.stock.count", "plan_id", string="Counts")
    count_count = fields.Integer(string="Number of Counts", compute="_compute_count_count")

    _interval_positive = models.Constraint(
        "CHECK(interval_days > 0)", "A plan counts every day at most. Enter the days between two counts."
    )

    def _compute_count_count(self):
        counts = dict(self.env["cosmetics.stock.count"]._read_group([("plan_id", "in", self.ids)], ["plan_id"], ["__count"]))
        for plan in self:
            plan.count_count = counts.get(plan, 0)

    def action_view_counts(self):
        """Open the counts this plan has made."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_stock_count_action")
        return {**action, "domain": [("plan_id", "=", self.id)], "context": {}}

    def action_make_count(self):
        """Make the next sheet now, whatever day it is due."""
        self.ensure_one()
        self.check_access("write")
        if not self._make_counts():
            raise UserError(self.env._("“%s” has an open count already. Finish or cancel it first.", self.name))
        return self.action_view_counts()

    @api.model
    def _cron_make_counts(self):
        """Nightly: make the sheets that are due today in China; the draft is there in the morning, the manager starts it."""
        today = shelf_life.china_day(fields.Datetime.now())
        self.search([("next_on", "<=", today)])._make_counts()

    def _make_counts(self):
        """Make one draft for each plan without an open count, and set the next day; return the drafts."""
        today = shelf_life.china_day(fields.Datetime.now())
        counts = self.env["cosmetics.stock.count"].sudo()  # sudo: whoever keeps the plan makes its sheets, in any shop
        busy = counts.search([("plan_id", "in", self.ids), ("state", "not in", ("posted", "cancelled"))]).plan_id
        due = self.filtered(lambda plan: plan not in busy)
        made = counts.create([plan._prepare_count_vals() for plan in due])
        for plan in due:
            plan.next_on = today + timedelta(days=plan.interval_days)
        for count in made:
            leader = count.store_id.manager_id or count.plan_id.create_uid
            count._tell(leader, self.env._("Start the planned count %s", count.name))
        return made

    def _prepare_count_vals(self):
        """Return the values of the next sheet."""
        self.ensure_one()
        return {
            "plan_id": self.id,
            "company_id": self.company_id.id,
            "warehouse_id": self.warehouse_id.id,
            "location_ids": [fields.Command.set(self.location_ids.ids)],
            "categ_ids": [fields.Command.set(self.categ_ids.ids)],
            "brand_ids": [fields.Command.set(self.brand_ids.ids)],
            "abc_class": self.abc_class,
            "is_blind": self.is_blind,
        }
