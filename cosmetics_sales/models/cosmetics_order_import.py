"""Files of platform orders on their way into the system."""

from odoo import api, fields, models
from odoo.exceptions import UserError

SMALL = 200
"""Rows that are imported while the clerk waits."""


class CosmeticsOrderImport(models.Model):
    """One drop of files: read, previewed row by row, then imported in the background."""

    _name = "cosmetics.order.import"
    _description = "Order Import"
    _inherit = ["mail.thread"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(string="Import No.", required=True, copy=False, readonly=True, default="/")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    channel_id = fields.Many2one(
        "cosmetics.channel",
        string="Sales Channel",
        check_company=True,
        index="btree_not_null",
        ondelete="restrict",
        domain=[("kind", "in", ("marketplace", "web"))],
        help="The shop the files come from. Left empty, it is recognised by the platform and the name of the shop in the files.",
    )
    profile_id = fields.Many2one(
        "cosmetics.order.import.profile",
        string="File Layout",
        ondelete="restrict",
        help="Left empty, the layout is recognised by the headers of the file.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False, help="Drop one or many files: CSV, XLSX, XLS or ZIP.")
    state = fields.Selection(
        [("draft", "New"), ("preview", "Preview"), ("running", "Importing"), ("done", "Done"), ("failed", "Failed")],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
    )
    user_id = fields.Many2one("res.users", string="Imported By", default=lambda self: self.env.user, readonly=True, copy=False, index=True)
    problem = fields.Text(string="Why It Failed", readonly=True, copy=False)
    note = fields.Text(string="Notes on the Files", readonly=True, copy=False)
    line_ids = fields.One2many("cosmetics.order.import.line", "import_id", string="Rows", copy=False)
    order_ids = fields.One2many("sale.order", "import_id", string="Orders", readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")

    line_count = fields.Integer(string="Orders in the Files", compute="_compute_counts")
    new_count = fields.Integer(string="New Orders", compute="_compute_counts")
    update_count = fields.Integer(string="Updated", compute="_compute_counts")
    same_count = fields.Integer(string="Unchanged", compute="_compute_counts")
    bad_count = fields.Integer(string="To Mend", compute="_compute_counts")
    warning_count = fields.Integer(string="With Warnings", compute="_compute_counts")
    progress = fields.Float(string="Progress (%)", compute="_compute_counts")
    amount_file = fields.Monetary(string="Sum of the Files", readonly=True, copy=False, help="Receivables in the files, each order once.")
    amount_orders = fields.Monetary(string="Sum of the Orders", compute="_compute_amounts")
    amount_bad = fields.Monetary(string="Sum of the Rejected", compute="_compute_amounts")
    amount_waiting = fields.Monetary(string="Sum Not Imported Yet", compute="_compute_amounts")
    amount_difference = fields.Monetary(string="Difference", compute="_compute_amounts")
    is_balanced = fields.Boolean(string="Sums Agree", compute="_compute_amounts")

    @api.depends("line_ids.verdict", "line_ids.is_done", "line_ids.warning")
    def _compute_counts(self):
        groups = self.env["cosmetics.order.import.line"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "verdict", "is_done"], ["__count", "warning:count"]
        )
        counts = {}
        for record, verdict, is_done, count, warnings in groups:
            found = counts.setdefault(record.id, {})
            found[verdict] = found.get(verdict, 0) + count
            found["all"] = found.get("all", 0) + count
            found["warned"] = found.get("warned", 0) + warnings
            found["over"] = found.get("over", 0) + (count if is_done or verdict == "bad" else 0)
        for record in self:
            found = counts.get(record.id, {})
            record.line_count, record.warning_count = found.get("all", 0), found.get("warned", 0)
            record.new_count, record.update_count = found.get("new", 0), found.get("update", 0)
            record.same_count, record.bad_count = found.get("same", 0), found.get("bad", 0)
            record.progress = 100.0 * found.get("over", 0) / found["all"] if found.get("all") else 0.0

    @api.depends("line_ids.verdict", "line_ids.is_done", "line_ids.amount", "line_ids.order_id.amount_total", "amount_file")
    def _compute_amounts(self):
        """The orders count with what they really come to: the check would be none with the amounts of the file on both sides."""
        totals = {}
        lines = self.env["cosmetics.order.import.line"]
        for record, verdict, is_done, amount in lines._read_group(
            [("import_id", "in", self.ids)], ["import_id", "verdict", "is_done"], ["amount:sum"]
        ):
            key = "done" if is_done else "bad" if verdict == "bad" else "waiting"
            found = totals.setdefault(record.id, {})
            found[key] = found.get(key, 0.0) + amount
        for record in self:
            found = totals.get(record.id, {})
            record.amount_orders = record._get_orders_total()
            record.amount_bad, record.amount_waiting = found.get("bad", 0.0), found.get("waiting", 0.0)
            difference = record.amount_file - record.amount_orders - record.amount_bad - record.amount_waiting
            record.amount_difference = record.currency_id.round(difference)
            record.is_balanced = record.currency_id.is_zero(difference)

    # ------------------------------------------------------------------ actions
    def action_preview(self):
        """Read the files and say for each order what would become of it; nothing is saved in the orders."""
        self.check_access("write")
        for record in self:
            record._check_state("draft", "preview", "failed")
            record._check_not_begun()
            record._read_and_judge()
        return True

    def action_import(self):
        """Import in the background; the page shows how far it is."""
        self.check_access("write")
        for record in self:
            record._check_state("preview")
            record._set_running()
        # sudo: a clerk may start the job, not change it
        self.env.ref("cosmetics_sales.ir_cron_order_import").sudo()._trigger()
        return True

    def action_import_now(self):
        """Import at once, without the background; for files of up to a few hundred orders."""
        self.check_access("write")
        for record in self:
            record._check_state("preview", "running")
            if len(record._get_waiting_lines(SMALL + 1)) > SMALL:
                raise UserError(self.env._("More than %s orders: import them in the background, you can go on working meanwhile.", SMALL))
            record._set_running()
            record._import_waiting()
        return True

    def action_open_orders(self):
        """Show the orders these files made or changed."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("sale.action_orders")
        return {**action, "domain": [("id", "in", self.line_ids.order_id.ids)], "context": {"create": False}}

    def action_open_lines(self):
        """Show the rows, those to mend first when there are any."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_sales.cosmetics_order_import_line_action")
        context = {"search_default_to_mend": 1} if self.bad_count else {}
        return {**action, "domain": [("import_id", "=", self.id)], "context": context}

    # ------------------------------------------------------------------ helpers
    def _set_running(self):
        # sudo: the job acts as this user, so nobody may write the name of another
        self.sudo().write({"state": "running", "user_id": self.env.uid, "problem": False})

    def _check_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            names = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "Import %(name)s is “%(state)s”: this cannot be done any more. Reload the page.",
                    name=self.name,
                    state=names[self.state],
                )
            )

    def _get_orders_total(self):
        """Return what the orders of the rows that are over come to, each order once."""
        self.ensure_one()
        lines = self.env["cosmetics.order.import.line"]._search([("import_id", "in", self.ids), ("is_done", "=", True)])
        orders = self.env["sale.order"]
        self.env["cosmetics.order.import.line"].flush_model(["order_id", "is_done"])
        [(total,)] = orders._read_group([("id", "in", lines.subselect("order_id"))], [], ["amount_total:sum"])
        return total

    def _get_waiting_lines(self, limit=None):
        """Return rows that are still to be imported, in the sequence of the files."""
        return self.env["cosmetics.order.import.line"].search(self._get_waiting_domain(), limit=limit)

    def _count_waiting_lines(self):
        return self.env["cosmetics.order.import.line"].search_count(self._get_waiting_domain())

    def _get_waiting_domain(self):
        return [("import_id", "in", self.ids), ("is_done", "=", False), ("verdict", "!=", "bad")]
