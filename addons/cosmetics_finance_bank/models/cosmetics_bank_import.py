from odoo import api, fields, models
from odoo.addons.cosmetics_base.tools.file_problem import FileProblem
from odoo.addons.cosmetics_base.tools.row_lock import hold_rows
from odoo.exceptions import UserError

from ..tools import bank_file

SETS_BACK = {"attachment_ids", "journal_id", "company_id"}


class CosmeticsBankImport(models.Model):
    """Files of banks: read and judged first, then made into statements, all of them or none."""

    _name = "cosmetics.bank.import"
    _description = "Import of Bank Files"
    _inherit = ["mail.thread", "cosmetics.uploads.mixin"]
    _order = "id desc"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True, copy=False, default=lambda self: self.env._("New"))
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    currency_id = fields.Many2one(related="company_id.currency_id")
    journal_id = fields.Many2one(
        "account.journal",
        string="Bank Account",
        domain="[('type', '=', 'bank')]",
        check_company=True,
        help="Leave it empty when the files name the account number.",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Files", copy=False)
    state = fields.Selection(
        [("draft", "New"), ("checked", "Checked"), ("done", "Imported")], default="draft", required=True, readonly=True, copy=False
    )
    file_ids = fields.One2many("cosmetics.bank.import.file", "import_id", readonly=True, copy=False)
    line_ids = fields.One2many("cosmetics.bank.import.line", "import_id", string="Movements", readonly=True, copy=False)
    statement_ids = fields.One2many(related="file_ids.statement_ids", string="Statements")
    new_count = fields.Integer(string="New Movements", compute="_compute_counts")
    known_count = fields.Integer(string="Known Already", compute="_compute_counts")
    error_count = fields.Integer(string="Files Refused", compute="_compute_counts")

    @api.depends("file_ids.new_count", "file_ids.known_count", "file_ids.level")
    def _compute_counts(self):
        for record in self:
            record.new_count = sum(record.file_ids.mapped("new_count"))
            record.known_count = sum(record.file_ids.mapped("known_count"))
            record.error_count = len(record.file_ids.filtered(lambda file: file.level == "error"))

    @api.model_create_multi
    def create(self, vals_list):
        """An import begins as new, whatever is sent."""
        sequence = self.env["ir.sequence"]
        names = [sequence.next_by_code(self._name) or self.env._("New") for _vals in vals_list]
        return super().create([{**vals, "name": name, "state": "draft"} for vals, name in zip(vals_list, names, strict=True)])

    def write(self, vals):
        """What was imported stays; other files or another account are to be checked again."""
        if SETS_BACK & vals.keys():
            if any(record.state == "done" for record in self):
                raise UserError(self.env._("These files were imported already. Start a new import for other files."))
            self.file_ids.unlink()
            vals = {**vals, "state": "draft"}
        elif "state" in vals and not self.env.su:
            raise UserError(self.env._("Check and import the files with the buttons."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_done(self):
        if any(record.state == "done" for record in self):
            raise UserError(self.env._("An import stays in the list once its movements are in the books."))

    def action_check(self):
        """Read the files and say of each what importing it would do; nothing is booked."""
        self.check_access("write")
        for record in self:
            record._check_open()
            record._judge()

    def action_import(self):
        """Book what is new: all files, or none of them when one is refused."""
        self.check_access("write")
        for record in self:
            record._check_open()
            # Two people with the same file: the second waits, and finds what the first has booked.
            hold_rows(record._get_journals())
            judged = record._judge()
            refused = record.file_ids.filtered(lambda file: file.level == "error")[:1]
            if refused:
                raise UserError(self.env._("Nothing was imported. %s", refused.verdict))
            for file, content in judged:
                file._book(content)
            record.line_ids.unlink()
            record._set_state("done")

    def action_open_movements(self):
        """Open the movements that this import booked, to reconcile them."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cosmetics_finance_bank.bank_line_action")
        return {**action, "name": self.name, "domain": [("statement_id", "in", self.statement_ids.ids)], "context": {}}

    def _check_open(self):
        self.ensure_one()
        if self.state == "done":
            raise UserError(self.env._("These files were imported already. Start a new import for other files."))
        if not self.attachment_ids:
            raise UserError(self.env._("Add the statement files of the bank first, then check them."))

    def _set_state(self, state):
        self.sudo().state = state  # sudo: nobody types it, the buttons set it

    def _judge(self):
        """Replace the verdicts; return [(verdict, content)] of the files that may be imported."""
        self.file_ids.unlink()
        found = []
        for attachment in self.attachment_ids.sorted("id"):
            found += self._parse(attachment)
        judged, claimed = [], set()
        for name, content, error in found:
            file = self.env["cosmetics.bank.import.file"].create({"import_id": self.id, "name": name, "level": "error", "verdict": error})
            if content and file._judge(content, claimed):
                judged.append((file, content))
        self._set_state("checked")
        return judged

    def _parse(self, attachment):
        """Return [(name, content or None, sentence)] of a file."""
        profiles = self.env["cosmetics.bank.profile"].search([("active", "=", True)])._get_profiles()
        try:
            contents = bank_file.read(attachment.name, attachment.raw or b"", profiles)
        except FileProblem as problem:
            return [(attachment.name, None, self._get_sentence(problem.code, {"name": attachment.name, **problem.facts}))]
        return [(content.name, content, "") for content in contents]

    def _get_journals(self):
        """Return the bank accounts that these files can belong to."""
        domain = [("type", "=", "bank"), ("company_id", "=", self.company_id.id)]
        return self.journal_id or self.env["account.journal"].search(domain)
