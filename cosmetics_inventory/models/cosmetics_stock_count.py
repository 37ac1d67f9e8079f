"""The sheet of a stock count: what is counted, how far it is, and who did what."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.abc_class import CLASSES

MANAGER = "cosmetics_inventory.group_stock_count_manager"
# The states in which goods are being counted, and those in which the sheet is done with.
COUNTING = ("counting", "recount")
CLOSED = ("posted", "cancelled")


class CosmeticsStockCount(models.Model):
    """One count of a warehouse, or of a part of it.

    The book quantities are frozen when it starts; what moves afterwards is no difference, because every counted figure
    remembers what the stock held at that moment. Differences are posted through Odoo's own inventory adjustment.
    """

    _name = "cosmetics.stock.count"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _description = "Stock Count"
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Number", readonly=True, copy=False, default=lambda self: self.env._("New"))
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("counting", "Counting"),
            ("review", "To Review"),
            ("recount", "Recount"),
            ("approval", "To Approve"),
            ("posted", "Posted"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True, default=lambda self: self._default_warehouse_id()
    )
    store_id = fields.Many2one("cosmetics.store", compute="_compute_store_id", store=True, index="btree_not_null")
    location_ids = fields.Many2many(
        "stock.location",
        domain="[('usage', '=', 'internal'), ('warehouse_id', '=', warehouse_id)]",
        help="With everything below them. Empty: all of the warehouse.",
    )
    categ_ids = fields.Many2many("product.category", string="Product Categories")
    brand_ids = fields.Many2many("cosmetics.brand", string="Brands")
    series_ids = fields.Many2many("cosmetics.series")
    product_ids = fields.Many2many("product.product", string="Products", domain="[('is_storable', '=', True)]")
    abc_class = fields.Selection(
        [(name, name) for name in CLASSES],
        string="ABC Class",
        help="By the value that left the warehouse in the last 12 months: A the first 80 %, B the next 15 %, C the rest.",
    )
    plan_id = fields.Many2one("cosmetics.stock.count.plan", readonly=True, copy=False, index="btree_not_null")
    is_blind = fields.Boolean(string="Blind", default=True, help="Whoever counts does not see what the books say.")
    round = fields.Integer(readonly=True, copy=False, help="1 for the first count, 2 for the recount by somebody else, and so on.")
    line_ids = fields.One2many("cosmetics.stock.count.line", "count_id", string="Lines")
    started_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    started_at = fields.Datetime(string="Frozen at", readonly=True, copy=False, help="The book quantities are those of this moment.")
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False, tracking=True)
    posted_at = fields.Datetime(readonly=True, copy=False)
    cancel_reason = fields.Char(string="Reason for Cancelling", copy=False, tracking=True)
    note = fields.Text()
    line_count = fields.Integer(compute="_compute_progress")
    counted_count = fields.Integer(string="Counted Lines", compute="_compute_progress")
    progress = fields.Float(string="Progress (%)", compute="_compute_progress")
    difference_count = fields.Integer(string="Differences", readonly=True, copy=False, groups=MANAGER)
    difference_value = fields.Monetary(readonly=True, copy=False, groups=MANAGER, help="What is too many minus what is missing, at cost.")
    gross_value = fields.Monetary(
        string="Value of All Differences",
        readonly=True,
        copy=False,
        groups=MANAGER,
        help="Missing and too many added up: decides who approves.",
    )

    _started_once = models.Constraint(
        "CHECK(state IN ('draft', 'cancelled') OR started_at IS NOT NULL)", "A count starts with “Start”, which freezes the books."
    )
    _approver_is_another = models.Constraint(
        "CHECK(approved_by_id IS NULL OR (approved_by_id <> started_by_id AND approved_by_id <> submitted_by_id))",
        "Whoever started or submitted a count cannot approve it. Ask somebody else.",
    )
    _cancelled_with_reason = models.Constraint(
        "CHECK(state <> 'cancelled' OR cancel_reason IS NOT NULL)", "Say why the count is cancelled."
    )
    _plan_uniq = models.UniqueIndex(
        "(plan_id) WHERE plan_id IS NOT NULL AND state NOT IN ('posted', 'cancelled')",
        "The plan has an open count already. Finish or cancel it first.",
    )

    def _default_warehouse_id(self):
        stores = self.env["cosmetics.store"].search([("user_ids", "in", self.env.uid), ("company_id", "=", self.env.company.id)])
        return stores.warehouse_id[:1]

    @api.depends("warehouse_id")
    def _compute_store_id(self):
        stores = self.env["cosmetics.store"]
        for count in self:
            count.store_id = stores._get_store_of_warehouse(count.warehouse_id)

    @api.depends("state", "line_ids")
    def _compute_progress(self):
        totals = self._get_progress()
        for count in self:
            total, done = totals.get(count, (0, 0))
            count.line_count, count.counted_count = total, done
            count.progress = 100.0 * done / total if total else 0.0

    @api.constrains("location_ids", "warehouse_id")
    def _check_location_ids(self):
        for count in self:
            for location in count.location_ids:
                if location.warehouse_id != count.warehouse_id or location.usage != "internal":
                    raise ValidationError(
                        self.env._(
                            "%(location)s is no storage location of %(warehouse)s. Choose locations of the warehouse that is counted.",
                            location=location.display_name,
                            warehouse=count.warehouse_id.name,
                        )
                    )

    @api.constrains("approved_by_id")
    def _check_approver(self):
        """Nobody approves what he counted: with the two of one person, goods could go and the books follow."""
        for count in self.filtered("approved_by_id"):
            if count.approved_by_id in count._get_involved_users():
                raise ValidationError(
                    self.env._("Whoever started, counted or submitted %s cannot approve it. Ask somebody else.", count.name)
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            sequence = self.env["ir.sequence"].with_company(vals.get("company_id"))
            # sudo: whoever may make a count gets a number for it
            vals["name"] = sequence.sudo().next_by_code("cosmetics.stock.count") or self.env._("New")
            if not self.env.su:
                for name in self._get_locked_fields() - {"name", "company_id"}:
                    vals.pop(name, None)
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if not self._get_locked_fields().isdisjoint(vals):
                raise UserError(self.env._("The state and the figures of a count change with its buttons only."))
            if not self._get_scope_fields().isdisjoint(vals) and any(count.state != "draft" for count in self):
                raise UserError(self.env._("A count that has started keeps its scope. Cancel it and make another one."))
            if "cancel_reason" in vals and any(count.state in CLOSED for count in self):
                raise UserError(self.env._("A closed count stays as it is."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_started(self):
        if any(count.state != "draft" for count in self):
            raise UserError(self.env._("A count that has started is evidence and cannot be deleted. Cancel it with a reason."))

    def action_view_lines(self):
        """Open the lines of the count in a list of their own."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory.cosmetics_stock_count_line_action")
        return {**action, "domain": [("count_id", "=", self.id)], "context": {"create": False}}

    def action_view_moves(self):
        """Open what the count moved in stock."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("stock.stock_move_line_action")
        action.update(domain=[("move_id.stock_count_line_id.count_id", "=", self.id)], context={})
        return action

    def action_open_counter(self):
        """Open the screen on which goods are scanned and counted."""
        self.ensure_one()
        action = self.env["ir.actions.client"]._for_xml_id("cosmetics_inventory.cosmetics_stock_count_scan_action")
        return {**action, "params": {"count_id": self.id}, "context": {"active_id": self.id}}

    @api.model
    def _get_locked_fields(self):
        """Return the names of the fields that the system alone writes."""
        return {
            "name",
            "state",
            "company_id",
            "plan_id",
            "round",
            "started_by_id",
            "started_at",
            "submitted_by_id",
            "approved_by_id",
            "posted_at",
            "difference_count",
            "difference_value",
            "gross_value",
        }

    @api.model
    def _get_scope_fields(self):
        """Return the names of the fields that say what is counted."""
        return {"warehouse_id", "location_ids", "categ_ids", "brand_ids", "series_ids", "product_ids", "abc_class", "is_blind"}

    def _get_progress(self):
        """Return {count: (lines, lines counted in their last round)} by one query."""
        if not self.ids:
            return {}
        self.env["cosmetics.stock.count.line"].flush_model(["count_id", "round"])
        self.env["cosmetics.stock.count.entry"].flush_model(["line_id", "round", "reversed_entry_id"])
        self.env.cr.execute(
            SQL(
                """
                SELECT line.count_id, count(*), count(*) FILTER (WHERE EXISTS (
                           SELECT 1 FROM cosmetics_stock_count_entry entry
                            WHERE entry.line_id = line.id AND entry.round = line.round AND entry.reversed_entry_id IS NULL
                              AND NOT EXISTS (SELECT 1 FROM cosmetics_stock_count_entry undo WHERE undo.reversed_entry_id = entry.id)
                       ))
                  FROM cosmetics_stock_count_line line
                 WHERE line.count_id IN %s
                 GROUP BY line.count_id
                """,
                tuple(self.ids),
            )
        )
        return {self.browse(count_id): (total, done) for count_id, total, done in self.env.cr.fetchall()}

    def _get_involved_users(self):
        """Return everybody who started, counted or submitted this count."""
        self.ensure_one()
        # sudo: a manager of the shop does not see every entry of a colleague
        entries = self.env["cosmetics.stock.count.entry"].sudo()
        counters = [user for [user] in entries._read_group([("count_id", "=", self.id)], ["user_id"])]
        users = self.env["res.users"].union(*counters) if counters else self.env["res.users"]
        return users.with_env(self.env) | self.started_by_id | self.submitted_by_id
