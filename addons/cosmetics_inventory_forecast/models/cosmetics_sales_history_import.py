from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

SETS_BACK = {"attachment_ids", "period", "warehouse_id", "company_id"}
COUNTED = ("new", "changed", "same", "ignored", "refused")


class CosmeticsSalesHistoryImport(models.Model):
    """Files of the old system: read and judged first, row by row; then all that counts is kept, or nothing."""

    _name = "cosmetics.sales.history.import"
    _description = "Import of Old Sales"
    _inherit = ["mail.thread", "cosmetics.uploads.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    period = fields.Selection(
        [("auto", "What their column says"), ("day", "Single days"), ("week", "Weeks"), ("month", "Months")],
        string="Dates Mean",
        required=True,
        default="auto",
        help="A sheet that sums up months often writes their first day.",
    )
    warehouse_id = fields.Many2one(
        "stock.warehouse", string="Shop of the Files", check_company=True, help="For files without a column of shops."
    )
    state = fields.Selection(
        [("draft", "New"), ("checked", "Checked"), ("done", "Imported"), ("withdrawn", "Withdrawn")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    row_ids = fields.One2many("cosmetics.sales.history.row", "import_id", string="Rows", readonly=True, copy=False)
    name_ids = fields.Many2many("cosmetics.sales.history.name", string="Names to Assign", copy=False)
    name_count = fields.Integer(string="Unknown Names", compute="_compute_counts")
    new_count = fields.Integer(string="New Rows", compute="_compute_counts")
    changed_count = fields.Integer(string="Replacing Rows", compute="_compute_counts")
    same_count = fields.Integer(string="Known Rows", compute="_compute_counts")
    ignored_count = fields.Integer(string="Rows Left Out", compute="_compute_counts")
    refused_count = fields.Integer(string="Refused Rows", compute="_compute_counts")
    file_quantity = fields.Float(string="Units in the Files", digits="Product Unit", compute="_compute_counts")
    taken_quantity = fields.Float(string="Units That Count", digits="Product Unit", compute="_compute_counts")
    left_quantity = fields.Float(string="Units Left Out or Refused", digits="Product Unit", compute="_compute_counts")

    @api.depends("row_ids.level", "row_ids.quantity", "name_ids.product_id", "name_ids.warehouse_id", "name_ids.is_ignored")
    def _compute_counts(self):
        groups = self.env["cosmetics.sales.history.row"]._read_group(
            [("import_id", "in", self.ids)], ["import_id", "level"], ["__count", "quantity:sum"]
        )
        found = {(record.id, level): (count, quantity) for record, level, count, quantity in groups}
        for record in self:
            sums = {level: found.get((record._origin.id, level), (0, 0.0)) for level in COUNTED}
            for level in COUNTED:
                record[f"{level}_count"] = sums[level][0]
            record.left_quantity = sums["ignored"][1] + sums["refused"][1]
            record.taken_quantity = sum(sums[level][1] for level in ("new", "changed", "same"))
            record.file_quantity = record.taken_quantity + record.left_quantity
            record.name_count = len(record.name_ids.filtered(lambda name: not (name.product_id or name.warehouse_id or name.is_ignored)))

    @api.model_create_multi
    def create(self, vals_list):
        """An import begins as new, whatever is sent."""
        sequence = self.env["ir.sequence"]
        names = [sequence.next_by_code(self._name) or self.env._("New") for _vals in vals_list]
        return super().create([{**vals, "name": name, "state": "draft"} for vals, name in zip(vals_list, names, strict=True)])

    def write(self, vals):
        """What was imported stays; other files or another meaning of dates are to be checked again."""
        if SETS_BACK & vals.keys():
            self._check_open()
            self.sudo().row_ids.unlink()  # sudo: verdicts are nobody's to write
            vals = {**vals, "state": "draft"}
        elif "state" in vals and not self.env.su:
            raise UserError(self.env._("Check and import the files with the buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(record.state in ("done", "withdrawn") for record in self):
            raise UserError(self.env._("An import that was done stays in the list: it says where figures came from. Take it back instead."))

    def action_check(self):
        """Read the files and say of each row what importing it would do."""
        self.check_access("write")
        for record in self:
            record._check_open()
            record._judge()
            record.sudo().state = "checked"  # sudo: nobody types it, the buttons set it

    def action_import(self):
        """Keep what counts of all files, or nothing while a row is refused; then forecast anew."""
        self.check_access("write")
        for record in self:
            record._check_open()
            # Two people with the same file: the second waits, and finds what the first has kept.
            hold_rows(record.company_id)
            record._judge(keep=True)
            refused = record.row_ids.filtered(lambda row: row.level == "refused")
            if refused:
                told = {"count": len(refused), "reason": refused[0].reason}
                raise UserError(self.env._("Nothing was imported: %(count)s rows are refused. The first: %(reason)s", **told))
            record.sudo().state = "done"  # sudo: as above
        self._follow()

    def action_withdraw(self):
        """Take back the figures of these imports; what they had replaced does not come back."""
        self.check_access("write")
        if any(record.state != "done" for record in self):
            raise UserError(self.env._("Only an import that was done can be taken back."))
        hold_rows(self.company_id)
        # sudo: figures are written by imports alone
        self.env["cosmetics.sales.history"].sudo().search([("import_id", "in", self.ids)]).unlink()
        self.sudo().state = "withdrawn"  # sudo: as above
        self._follow()

    def action_open_history(self):
        """Open the figures that came from this import."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_inventory_forecast.cosmetics_sales_history_action")
        return {**action, "name": self.name, "domain": [("import_id", "=", self.id)], "context": {}}

    def _follow(self):
        """Let demand follow at once; forecast and suggestions come as soon as the job has run."""
        # sudo: demand is written by jobs alone, and a job is nobody's to see
        self.env["cosmetics.demand.week"].sudo()._refresh_history()
        self.env.ref("cosmetics_inventory_forecast.ir_cron_replenishment").sudo()._trigger()

    def _check_open(self):
        for record in self:
            if record.state in ("done", "withdrawn"):
                raise UserError(self.env._("These files were imported already. Start a new import for other files."))
